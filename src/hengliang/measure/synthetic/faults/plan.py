"""The planting of faults: which rows are taken, and what is told of them."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from hengliang.measure.definition import Check, Ledger
from hengliang.measure.period import Period, fiscal_year
from hengliang.measure.synthetic.city import City, Row
from hengliang.measure.synthetic.dice import Dice


@dataclass(frozen=True, slots=True)
class Planted:
    """One code that must be found on one row (from 1, as a load counts them), and what was done to it.

    `fault` numbers the faults: one that breaks several checks, or several rows, is told in several lines.
    """

    fault: int
    ledger: str
    row: int
    code: str
    check: str
    """The check or the rule that it was planted for."""
    done: str


class Field:
    """Where faults are planted: rows are taken from the end, where nothing else refers to them, each once."""

    def __init__(self, city: City) -> None:
        self.city = city
        self.period: Period = fiscal_year(city.year)
        self.planted: list[Planted] = []
        self.skipped: list[tuple[str, str]] = []
        """Ledger and check for which no row could be found."""
        self._taken: dict[str, set[int]] = {}
        self._referred = _referred(city)
        self._count = 0
        self.serials: Counter[str] = Counter()

    def dice(self, *about: object) -> Dice:
        """Choices of its own for one fault."""
        return Dice(self.city.seed, "faults", *about)

    def free(
        self, ledger: Ledger, touched: Sequence[str] = (), where: Callable[[Row], bool] | None = None
    ) -> Iterator[int]:
        """Places of rows that no fault has taken; what others refer to only where that is not touched."""
        rows = self.city.rows(ledger.name)
        taken = self._taken.setdefault(ledger.name, set())
        referred = self._referred.get(ledger.name, ())
        for place in range(len(rows) - 1, -1, -1):
            row = rows[place]
            if place in taken or (where is not None and not where(row)):
                continue
            if any(row[key] in values for key, names, values in referred if names & {*touched}):
                continue
            yield place

    def sound(self, ledger: Ledger, where: Callable[[Row], bool] | None = None) -> Iterator[int]:
        """The places of rows that no fault has taken, from the beginning."""
        taken = self._taken.setdefault(ledger.name, set())
        rows = self.city.rows(ledger.name)
        return (
            place
            for place in range(len(rows))
            if place not in taken and (where is None or where(rows[place]))
        )

    def take(self, ledger: Ledger, *places: int) -> None:
        """Keeps rows from other faults."""
        self._taken.setdefault(ledger.name, set()).update(places)

    def add(self, ledger: Ledger, row: Row) -> int:
        """Appends a row; its place."""
        rows = self.city.rows(ledger.name)
        rows.append(row)
        self.take(ledger, len(rows) - 1)
        return len(rows) - 1

    def tell(self, ledger: Ledger, check: str, done: str, found: Sequence[tuple[int, str]]) -> None:
        """Notes one fault: the places of rows and the codes that must be found there."""
        self._count += 1
        for place, code in found:
            self.planted.append(Planted(self._count, ledger.name, place + 1, code, check, done))


Referred = tuple[str, set[str], set[Any]]
"""The column that another ledger joins, the columns that it reads there, the values that it refers to."""


def _referred(city: City) -> dict[str, list[Referred]]:
    """What other ledgers read of a ledger."""
    found: dict[str, list[Referred]] = {}
    for ledger in city.ledgers.values():
        for check in ledger.checks:
            if check.ledger is None or not check.key:
                continue
            there = key_there(city, check)
            values = {row[check.key] for row in city.rows(ledger.name)}
            found.setdefault(check.ledger, []).append((there, {there, *check.there.values()}, values))
    return found


def key_there(city: City, check: Check) -> str:
    """The column of the other ledger that a check joins."""
    return check.there.get("key", city.ledgers[check.ledger or ""].key[0])
