"""F11: polygons drawn twice or overlapping."""

from hengliang.measure.definition import Check
from tests.measure.loading import run, table

TYPES = {"id": "text", "shape": "geometry", "srid": "int", "top": "decimal", "bottom": "decimal"}
CHECK = Check(
    code="F11", columns={"shape": "shape"}, optional={"srid": "srid", "top": "top", "bottom": "bottom"}
)


def square(east: int, north: int, side: int) -> str:
    e, n = 38360000 + east, 2977000 + north
    return f"POLYGON(({e} {n}, {e + side} {n}, {e + side} {n + side}, {e} {n + side}, {e} {n}))"


def found(*rows: list[str | None]) -> list[tuple[int, int | None, str, str]]:
    listed = run(CHECK, table("area", TYPES, [[str(at), *row] for at, row in enumerate(rows)]))
    return [(f.row, f.with_row, str(f.figures["overlap_m2"]), str(f.figures["iou"])) for f in listed]


def row(wkt: str | None, top: str | None = None, bottom: str | None = None) -> list[str | None]:
    return [wkt, "4526", top, bottom]


def test_drawn_twice_and_overlapping() -> None:
    one, other = row(square(0, 0, 100)), row(square(50, 50, 100))
    assert found(one, other, one) == [
        (2, 1, "2500.00", "0.143"), (3, 1, "10000.00", "1.000"), (3, 2, "2500.00", "0.143"),
    ]  # fmt: skip


def test_touching_and_slivers_are_no_overlap() -> None:
    assert found(row(square(0, 0, 100)), row(square(100, 0, 100))) == []
    assert found(row(square(0, 0, 100)), row(square(99, 0, 100))) == []  # 100 m², 1 % of the smaller
    assert len(found(row(square(0, 0, 100)), row(square(98, 0, 100)))) == 1


def test_one_above_the_other() -> None:
    assert found(row(square(0, 0, 100), "100", "50"), row(square(0, 0, 100), "50", "0")) == []
    assert len(found(row(square(0, 0, 100), "100", "50"), row(square(0, 0, 100), "51", "0"))) == 1


def test_shapes_that_cannot_be_used_are_left_to_other_checks() -> None:
    bow = (
        "POLYGON((38360000 2977000, 38360100 2977100, 38360100 2977000, 38360000 2977100, 38360000 2977000))"
    )
    assert found(row(square(0, 0, 100)), row(bow), row("POLYGON(("), row(None)) == []


def test_degrees_are_measured_on_the_ellipsoid_and_against_another_ledger() -> None:
    cell = "POLYGON((112.6 26.9, 112.61 26.9, 112.61 26.91, 112.6 26.91, 112.6 26.9))"
    rights = table("rights", {"right": "text", "geom": "geometry"}, [["R", cell]])
    blocks = table("blocks", {"id": "text", "right": "text", "geom": "geometry"}, [["B", "R", cell]])
    check = Check(code="F11", columns={"shape": "geom"}, ledger="rights", there={"shape": "geom"})
    (finding,) = run(check, blocks, rights)
    assert finding.figures["measured"] == "ellipsoid"
    assert round(float(str(finding.figures["overlap_m2"]))) == 1100687
    assert finding.with_row is None
