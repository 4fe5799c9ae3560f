"""Q08 and F15: rows that stand twice, and work that is delivered twice."""

from hengliang.measure.definition import Check
from tests.measure.loading import run, table

TYPES = {"id": "text", "accepted": "date", "recorded_at": "datetime", "void_reason": "text"}
KEY = Check(code="Q08", columns={"key_0": "id"})


def twice(*rows: tuple[str | None, str | None, str | None, str | None]) -> list[tuple[int, int | None]]:
    return [(each.row, each.with_row) for each in run(KEY, table("t", TYPES, rows, accepted_on="accepted"))]


def test_the_first_accepted_stays_then_the_first_recorded_then_the_first_of_the_source() -> None:
    late, early = ("1", "2023-12-20", None, None), ("1", "2023-12-05", None, None)
    assert twice(late, early) == [(1, 2)]
    assert twice(("1", None, None, None), late, early) == [(1, 3), (2, 3)]
    assert twice(early, early) == [(2, 1)]
    assert twice(("1", None, "2023-02-01 08:00:00", None), ("1", None, "2023-01-01 08:00:00", None)) == [
        (1, 2)
    ]


def test_void_rows_and_rows_without_a_key_are_no_duplicates() -> None:
    assert twice(("1", None, None, None), ("1", None, None, "录入错误")) == []
    assert twice((None, None, None, None), (None, None, None, None)) == []


def test_the_same_payload_again() -> None:
    types = {"id": "text", "payload": "text", "n": "int", "sum": "text", "on": "date"}
    deliveries = table("d", types, [
        ["1", "e1", "5", "c1", "2023-10-01"], ["2", None, None, None, "2023-07-01"],
        ["3", "e1", "6", "c2", "2023-04-01"], ["4", "e4", "5", "c1", "2023-12-01"],
        ["5", "e5", "5", None, "2023-12-02"],
    ])  # fmt: skip
    check = Check(code="F15", columns={"payload": "payload"},
                  optional={"count": "n", "checksum": "sum", "when": "on"})  # fmt: skip
    assert [(each.row, each.with_row) for each in run(check, deliveries)] == [(1, 3), (4, 1)]


def test_a_payload_of_several_files_is_the_same_when_all_of_them_are() -> None:
    deliveries = table("d", {"id": "text", "payload": "list"}, [["1", "e1;e2"], ["2", "e2;e1"], ["3", "e1"]])
    check = Check(code="F15", columns={"payload": "payload"})
    assert [(each.row, each.with_row) for each in run(check, deliveries)] == [(2, 1)]


def test_a_row_and_the_one_that_takes_its_place_are_no_duplicates() -> None:
    types = {"id": "text", "record_id": "text", "supersedes": "text"}
    rows = [["1", "a", None], ["1", "b", "a"], ["1", "c", None]]
    assert [(each.row, each.with_row) for each in run(KEY, table("t", types, rows))] == [(3, 2)]
