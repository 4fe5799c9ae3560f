"""A criterion over words, or over several facts, as a picture: a bar for each case, the stated one marked."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import groupby
from typing import Any, NamedTuple

from hengliang.base.message import message
from hengliang.criteria.canonical import number
from hengliang.criteria.evaluate import Effect
from hengliang.criteria.read import CriterionReading
from hengliang.criteria.scored import NoScore, asked_for, scored
from hengliang.criteria.table import Row, is_same, points_said, rows_of, starts_from, where_said
from hengliang.criteria.variable import Variable
from hengliang.report.criterion_text import can_be, fact_said, score_said
from hengliang.report.picture_frame import MARGIN, WIDTH, heading, remarks
from hengliang.report.svg import DARK, LIGHT, Canvas, fitted, text_lines, text_width

_TEXT, _SMALL = 13, 12
_LINE = 26
_WORDS, _BARS, _NUMBERS = 250, 170, 36
"""The widths of the words of a case, of its bar and of a number behind it."""


def choice_svg(
    reading: CriterionReading, given: Sequence[Any], language: str, *, title: str = "", dark: bool = False
) -> str:
    """The picture as an SVG document."""
    rows = [row for row in rows_of(reading) if can_be(row)]
    facts = [*_facts(reading, given, language)]
    said = [f"{where_said(row).say(language)}: {points_said(row).say(language)}" for row in rows]
    canvas = Canvas(
        WIDTH,
        DARK if dark else LIGHT,
        title or reading.text,
        "; ".join([*said, *(fact.said for fact in facts)]),
    )
    y = heading(canvas, reading, title)
    several = len(reading.variables) > 1
    scale = _scale_of(rows)
    if starts_from(reading):
        said_first = message("starts from {points} points", points=number(starts_from(reading))).say(language)
        canvas.text(MARGIN, y + 14, said_first, _TEXT, canvas.palette.ink)
        y += _LINE
    for variable, group in groupby(rows, key=lambda row: row.variable):
        if several:
            y = _subheading(canvas, reading, variable, language, y)
        for row in group:
            chosen = any(_is_chosen(row, effect) for fact in facts for effect in fact.effects)
            _bar(canvas, row, scale, chosen, language, y)
            y += _LINE
    for fact in facts:
        y += 6
        for line in text_lines(fact.said, _TEXT, WIDTH - 2 * MARGIN, 3):
            y += 18
            canvas.text(MARGIN, y, line, _TEXT, canvas.palette.accent, bold=True)
    return canvas.svg(remarks(canvas, reading, language, y + 18))


class _Fact(NamedTuple):
    """A stated fact with its points in words, and what of the criterion it met."""

    said: str
    effects: tuple[Effect, ...]


def _facts(reading: CriterionReading, given: Sequence[Any], language: str) -> Iterator[_Fact]:
    for fact in given:
        score = scored(reading, fact)
        if not isinstance(score, NoScore):
            effects = score.outcome.effects if score.outcome is not None else ()
            yield _Fact(f"{fact_said(fact, reading, language)} → {score_said(score).say(language)}", effects)


def _is_chosen(row: Row, effect: Effect) -> bool:
    if row.variable != effect.node.variable:
        return False
    if isinstance(row.where, str):
        return row.where == effect.fact
    return isinstance(effect.fact, Fraction) and effect.fact in row.where


class _Scale(NamedTuple):
    """From the least to the most points of all bars."""

    low: Fraction
    high: Fraction

    def place(self, points: Fraction) -> float:
        """Pixels from the left of the room for bars."""
        return float((points - self.low) / (self.high - self.low)) * _BARS


def _scale_of(rows: Sequence[Row]) -> _Scale:
    values = [value for row in rows if _is_flat(row) for value in (row.low.start, row.high.start)]
    low, high = min(values, default=Fraction(0)), max(values, default=Fraction(0))
    low, high = min(low, Fraction(0)), max(high, Fraction(0))
    return _Scale(low, high if high > low else low + 1)


def _is_flat(row: Row) -> bool:
    return not any(piece.slope or piece.inverse or piece.stair for piece in (row.low, row.high))


def _subheading(
    canvas: Canvas, reading: CriterionReading, variable: Variable, language: str, y: float
) -> float:
    text = variable.name or asked_for(reading, variable).say(language)
    if variable.unit:
        text = message("{meaning} ({unit})", meaning=text, unit=variable.unit).say(language)
    canvas.line(MARGIN, y + 2, WIDTH - MARGIN, y + 2, canvas.palette.rule)
    canvas.text(MARGIN, y + 18, fitted(text, _SMALL, WIDTH - 2 * MARGIN), _SMALL, canvas.palette.grey)
    return y + 26


def _bar(canvas: Canvas, row: Row, scale: _Scale, chosen: bool, language: str, y: float) -> None:
    palette = canvas.palette
    base = y + 14
    colour = palette.accent if chosen else palette.ink
    if chosen:
        canvas.dot(MARGIN + 5, base - 4, 4, palette.accent)
    where = fitted(where_said(row).say(language), _TEXT, _WORDS - 24)
    canvas.text(MARGIN + 16, base, where, _TEXT, colour, bold=chosen)
    said = points_said(row)
    if row.role == "decides":
        said = message("{points}, whatever else is so", points=said)
    left = MARGIN + _WORDS
    if not _is_flat(row):
        room = WIDTH - MARGIN - left
        canvas.text(left, base, fitted(said.say(language), _TEXT, room), _TEXT, colour, bold=chosen)
        return
    low, high, zero = (scale.place(each) for each in (row.low.start, row.high.start, Fraction(0)))
    is_open = not is_same(row.low, row.high)
    for start, end, hatched in ((zero, low, False), (low, high, True)) if is_open else ((zero, high, False),):
        if start != end:
            fill = palette.loss if min(row.low.start, row.high.start) < 0 else palette.accent
            canvas.box(left + min(start, end), y + 3, abs(end - start), 14, fill, hatched=hatched)
    canvas.line(left + zero, y - 3, left + zero, y + _LINE - 3, palette.grey)
    text_at = left + _BARS + 12
    shown = fitted(said.say(language), _TEXT, WIDTH - MARGIN - text_at)
    if text_width(shown, _TEXT) <= _NUMBERS:
        canvas.text(text_at + _NUMBERS, base, shown, _TEXT, colour, "end", bold=chosen)
    else:
        canvas.text(text_at, base, shown, _TEXT, colour, bold=chosen)
