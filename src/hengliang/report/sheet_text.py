"""A score sheet for people at a terminal: every row with its arithmetic, the totals, and what costs most."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from hengliang.base.message import Message, message
from hengliang.criteria.fact_names import fact_name, facts_said
from hengliang.form.actual import Actual, Origin
from hengliang.form.model import Form
from hengliang.form.stated import Stated
from hengliang.report.grid import BAR, column_widths
from hengliang.report.ink import Ink
from hengliang.report.width import fit, pad, visible, width, wrap
from hengliang.score.match import Matched, Way
from hengliang.score.needed import costliest
from hengliang.score.sheet import ExecutionScore, RowScore, ScoreSheet, State

_FEW = 5
"""So many rows are named among those that cost most."""
_INDENT = "     "


class Look(NamedTuple):
    """How the view is dressed; `verbose` shows the place of every actual value and every cell left over."""

    columns: int = 100
    ink: Ink = Ink(False)
    verbose: bool = False


_PLAIN = Look()


@dataclass(frozen=True, slots=True)
class Given:
    """The actual values that were given beside a form: what the file states, and how it was matched."""

    stated: Stated
    matched: Matched


def render(sheet: ScoreSheet, file: str, given: Given | None, language: str, look: Look = _PLAIN) -> str:
    """The whole sheet."""
    lines = [heading(sheet.form, file, sheet.profile, language, look)]
    lines += _origin(sheet, given, language, look)
    lines += ["", *_rows(sheet, language, look)]
    if sheet.execution is not None:
        lines += _execution(sheet.execution, language, look)
    lines += ["", *_totals(sheet, language, look)]
    lines += _costs(sheet, language, look)
    lines += _assumed(sheet, language, look)
    if given is not None:
        lines += left_over(given, language, look)
    return "".join(f"{line.rstrip()}\n" for line in lines)


def heading(form: Form, file: str, profile: str, language: str, look: Look) -> str:
    """One line that names the form and the profile."""
    parts = [form.organisation, form.project]
    if form.fiscal_year:
        parts.append(message("year {year}", year=form.fiscal_year).say(language))
    parts.append(message("{count} indicators", count=len(form.indicators)).say(language))
    parts.append(message("profile {name}", name=profile).say(language))
    line = "  ".join(visible(part) for part in parts if part)
    return f"{look.ink.bold(visible(file))}  {line}"


def _origin(sheet: ScoreSheet, given: Given | None, language: str, look: Look) -> Iterator[str]:
    reported = sum(1 for row in sheet.rows if row.actual is not None and row.actual.is_reported)
    if given is not None:
        said = message(
            "actual values: {file}, {count} of {all} indicators",
            file=given.stated.file, count=reported, all=len(sheet.rows),
        )  # fmt: skip
    elif any(row.actual is not None and row.actual.origin is Origin.MEASURED for row in sheet.rows):
        said = message(
            "actual values: measured from records, {count} of {all} indicators",
            count=reported, all=len(sheet.rows),
        )  # fmt: skip
    else:
        said = message(
            "actual values: the form's own column, {count} of {all} indicators",
            count=reported, all=len(sheet.rows),
        )  # fmt: skip
    yield look.ink.dim(visible(said.say(language)))


_SHAPES = {
    "full": ("●", "good"),
    "lost": ("▲", "warning"),
    "none": ("■", "error"),
    "open": ("?", "undecidable"),
}


def mark_of(row: RowScore) -> str:
    """How a row stands: full marks, some lost, none left, open, or nothing to score."""
    if row.state is State.SCORED and row.low is not None and row.weight is not None:
        return "full" if row.low >= row.weight else "none" if row.low <= 0 else "lost"
    if row.state in (State.BOUNDED, State.NOT_REPORTED):
        return "open"
    return ""


def points_said(low: Decimal | None, high: Decimal | None, state: State | None = None) -> Message:
    """Points as people write them: one number, an interval, or why there are none."""
    if state is State.NOT_APPLICABLE:
        return message("not applicable")
    if state is State.NO_POINTS:
        return message("no points set")
    if low is None or high is None:
        return message("not reported")
    if low == high:
        return message("{points}", points=f"{low:f}")
    return message("{low} – {high}", low=f"{low:f}", high=f"{high:f}")


def target_said(row: RowScore) -> str:
    """The target as the form has it: sign, value, unit."""
    indicator = row.indicator
    if indicator.target is None:
        return ""
    sign = "" if indicator.operator in (None, "定性") else indicator.operator or ""
    return f"{sign}{indicator.target}{indicator.unit or ''}"


def actual_said(row: RowScore, language: str) -> str:
    """The actual value as stated; a bare number has the unit of the row behind it."""
    actual = row.actual
    if actual is None or not (actual.text or actual.facts):
        return ""
    if actual.text is None:
        return message("{count} facts", count=len(actual.facts)).say(language)
    bare = actual.text.replace(".", "", 1).replace(",", "").isdecimal()
    return f"{actual.text}{row.indicator.unit or ''}" if bare else actual.text


def _rows(sheet: ScoreSheet, language: str, look: Look) -> Iterator[str]:
    head = [
        "#", message("indicator").say(language), message("target").say(language),
        message("actual").say(language), message("score").say(language), message("of").say(language),
    ]  # fmt: skip
    table = [head, *(_cells(row, language) for row in sheet.rows)]
    widths = column_widths(table, look.columns - 2, (0, 0, 16, 20, 0, 0))
    yield look.ink.dim("  " + BAR.join(_aligned(head, widths)))
    level = ""
    for row, cells in zip(sheet.rows, table[1:], strict=True):
        here = " · ".join(part for part in (row.indicator.level1, row.indicator.level2) if part)
        if here != level and here:
            yield look.ink.dim(f"  {visible(here)}")
        level = here
        shape, style = _SHAPES.get(mark_of(row), (" ", ""))
        shown = _aligned(cells, widths)
        if style:
            shown[4] = look.ink.paint(shown[4], style)
            shape = look.ink.paint(shape, style)
        yield f"{shape} {look.ink.info(BAR).join(shown)}"
        yield from _details(row, language, look)


def _cells(row: RowScore, language: str) -> list[str]:
    score = points_said(row.low, row.high, row.state).say(language)
    weight = row.weight if row.weight is not None else row.points
    return [
        str(row.index + 1), visible(row.indicator.name), visible(target_said(row)),
        visible(actual_said(row, language)), score, f"{weight:f}" if weight is not None else "",
    ]  # fmt: skip


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> list[str]:
    """Words to the left, numbers to the right."""
    shown = [fit(text, room)[0] for text, room in zip(cells, widths, strict=True)]
    return [
        " " * (room - width(text)) + text if at in (0, 4, 5) else pad(text, room)
        for at, (text, room) in enumerate(zip(shown, widths, strict=True))
    ]


def _details(row: RowScore, language: str, look: Look) -> Iterator[str]:
    """What led to the points, and what is to be said of it."""
    if row.actual is not None and row.actual.facts:
        said = facts_said(row.actual.facts, language)
        yield from _noted(message("facts"), said, "info", "·", language, look)
    if look.verbose and row.actual is not None:
        yield from _noted(message("stated"), _whence(row.actual, language), "info", "·", language, look)
    if row.steps:
        steps = message("; ").say(language).join(step.text.say(language) for step in row.steps)
        yield from (f"{_INDENT}  {line}" for line in wrap(visible(steps), look.columns - 7))
    for said in row.assumptions:
        yield from _noted(message("assumed"), said.say(language), "advice", "=", language, look)
    for said in row.questions:
        yield from _noted(message("open"), said.say(language), "undecidable", "?", language, look)
    for said in row.remarks:
        yield from _noted(message("note"), said.say(language), "warning", "!", language, look)
    if row.offer is not None:
        offered = message(
            "method {code} ({name}) would give {points}",
            code=row.offer.method, name=row.offer.name, points=points_said(row.offer.low, row.offer.high),
        )  # fmt: skip
        yield from _noted(message("offer"), offered.say(language), "info", "+", language, look)
    if (
        row.actual is not None
        and row.actual.is_measured
        and not look.verbose
        and (note := row.actual.noted(language))
    ):
        yield from _noted(message("note"), note, "warning", "!", language, look)
    if row.actual is not None and not row.actual.applicable and (note := row.actual.noted(language)):
        yield from _noted(message("reason"), note, "info", "·", language, look)


def _whence(actual: Actual, language: str) -> str:
    origin = {
        Origin.TYPED: message("typed"),
        Origin.FORM: message("in the form"),
        Origin.MEASURED: message("measured"),
    }[actual.origin].say(language)
    return "  ".join(part for part in (origin, actual.where, actual.noted(language)) if part)


def _noted(name: Message, text: str, style: str, sign: str, language: str, look: Look) -> Iterator[str]:
    label = f"{name.say(language)}{message(': ').say(language)}"
    indent = len(_INDENT) + 4 + width(label)
    first, *more = wrap(visible(text), max(look.columns - indent, 20))
    yield f"{_INDENT}  {look.ink.paint(sign, style)} {look.ink.dim(label)}{first}"
    yield from (" " * indent + line for line in more)


def _execution(part: ExecutionScore, language: str, look: Look) -> Iterator[str]:
    name = look.ink.bold(message("execution of the budget").say(language))
    score = points_said(part.low, part.high).say(language)
    yield ""
    yield f"  {name}  {score} / {part.points:f}"
    if part.steps:
        steps = message("; ").say(language).join(step.text.say(language) for step in part.steps)
        yield from (f"{_INDENT}  {line}" for line in wrap(visible(steps), look.columns - 7))
    for said in part.assumptions:
        yield from _noted(message("assumed"), said.say(language), "advice", "=", language, look)
    for said in part.remarks:
        yield from _noted(message("note"), said.say(language), "warning", "!", language, look)


def _totals(sheet: ScoreSheet, language: str, look: Look) -> Iterator[str]:
    total, grade = sheet.total, sheet.grade
    parts: list[tuple[str, str]] = []
    for level, rows in _by_level(sheet):
        low = sum((row.low for row in rows if row.low is not None), Decimal(0))
        high = sum(
            (row.high if row.high is not None else row.weight or Decimal(0) for row in rows), Decimal(0)
        )
        of = sum((row.weight or Decimal(0) for row in rows), Decimal(0))
        parts.append((visible(level), f"{points_said(low, high).say(language)} / {of:f}"))
    said = points_said(total.low, total.high).say(language)
    parts.append((message("total").say(language), f"{said} / {total.of:f}"))
    if grade is not None:
        names = message(" or ").say(language).join(reversed(grade.possible))
        scaled = points_said(grade.low, grade.high).say(language)
        parts.append((message("grade").say(language), f"{names}  ({scaled} / 100)"))
    room = max(width(name) for name, _ in parts)
    for at, (name, text) in enumerate(parts):
        line = f"{pad(name, room)}  {text}"
        yield look.ink.bold(line) if at >= len(parts) - (1 + (grade is not None)) else line
    if total.bounded or total.missing:
        counted = message(
            "{bounded} rows are open, {missing} not reported", bounded=total.bounded, missing=total.missing
        )
        yield look.ink.dim(counted.say(language))


def _by_level(sheet: ScoreSheet) -> Iterator[tuple[str, list[RowScore]]]:
    levels: dict[str, list[RowScore]] = {}
    for row in sheet.rows:
        if row.weight is not None and row.state is not State.NOT_APPLICABLE:
            levels.setdefault(row.indicator.level1 or "", []).append(row)
    if len(levels) > 1:
        yield from ((level or "—", rows) for level, rows in levels.items())


def _costs(sheet: ScoreSheet, language: str, look: Look) -> Iterator[str]:
    """The rows that lose most for certain, and those of which most is open."""
    losing = costliest(sheet)[:_FEW]
    opens = [(row, room) for row in sheet.rows if (room := _open_points(row)) > 0]
    opens.sort(key=lambda pair: (-pair[1], pair[0].index))
    for name, rows in (
        (message("lost most"), [(row, f"−{row.loss:f}") for row in losing]),
        (message("most open"), [(row, f"{room:f}") for row, room in opens[:_FEW]]),
    ):
        if rows:
            label = f"{name.say(language)}{message(': ').say(language)}"
            text = (
                message("; ")
                .say(language)
                .join(
                    f"{row.index + 1} {visible(fit(row.indicator.name, 24)[0])} {points}"
                    for row, points in rows
                )
            )
            first, *more = wrap(text, max(look.columns - width(label), 20))
            yield f"{look.ink.bold(label)}{first}"
            yield from (" " * width(label) + line for line in more)


def _open_points(row: RowScore) -> Decimal:
    if row.state is State.NOT_REPORTED and row.weight is not None:
        return row.weight
    return row.high - row.low if row.low is not None and row.high is not None else Decimal(0)


def _assumed(sheet: ScoreSheet, language: str, look: Look) -> Iterator[str]:
    for said in sheet.assumptions:
        first, *more = wrap(visible(said.say(language)), look.columns - 2)
        yield f"{look.ink.paint('=', 'advice')} {first}"
        yield from (f"  {line}" for line in more)


def left_over(given: Given, language: str, look: Look) -> Iterator[str]:
    """What of a file of actual values was matched otherwise than by name, and what was not used."""
    ways = {
        Way.PLAIN: message("the same name but for marks"),
        Way.CUT: message("the beginning of a name that is cut off"),
        Way.NUMBER: message("by its number"),
    }
    aside = [
        f"{found.row.name or found.row.number} → {found.index + 1} ({ways[found.way].say(language)})"
        for found in given.matched.found
        if found.way in ways
    ]
    if aside and look.verbose:
        yield ""
        yield message("matched:").say(language)
        yield from (f"  {visible(line)}" for line in aside)
    elif aside:
        counted = message(
            "{count} rows were matched by less than the whole name (--verbose shows them)", count=len(aside)
        )
        yield look.ink.dim(counted.say(language))
    for found in given.matched.found:
        for remark in found.remarks:
            yield visible(f"{found.row.where}: {remark.say(language)}")
    if given.matched.lost:
        yield look.ink.paint(message("Values that were not used:").say(language), "error")
        for lost in given.matched.lost:
            value = lost.row.actual or facts_said(lost.row.facts, language)
            name = lost.row.name or str(lost.row.number)
            yield visible(f"  {lost.row.where}  {name}  {value}  ({lost.reason.say(language)})")
    if given.matched.unasked:
        names = tuple(
            message("{name} ({count})", name=fact_name(name), count=count)
            for name, count in given.matched.unasked.items()
        )
        said = message("facts that no sentence asks for: {names}", names=names).say(language)
        yield from (look.ink.dim(line) for line in wrap(visible(said), look.columns))
    cells = [] if given.stated.is_form and not look.verbose else given.stated.not_used
    if cells:
        yield look.ink.paint(message("Cells that were not used:").say(language), "warning")
        for cell in cells if look.verbose else cells[:_FEW]:
            yield visible(f"  {cell.place.within or '-'}  {cell.text}  ({cell.reason.say(language)})")
        if not look.verbose and len(cells) > _FEW:
            yield "  " + message("and {count} more (--verbose shows them)", count=len(cells) - _FEW).say(
                language
            )
