"""F13 and F13b: sensors that do not move, devices that are silent."""

from datetime import datetime, timedelta

from hengliang.measure.definition import Check
from tests.measure.loading import run, table

READING = {"device": "text", "at": "datetime", "value": "decimal", "quality": "int"}
FLAT = Check(
    code="F13", columns={"series": "device", "at": "at", "value": "value"}, optional={"quality": "quality"},
)  # fmt: skip


def hourly(device: str, values: list[str], quality: str | None = None) -> list[list[str | None]]:
    start = datetime(2023, 3, 1)  # noqa: DTZ001
    return [[device, f"{start + timedelta(hours=at)}", value, quality] for at, value in enumerate(values)]


def test_flat_for_exactly_a_day() -> None:
    readings = table("reading", READING, [
        *hourly("a", ["1", *["2"] * 25, "3"]), *hourly("b", ["1", *["2"] * 24, "3"]), *hourly("c", ["2"] * 3),
    ])  # fmt: skip
    assert [(each.row, str(each.figures["flatline_hours"])) for each in run(FLAT, readings)] == [(2, "24.0")]


def test_a_rejected_reading_does_not_break_a_run() -> None:
    rows = [*hourly("a", ["2"] * 12), ["a", "2023-03-01 12:00:00", "9", "2"], *hourly("a", ["2"] * 26)[13:]]
    readings = table("reading", READING, rows)
    assert [(each.row, str(each.figures["flatline_hours"])) for each in run(FLAT, readings)] == [(1, "25.0")]


def test_points_without_data() -> None:
    types = {"point": "text", "accepted": "date", "first": "date", "online": "int"}
    points = table("point", types, [
        ["1", "2023-08-15", "2023-07-02", "4"],
        ["2", "2023-11-20", None, "3"],
        ["3", "2023-12-28", "2023-11-30", "0"],
        ["4", None, None, "0"],
    ])  # fmt: skip
    parts = {"first_data_on": "first", "online": "online"}
    check = Check(code="F13b", columns={"accepted_on": "accepted"}, optional=parts)
    assert [each.row for each in run(check, points)] == [2, 3]


def test_devices_without_readings_at_the_end_of_the_period() -> None:
    devices = table("device", {"device": "text", "mounted": "date"}, [
        ["a", "2023-01-01"], ["b", "2023-01-01"], ["c", "2023-05-01"], ["d", "2023-12-31"],
    ])  # fmt: skip
    readings = table("reading", READING, [
        ["a", "2023-12-31 01:00:00", "1", "0"], ["b", "2023-12-30 12:00:00", "1", "0"],
    ])  # fmt: skip
    check = Check(code="F13b", columns={"accepted_on": "mounted"}, ledger="reading", key="device",
                  there={"key": "device", "at": "at"})  # fmt: skip
    assert [each.row for each in run(check, devices, readings)] == [2, 3]
