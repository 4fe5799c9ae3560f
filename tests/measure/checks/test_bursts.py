"""F04: bursts of entries, repeated texts."""

from hengliang.measure.definition import Check
from tests.measure.loading import run, table

TYPES = {"id": "text", "account": "text", "at": "datetime", "text": "text"}
PARTS = {"account": "account", "at": "at"}


def test_ten_rows_within_five_minutes() -> None:
    """Ten rows 33 seconds apart span 297 s; ten rows 34 seconds apart span 306 s."""
    quick = [
        [f"q{n}", "A", f"2023-05-01T08:{n * 33 // 60:02}:{n * 33 % 60:02}+08:00", None] for n in range(10)
    ]
    slow = [
        [f"s{n}", "B", f"2023-05-01T08:{n * 34 // 60:02}:{n * 34 % 60:02}+08:00", None] for n in range(10)
    ]
    later = [["l", "A", "2023-05-01T09:00:00+08:00", None], ["n", None, "2023-05-01T08:00:00+08:00", None]]
    found = run(Check(code="F04", columns=PARTS), table("entry", TYPES, [*slow, *later, *quick]))
    assert [each.row for each in found] == [*range(13, 23)]


def test_exactly_five_minutes_is_a_burst() -> None:
    rows = [[str(n), "A", f"2023-05-01T08:{5 if n == 9 else 0:02}:00+08:00", None] for n in range(10)]
    assert len(run(Check(code="F04", columns=PARTS), table("entry", TYPES, rows))) == 10
    assert run(Check(code="F04", columns=PARTS, figures={"rows": 11}), table("entry", TYPES, rows)) == []


def test_one_long_text_in_three_rows() -> None:
    long, short = "现场已经核实没有发现任何违法用地行为情况属实", "已核实"
    rows = [
        [str(n), f"P{n}", f"2023-05-{n + 1:02}T08:00:00+08:00", long if n < 3 else short] for n in range(7)
    ]
    check = Check(code="F04", columns=PARTS, optional={"text": "text"})
    assert [each.row for each in run(check, table("entry", TYPES, rows))] == [1, 2, 3]
