"""F02: photos and inspectors far from the object."""

from hengliang.measure.definition import Check
from tests.measure.loading import run, table

VISIT = {"id": "text", "site": "text", "lon": "degrees", "lat": "degrees", "accuracy": "decimal"}
SITES = table("site", {"site": "text", "lon": "degrees", "lat": "degrees"}, [["A", "112.051", "26.832"]])
CHECK = Check(
    code="F02", columns={"lon": "lon", "lat": "lat"}, optional={"accuracy": "accuracy"},
    ledger="site", key="site", there={"object_lon": "lon", "object_lat": "lat"},
)  # fmt: skip


def test_far_from_the_object_of_another_ledger() -> None:
    visits = table("visit", VISIT, [
        ["1", "A", "112.0512", "26.8323", None],
        ["2", "A", "112.059", "26.836", None],
        ["3", "unknown", "112.059", "26.836", None],
        ["4", "A", None, "26.836", None],
    ])  # fmt: skip
    assert [
        (each.row, each.severity, str(each.figures["distance_m"])) for each in run(CHECK, visits, SITES)
    ] == [(2, "audit", "910")]


def test_accuracy_is_allowed_for() -> None:
    visits = table(
        "visit", VISIT, [["1", "A", "112.0531", "26.832", None], ["2", "A", "112.0531", "26.832", "10"]]
    )
    assert [each.row for each in run(CHECK, visits, SITES)] == [1]


def test_an_object_in_the_same_row_and_inside_an_area() -> None:
    types = {"id": "text", "place": "geometry", "area": "geometry"}
    square = "POLYGON((112 26, 112.01 26, 112.01 26.01, 112 26.01, 112 26))"
    rows = [
        ["1", "POINT(112.005 26.005)", square],
        ["2", "POINT(112.02 26.005)", square],
        ["3", "POINT(", square],
    ]
    check = Check(code="F02", columns={"place": "place", "object": "area"})
    found = run(check, table("visit", types, rows))
    assert [(each.row, str(each.figures["distance_m"])) for each in found] == [(2, "1001")]


def test_a_photo_taken_outside_the_visit() -> None:
    types = {"id": "text", "taken": "datetime", "start": "datetime", "end": "datetime"}
    day = "2023-05-01T"
    rows = [
        ["1", f"{day}07:00:00+08:00", f"{day}09:00:00+08:00", f"{day}10:00:00+08:00"],
        ["2", f"{day}06:59:59+08:00", f"{day}09:00:00+08:00", f"{day}10:00:00+08:00"],
        ["3", f"{day}12:00:01+08:00", f"{day}09:00:00+08:00", f"{day}10:00:00+08:00"],
        ["4", f"{day}12:00:01+08:00", None, None],
    ]
    check = Check(code="F02", optional={"taken_at": "taken", "start_at": "start", "end_at": "end"})
    assert [each.row for each in run(check, table("visit", types, rows))] == [2, 3]


def test_two_points_at_one_place() -> None:
    rows = [
        ["1", "POINT(112.6 26.9)"],
        ["2", "POINT(112.6001 26.9001)"],
        ["3", "POINT(112.6001 26.9)"],
        ["4", None],
    ]
    check = Check(code="too-near", columns={"place": "place"}, reports="I02-A2")
    found = run(check, table("points", {"id": "text", "place": "geometry"}, rows))
    assert [(f.row, f.with_row, f.code, str(f.figures["distance_m"])) for f in found] == [
        (2, 1, "I02-A2", "14.9"),
        (3, 1, "I02-A2", "9.9"),
        (3, 2, "I02-A2", "11.1"),
    ]


def test_a_place_beyond_the_pole_has_no_distance() -> None:
    sites = table("site", {"site": "text", "lon": "degrees", "lat": "degrees"}, [["A", "112.05", "-91"]])
    assert run(CHECK, table("visit", VISIT, [["1", "A", "112.05", "26.83", None]]), sites) == []
