"""The course of an indicator over the year: what was planned, what was reached, what is to be expected.

The plan is a dashed line, what was reached a line with dots, the forecast a bracket at December with the
likely value hollow, the target a line across. It takes plain numbers.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from hengliang.base.message import message
from hengliang.base.number import plain, round_half_up
from hengliang.report.svg import DARK, LIGHT, Canvas, fitted, text_width

_WIDTH, _HEIGHT = 760, 240
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 60, 54, 40
_SMALL = 12
_MONTHS = 12


class Course(NamedTuple):
    """The numbers of the chart, in one unit."""

    target: Fraction | None
    planned: Sequence[Fraction] | None
    """What is due by the end of each month; None for what does not add up."""
    reached: Mapping[int, Fraction]
    expected: tuple[Fraction, Fraction, Fraction] | None
    """The least, the likely and the greatest value at the end of the year."""


def amount(value: Fraction) -> str:
    """A number with two decimals at most."""
    text = plain(round_half_up(Decimal(value.numerator) / value.denominator))
    return text.rstrip("0").rstrip(".") if "." in text else text


def course_svg(
    course: Course, unit: str, language: str = "zh_Hans", *, title: str = "", dark: bool = False
) -> str:
    """The chart as an SVG document."""
    palette = DARK if dark else LIGHT
    every = [*course.reached.values(), *(course.planned or ()), *(course.expected or ())]
    every += [course.target] if course.target is not None else []
    top, bottom = max([Fraction(0), *every]), min([Fraction(0), *every])
    room = (top - bottom) or Fraction(1)
    said = "; ".join(
        message("month {month}: {value}", month=month, value=f"{amount(value)}{unit}").say(language)
        for month, value in sorted(course.reached.items())
    )
    canvas = Canvas(_WIDTH, palette, title or message("Course over the year").say(language), said)
    canvas.text(16, 24, fitted(title, 15, _WIDTH - 32), 15, palette.ink, bold=True)

    def x(month: int) -> float:
        return _LEFT + (_WIDTH - _LEFT - _RIGHT) * month / _MONTHS

    def y(value: Fraction) -> float:
        return _TOP + _HEIGHT * float((top - value) / room)

    for step in range(5):
        value = bottom + room * step / 4
        canvas.line(_LEFT, y(value), _WIDTH - _RIGHT, y(value), palette.rule)
        canvas.text(_LEFT - 8, y(value) + 4, amount(value), _SMALL, palette.grey, "end")
    canvas.text(_LEFT - 8, _TOP - 12, unit, _SMALL, palette.grey, "end")
    for month in range(1, _MONTHS + 1):
        label = message("M{month}", month=month).say(language)
        canvas.text(x(month), _TOP + _HEIGHT + 18, label, _SMALL, palette.grey, "middle")
    if course.planned is not None:
        points = [(x(0), y(Fraction(0)))]
        points += [(x(month), y(value)) for month, value in enumerate(course.planned, 1)]
        canvas.path(points, palette.grey, 1.5, "5 4")
    if course.target is not None:
        canvas.line(_LEFT, y(course.target), _WIDTH - _RIGHT, y(course.target), palette.loss, 1.2, "2 3")
    at = [(x(month), y(value)) for month, value in sorted(course.reached.items())]
    if at:
        canvas.path(at, palette.accent, 2)
    for place in at:
        canvas.dot(*place, 3.5, palette.accent)
    if course.expected is not None:
        low, likely, high = course.expected
        if at and at[-1][0] < x(_MONTHS):
            for end in (low, high):
                canvas.line(*at[-1], x(_MONTHS), y(end), palette.accent, 1, "3 3")
        canvas.line(x(_MONTHS), y(low), x(_MONTHS), y(high), palette.accent, 3)
        for end in (low, high):
            canvas.line(x(_MONTHS) - 6, y(end), x(_MONTHS) + 6, y(end), palette.accent, 2)
        canvas.dot(x(_MONTHS), y(likely), 4, palette.accent, hollow=True)
        for end, shift in ((high, -2), *(((low, 12),) if low != high else ())):
            canvas.text(x(_MONTHS) + 10, y(end) + shift, amount(end), _SMALL, palette.ink)
    _legend(canvas, course, language)
    return canvas.svg(_TOP + _HEIGHT + _BOTTOM + 24)


def _legend(canvas: Canvas, course: Course, language: str) -> None:
    palette, at, base = canvas.palette, float(_LEFT), float(_TOP + _HEIGHT + _BOTTOM + 4)
    entries = [(message("reached"), palette.accent, "", 2.0)]
    if course.planned is not None:
        entries.append((message("planned"), palette.grey, "5 4", 1.5))
    if course.target is not None:
        entries.append((message("target"), palette.loss, "2 3", 1.2))
    if course.expected is not None:
        entries.append((message("expected by the end of the year"), palette.accent, "3 3", 1.0))
    for text, colour, dashes, thick in entries:
        words = text.say(language)
        canvas.line(at, base - 4, at + 26, base - 4, colour, thick, dashes)
        canvas.text(at + 32, base, words, _SMALL, palette.grey)
        at += 32 + text_width(words, _SMALL) + 22
