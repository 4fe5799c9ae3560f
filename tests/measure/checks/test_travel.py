"""F03: visits between which nobody could have travelled."""

from hengliang.measure.definition import Check
from tests.measure.loading import run, table

TYPES = {
    "id": "text", "start": "datetime", "end": "datetime", "lon": "degrees", "lat": "degrees",
    "one": "text", "two": "text",
}  # fmt: skip
CHECK = Check(
    code="F03", columns={"person": "one", "person_2": "two", "start_at": "start", "lon": "lon", "lat": "lat"},
    optional={"end_at": "end"},
)  # fmt: skip


def visit(
    name: str, start: str, end: str | None, lon: str, one: str, two: str | None = None
) -> list[str | None]:
    return [
        name,
        f"2023-07-05T{start}+08:00",
        f"2023-07-05T{end}+08:00" if end else None,
        lon,
        "26.9",
        one,
        two,
    ]


def found(*visits: list[str | None]) -> list[tuple[int, int | None, dict[str, str]]]:
    findings = run(CHECK, table("visit", TYPES, visits))
    return [(each.row, each.with_row, {k: str(v) for k, v in each.figures.items()}) for each in findings]


def test_too_fast() -> None:
    one = visit("1", "09:00:00", "09:40:00", "112.6", "U1", "U2")
    assert found(one, visit("2", "10:00:00", "10:40:00", "113.0", "U3", "U1")) == [
        (2, 1, {"distance_km": "39.7", "speed_kmh": "119"})
    ]
    assert found(one, visit("2", "10:30:00", "10:40:00", "113.0", "U3", "U1")) == []
    assert found(one, visit("2", "10:00:00", "10:40:00", "113.0", "U3", "U4")) == []


def test_the_order_of_the_source_does_not_matter() -> None:
    late, early = visit("1", "10:00:00", None, "113.0", "U1"), visit("2", "09:40:00", None, "112.6", "U1")
    assert [(row, other) for row, other, _ in found(late, early)] == [(1, 2)]


def test_at_the_same_time() -> None:
    day = visit("1", "08:00:00", "17:00:00", "112.6", "U1")
    inside, later = (
        visit("2", "09:00:00", "09:30:00", "112.6", "U1"),
        visit("3", "15:00:00", None, "112.6", "U1"),
    )
    assert [(row, other) for row, other, _ in found(day, inside, later)] == [(2, 1), (3, 1)]
    assert (
        found(visit("1", "08:00:00", "09:00:00", "112.6", "U1"), visit("2", "09:00:00", None, "112.6", "U1"))
        == []
    )
    touching = visit("2", "09:00:00", None, "112.7", "U1")
    assert [row for row, _, _ in found(visit("1", "08:00:00", "09:00:00", "112.6", "U1"), touching)] == [2]


def test_both_checkers_travel_together_and_are_reported_once() -> None:
    one = visit("1", "09:00:00", "09:40:00", "112.6", "U1", "U2")
    assert len(found(one, visit("2", "10:00:00", None, "113.0", "U1", "U2"))) == 1


def test_a_place_beyond_the_pole_is_no_journey() -> None:
    one, other = (
        visit("1", "09:00:00", "09:40:00", "112.6", "U1"),
        visit("2", "10:00:00", None, "113.0", "U1"),
    )
    one[4] = "-91"
    assert found(one, other) == []
