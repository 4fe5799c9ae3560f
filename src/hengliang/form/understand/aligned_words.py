"""Words of a text whose columns are held together by blanks alone, with where they stand in their line."""

import re
from typing import NamedTuple
from unicodedata import east_asian_width

from hengliang.form.document import Line

_WORD = re.compile(
    r"(?:\d{4} 年(?: ?\d{1,2} 月(?: ?\d{1,2}(?: 日)?)?)?|"
    r"\d{1,2} 月 ?\d{1,2}(?: 日)?|\d{1,2} 月(?=[底末前份]))\S*|\S+"
)
"""A word; a date is one, though printed with thin blanks."""


class Word(NamedTuple):
    """A word from position `start` up to `end` of its line."""

    start: int
    end: int
    text: str

    @property
    def center(self) -> float:
        """The middle of the word."""
        return (self.start + self.end) / 2


class Printed(NamedTuple):
    """A printed line: its words, its number in the file, whether a new page begins with it."""

    line: Line
    words: tuple[Word, ...]
    number: int
    opens_page: bool

    @property
    def text(self) -> str:
        """The line without the blanks around it."""
        return self.line.text.strip()


def printed(line: Line, wide: bool) -> Printed:
    """A line with its words. `wide`: an East Asian character takes two columns, as a terminal shows it; the
    programs that lay the text of a PDF out mostly count every character as one."""
    text = line.text.replace("\x0c", "")
    words = [Word(found.start(), found.end(), found[0]) for found in _WORD.finditer(text)]
    if wide:
        words = [
            Word(columns_of(text[: word.start]), columns_of(text[: word.end]), word.text) for word in words
        ]
    return Printed(line, tuple(words), line.place.line or 0, "\x0c" in line.text)


def columns_of(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def width_of(text: str) -> float:
    """How wide a text is printed, in East Asian characters."""
    return columns_of(text) / 2


def is_thin(left: str, right: str) -> bool:
    """Whether a blank between two words may be the thin one that programs set between a figure and an East
    Asian character (12 月 31 日); it parts no cells."""
    first, second = left[-1], right[0]
    return first.isascii() != second.isascii() and (first if first.isascii() else second).isalnum()
