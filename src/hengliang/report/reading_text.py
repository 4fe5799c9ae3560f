"""What a document holds, for people at a terminal: the form in short, and all that was not understood."""

from collections.abc import Iterator, Sequence

from hengliang.base.message import message
from hengliang.form.field import text_at
from hengliang.form.model import Form, Indicator
from hengliang.form.source import Reading
from hengliang.report.grid import BAR, column_widths
from hengliang.report.ink import Ink
from hengliang.report.labels import field_label
from hengliang.report.width import fit, pad, visible, width, wrap

_HEAD = ("title", "organisation", "supervisor", "project", "fiscal_year", "months")
_TABLE = ("level1", "level2", "name", "operator", "target", "unit", "points", "actual", "score")
_LONG_TABLE = (*_TABLE, "explanation", "criterion", "remark")
_NUMBERS = ("target", "points", "actual", "score")
_FEW = 8
"""So many places that were not understood are shown unless all are asked for."""


def render(reading: Reading, language: str, columns: int, ink: Ink, verbose: bool = False) -> str:
    """Everything read from one document."""
    lines = [ink.bold(visible(reading.file)), ""]
    for form, _ in reading.forms:
        lines += [*_form(form, language, columns, ink, verbose), ""]
    if not reading.forms:
        lines += [message("No declaration, monitoring or self-evaluation form was found.").say(language), ""]
    lines += _understanding(reading, language, columns, ink, verbose)
    return "".join(f"{line}\n" for line in lines)


def _form(form: Form, language: str, columns: int, ink: Ink, verbose: bool) -> Iterator[str]:
    pairs = [(field_label(path, language), text_at(form, path) or "") for path in _HEAD]
    pairs = [(label, value) for label, value in pairs if value]
    room = max([width(label) for label, _ in pairs], default=0)
    for label, value in pairs:
        yield f"{ink.dim(pad(label, room))}  {visible(value)}"
    for path, marks in (("duties", form.duty_marks), ("goals", form.goal_marks), ("midterm_goals", ())):
        yield from _items(form, path, marks, language, columns, ink, verbose)
    yield from _money(form, language, ink)
    yield ""
    title = message("{count} indicators", count=len(form.indicators)).say(language)
    cut = len(form.truncated) + sum(len(row.truncated) for row in form.indicators)
    if cut:
        title += message(", {count} texts cut off by the source (…)", count=cut).say(language)
    yield ink.bold(title)
    yield from _indicators(form.indicators, _LONG_TABLE if verbose else _TABLE, language, columns, ink)


def _items(
    form: Form, path: str, marks: Sequence[str], language: str, columns: int, ink: Ink, verbose: bool
) -> Iterator[str]:
    items: tuple[str, ...] = getattr(form, path)
    if not items:
        return
    yield ""
    yield ink.bold(f"{field_label(path, language)} ({len(items)})")
    for number, text in enumerate(items):
        mark = marks[number] if number < len(marks) else f"{number + 1}."
        mark = pad(f"  {mark} ", 6)
        room = columns - width(mark)
        shown = wrap(visible(text), room) if verbose else [fit(visible(text), room)[0]]
        yield f"{mark}{shown[0]}"
        yield from (" " * width(mark) + line for line in shown[1:])


def _money(form: Form, language: str, ink: Ink) -> Iterator[str]:
    if form.money is None or not form.money.rows:
        return
    fields = ("name", "initial", "budget", "executed", "expected", "rate", "points", "score")
    used = [field for field in fields if any(getattr(row, field) is not None for row in form.money.rows)]
    heads = [field_label(f"money/rows/0/{field}", language) for field in used]
    rows = [
        [visible(text_at(form, f"money/rows/{number}/{field}") or "") for field in used]
        for number in range(len(form.money.rows))
    ]
    yield ""
    unit = f" ({form.money.unit})" if form.money.unit else ""
    yield ink.bold(f"{field_label('money', language)}{unit}")
    widths = column_widths([heads, *rows], 200)
    yield ink.dim("  " + BAR.join(map(pad, heads, widths)))
    for name, *numbers in rows:
        cells = [
            pad(name, widths[0]),
            *(_right(cell, room) for cell, room in zip(numbers, widths[1:], strict=True)),
        ]
        yield ("  " + BAR.join(cells)).rstrip()


def _indicators(
    indicators: Sequence[Indicator], fields: Sequence[str], language: str, columns: int, ink: Ink
) -> Iterator[str]:
    if not indicators:
        return
    used = [field for field in fields if any(getattr(row, field) is not None for row in indicators)]
    heads = ["#", *(field_label(f"indicators/0/{field}", language) for field in used)]
    rows = [
        [str(number), *(visible(_text(row, field)) for field in used)]
        for number, row in enumerate(indicators, 1)
    ]
    # A level that stands in the row above is not repeated.
    shown = [list(row) for row in rows]
    for at, field in enumerate(used, 1):
        if field in ("level1", "level2"):
            for above, row, mine in zip(rows, rows[1:], shown[1:], strict=False):
                if above[1 : at + 1] == row[1 : at + 1]:
                    mine[at] = ""
    widths = column_widths([heads, *shown], columns - 2, least=4)
    yield ink.dim(
        "  " + BAR.join(pad(fit(head, room)[0], room) for head, room in zip(heads, widths, strict=True))
    )
    for row in shown:
        cells = [
            _right(fit(text, room)[0], room) if field in _NUMBERS else pad(fit(text, room)[0], room)
            for field, text, room in zip(["number", *used], row, widths, strict=True)
        ]
        yield ("  " + ink.info(BAR).join(cells)).rstrip()


def _text(row: Indicator, field: str) -> str:
    value = getattr(row, field)
    return "" if value is None else format(value, "f") if not isinstance(value, str) else value


def _right(text: str, room: int) -> str:
    return " " * (room - width(text)) + text


def _understanding(reading: Reading, language: str, columns: int, ink: Ink, verbose: bool) -> Iterator[str]:
    for remark in reading.remarks:
        yield ink.dim(visible(remark.say(language)))
    left = reading.not_understood
    share = f"{reading.coverage:.1%}"
    yield message(
        "{share} of the non-empty cells and lines were used ({used} of {total}).",
        share=share,
        used=reading.used,
        total=reading.used + len(left),
    ).say(language)
    if not left:
        return
    yield ink.paint(message("Not understood:").say(language), "warning")
    for one in left if verbose else left[:_FEW]:
        line = f"  {one.place.within or '-'}  {visible(one.text)}"
        reason = visible(one.reason.say(language))
        yield f"{fit(line, max(columns - width(reason) - 3, 30))[0]}  {ink.dim(f'({reason})')}"
    if not verbose and len(left) > _FEW:
        yield "  " + message("and {count} more (--verbose shows them)", count=len(left) - _FEW).say(language)
