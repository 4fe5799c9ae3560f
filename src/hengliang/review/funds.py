"""The money block as rules look at it: which line is the total, which lines split it, what it comes to.

Layouts: tables of 财预〔2015〕88号 and 财预〔2020〕10号; whole-unit forms print two splits of one total
(by source of income and by kind of spending).
"""

import re
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple, cast

from hengliang.base.message import message
from hengliang.base.number import read_number
from hengliang.base.profile import Profile
from hengliang.base.unit import Dimension, unit_at, unit_of
from hengliang.form.model import Form, MoneyRow

NO_MONEY = message("the form has no money block")

Column = Literal["initial", "budget", "executed", "expected"]
COLUMNS: tuple[Column, ...] = ("initial", "budget", "executed", "expected")


class Funds(NamedTuple):
    """The money block of a form.

    `total` is the index of the line that sums the others, `parts` are the indexes of those it sums, in
    printed order. `initial`, `budget` and `executed` are what the whole comes to in the block's own unit:
    the total line's amount, or the sum of the lines below where that line was left at nothing or 0.
    """

    total: int
    parts: tuple[int, ...]
    initial: Decimal | None
    budget: Decimal | None
    executed: Decimal | None
    line: MoneyRow

    @property
    def path(self) -> str:
        """The path of the total line."""
        return f"money/rows/{self.total}"

    @property
    def planned(self) -> Decimal | None:
        """What the year was given or asks for: the adjusted budget, else the initial one."""
        return self.budget if self.budget is not None else self.initial

    @property
    def rate(self) -> Decimal | None:
        """The execution rate (执行率) in percent by the amounts; as printed where an amount is missing."""
        if self.executed is None or not self.planned:
            return self.line.rate
        return self.executed / self.planned * 100


def funds_of(form: Form, profile: Profile) -> Funds | None:
    """The money block of `form`; None when it has none, or no line that can be told to be its total."""
    if form.money is None or not form.money.rows:
        return None
    rows = form.money.rows
    names = profile.pattern("money.total_lines")
    totals = [index for index, row in enumerate(rows) if names.search(row.name)]
    if not totals and len(rows) > 1:
        return None
    total = totals[0] if totals else 0
    end = totals[1] if len(totals) > 1 else len(rows)
    # A total that closes the block sums the lines above it.
    parts = tuple(range(total + 1, end)) or tuple(range(total))
    return Funds(
        total,
        parts,
        _whole(rows, total, parts, "initial", profile),
        _whole(rows, total, parts, "budget", profile),
        _whole(rows, total, parts, "executed", profile),
        rows[total],
    )


def _whole(
    rows: tuple[MoneyRow, ...], total: int, parts: tuple[int, ...], column: Column, profile: Profile
) -> Decimal | None:
    stated: Decimal | None = getattr(rows[total], column)
    if stated:
        return stated
    sums = split_sums(rows, parts, column, profile)
    return max(sums.values(), default=stated) or stated


def split_sums(
    rows: tuple[MoneyRow, ...], parts: tuple[int, ...], column: Column, profile: Profile
) -> dict[str, Decimal]:
    """What the lines of each split (`money.splits` of the profile) add up to in `column`.

    A split is left out when none of its lines has an amount there. Empty when some line belongs to no split,
    for then nothing is known of how the lines nest.
    """
    sums: dict[str, Decimal] = {}
    for index in parts:
        split = split_of(rows[index].name, profile)
        if split is None:
            return {}
        amount: Decimal | None = getattr(rows[index], column)
        if amount is not None:
            sums[split] = sums.get(split, Decimal(0)) + amount
    return sums


def split_counts(rows: tuple[MoneyRow, ...], parts: tuple[int, ...], profile: Profile) -> dict[str, int]:
    """How many printed lines each split has."""
    counts: dict[str, int] = {}
    for index in parts:
        split = split_of(rows[index].name, profile)
        if split is not None:
            counts[split] = counts.get(split, 0) + 1
    return counts


@lru_cache(maxsize=4096)
def split_of(name: str, profile: Profile) -> str | None:
    """The split of the total that a line of this name belongs to; None when the profile knows none."""
    for split in profile.table("money.splits"):
        if any(word in name for word in profile.words(f"money.splits.{split}")):
            return split
    return None


def yuan(amount: Decimal | None, unit: str | None) -> Decimal | None:
    """`amount` of money in 元; None when there is none or the unit is none of money."""
    known = unit_of(unit)
    if amount is None or known is None or known.dimension is not Dimension.MONEY:
        return None
    return amount * known.factor


def planned_in_yuan(form: Form, profile: Profile) -> Decimal | None:
    """What the form's year was given or asks for, in 元; None when that is not stated with its unit."""
    funds = funds_of(form, profile)
    return yuan(funds.planned, cast("str", form.money.unit)) if funds and form.money else None


_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_COUNTED = {Dimension.COUNT, Dimension.AREA, Dimension.LENGTH, Dimension.MASS, Dimension.VOLUME}


@lru_cache(maxsize=4096)
def one_quantity(text: str | None) -> tuple[Decimal, str] | None:
    """The one countable quantity that a text states, with its unit; None when it states none or several."""
    found: list[tuple[Decimal, str]] = []
    for match in _NUMBER.finditer(text or ""):
        unit = unit_of(unit_at(text or "", match.end()))
        number = read_number(match[0])
        if unit is not None and number is not None and unit.dimension in _COUNTED:
            found.append((number, unit.symbol))
    return found[0] if len(found) == 1 else None


def money_unit(form: Form) -> str:
    """The unit of the money block as printed, empty when none is."""
    return (form.money.unit if form.money else None) or ""


def tolerance_in(unit: str, profile: Profile) -> Decimal:
    """The difference of sums that is none, in `unit`; 0.01 where the unit is not known."""
    known = unit_of(unit)
    tolerance = profile.number("money.tolerance")
    return tolerance / known.factor if known and known.dimension is Dimension.MONEY else Decimal("0.01")
