"""Which indicator loses how many points: a chart with the total and the grade, the largest loss first.

It takes plain data, so that whatever has a name, points and a score between two numbers can be drawn.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from hengliang.base.message import Message, message
from hengliang.base.number import plain, round_half_up
from hengliang.report.svg import DARK, LIGHT, Canvas, fitted, text_lines, text_width

_WIDTH, _MARGIN = 760, 20
_NAMES, _NUMBERS = 250, 190
_TEXT, _SMALL = 13, 12
_LINE = 24
_BARS = _WIDTH - 2 * _MARGIN - _NAMES - _NUMBERS


class Loss(NamedTuple):
    """One row: a name, its full points, and the least and most points that it got (equal when certain)."""

    name: str
    points: Decimal
    low: Decimal
    high: Decimal

    @property
    def lost(self) -> Decimal:
        """What is lost for certain."""
        return self.points - self.high

    @property
    def open(self) -> Decimal:
        """What may be lost beside that."""
        return self.high - self.low


class Total(NamedTuple):
    """The sum of all rows, and the grade or grades that it may mean ("" where there is none)."""

    points: Decimal
    low: Decimal
    high: Decimal
    grade: str = ""


def loss_svg(
    rows: Sequence[Loss],
    total: Total,
    language: str = "zh_Hans",
    *,
    title: str = "",
    dark: bool = False,
    most: int = 40,
) -> str:
    """The chart as an SVG document.

    A bar is as long as the points: filled for what was got, hatched for what is open, empty for what is lost.
    Rows that lose nothing and leave nothing open are counted in one line below; so are those beyond `most`.
    """
    palette = DARK if dark else LIGHT
    name = title or message("Which indicators lose points?").say(language)
    losing = sorted(
        (row for row in rows if row.lost > 0 or row.open > 0), key=lambda row: (-row.lost, -row.open)
    )
    shown = losing[:most]
    said = total_said(total).say(language)
    lines = [f"{row.name}: {_lost_said(row).say(language)}" for row in shown]
    canvas = Canvas(_WIDTH, palette, name, "; ".join([said, *lines]))
    y = float(_MARGIN - 6)
    for line in text_lines(name, 16, _WIDTH - 2 * _MARGIN, 2):
        y += 22
        canvas.text(_MARGIN, y, line, 16, palette.ink, bold=True)
    for line in text_lines(said, 14, _WIDTH - 2 * _MARGIN, 2):
        y += 22
        canvas.text(_MARGIN, y, line, 14, palette.accent, bold=True)
    y += 16
    longest = max((row.points for row in shown), default=Decimal(1)) or Decimal(1)
    for row in shown:
        _bar(canvas, row, longest, language, y)
        y += _LINE
    y = _rest(canvas, rows, losing, most, language, y)
    if shown:
        _legend(canvas, language, y)
        y += 30
    return canvas.svg(y + 10)


def total_said(total: Total) -> Message:
    """The total in words: a number or an interval, out of how many, and the grade."""
    low, high, points = _points(total.low), _points(total.high), plain_points(total.points)
    if total.low == total.high:
        said = message("total {low} of {points} points", low=low, points=points)
    else:
        said = message("total {low} – {high} of {points} points, open", low=low, high=high, points=points)
    if not total.grade:
        return said
    return message("{total}; grade {grade}", total=said, grade=total.grade)


def _lost_said(row: Loss) -> Message:
    if not row.open:
        return message("−{lost} of {points}", lost=_points(row.lost), points=plain_points(row.points))
    return message(
        "−{lost} to −{most} of {points}",
        lost=_points(row.lost),
        most=_points(row.lost + row.open),
        points=plain_points(row.points),
    )


def _points(number: Decimal) -> str:
    return plain(round_half_up(number))


def plain_points(number: Decimal) -> str:
    """Full points without needless zeros."""
    text = plain(number)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _bar(canvas: Canvas, row: Loss, longest: Decimal, language: str, y: float) -> None:
    palette = canvas.palette
    base, left = y + 15, _MARGIN + _NAMES
    canvas.text(_MARGIN, base, fitted(row.name, _TEXT, _NAMES - 14), _TEXT, palette.ink)
    scale = float(_BARS) / float(longest)
    whole, low, high = (float(each) * scale for each in (row.points, row.low, row.high))
    low, high = max(low, 0.0), max(high, 0.0)
    if low > 0:
        canvas.box(left, y + 4, min(low, whole), 14, palette.accent)
    if high > low:
        canvas.box(left + low, y + 4, high - low, 14, palette.grey, hatched=True)
    corners = [(left, y + 4), (left + whole, y + 4), (left + whole, y + 18), (left, y + 18), (left, y + 4)]
    canvas.path(corners, palette.grey, 1)
    canvas.text(
        _WIDTH - _MARGIN,
        base,
        fitted(_lost_said(row).say(language), _TEXT, _NUMBERS - 10),
        _TEXT,
        palette.loss if row.lost > 0 else palette.ink,
        "end",
        bold=row.lost > 0,
    )


def _rest(
    canvas: Canvas, rows: Sequence[Loss], losing: Sequence[Loss], most: int, language: str, y: float
) -> float:
    """The rows that are not drawn, in words."""
    beyond = losing[most:]
    texts: list[Message] = []
    if beyond:
        lost = sum((row.lost for row in beyond), Decimal(0))
        texts.append(message("{count} more lose {lost} together", count=len(beyond), lost=_points(lost)))
    if kept := len(rows) - len(losing):
        texts.append(message("{count} indicators with full marks", count=kept))
    for text in texts:
        canvas.text(_MARGIN, y + 16, text.say(language), _SMALL, canvas.palette.grey)
        y += 20
    return y


def _legend(canvas: Canvas, language: str, y: float) -> None:
    palette, x, base = canvas.palette, float(_MARGIN), y + 22
    for text, colour, hatched in (
        (message("got"), palette.accent, False),
        (message("may be lost"), palette.grey, True),
        (message("lost"), "", False),
    ):
        if colour:
            canvas.box(x, base - 10, 18, 11, colour, hatched=hatched)
        canvas.path(
            [(x, base - 10), (x + 18, base - 10), (x + 18, base + 1), (x, base + 1), (x, base - 10)],
            palette.grey,
            1,
        )
        said = text.say(language)
        canvas.text(x + 24, base, said, _SMALL, palette.grey)
        x += 24 + text_width(said, _SMALL) + 20
