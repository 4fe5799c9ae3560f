"""Headings of a file are matched to the columns of a ledger: by Chinese name, English name, column name, or a
mapping that the user gives for headings of another house."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hengliang.base.message import Message, message
from hengliang.base.text import narrow
from hengliang.measure.definition import Column, Ledger

_REMARK = re.compile(r"[（(\[【].*?[）)\]】]|[*★:：]")


@dataclass(frozen=True, slots=True)
class Matched:
    """`columns[i]` is the column of the i-th heading, None where it is none of the ledger."""

    columns: tuple[Column | None, ...]
    unknown: tuple[str, ...]
    """Headings that are no column: kept out, and told."""
    absent: tuple[Column, ...]
    """Required columns that the file does not have."""

    @property
    def names(self) -> tuple[str, ...]:
        """The columns that the file has."""
        return tuple(column.name for column in self.columns if column is not None)


class LoadError(ValueError):
    """A load that cannot be made; `said` tells why, and what to do."""

    def __init__(self, said: Message) -> None:
        super().__init__(str(said))
        self.said = said


class HeadingError(LoadError):
    """Headings that cannot be matched, or a layer that is not named."""


def match_headings(
    headings: Sequence[str], ledger: Ledger, mapping: Mapping[str, str] | None = None
) -> Matched:
    """The columns of the headings. `mapping` gives column names for foreign headings.

    Raises HeadingError when two headings mean one column, or the mapping names a column there is not.
    """
    known = {plain_heading(name): column for column in ledger.columns for name in column.also}
    known |= {
        plain_heading(name): column
        for column in ledger.columns
        for name in (column.en, column.zh, column.name)
    }
    for foreign, name in (mapping or {}).items():
        target = next((column for column in ledger.columns if name in (column.name, column.zh)), None)
        if target is None:
            raise HeadingError(message("the mapping names a column that there is not: {name}", name=name))
        known[plain_heading(foreign)] = target
    columns = tuple(_column(heading, known) for heading in headings)
    names = [column.name for column in columns if column is not None]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        both = [
            heading
            for heading, column in zip(headings, columns, strict=True)
            if column and column.name == twice
        ]
        raise HeadingError(message("two headings mean the same column: {names}", names=tuple(both)))
    unknown = tuple(
        heading.strip()
        for heading, column in zip(headings, columns, strict=True)
        if column is None and heading.strip()
    )
    absent = tuple(
        column
        for column in ledger.columns
        if column.need == "R" and not column.filled and column.name not in names
    )
    return Matched(columns, unknown, absent)


def _column(heading: str, known: Mapping[str, Column]) -> Column | None:
    """The column of a heading; a year in it may be any, where the ledger says so."""
    plain = plain_heading(heading)
    return known.get(plain) or known.get(re.sub(r"\d", "#", plain)) if plain else None


def plain_heading(heading: str) -> str:
    """A heading without unit in brackets, marks, blanks and case."""
    bare = _REMARK.sub("", narrow(heading))
    return "".join(bare.split()).lower().replace("_", "")


def heading_row(
    rows: Sequence[Sequence[str]], ledger: Ledger, mapping: Mapping[str, str] | None = None
) -> int | None:
    """The row that holds the headings: the first with the most known ones, two at least; None if none has."""
    best, most = None, 1
    for number, row in enumerate(rows):
        try:
            count = len(match_headings(row, ledger, mapping).names)
        except HeadingError:
            count = 0
        if count > most:
            best, most = number, count
    return best
