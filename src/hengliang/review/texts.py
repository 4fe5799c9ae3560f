"""All texts of a form in one string, so that a rule looks once instead of in a hundred fields."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from operator import itemgetter
from typing import NamedTuple

from hengliang.base.place import Spot
from hengliang.form.model import Form


class Found(NamedTuple):
    """A field in which something was found: its path, its text, and the characters of each place in it."""

    path: str
    text: str
    places: tuple[tuple[int, int], ...]

    @property
    def spots(self) -> tuple[Spot, ...]:
        """The places as spots of the form."""
        return tuple([Spot(self.path, start, end) for start, end in self.places])

    @property
    def words(self) -> tuple[str, ...]:
        """What stands at the places."""
        return tuple([self.text[start:end] for start, end in self.places])

    def with_words(self, words: Sequence[str]) -> str:
        """The text with `words`, one for each place, instead of what stands there."""
        text = self.text
        for (start, end), word in zip(reversed(self.places), reversed(words), strict=True):
            text = text[:start] + word + text[end:]
        return text


class Texts:
    """The texts of a form, column by column, in `whole`. Every text stands between two line feeds, so that
    `\\n` in a pattern is the beginning of a field and `(?=\\n)` its end; an empty field is an empty text.

    A column is called by the last name of its paths: `goals`, `duties`, `name`, `explanation`.
    """

    def __init__(self, form: Form) -> None:
        columns = _columns(form)
        joined = ["\n".join(column) + "\n" if column else "" for column in columns]
        self.whole = "\n" + "".join(joined)
        if self.whole.count("\n") != 1 + sum(map(len, columns)):
            # A line feed inside a text would shift all that follow; a blank of the same length does not.
            columns = [[text.replace("\n", " ") for text in column] for column in columns]
            joined = ["\n".join(column) + "\n" if column else "" for column in columns]
            self.whole = "\n" + "".join(joined)
        self._starts = list(accumulate(map(len, joined), initial=1))

    def column(self, name: str) -> str:
        """The texts of one column, each between two line feeds."""
        column = _NUMBERS[name]
        return self.whole[self._starts[column] - 1 : self._starts[column + 1]]

    def search(self, pattern: re.Pattern[str], name: str | None = None) -> Iterator[re.Match[str]]:
        """Where `pattern` matches in one column, or in all. A match may begin with the line feed before."""
        if name is None:
            return pattern.finditer(self.whole)
        column = _NUMBERS[name]
        return pattern.finditer(self.whole, self._starts[column] - 1, self._starts[column + 1])

    def find(
        self, pattern: re.Pattern[str], name: str | None = None, group: int | str = 0
    ) -> Iterator[Found]:
        """The fields of one column, or of all, in which `pattern` is found; `group` is the part meant."""
        return self.fields(match.span(group) for match in self.search(pattern, name))

    def fields(self, spans: Iterable[tuple[int, int]]) -> Iterator[Found]:
        """The fields that `spans` of `whole`, in order, lie in. A line feed belongs to the text behind it."""
        begin = end = 0
        places: list[tuple[int, int]] = []
        for start, stop in spans:
            if start >= end:
                if places:
                    yield Found(self.path(begin), self.whole[begin:end], tuple(places))
                    places.clear()
                begin = self.whole.rfind("\n", 0, start + 1) + 1
                end = self.whole.find("\n", begin)
            places.append((max(start - begin, 0), stop - begin))
        if places:
            yield Found(self.path(begin), self.whole[begin:end], tuple(places))

    def path(self, position: int) -> str:
        """The path of the field that the character at `position` of `whole` belongs to."""
        column = bisect_right(self._starts, position) - 1
        before, after = _PATHS[column]
        if not before.endswith("/"):
            return before
        return f"{before}{self.whole.count(chr(10), self._starts[column], position)}{after}"


def found_in(text: str, pattern: re.Pattern[str], group: int | str = 0) -> tuple[tuple[int, int], ...]:
    """The places in one text at which `pattern`, made for texts between line feeds, is found."""
    spans = [match.span(group) for match in pattern.finditer(f"\n{text.replace(chr(10), ' ')}\n")]
    return tuple([(max(start - 1, 0), stop - 1) for start, stop in spans])


_SINGLE = ("title", "organisation", "project", "achieved")
_LISTS = ("duties", "goals", "midterm_goals")
_TASK = ("content",)
_ROW = (
    "name", "target", "explanation", "criterion", "remark",
    "basis", "evidence", "actual", "forecast", "reason",
)  # fmt: skip
_PATHS = [
    *((name, "") for name in _SINGLE),
    *((f"{name}/", "") for name in _LISTS),
    ("tasks/", "/name"),
    ("tasks/", "/content"),
    *(("indicators/", f"/{name}") for name in _ROW),
]
_NUMBERS = {name: number for number, name in enumerate((*_SINGLE, *_LISTS, "task", *_TASK, *_ROW))}
_ROW_TEXTS = itemgetter(*_ROW)


def _columns(form: Form) -> list[Sequence[str]]:
    fields = vars(form)
    columns: list[Sequence[str]] = [[fields[name] or ""] for name in _SINGLE]
    columns += [fields[name] for name in _LISTS]
    columns.append([task.name for task in form.tasks])
    columns.append([task.content or "" for task in form.tasks])
    rows = [_ROW_TEXTS(vars(row)) for row in form.indicators]
    columns += [[text or "" for text in column] for column in zip(*rows, strict=True)] or [[]] * len(_ROW)
    return columns
