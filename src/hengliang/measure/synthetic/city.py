"""The synthetic city (合成数据): one size, one year, one seed, and the rows of every ledger told so far.

A story is a function that makes the rows of one ledger; it may ask for the rows of others, so that what
refers to a register finds it there. What a story leaves out and a shared column group needs is filled in.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from hengliang.measure.definition import Ledger
from hengliang.measure.synthetic.dice import Dice
from hengliang.measure.synthetic.places import Land

Row = dict[str, Any]
"""A record: column names and values; a column without value is absent or None."""
Story = Callable[["City", Dice], Iterable[Row]]
Filling = Callable[["City", Ledger, Sequence[Row], Dice], list[Row]]
"""Gives rows as told the columns that every ledger has."""

SIZES: Mapping[str, Mapping[str, int]] = {
    "small": {"few": 12, "some": 48, "many": 72, "mass": 90, "points": 40, "grids": 40, "towers": 8},
    "city": {"few": 24, "some": 300, "many": 2_000, "mass": 10_000, "points": 140, "grids": 20_000,
             "towers": 930},
    "province": {"few": 48, "some": 1_000, "many": 6_000, "mass": 60_000, "points": 2_300, "grids": 40_000,
                 "towers": 2_600},
}  # fmt: skip
"""How many things of a kind there are: monitoring `points`, `grids` of farmland, camera `towers` …"""


class City:
    """A size, a year, a seed. `rows` are told once and then stay."""

    def __init__(
        self,
        ledgers: Mapping[str, Ledger],
        stories: Mapping[str, Story],
        fill: Filling,
        size: str,
        year: int,
        seed: int,
    ) -> None:
        self.ledgers = ledgers
        self._fill = fill
        self.counts = SIZES[size]
        self.size = size
        self.year = year
        self.seed = seed
        self.land = Land()
        self._stories = stories
        self._told: dict[str, list[Row]] = {}

    def rows(self, ledger: str) -> list[Row]:
        """The rows of a ledger, complete."""
        if ledger not in self._told:
            dice = Dice(self.seed, self.year, self.size, ledger)
            told = list(self._stories[ledger](self, dice))
            self._told[ledger] = self._fill(self, self.ledgers[ledger], told, dice)
        return self._told[ledger]

    def day(self, month: int, day: int, years: int = 0) -> date:
        """A day of the year, or of another one so many years later."""
        return date(self.year + years, month, day)

    @property
    def first(self) -> date:
        """1 January."""
        return self.day(1, 1)

    @property
    def last(self) -> date:
        """31 December."""
        return self.day(12, 31)
