"""F12: document numbers."""

from hengliang.measure.definition import Check
from tests.measure.loading import run, table

TYPES = {"id": "text", "number": "text", "on": "date", "basis": "date"}
CHECK = Check(code="F12", columns={"number": "number"}, optional={"date": "on", "basis": "basis"})


def found(*rows: tuple[str | None, str | None, str | None]) -> list[tuple[int, int | None, str]]:
    listed = run(CHECK, table("papers", TYPES, [[str(at), *row] for at, row in enumerate(rows)]))
    return [(each.row, each.with_row, each.severity) for each in listed]


def test_a_number_used_twice() -> None:
    one, other = ("衡资规结〔2023〕4号", "2023-03-01", None), ("衡资规结〔2023〕 4号", "2023-03-02", None)
    assert found(one, (None, None, None), (None, None, None), other) == [(4, 1, "audit")]


def test_series_with_gaps_and_against_the_dates() -> None:
    first = ("衡资规结〔2023〕4号", "2023-03-01", None)
    assert found(first, ("衡资规结〔2023〕7号", "2023-04-01", None)) == [(2, 1, "note")]
    assert found(first, ("衡资规结〔2023〕5号", "2023-02-01", None)) == [(2, 1, "audit")]
    assert found(first, ("衡资规结〔2023〕5号", "2023-03-01", None)) == []
    assert (
        found(first, ("衡资规结〔2024〕9号", "2024-01-05", None), ("衡财评〔2023〕9号", "2023-01-05", None))
        == []
    )


def test_dated_before_its_basis() -> None:
    assert found(("甲", "2023-03-01", "2023-03-02"), ("乙", "2023-03-02", "2023-03-02")) == [
        (1, None, "audit")
    ]
