"""What is found of many shapes at once, held against the same checks written shape by shape."""

from collections.abc import Sequence
from decimal import Decimal

import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

from hengliang.measure.definition import Check
from hengliang.measure.geometry import area_m2, areas_m2, places
from tests.measure.loading import run, table

TYPES = {"id": "text", "shape": "geometry", "srid": "int", "area": "decimal"}
ELLIPSOID = Geod(a=6378137.0, rf=298.257222101)

corner = st.tuples(st.integers(0, 6), st.integers(0, 6))
ring = st.lists(corner, min_size=3, max_size=6).map(lambda corners: [*corners, corners[0]])
moved = st.sampled_from([(112.6, 26.9, 0.001), (26.9, 112.6, 0.001), (38361000.0, 2977000.0, 10.0)])


def text(corners: Sequence[tuple[int, int]], start: tuple[float, float, float]) -> str:
    west, south, step = start
    return "(" + ", ".join(f"{west + x * step!r} {south + y * step!r}" for x, y in corners) + ")"


polygon = st.builds(lambda corners, start: f"POLYGON ({text(corners, start)})", ring, moved)
several = st.builds(
    lambda one, other, start: f"MULTIPOLYGON (({text(one, start)}), ({text(other, start)}))",
    ring,
    ring,
    moved,
)
odd = st.sampled_from(["a field", "POLYGON EMPTY", "POINT (112.6 26.9)", "LINESTRING (112.6 26.9, 112.7 27)"])
systems = st.sampled_from([None, "4490", "4526", "99999"])
said = st.sampled_from([None, "0", "11000.5", "121000"])
rows_drawn = st.lists(st.tuples(st.one_of(polygon, several, odd), systems, said), max_size=8)
Drawn = list[tuple[str, str | None, str | None]]


def surface(figure: BaseGeometry) -> float:
    """The area of a polygon with holes, or of several, on the ellipsoid, ring by ring."""
    if figure.geom_type == "Polygon":
        turned = shapely.orient_polygons(figure)
        rings = [turned.exterior, *turned.interiors]
        return sum(ELLIPSOID.polygon_area_perimeter(*each.xy)[0] for each in rings if not each.is_empty)
    return sum(surface(part) for part in figure.geoms) if hasattr(figure, "geoms") else 0.0


def stored(figure: BaseGeometry, srid: str | None) -> BaseGeometry | None:
    if srid == "99999":
        return None
    if srid != "4526":
        return figure
    from pyproj import Transformer

    change = Transformer.from_crs(4526, 4490, always_xy=True)
    return shapely.transform(figure, lambda at: shapely.get_coordinates(
        shapely.points(*change.transform(at[:, 0], at[:, 1]))
    ))  # fmt: skip


def read(wkt: str) -> BaseGeometry | None:
    try:
        return shapely.from_wkt(wkt)
    except shapely.GEOSException:
        return None


def fault(wkt: str, srid: str | None, area: str | None) -> tuple[str, object] | None:
    """The beginning of what is said of a shape that cannot be, and the area that it has."""
    figure = read(wkt)
    if figure is None:
        return "the text is no", None
    if figure.is_empty:
        return "the geometry is empty", None
    if not figure.is_valid:
        return "the geometry is invalid", None
    if figure.geom_type in ("Polygon", "MultiPolygon"):
        if not figure.area:
            return "the geometry has no extent", None
        corners = list(shapely.get_parts(figure))
        rings = [each for part in corners for each in (part.exterior, *part.interiors)]
        if any(
            one == other for each in rings for one, other in zip(each.coords, each.coords[1:], strict=False)
        ):
            return "the geometry has the same corner", None
    if area is None:
        return None
    degrees = stored(figure, srid)
    if degrees is None:
        return "there is no coordinate system", None
    computed = abs(surface(degrees))
    if computed != computed or computed == float("inf"):
        return None
    off = abs(float(area) - computed) > max(1.0, 0.001 * computed)
    return ("the area is", places(computed, 2)) if off else None


@settings(max_examples=80, deadline=None)
@given(rows_drawn)
def test_unusable_shapes(drawn: Drawn) -> None:
    expected = {row: found for row, each in enumerate(drawn, 1) if (found := fault(*each)) is not None}
    check = Check(code="Q06", columns={"shape": "shape"}, optional={"srid": "srid", "area": "area"})
    found = run(check, table("a", TYPES, [[str(at), *each] for at, each in enumerate(drawn)]))
    assert [each.row for each in found] == sorted(expected)
    for each in found:
        said, computed = expected[each.row]
        assert str(each.reason).startswith(said)
        assert each.figures.get("computed_m2") == computed


@settings(max_examples=80, deadline=None)
@given(rows_drawn)
def test_misplaced_shapes(drawn: Drawn) -> None:
    expected: list[int] = []
    for row, (wkt, srid, _) in enumerate(drawn, 1):
        figure = read(wkt)
        degrees = None if figure is None or figure.is_empty else stored(figure, srid)
        if degrees is not None:
            west, south, east, north = degrees.bounds
            if not (73 <= west <= east <= 136 and 3 <= south <= north <= 54):
                expected.append(row)
    check = Check(code="Q07", columns={"shape": "shape"}, optional={"srid": "srid"})
    found = run(check, table("a", TYPES, [[str(at), *each] for at, each in enumerate(drawn)]))
    assert [each.row for each in found] == expected


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(ring, st.integers(0, 1)), max_size=8))
def test_overlaps(drawn: list[tuple[list[tuple[int, int]], int]]) -> None:
    start = (112.6, 26.9, 0.001)
    texts = [f"POLYGON ({text(corners, start)})" for corners, _ in drawn]
    figures = [shapely.from_wkt(each) for each in texts]
    expected: dict[tuple[int, int], tuple[Decimal, Decimal]] = {}
    for one in range(len(figures)):
        for other in range(one):
            first, second = figures[one], figures[other]
            if not (first.is_valid and second.is_valid) or not first.intersects(second):
                continue
            if drawn[one][1] == drawn[other][1] == 1:
                continue
            mine, theirs, shared = (
                abs(surface(each)) for each in (first, second, shapely.intersection(first, second))
            )
            whole = mine + theirs - shared
            iou = shared / whole if whole else 0.0
            if iou > 0.9 or shared > max(1.0, 0.01 * min(mine, theirs)):
                expected[one + 1, other + 1] = places(shared, 2), places(iou, 3)
    types = {"id": "text", "shape": "geometry", "thing": "text"}
    rows = [
        [str(at), each, "x" if same else None]
        for at, (each, (_, same)) in enumerate(zip(texts, drawn, strict=True))
    ]
    found = run(
        Check(code="F11", columns={"shape": "shape"}, optional={"same": "thing"}), table("a", types, rows)
    )
    assert {
        (each.row, each.with_row): (each.figures["overlap_m2"], each.figures["iou"]) for each in found
    } == expected


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(polygon, several), max_size=6))
def test_areas_of_many_are_those_of_each(texts: list[str]) -> None:
    figures = [figure for each in texts if abs((figure := shapely.from_wkt(each)).bounds[3]) < 90]
    together = shapely.GeometryCollection([*figures, shapely.Point(112, 26)])
    assert areas_m2(figures).tolist() == [abs(surface(each)) for each in figures]
    assert area_m2(together) == abs(surface(together))


def test_lines_and_holes() -> None:
    outer = shapely.box(112.6, 26.9, 112.7, 27.0)
    inner = shapely.box(112.62, 26.92, 112.64, 26.94)
    ringed = shapely.Polygon(outer.exterior, [inner.exterior])
    assert area_m2(ringed) == abs(surface(outer)) - abs(surface(inner))
    assert area_m2(shapely.LineString([(112.6, 26.9), (112.7, 26.9), (112.7, 27.0)])) == 0
