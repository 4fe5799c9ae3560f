"""Months of monitoring."""

from hengliang.measure.checks.months import hours_of
from hengliang.measure.definition import Check, Column
from tests.measure.loading import run, table

CLASSES = {"I": "一", "II": "二", "III": "三"}


def test_hours() -> None:
    assert [hours_of(month) for month in ("2023-02", "2024-02", "2023-12", "2023-04")] == [672, 696, 744, 720]


def test_automatic_stations_read_every_hour() -> None:
    stations = table("station", {"id": "text", "mode": "text"}, [["a", "AUTO"], ["m", "MANUAL"]])
    months = table("month", {"station": "text", "month": "text", "expected": "int"}, [
        ["a", "2024-02", "696"], ["a", "2023-02", "696"], ["m", "2023-02", "4"], ["x", "2023-02", "4"],
        ["a", "2023-2", "4"], ["a", None, "4"], ["a", "2023-03", None],
    ])  # fmt: skip
    check = Check(code="Q10-hours", columns={"month": "month", "expected": "expected"}, key="station",
                  ledger="station", there={"mode": "mode"}, reports="Q10")  # fmt: skip
    assert [(each.code, each.row) for each in run(check, months, stations)] == [("Q10", 2)]


def test_a_class_worse_than_the_last_one_known() -> None:
    rows = [["a", "2023-03", "III"], ["a", "2023-01", "II"], ["a", "2023-02", None], ["a", "2023-04", "I"],
            ["b", "2023-04", "III"]]  # fmt: skip
    months = table("month", {"station": "text", "month": "text", "grade": "text"}, rows)
    grade = Column(name="grade", type="enum", zh="类", en="class", codes=CLASSES)
    months.ledger = months.ledger.model_copy(
        update={"columns": tuple(grade if each.name == "grade" else each for each in months.ledger.columns)}
    )
    check = Check(code="worse-class", columns={"series": "station", "month": "month", "grade": "grade"})
    found = run(check, months)
    assert [(each.row, each.with_row, each.figures) for each in found] == [
        (1, 2, {"from": "II", "to": "III"})
    ]
