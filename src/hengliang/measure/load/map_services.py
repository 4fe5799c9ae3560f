"""Positions of domestic map services: GCJ-02 (AutoNavi, Tencent) and BD-09 (Baidu), to WGS 84 and back.

GCJ-02 shifts WGS 84 by a sum of sines, some hundreds of metres, inside a box around the country; BD-09 turns
and shifts GCJ-02. Both are published as formulas in one direction only; the way back is found by repeating
until the difference is below a micrometre. Degrees, arrays of any length.

Source: the formulas in common use since 2010; there is no official publication.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Degrees = NDArray[np.float64]
Shift = Callable[[Degrees, Degrees], tuple[Degrees, Degrees]]

_AXIS, _ECCENTRICITY = 6378245.0, 0.00669342162296594323
"""Krassowsky 1940, which the formula of GCJ-02 uses."""
_WEST, _EAST, _SOUTH, _NORTH = 72.004, 137.8347, 0.8293, 55.8271
_TURN = np.pi * 3000.0 / 180.0
_CLOSE = 1e-11
_ROUNDS = 30


def to_gcj02(lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    """WGS 84 as GCJ-02 shows it."""
    x, y = lon - 105.0, lat - 35.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * np.sqrt(np.abs(x))
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * np.sqrt(np.abs(x))
    ripple = _sines(x, (20.0, 6.0), (20.0, 2.0))
    east += ripple + _sines(x, (20.0, 1.0), (40.0, 1 / 3.0)) + _sines(x, (150.0, 1 / 12.0), (300.0, 1 / 30.0))
    north += (
        ripple + _sines(y, (20.0, 1.0), (40.0, 1 / 3.0)) + _sines(y, (160.0, 1 / 12.0), (320.0, 1 / 30.0))
    )
    phi = np.radians(lat)
    magic = 1 - _ECCENTRICITY * np.sin(phi) ** 2
    north_degrees = north * 180.0 / (_AXIS * (1 - _ECCENTRICITY) / (magic * np.sqrt(magic)) * np.pi)
    east_degrees = east * 180.0 / (_AXIS / np.sqrt(magic) * np.cos(phi) * np.pi)
    inside = (lon >= _WEST) & (lon <= _EAST) & (lat >= _SOUTH) & (lat <= _NORTH)
    return np.where(inside, lon + east_degrees, lon), np.where(inside, lat + north_degrees, lat)


def from_gcj02(lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    """GCJ-02 as WGS 84."""
    return _back(to_gcj02, lon, lat)


def to_bd09(lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    """GCJ-02 as BD-09 shows it."""
    radius = np.hypot(lon, lat) + 0.00002 * np.sin(lat * _TURN)
    angle = np.arctan2(lat, lon) + 0.000003 * np.cos(lon * _TURN)
    return radius * np.cos(angle) + 0.0065, radius * np.sin(angle) + 0.006


def from_bd09(lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    """BD-09 as WGS 84."""
    return from_gcj02(*_back(to_bd09, lon, lat))


def _sines(of: Degrees, *waves: tuple[float, float]) -> Degrees:
    """Waves of an amplitude and a frequency, by two thirds."""
    total = np.zeros_like(of)
    for amplitude, frequency in waves:
        total += amplitude * np.sin(frequency * of * np.pi)
    return total * 2.0 / 3.0


def _back(shift: Shift, lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    """The position that `shift` takes here."""
    x, y = lon.copy(), lat.copy()
    for _ in range(_ROUNDS):
        east, north = shift(x, y)
        x, y = x + (lon - east), y + (lat - north)
        if not np.any(np.hypot(lon - east, lat - north) > _CLOSE):
            break
    return x, y
