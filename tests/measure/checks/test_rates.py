"""Readings that lie too far from the last accepted one for the time that passed."""

from datetime import datetime, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from hengliang.measure.definition import Check
from tests.measure.loading import run, table

READING = {"well": "text", "at": "datetime", "level": "decimal", "quality": "int"}
CHECK = Check(
    code="Q10-rate", columns={"series": "well", "at": "at", "value": "level"},
    optional={"quality": "quality"}, figures={"per_hour": Decimal(2)}, blocking=True,
)  # fmt: skip
START = datetime(2023, 3, 1)  # noqa: DTZ001


def rejected(readings: list[tuple[str, int, str, int]]) -> list[int]:
    """The rows that are rejected, of readings of a well: the hour, the level, the quality."""
    rows = [[well, f"{START + timedelta(hours=at)}", level, str(mark)] for well, at, level, mark in readings]
    return [each.row for each in run(CHECK, table("reading", READING, rows))]


def test_a_spike_and_a_plateau() -> None:
    assert rejected([("a", 0, "10", 0), ("a", 1, "15", 0), ("a", 2, "10", 0)]) == [2]
    plateau = [("a", 0, "10", 0), ("a", 1, "15", 0), ("a", 2, "15", 0), ("a", 3, "15", 0), ("a", 4, "15", 0)]
    assert rejected(plateau) == [2, 3]


def test_exactly_the_limit_is_accepted_and_series_are_apart() -> None:
    assert rejected([("a", 0, "10", 0), ("a", 1, "12", 0), ("b", 2, "50", 0), ("b", 3, "48", 0)]) == []
    assert rejected([("a", 0, "10", 0), ("a", 1, "12.0001", 0)]) == [2]


def test_nothing_is_held_against_a_rejected_reading() -> None:
    assert rejected([("a", 0, "10", 0), ("a", 1, "11.5", 2), ("a", 2, "13.8", 0), ("a", 3, "10", 2)]) == [4]


STEPS = st.lists(
    st.tuples(st.integers(1, 3), st.integers(-30, 30), st.sampled_from([0, 0, 0, 2])), min_size=1, max_size=12
)


@settings(max_examples=60, deadline=None)
@given(STEPS)
def test_single_steps_as_a_slow_reader_sees_them(steps: list[tuple[int, int, int]]) -> None:
    """Levels return to within 0.1 of their own after each step, so that no two steps run into each other."""
    readings: list[tuple[str, int, str, int]] = [("a", 0, "100", 0)]
    at = 0
    for wait, step, mark in steps:
        at += wait
        readings.append(("a", at, str(100 + step), mark))
        at += 20
        readings.append(("a", at, "100", 0))
    last, expected = (0, Decimal(100)), list[int]()
    for row, (_, hour, level, mark) in enumerate(readings, 1):
        if abs(Decimal(level) - last[1]) > 2 * (hour - last[0]):
            expected.append(row)
        elif mark != 2:
            last = (hour, Decimal(level))
    assert rejected(readings) == expected
