"""F08: a series that was copied from another device, or from another day: equal noise under another level.

Parts: `series`, `series_2` …, `at`, `value`, optional `quality` (2: rejected). Figures: `hours` (24), the
readings that a day must have to be compared; `correlation` (0.999).

The engine gives every day of every series one number from its steps. Only days with the same number are
fetched and held against each other, so that the time grows with the readings and not with their pairs. What
is told of a day without putting its readings in order leaves most days out before.
"""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from math import sqrt
from typing import Any

import narwhals as nw

from hengliang.base.message import message
from hengliang.measure.checks.asked import asked_frame, parts_of
from hengliang.measure.definition import Check
from hengliang.measure.engines import fetched
from hengliang.measure.finding import Finding
from hengliang.measure.records import Records
from hengliang.measure.series import Frame
from hengliang.measure.table import Table

Day = tuple[Any, ...]
"""The series and the date."""


def copied(table: Table, check: Check, records: Records) -> list[Finding]:
    """The first reading of each day that repeats the steps of an earlier series or day, with that one.

    A day counts with a reading for each of the hours and at least half as many steps that are not 0: wells
    that hardly move are alike without being copied.
    """
    parts = parts_of(table, check)
    series = [name for part, name in parts.items() if part.startswith("series")]
    at, value = nw.col(parts["at"]), nw.col(parts["value"])
    hours = int(check.figures.get("hours", Decimal(24)))
    rows = asked_frame(table, check, records).filter(
        nw.col("_blocked").is_null(), ~value.is_null(), ~at.is_null()
    )
    if "quality" in parts:
        rows = rows.filter(nw.col(parts["quality"]).fill_null(0) != 2)
    days = [*series, "_day"]
    read = rows.select("_row", *series, _day=at.dt.date(), _hour=at.dt.hour(), _value=value)
    known = _like_another(read, days, hours)
    steps = known.with_columns(
        _step=((nw.col("_value") - nw.col("_value").shift(1).over(*days, order_by=["_hour", "_row"])) * 10000)
        .cast(nw.Int64)
        .fill_null(0)
    )
    # Two sums with weights that no two hours share tell days apart; equal sums are looked at again.
    hour = nw.col("_hour").cast(nw.Int64)
    sums = steps.with_columns(
        _one=nw.col("_step") * ((hour * 7919 + 101) % 997),
        _two=nw.col("_step") * ((hour * 104729 + 211) % 1009),
        _moved=(nw.col("_step") != 0).cast(nw.Int64),
    )
    prints = sums.group_by(*days).agg(
        one=nw.col("_one").sum(), two=nw.col("_two").sum(), moved=nw.col("_moved").sum(), count=nw.len()
    )
    full = prints.filter(nw.col("count") >= hours, nw.col("moved") * 2 >= hours)
    twice = full.with_columns(_times=nw.len().over("one", "two")).filter(nw.col("_times") > 1)
    alike = twice.select(*days).unique()
    listed = fetched(
        read.join(alike, on=days, how="inner")
        .select(*days, "_hour", "_row", "_value")
        .sort(*days, "_hour", "_row")
    )
    readings: dict[Day, list[tuple[int, Decimal]]] = defaultdict(list)
    for *day, _, row, level in listed:
        readings[tuple(day)].append((int(row), Decimal(level)))
    least = float(check.figures.get("correlation", Decimal("0.999")))
    return _pairs(readings, least)


def _like_another(known: Frame, days: Sequence[str], hours: int) -> Frame:
    """The readings of full days that rise as high above their lowest as those of another day do, one by one
    and all together. All copies are among them; only these few have to be put in order."""
    low, total = nw.col("_low"), nw.col("_total")
    spans = known.group_by(*days).agg(
        _low=nw.col("_value").min(),
        _high=nw.col("_value").max(),
        _total=nw.col("_value").sum(),
        _count=nw.len(),
    )
    above = spans.filter(nw.col("_count") >= hours, nw.col("_high") > low).with_columns(
        _span=nw.col("_high") - low, _above=total - low * nw.col("_count")
    )
    alike = above.with_columns(_times=nw.len().over("_count", "_span", "_above")).filter(nw.col("_times") > 1)
    return known.join(alike.select(*days), on=[*days], how="inner")


def _pairs(readings: dict[Day, list[tuple[int, Decimal]]], least: float) -> list[Finding]:
    """Every day that repeats another one; the one that comes first in the source is the original."""
    groups: dict[tuple[Decimal, ...], list[Day]] = defaultdict(list)
    for day, listed in readings.items():
        groups[tuple(after - before for (_, before), (_, after) in pairwise(listed))].append(day)
    found: list[Finding] = []
    for days in groups.values():
        days.sort(key=lambda day: readings[day][0][0])
        original = readings[days[0]]
        series, when = "/".join(str(part) for part in days[0][:-1]), str(days[0][-1])
        for day in days[1:]:
            copy = readings[day]
            likeness = correlation([level for _, level in original], [level for _, level in copy])
            if likeness is not None and likeness > least:
                reason = message(
                    "the readings of this day repeat those of {series} on {day}", series=series, day=when
                )
                figures = {"correlation": Decimal(repr(likeness)).quantize(Decimal("0.0001"))}
                found.append(Finding("F08", copy[0][0], "audit", reason, original[0][0], figures=figures))
    return sorted(found, key=lambda finding: finding.row)


def correlation(one: Sequence[Decimal], other: Sequence[Decimal]) -> float | None:
    """Pearson's correlation of two series of equal length; None where one does not move."""
    count = len(one)
    middle, there = sum(one, Decimal(0)) / count, sum(other, Decimal(0)) / count
    pairs = [(float(a - middle), float(b - there)) for a, b in zip(one, other, strict=True)]
    spread = sqrt(sum(a * a for a, _ in pairs) * sum(b * b for _, b in pairs))
    return min(1.0, sum(a * b for a, b in pairs) / spread) if spread else None


CHECKS = {"F08": copied}
