"""How wide text stands on a terminal, where a Chinese character takes two columns."""

import unicodedata
from functools import lru_cache

_TURNING = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_PLAIN = {"\n": "↵", "\r": "↵", "\t": " "}


def visible(text: str) -> str:
    """`text` with as many characters, none of which moves the cursor, turns the line or cannot be printed."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else _shown(char) for char in text)


def _shown(char: str) -> str:
    if char in _PLAIN:
        return _PLAIN[char]
    if char in _TURNING or unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp", "Cn", "Co"):
        return "\N{REPLACEMENT CHARACTER}"
    return char


@lru_cache(maxsize=65536)
def char_width(char: str) -> int:
    """The columns that one character takes: 0, 1 or 2."""
    if unicodedata.east_asian_width(char) in "WF":
        return 2
    # Marks that stand on the character before them, and format characters, take no room.
    return 0 if unicodedata.category(char) in ("Mn", "Me", "Cf") else 1


def width(text: str) -> int:
    """The columns that `text` takes."""
    return len(text) if text.isascii() else sum(map(char_width, text))


def pad(text: str, columns: int) -> str:
    """`text` with blanks behind it up to `columns`."""
    return text + " " * (columns - width(text))


def fit(text: str, columns: int, start: int = 0) -> tuple[str, int]:
    """As much of `text` as `columns` hold, from about `start` on, and how many characters it leaves out.

    What was left out is marked with …, which takes one of the columns at each side.
    """
    if width(text) <= columns:
        return text, 0
    first = 0
    if width(text[:start]) > columns // 2:
        # A third of the room is for the words in front of `start`.
        first, before = start, 0
        while first > 0 and before + char_width(text[first - 1]) <= columns // 3:
            first -= 1
            before += char_width(text[first])
    shown = "…" if first else ""
    room = columns - len(shown) - 1
    last = first
    while last < len(text) and room >= char_width(text[last]):
        room -= char_width(text[last])
        last += 1
    if last == len(text) - 1 and room + 1 >= char_width(text[last]):
        return shown + text[first:], first - len(shown)
    return shown + text[first:last] + ("…" if last < len(text) else ""), first - len(shown)


_NOT_FIRST = frozenset("，。；：、！？）》”’」』】％%,.;:!?)…")
_NOT_LAST = frozenset("（《“‘「『【(")


def wrap(text: str, columns: int) -> list[str]:
    """`text` in lines of at most `columns`; breaks at blanks and between Chinese characters."""
    lines = [""]
    for word in _words(text):
        if lines[-1] and width(lines[-1]) + width(word.rstrip(" ")) > columns:
            lines.append("")
        lines[-1] += word if lines[-1] else word.lstrip(" ")
    return [line.rstrip(" ") for line in lines]


def _words(text: str) -> list[str]:
    """The parts between which a line may be broken: words with the blanks behind them, Chinese characters."""
    words: list[str] = []
    for char in text:
        before = words[-1][-1] if words else ""
        latin = before not in ("", " ") and char_width(char) < 2 and char_width(before) < 2
        if before and (latin or char == " " or char in _NOT_FIRST or before in _NOT_LAST):
            words[-1] += char
        else:
            words.append(char)
    return words
