"""F06: heaped values."""

import random

import pytest

from hengliang.measure.definition import Check
from tests.measure.loading import run, table

VALUE = {"name": "text", "value": "decimal", "other": "decimal"}


def values(*numbers: object) -> list[list[str | None]]:
    return [[f"r{at}", str(number), "8"] for at, number in enumerate(numbers)]


def rows_found(check: Check, numbers: list[object]) -> list[int]:
    return [finding.row for finding in run(check, table("ledger", VALUE, values(*numbers)))]


def test_last_digits_of_measured_and_of_invented_numbers() -> None:
    check = Check(code="F06", columns={"value": "value"})
    draw = random.Random(1)
    measured: list[object] = [f"{draw.randrange(1000, 9999) / 100:.2f}" for _ in range(200)]
    assert rows_found(check, measured) == []
    fives: list[object] = [f"{draw.randrange(100, 999) / 10:.1f}5" for _ in range(60)]
    assert rows_found(check, measured[:140] + fives)[-60:] == [*range(141, 201)]
    assert rows_found(check, (measured[:39] + fives)[:99]) == []  # fewer than a hundred say nothing


def test_even_digits_have_no_heap() -> None:
    assert rows_found(Check(code="F06", columns={"value": "value"}), [*range(100)]) == []


@pytest.mark.parametrize(
    ("numbers", "found"),
    [
        ([800, 801, 805, 806, 799, 900], [1, 2, 3]),
        ([800, 801, 806, 799], []),
        ([800, 801, 805, *range(7)], []),
    ],
)
def test_a_band(numbers: list[object], found: list[int]) -> None:
    figures = {"low": 800, "high": 805, "rows": 3, "pct": 30}
    assert rows_found(Check(code="F06-band", columns={"value": "value"}, figures=figures), numbers) == found


def test_round_numbers_equal_pairs_and_one_value() -> None:
    step = Check(code="F06-round", columns={"value": "value"}, figures={"step": 100, "rows": 2, "pct": 50})
    assert rows_found(step, [100, "100.5", 200]) == [1, 3]
    assert rows_found(step, [100, "100.5", 200, 7]) == []
    pairs = Check(code="F06-equal", columns={"one": "value", "other": "other"}, figures={"rows": 2})
    assert rows_found(pairs, [8, 7, "8.0"]) == [1, 3]
    assert rows_found(pairs, [8, 7]) == []
    same = Check(code="F06-same", columns={"value": "value"}, figures={"rows": 2, "pct": 50}, reports="X-A1")
    assert rows_found(same, [3, 3, 4]) == [1, 2]
    assert rows_found(same, [3, 3, 4, 5]) == []
    assert rows_found(same, []) == []
    found = run(same, table("ledger", VALUE, values(3, 3)))
    assert [(each.code, each.severity) for each in found] == [("X-A1", "audit")] * 2
