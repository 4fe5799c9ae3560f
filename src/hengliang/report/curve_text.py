"""A score curve drawn with characters: a small picture for the terminal."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from hengliang.criteria.canonical import number
from hengliang.criteria.read import CriterionReading
from hengliang.criteria.table import unit_said
from hengliang.report.curve_view import Run, View, view_of
from hengliang.report.width import width

_ROWS = 7


def drawing(reading: CriterionReading, columns: int, marked: Sequence[Fraction] = ()) -> Iterator[str]:
    """The lines of the picture: points upwards, numbers to the right; nothing for what is no curve.

    `░` fills what is open between the least and the most points.
    """
    curves = reading.curves
    if curves is None:
        return
    variable = reading.variables[0]
    view = view_of(curves, variable, marked)
    labels = {_row(view, tick): number(tick) for tick in view.y_ticks}
    room = max(width(label) for label in labels.values())
    across = columns - room - 4
    cells = [[" "] * across for _ in range(_ROWS)]
    tops = [_height(view.high, _x(view, at, across)) for at in range(across)]
    lows = [_height(view.low, _x(view, at, across)) for at in range(across)]
    for at, (low, top) in enumerate(zip(lows, tops, strict=True)):
        if low is None or top is None:
            continue
        for row in range(_row(view, top), _row(view, low) + 1):
            cells[row][at] = "░"
        cells[_row(view, top)][at] = "━"
        cells[_row(view, low)][at] = "━"
    _rises(cells)
    for x in marked:
        for curve in (curves.low, curves.high):
            if view.left <= x <= view.right and (y := curve.at(x)) is not None:
                cells[_row(view, y)][_column(view, x, across)] = "●"
    for row, line in enumerate(cells):
        label = labels.get(row, "")
        yield f"  {label:>{room}} {'┤' if label else '│'}{''.join(line)}".rstrip()
    yield f"  {'':>{room}} └{'─' * across}"
    yield f"  {'':>{room}}  {_scale(view, across, unit_said(variable.unit))}".rstrip()


def _rises(cells: list[list[str]]) -> None:
    """Joins neighbouring columns of different height by an upright line, as far as nothing else is there."""
    heights = [
        next((row for row in range(_ROWS) if cells[row][at] == "━"), None) for at in range(len(cells[0]))
    ]
    for at, (one, other) in enumerate(pairwise(heights), 1):
        if one is None or other is None:
            continue
        for row in range(min(one, other) + 1, max(one, other)):
            if cells[row][at] == " ":
                cells[row][at] = "│"


def _x(view: View, column: int, across: int) -> Fraction:
    return view.left + (view.right - view.left) * (2 * column + 1) / (2 * across)


def _column(view: View, x: Fraction, across: int) -> int:
    return min(int((x - view.left) / (view.right - view.left) * across), across - 1)


def _row(view: View, y: Fraction) -> int:
    return (_ROWS - 1) - round((y - view.bottom) / (view.top - view.bottom) * (_ROWS - 1))


def _height(lines: Sequence[Run], x: Fraction) -> Fraction | None:
    for run in lines:
        for start, end in pairwise(run.points):
            if start.x <= x <= end.x:
                share = (x - start.x) / (end.x - start.x) if end.x != start.x else Fraction(0)
                return start.y + (end.y - start.y) * share
    return None


def _scale(view: View, across: int, unit: str) -> str:
    """The numbers below, each centred at its place, as far as they do not touch."""
    line = ""
    for tick in view.x_ticks:
        label = number(tick)
        start = max(_column(view, tick, across) - len(label) // 2, 0)
        if start > len(line) or not line:
            line = line.ljust(start) + label
    return line + unit
