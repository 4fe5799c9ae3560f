"""Seeded choices, and the days of the synthetic year. The same seed gives the same records everywhere."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import TypeVar
from uuid import UUID

Chosen = TypeVar("Chosen")

_HOLIDAYS = {
    2023: (
        "01-01 01-02 01-21 01-22 01-23 01-24 01-25 01-26 01-27 04-05 04-29 04-30 05-01 05-02 05-03 "
        "06-22 06-23 06-24 09-29 09-30 10-01 10-02 10-03 10-04 10-05 10-06"
    )
}
_SHIFTED = {2023: "01-28 01-29 04-23 05-06 06-25 10-07 10-08"}
"""Holidays and shifted workdays of the State Council's notice (国办发明电〔2022〕16号). Other years have
weekends only: they are synthetic anyway."""


def is_workday(day: date) -> bool:
    """Whether people work on that day."""
    written = f"{day:%m-%d}"
    if written in _SHIFTED.get(day.year, ""):
        return True
    return day.weekday() < 5 and written not in _HOLIDAYS.get(day.year, "")


class Dice:
    """Choices of one ledger: independent of how many others were made elsewhere."""

    def __init__(self, *seed: object) -> None:
        self.random = Random("/".join(str(part) for part in seed))

    def chance(self, share: float) -> bool:
        """True in that share of the cases."""
        return self.random.random() < share

    def pick(self, among: Sequence[Chosen]) -> Chosen:
        """One of them."""
        return self.random.choice(among)

    def whole(self, least: int, most: int) -> int:
        """A whole number, both ends included."""
        return self.random.randint(least, most)

    def amount(self, least: float, most: float, places: int = 2) -> Decimal:
        """A decimal number."""
        return Decimal(repr(self.random.uniform(least, most))).quantize(Decimal(1).scaleb(-places))

    def day(self, first: date, last: date) -> date:
        """A working day between two days; the last of them when none is."""
        day = first + timedelta(days=self.whole(0, (last - first).days))
        while day < last and not is_workday(day):
            day += timedelta(days=1)
        return day

    def later(self, day: date, least: int, most: int) -> date:
        """A working day so many days later; a few more where that is none."""
        found = day + timedelta(days=self.whole(least, most))
        while not is_workday(found):
            found += timedelta(days=1)
        return found

    def at(self, day: date, first: int = 8, last: int = 16) -> datetime:
        """A moment of a day between two hours."""
        return datetime.combine(day, time(self.whole(first, last), self.whole(0, 59), self.whole(0, 59)))

    def uuid(self) -> str:
        """A record id."""
        return str(UUID(int=self.random.getrandbits(128), version=4))

    def phash(self) -> str:
        """A perceptual hash of 64 bits."""
        return f"{self.random.getrandbits(64):016x}"


def digest(*parts: object) -> str:
    """A SHA-256 that stands for a file that does not exist."""
    return hashlib.sha256("/".join(str(part) for part in parts).encode()).hexdigest()
