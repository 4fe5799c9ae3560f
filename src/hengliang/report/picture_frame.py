"""What stands above and below every picture of a criterion: its name, the sentence, how far it was read."""

from collections.abc import Sequence

from hengliang.base.message import message
from hengliang.criteria.read import CriterionReading, Status
from hengliang.report.criterion_text import SHAPES, questions, status_word
from hengliang.report.svg import Canvas, text_lines

WIDTH = 640
MARGIN = 20
_ROOM = WIDTH - 2 * MARGIN
_TITLE, _TEXT, _SMALL = 16, 14, 12
_MOST_REMARKS = 4


def heading(canvas: Canvas, reading: CriterionReading, title: str) -> float:
    """The name of the indicator and the sentence; the pixel at which they end."""
    y = float(MARGIN - 4)
    if title:
        for line in text_lines(title, _TITLE, _ROOM, 2):
            y += 22
            canvas.text(MARGIN, y, line, _TITLE, canvas.palette.ink, bold=True)
    size, colour = (_SMALL + 1, canvas.palette.grey) if title else (_TEXT, canvas.palette.ink)
    for line in text_lines(reading.text, size, _ROOM, 3):
        y += size + 6
        canvas.text(MARGIN, y, line, size, colour)
    return y + 12


def remarks(
    canvas: Canvas, reading: CriterionReading, language: str, y: float, first: Sequence[str] = ()
) -> float:
    """How far the sentence was read, what was assumed and what must be asked; the pixel at which that ends.

    `first` are remarks on the picture itself.
    """
    palette = canvas.palette
    is_sure = reading.status in (Status.EXACT, Status.ASSUMED)
    said = f"{SHAPES[reading.status]} {status_word(reading.status).say(language)}"
    y += 18
    canvas.line(MARGIN, y - 14, WIDTH - MARGIN, y - 14, palette.rule)
    for line in text_lines(said, _SMALL, _ROOM, 2):
        canvas.text(MARGIN, y, line, _SMALL, palette.ink if is_sure else palette.loss)
        y += 17
    texts = [*first, *(each.say(language) for each in reading.assumptions)]
    ask = message("ask the owner").say(language)
    colon = message(": ").say(language)
    texts += [f"{ask}{colon}{each.say(language)}" for each in questions(reading)]
    for text in texts[:_MOST_REMARKS]:
        for line in text_lines(f"· {text}", _SMALL, _ROOM, 2):
            canvas.text(MARGIN, y, line, _SMALL, palette.grey)
            y += 17
    if len(texts) > _MOST_REMARKS:
        more = message("and {count} more remarks", count=len(texts) - _MOST_REMARKS).say(language)
        canvas.text(MARGIN, y, f"· {more}", _SMALL, palette.grey)
        y += 17
    return y
