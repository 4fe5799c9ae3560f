"""Q06 and Q07: geometries that cannot be, and those in the wrong place."""

import pytest

from hengliang.measure.definition import Check
from tests.measure.loading import run, table

TYPES = {"id": "text", "shape": "geometry", "srid": "int", "area": "decimal"}
SHAPE = Check(code="Q06", columns={"shape": "shape"}, optional={"srid": "srid", "area": "area"})
PLACE = Check(code="Q07", columns={"shape": "shape"}, optional={"srid": "srid"})
CELL = "POLYGON((112.6 26.9, 112.61 26.9, 112.61 26.91, 112.6 26.91, 112.6 26.9))"


@pytest.mark.parametrize(
    "wkt",
    [
        "POLYGON((112.6 26.9, 112.61 26.9, 112.61 26.91))",
        "POLYGON((112.6 26.9, 112.61 26.91, 112.61 26.9, 112.6 26.91, 112.6 26.9))",
        "POLYGON((112.6 26.9, 112.61 26.9, 112.6 26.9, 112.6 26.9))",
        "POLYGON((112.6 26.9, 112.61 26.9, 112.61 26.9, 112.61 26.91, 112.6 26.91, 112.6 26.9))",
        "POLYGON EMPTY",
        "a field",
    ],
)
def test_geometries_that_cannot_be(wkt: str) -> None:
    found = run(SHAPE, table("area", TYPES, [["1", wkt, None, None], ["2", CELL, None, None]]))
    assert [(each.row, each.severity) for each in found] == [(1, "blocking")]


def test_areas_are_those_on_the_ellipsoid() -> None:
    rows = [["1", CELL, "4490", "1101208.8"], ["2", CELL, None, "1102208.8"], ["3", CELL, None, None]]
    assert [(f.row, str(f.figures["computed_m2"])) for f in run(SHAPE, table("area", TYPES, rows))] == [
        (2, "1100686.96")
    ]


def test_swapped_axes_and_a_missing_zone_number() -> None:
    plane = "POLYGON(({e} 2977000, {e}50 2977000, {e}50 2977050, {e} 2977050, {e} 2977000))"
    rows = [
        ["1", CELL, None, None],
        ["2", "POINT(26.9 112.6)", None, None],
        ["3", "POINT(38360912 2977318)", "4526", None],
        ["4", "POINT(360912 2977318)", "4526", None],
        ["5", "POINT(2977318 38360912)", "4526", None],
        ["6", "POINT(360912 2977318)", "4547", None],
        ["7", None, None, None],
        ["8", plane, None, None],
        ["9", "POINT(112.6 26.9)", "99999", None],
    ]
    assert [each.row for each in run(PLACE, table("area", TYPES, rows))] == [2, 4, 5]
