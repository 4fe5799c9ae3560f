"""F08: series that were copied."""

import random
from datetime import datetime, timedelta
from decimal import Decimal

from hengliang.measure.checks.copies import correlation
from hengliang.measure.definition import Check
from tests.measure.loading import run, table

READING = {"well": "text", "at": "datetime", "level": "decimal", "quality": "int"}
CHECK = Check(
    code="F08", columns={"series": "well", "at": "at", "value": "level"}, optional={"quality": "quality"}
)


def day(well: str, on: int, levels: list[Decimal]) -> list[list[str | None]]:
    start = datetime(2023, 3, on)  # noqa: DTZ001
    return [[well, f"{start + timedelta(hours=at)}", str(level), "0"] for at, level in enumerate(levels)]


def noise(seed: int) -> list[Decimal]:
    draw = random.Random(seed)
    return [Decimal(draw.randrange(56000, 57000)) / 1000 for _ in range(24)]


def test_a_copy_at_another_level_on_another_day_is_found() -> None:
    original, other = noise(1), noise(2)
    readings = table("reading", READING, [
        *day("a", 1, original), *day("b", 1, other), *day("b", 2, [level + 3 for level in original]),
        *day("a", 2, noise(3)),
    ])  # fmt: skip
    found = run(CHECK, readings)
    assert [(each.row, each.with_row, each.figures["correlation"]) for each in found] == [
        (49, 1, Decimal("1.0000"))
    ]


def test_still_wells_short_days_and_one_changed_reading_are_no_copies() -> None:
    still, short = [Decimal(56)] * 24, noise(4)[:23]
    changed = [*noise(5)[:23], noise(5)[23] + Decimal("0.001")]
    readings = table("reading", READING, [
        *day("a", 1, still), *day("b", 1, still), *day("a", 2, short), *day("b", 2, short),
        *day("a", 3, noise(5)), *day("b", 3, changed),
    ])  # fmt: skip
    assert run(CHECK, readings) == []


def test_correlation() -> None:
    one = [Decimal(n) for n in (1, 2, 3, 5)]
    assert correlation(one, [2 * n for n in one]) == 1.0
    assert correlation(one, [Decimal(4)] * 4) is None
