"""Readings that jump, and accounts that do not begin where the last one ended."""

from hengliang.measure.definition import Check
from tests.measure.loading import run, table

TYPES = {"device": "text", "at": "datetime", "value": "decimal", "quality": "int"}
PARTS = {"series": "device", "at": "at", "value": "value"}


def jumps(check: Check, *values: tuple[str, str, str | None]) -> list[tuple[int, str]]:
    readings = table(
        "r", TYPES, [["a", f"2023-03-01 {at}:00", value, quality] for at, value, quality in values]
    )
    return [(each.row, str(each.figures["jump"])) for each in run(check, readings)]


STEP = Check(code="Q10-jump", columns=PARTS, optional={"quality": "quality"}, figures={"jump": "2"})  # type: ignore[dict-item]


def test_a_spike_is_one_jump_and_a_new_level_too() -> None:
    assert jumps(STEP, ("00:00", "1", None), ("01:00", "9.5", None), ("02:00", "1.2", None)) == [(2, "8.5")]
    assert jumps(STEP, ("00:00", "1", None), ("01:00", "9", None), ("02:00", "9", None)) == [(2, "8")]
    assert jumps(STEP, ("00:00", "1", None), ("01:00", "3", None)) == []


def test_a_rejected_reading_is_judged_but_not_what_the_next_is_held_against() -> None:
    assert jumps(STEP, ("00:00", "1", "0"), ("01:00", "9", "2"), ("02:00", "9", "0")) == [(2, "8"), (3, "8")]
    assert jumps(STEP, ("00:00", "1", "0"), ("01:00", "9", "2"), ("02:00", "1", "0")) == [(2, "8")]


def test_a_limit_for_each_hour() -> None:
    hourly = Check(code="Q10-jump", columns=PARTS, figures={"jump_per_h": "2"}, reports="Q10", blocking=True)  # type: ignore[dict-item]
    readings = table("r", TYPES, [["a", "2023-03-01 00:00", "1", None], ["a", "2023-03-01 03:00", "7", None],
                                  ["a", "2023-03-01 04:00", "9.1", None]])  # fmt: skip
    assert [(each.row, each.code, each.severity) for each in run(hourly, readings)] == [
        (3, "Q10", "blocking")
    ]


def test_accounts_begin_where_the_last_one_ended() -> None:
    types = {"id": "text", "mine": "text", "year": "int", "opening": "decimal", "closing": "decimal"}
    accounts = table("a", types, [
        ["1", "A", "2022", "10", "8"], ["2", "A", "2023", "8", "7"], ["3", "A", "2024", "7.5", "7"],
        ["4", "B", "2023", "1", "1"],
    ])  # fmt: skip
    parts = {"key_1": "mine", "year": "year", "opening": "opening", "closing": "closing"}
    found = run(Check(code="Q10-carried", columns=parts, reports="Q10"), accounts)
    assert [(each.row, each.code, str(each.figures["difference"])) for each in found] == [
        (3, "Q10", "0.5000")
    ]
