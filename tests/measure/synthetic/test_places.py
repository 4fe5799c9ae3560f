"""Places of a synthetic year: in their county, beside one another, and named by data alone."""

from itertools import combinations
from pathlib import Path

import pytest
from shapely import from_wkt

from hengliang.measure import synthetic
from hengliang.measure.synthetic.places import PLACE, Land

COUNTIES = range(len(PLACE.counties))


def test_counties_meet_and_do_not_overlap() -> None:
    for one, other in combinations(COUNTIES, 2):
        assert PLACE.rectangle(one).intersection(PLACE.rectangle(other)).area == 0
    _, lowest = PLACE.corner(COUNTIES[-1])
    assert (PLACE.corner(0)[0], lowest) == (PLACE.west, PLACE.south)


def test_plots_are_given_out_once_and_in_all_counties_by_turns() -> None:
    land = Land()
    plots = [land.plot("hall") for _ in range(3 * len(PLACE.counties))]
    assert [plot.county for plot in plots] == [code for code, _ in PLACE.counties] * 3
    for plot, county in zip(plots, [*COUNTIES] * 3, strict=True):
        assert PLACE.rectangle(county).contains(from_wkt(plot.wkt))
    assert not any(from_wkt(one.wkt).intersects(from_wkt(other.wkt)) for one, other in combinations(plots, 2))


@pytest.mark.parametrize(
    "path", sorted(Path(synthetic.__path__[0]).rglob("*.py")), ids=lambda path: path.stem
)
def test_code_names_no_place(path: Path) -> None:
    words = {PLACE.code, PLACE.name} | {word for county in PLACE.counties for word in county}
    text = path.read_text(encoding="utf-8")
    assert [word for word in sorted(words) if word in text] == []
