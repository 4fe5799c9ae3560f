"""Where synthetic things lie: inside the extent of one city (`place.toml`), each county as one rectangle.

The rectangles keep what belongs to a county together and in the right direction. Every cell is given out once
per purpose, so that nothing overlaps by chance.
"""

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from importlib.resources import files
from itertools import count

from pydantic import BaseModel, ConfigDict
from shapely import Polygon, box

from hengliang.measure.geometry import area_m2


class Place(BaseModel):
    """A city: `counties` as code and name, rectangles `wide` and `high` in degrees, `across` in a row."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    name: str
    sign: str
    middle: str
    binding: str
    west: float
    south: float
    wide: float
    high: float
    across: int
    counties: tuple[tuple[str, str], ...]

    def corner(self, county: int) -> tuple[float, float]:
        """The south-west corner of a county, by its place in `counties`."""
        below = (len(self.counties) - 1) // self.across - county // self.across
        return self.west + county % self.across * self.wide, self.south + below * self.high

    def rectangle(self, county: int) -> Polygon:
        """A county, by its place in `counties`."""
        west, south = self.corner(county)
        return box(round(west, 6), round(south, 6), round(west + self.wide, 6), round(south + self.high, 6))


def _read() -> Place:
    text = (files("hengliang.measure.synthetic") / "place.toml").read_text(encoding="utf-8")
    return Place.model_validate(tomllib.loads(text))


PLACE = _read()
_STEP = 0.003
"""The size of a cell, about 300 m."""
_ACROSS = int(PLACE.wide / _STEP)
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


class Land:
    """Gives out cells, one after the other, in all counties by turns."""

    def __init__(self) -> None:
        self._taken: dict[str, count[int]] = {}

    def plot(self, purpose: str, side: float = 0.001) -> Plot:
        """A square of `side` degrees that nothing else of this purpose touches."""
        turn = next(self._taken.setdefault(purpose, count()))
        number, cell = turn % len(PLACE.counties), turn // len(PLACE.counties)
        return self._square(number, cell, side)

    def spare(self, county: str, side: float) -> Plot:
        """A square in the north of a county, where no purpose reaches."""
        number = [code for code, _ in PLACE.counties].index(county)
        return self._square(number, _SPARE + next(self._taken.setdefault(f"spare/{county}", count())), side)

    def _square(self, number: int, cell: int, side: float) -> Plot:
        west, south = PLACE.corner(number)
        lon = round(west + (cell % _ACROSS + 0.5) * _STEP, 6)
        lat = round(south + (cell // _ACROSS + 0.5) * _STEP, 6)
        return square(PLACE.counties[number][0], lon, lat, side)


def square(county: str, lon: float, lat: float, side: float) -> Plot:
    """The square of `side` degrees around a middle."""
    half = side / 2
    west, south, east, north = (round(value, 6) for value in (lon - half, lat - half, lon + half, lat + half))
    corners = ((west, south), (east, south), (east, north), (west, north), (west, south))
    wkt = f"POLYGON(({', '.join(f'{x:.6f} {y:.6f}' for x, y in corners)}))"
    area = Decimal(repr(area_m2(box(west, south, east, north)))).quantize(Decimal("0.01"))
    return Plot(county, lon, lat, side, wkt, area)
