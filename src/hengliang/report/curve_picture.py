"""The score curve of a criterion as a picture: points upwards, the number it asks for to the right.

Steps show which end belongs to them (● included, ○ not), what is open is hatched between the least and the
most points, and each fact that was stated is marked with its points.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any, NamedTuple

from hengliang.base.message import message
from hengliang.criteria.canonical import number
from hengliang.criteria.evaluate import Curves
from hengliang.criteria.read import CriterionReading
from hengliang.criteria.scored import NoScore, asked_for, scored
from hengliang.criteria.table import points_said, rows_of, where_said
from hengliang.criteria.variable import Variable
from hengliang.report.choice_picture import choice_svg
from hengliang.report.criterion_text import fact_said, number_in, score_said
from hengliang.report.curve_view import Point, Run, View, view_of
from hengliang.report.picture_frame import MARGIN, WIDTH, heading, remarks
from hengliang.report.svg import DARK, LIGHT, Canvas, fitted, text_width

_HEIGHT = 230
"""The height of the plane itself."""
_SMALL = 12
_MOST_RINGS = 16
"""With more jumps than this their ends are not ringed: the rings would touch."""


def picture(
    reading: CriterionReading,
    given: Sequence[Any] = (),
    language: str = "zh_Hans",
    *,
    title: str = "",
    dark: bool = False,
) -> str:
    """A criterion as an SVG document: its curve, or bars for words and for several facts.

    `given` are facts as they were stated; each that can be scored is marked. `title` is the name of the
    indicator; the sentence stands below it, or in its place.
    """
    curves = reading.curves
    if curves is None:
        return choice_svg(reading, given, language, title=title, dark=dark)
    return _Plane(reading, curves, given, language, title, dark).drawn()


class _Marked(NamedTuple):
    """A stated number, and what is written at it: the number and its points."""

    x: Fraction
    said: str


class _Plane:
    """The plane of a curve, from exact places to pixels."""

    def __init__(
        self,
        reading: CriterionReading,
        curves: Curves,
        given: Sequence[Any],
        language: str,
        title: str,
        dark: bool,
    ) -> None:
        self.reading, self.curves, self.language = reading, curves, language
        self.variable: Variable = reading.variables[0]
        self.marked = [*_marked(reading, given, language)]
        full = Fraction(reading.points) if reading.points is not None else None
        self.view: View = view_of(curves, self.variable, [each.x for each in self.marked], full)
        self.full = full
        palette = DARK if dark else LIGHT
        self.canvas = Canvas(
            WIDTH, palette, title or reading.text, _described(reading, self.marked, language)
        )
        self.title = title
        labels = [number(tick) for tick in self.view.y_ticks]
        self.left = MARGIN + max(text_width(label, _SMALL) for label in labels) + 10
        self.right = WIDTH - MARGIN
        self.top = self.bottom = 0.0

    def drawn(self) -> str:
        """The whole picture."""
        end = heading(self.canvas, self.reading, self.title)
        rows = self._label_rows()
        said = message("points").say(self.language)
        self.canvas.text(MARGIN, end + 14, said, _SMALL, self.canvas.palette.grey)
        self.top = end + 14 + max(16 * max(rows.values(), default=0), 12) + 8
        self.bottom = self.top + _HEIGHT
        self._axes()
        self._band()
        for lines in (self.view.low, () if self.view.is_exact else self.view.high):
            self._curve(lines)
        self._marks(rows, end)
        y = self.bottom + 46
        return self.canvas.svg(remarks(self.canvas, self.reading, self.language, y, [*self._own_remarks()]))

    def x(self, at: Fraction) -> float:
        """Pixels from the left."""
        view = self.view
        return self.left + float((at - view.left) / (view.right - view.left)) * (self.right - self.left)

    def y(self, points: Fraction) -> float:
        """Pixels from the top."""
        view = self.view
        return self.bottom - float((points - view.bottom) / (view.top - view.bottom)) * _HEIGHT

    def at(self, point: Point) -> tuple[float, float]:
        """A place in pixels."""
        return self.x(point.x), self.y(point.y)

    def _own_remarks(self) -> Iterator[str]:
        if any(run.is_stairs for run in (*self.view.low, *self.view.high)):
            said = message("the dotted line stands for many small steps")
            yield said.say(self.language)
        if not self.view.is_exact:
            said = message("hatched: the score may lie anywhere between the two lines")
            yield said.say(self.language)

    def _axes(self) -> None:
        canvas, palette = self.canvas, self.canvas.palette
        for tick in self.view.y_ticks:
            y = self.y(tick)
            canvas.line(self.left, y, self.right, y, palette.rule)
            canvas.text(self.left - 8, y + 4, number(tick), _SMALL, palette.grey, "end")
        if self.full is not None:
            canvas.line(self.left, self.y(self.full), self.right, self.y(self.full), palette.grey, 1, "5 4")
        zero = self.y(Fraction(0))
        canvas.line(self.left, zero, self.right, zero, palette.grey)
        canvas.line(self.left, self.top, self.left, self.bottom, palette.grey)
        last = self.left - 20.0
        for tick in self.view.x_ticks:
            x, label = self.x(tick), number(tick)
            canvas.line(x, self.bottom, x, self.bottom + 4, palette.grey)
            half = text_width(label, _SMALL) / 2
            if x - half < last + 8 or x + half > WIDTH:
                continue
            canvas.text(x, self.bottom + 18, label, _SMALL, palette.grey, "middle")
            last = x + half
        asked = asked_for(self.reading, self.variable).say(self.language)
        shown = fitted(asked, _SMALL, self.right - self.left)
        canvas.text((self.left + self.right) / 2, self.bottom + 37, shown, _SMALL, palette.grey, "middle")

    def _band(self) -> None:
        """What is open: hatched between the least and the most points."""
        if self.view.is_exact:
            return
        for low in self.view.low:
            for high in self.view.high:
                left = max(low.points[0].x, high.points[0].x)
                right = min(low.points[-1].x, high.points[-1].x)
                if left >= right:
                    continue
                below = [self.at(point) for point in _between(low, left, right)]
                above = [self.at(point) for point in _between(high, left, right)]
                if below != above:
                    self.canvas.area([*below, *above[::-1]], self.canvas.palette.grey)

    def _curve(self, lines: Sequence[Run]) -> None:
        ink = self.canvas.palette.ink
        jumps = [(one, other) for one, other in pairwise(lines) if _jumps(one, other)]
        for one, other in jumps:
            self.canvas.path([self.at(one.points[-1]), self.at(other.points[0])], ink, 1, "2 3")
        for run in lines:
            if len(run.points) > 1 and run.points[0] != run.points[-1]:
                self.canvas.path(
                    [self.at(point) for point in run.points], ink, 2.4, "3 2" if run.is_stairs else ""
                )
        if len(jumps) <= _MOST_RINGS:
            self._rings(lines)

    def _rings(self, lines: Sequence[Run]) -> None:
        ink = self.canvas.palette.ink
        ends: dict[Point, bool] = {}
        for one, other in pairwise(lines):
            if _jumps(one, other):
                ends[one.points[-1]] = ends.get(one.points[-1], False) or bool(one.end_closed)
                ends[other.points[0]] = ends.get(other.points[0], False) or bool(other.start_closed)
        for point, is_closed in ends.items():
            self.canvas.dot(*self.at(point), 3.4, ink, hollow=not is_closed)

    def _label_rows(self) -> dict[int, int]:
        """For each marked number the row above the plane, from 1, in which its label has room."""
        ends: list[float] = []
        rows: dict[int, int] = {}
        for index in sorted(range(len(self.marked)), key=lambda at: self.marked[at].x):
            start, end = self._label_place(self.marked[index])
            row = next((at for at, taken in enumerate(ends) if taken + 10 < start), len(ends))
            ends[row : row + 1] = [end]
            rows[index] = row + 1
        return rows

    def _label_place(self, marked: _Marked) -> tuple[float, float]:
        """From where to where its label goes, within the picture."""
        wide = text_width(marked.said, _SMALL + 1) + (0 if self._is_seen(marked) else 20)
        middle = self.x(min(max(marked.x, self.view.left), self.view.right))
        start = min(max(middle - wide / 2, MARGIN), self.right - wide)
        return start, start + wide

    def _is_seen(self, marked: _Marked) -> bool:
        return self.view.left <= marked.x <= self.view.right

    def _marks(self, rows: dict[int, int], end: float) -> None:
        palette = self.canvas.palette
        labels: list[tuple[float, float, str]] = []
        for index, row in rows.items():
            marked = self.marked[index]
            start, _ = self._label_place(marked)
            base = end + 12 + 16 * (max(rows.values()) - row + 1)
            is_seen = self._is_seen(marked)
            x = self.x(min(max(marked.x, self.view.left), self.view.right))
            self.canvas.line(x, base + 4, x, self.bottom, palette.accent, 1.2, "" if is_seen else "1 3")
            arrow = "" if is_seen else "◀ " if marked.x < self.view.left else "▶ "
            labels.append((start, base, arrow + marked.said))
            levels = {self.curves.low.at(marked.x), self.curves.high.at(marked.x)}
            for level in sorted(level for level in levels if level is not None and is_seen):
                if self.view.bottom <= level <= self.view.top:
                    self.canvas.dot(x, self.y(level), 5, palette.accent)
        for start, base, said in labels:
            self.canvas.text(start, base, said, _SMALL + 1, palette.accent, bold=True, clear=True)


def _marked(reading: CriterionReading, given: Sequence[Any], language: str) -> Iterator[_Marked]:
    seen: set[Fraction] = set()
    for fact in given:
        score, x = scored(reading, fact), number_in(reading, fact)
        if isinstance(score, NoScore) or x is None or x in seen:
            continue
        seen.add(x)
        yield _Marked(x, f"{fact_said(fact, reading, language)} → {score_said(score).say(language)}")


def _jumps(one: Run, other: Run) -> bool:
    return one.points[-1].x == other.points[0].x and one.points[-1].y != other.points[0].y


def _between(run: Run, left: Fraction, right: Fraction) -> list[Point]:
    """The part of a run between two numbers on it."""
    inner = [point for point in run.points if left < point.x < right]
    return [_on(run, left), *inner, _on(run, right)]


def _on(run: Run, x: Fraction) -> Point:
    for start, end in pairwise(run.points):
        if start.x <= x <= end.x and start.x != end.x:
            return Point(x, start.y + (end.y - start.y) * (x - start.x) / (end.x - start.x))
    return run.points[0]


def _described(reading: CriterionReading, marked: Sequence[_Marked], language: str) -> str:
    """The curve in words, for those who do not see it."""
    said = [asked_for(reading, reading.variables[0]).say(language)]
    said += [f"{where_said(row).say(language)}: {points_said(row).say(language)}" for row in rows_of(reading)]
    return "; ".join([*said, *(each.said for each in marked)])
