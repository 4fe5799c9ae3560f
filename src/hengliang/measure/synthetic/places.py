"""Where synthetic things lie: inside the extent of 衡阳市, each county as one rectangle of it.

The rectangles are no boundaries: they keep what belongs to a county together and in the right direction, and
cover both zones, 37 and 38. Every cell is given out once per purpose, so that nothing overlaps by chance.
"""

from dataclasses import dataclass
from decimal import Decimal
from itertools import count

from shapely import box

from hengliang.measure.geometry import area_m2

COUNTIES = (
    ("430421", "衡阳县"), ("430423", "衡山县"), ("430412", "南岳区"), ("430424", "衡东县"),
    ("430426", "祁东县"), ("430408", "蒸湘区"), ("430407", "石鼓区"), ("430405", "珠晖区"),
    ("430482", "常宁市"), ("430422", "衡南县"), ("430406", "雁峰区"), ("430481", "耒阳市"),
)  # fmt: skip
"""From the north-west to the south-east, four in a row."""
WEST, SOUTH, WIDE, HIGH = 111.6, 26.25, 0.35, 0.3
"""The first corner, and the size of one county, in degrees."""
_STEP = 0.003
"""The size of a cell, about 300 m."""
_ACROSS = int(WIDE / _STEP)
_SPARE = _ACROSS * 70
"""The first cell of a county that is kept back."""


@dataclass(frozen=True, slots=True)
class Plot:
    """A square on the ground: county, middle and side in degrees, outline (WKT, EPSG:4490), area."""

    county: str
    lon: float
    lat: float
    side: float
    wkt: str
    area: Decimal

    @property
    def point(self) -> str:
        """The middle as WKT."""
        return f"POINT({self.lon:.6f} {self.lat:.6f})"


def corner(county: int) -> tuple[float, float]:
    """The south-west corner of a county, by its place in `COUNTIES`."""
    return WEST + county % 4 * WIDE, SOUTH + (2 - county // 4) * HIGH


class Land:
    """Gives out cells, one after the other, in all counties by turns."""

    def __init__(self) -> None:
        self._taken: dict[str, count[int]] = {}

    def plot(self, purpose: str, side: float = 0.001) -> Plot:
        """A square of `side` degrees that nothing else of this purpose touches."""
        turn = next(self._taken.setdefault(purpose, count()))
        number, cell = turn % len(COUNTIES), turn // len(COUNTIES)
        return self._square(number, cell, side)

    def spare(self, county: str, side: float) -> Plot:
        """A square in the north of a county, where no purpose reaches."""
        number = [code for code, _ in COUNTIES].index(county)
        return self._square(number, _SPARE + next(self._taken.setdefault(f"spare/{county}", count())), side)

    def _square(self, number: int, cell: int, side: float) -> Plot:
        west, south = corner(number)
        lon = round(west + (cell % _ACROSS + 0.5) * _STEP, 6)
        lat = round(south + (cell // _ACROSS + 0.5) * _STEP, 6)
        return square(COUNTIES[number][0], lon, lat, side)


def square(county: str, lon: float, lat: float, side: float) -> Plot:
    """The square of `side` degrees around a middle."""
    half = side / 2
    west, south, east, north = (round(value, 6) for value in (lon - half, lat - half, lon + half, lat + half))
    corners = ((west, south), (east, south), (east, north), (west, north), (west, south))
    wkt = f"POLYGON(({', '.join(f'{x:.6f} {y:.6f}' for x, y in corners)}))"
    area = Decimal(repr(area_m2(box(west, south, east, north)))).quantize(Decimal("0.01"))
    return Plot(county, lon, lat, side, wkt, area)
