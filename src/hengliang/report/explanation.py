"""The explanation of scores (得分说明) as blocks, before any format is chosen.

For the whole sheet: total, grade, where points are lost. For each indicator: the sentence as printed with the
words that were read, the reading, the curve with the value marked, the steps in words and arithmetic, what
was assumed, what is open and what a method would give.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal, NamedTuple

from hengliang.base.message import Message, message
from hengliang.base.number import plain
from hengliang.criteria.fact_names import asked_name
from hengliang.criteria.nodes import YES, Criterion, Node
from hengliang.criteria.printed import Span
from hengliang.criteria.read import CriterionReading, Status
from hengliang.criteria.variable import Kind, Variable
from hengliang.report.curve_picture import picture
from hengliang.report.evaluation_texts import actual_text, goal_text, grade_text, row_points_text
from hengliang.report.formula import NO_WORD, YES_WORD
from hengliang.report.loss_chart import Loss, Total, loss_svg
from hengliang.report.said import (
    note_texts,
    reading_text,
    sentence_text,
    status_text,
    step_texts,
)
from hengliang.score.sheet import RowScore, ScoreSheet, State

Mark = Literal["", "read", "open", "unread"]
"""What became of a stretch of a sentence: nothing said of it, read, left open, not understood."""


class Heading(NamedTuple):
    """A heading, with what stands at the right end of its line."""

    text: str
    beside: str = ""


class Pairs(NamedTuple):
    """Labels with their values."""

    pairs: tuple[tuple[str, str], ...]


class Sentence(NamedTuple):
    """A scoring sentence in stretches, each with what became of it."""

    label: str
    parts: tuple[tuple[str, Mark], ...]


class Listed(NamedTuple):
    """A label with lines below it; numbered where their order counts."""

    label: str
    lines: tuple[str, ...]
    numbered: bool = False


class Picture(NamedTuple):
    """A picture as SVG, `width` in millimetres."""

    svg: str
    width: int


class Grid(NamedTuple):
    """A table with its heads and the widths of its columns in millimetres; figures are centred."""

    heads: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]


class Note(NamedTuple):
    """Small words beside the matter."""

    text: str


Block = Heading | Pairs | Sentence | Listed | Picture | Grid | Note


def title_of(sheet: ScoreSheet, language: str) -> str:
    """The title of the explanation."""
    form = sheet.form
    name = form.project or form.organisation or ""
    year = str(form.fiscal_year) if form.fiscal_year is not None else ""
    if year:
        return message("{name} {year}: explanation of scores", name=name, year=year).say(language)
    return message("{name}: explanation of scores", name=name).say(language)


def blocks_of(sheet: ScoreSheet, language: str) -> Iterator[Block]:
    """The blocks from top to bottom."""
    yield Pairs(tuple(_about(sheet, language)))
    losses = _losses(sheet, language)
    if losses:
        total = sheet.total
        yield Heading(message("where points are lost").say(language))
        grade = grade_text(sheet, language)
        yield Picture(loss_svg(losses, Total(total.of, total.low, total.high, grade), language), 170)
    yield Heading(message("all indicators").say(language))
    yield _overview(sheet, language)
    for text in sheet.assumptions:
        yield Note(text.say(language))
    if sheet.execution is not None:
        yield from _execution(sheet, language)
    for row in sheet.rows:
        yield from _indicator(row, language)


def _about(sheet: ScoreSheet, language: str) -> Iterator[tuple[str, str]]:
    form, total = sheet.form, sheet.total

    def pair(label: Message, text: str | None) -> Iterator[tuple[str, str]]:
        if text:
            yield label.say(language), text

    yield from pair(message("department or unit"), form.organisation)
    yield from pair(message("project"), form.project)
    yield from pair(message("year of the budget"), str(form.fiscal_year or ""))
    yield from pair(message("rule profile of the scores"), sheet.profile)
    said = f"{total.low:f}" if total.is_certain else f"{total.low:f} – {total.high:f}"
    out_of = message("{points} of {full}", points=said, full=_short(total.of)).say(language)
    yield from pair(message("total score"), out_of)
    yield from pair(message("grade of the evaluation"), grade_text(sheet, language))


def _short(number: Decimal) -> str:
    text = plain(number)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _losses(sheet: ScoreSheet, language: str) -> list[Loss]:
    losses = [
        Loss(
            row.indicator.name,
            row.weight,
            Decimal(0) if row.low is None else row.low,
            row.weight if row.high is None else row.high,
        )
        for row in sheet.rows
        if row.weight and row.state not in (State.NOT_APPLICABLE, State.NO_POINTS)
    ]
    execution = sheet.execution
    if execution is not None:
        low = Decimal(0) if execution.low is None else execution.low
        high = execution.points if execution.high is None else execution.high
        losses.append(Loss(message("execution of the budget").say(language), execution.points, low, high))
    return losses


def _overview(sheet: ScoreSheet, language: str) -> Grid:
    heads = (
        message("no."), message("name of the indicator"), message("goal"), message("actual value"),
        message("points that count"), message("points it gets"),
    )  # fmt: skip
    rows = [
        (
            str(row.index + 1),
            row.indicator.name,
            goal_text(row.indicator),
            actual_text(row, language),
            "" if row.weight is None else _short(row.weight),
            row_points_text(row, language),
        )
        for row in sheet.rows
    ]
    return Grid(tuple(head.say(language) for head in heads), (10, 66, 28, 32, 16, 22), tuple(rows))


def _execution(sheet: ScoreSheet, language: str) -> Iterator[Block]:
    execution = sheet.execution
    if execution is None:
        return
    points = message("not reported").say(language) if execution.low is None else f"{execution.low:f}"
    if execution.low is not None and execution.low != execution.high:
        points = f"{execution.low:f} – {execution.high:f}"
    yield Heading(message("execution of the budget").say(language), f"{points} / {_short(execution.points)}")
    steps = tuple(step.text.say(language) for step in execution.steps)
    if steps:
        yield Listed(message("steps of the score").say(language), steps, numbered=True)
    notes = tuple(text.say(language) for text in (*execution.assumptions, *execution.remarks))
    if notes:
        yield Listed(message("notes and questions").say(language), notes)


def _indicator(row: RowScore, language: str) -> Iterator[Block]:
    points = row_points_text(row, language).replace("\n", " ")
    if row.weight and points:
        points = f"{points} / {_short(row.weight)}"
    yield Heading(f"{row.index + 1}. {row.indicator.name}", points)
    pairs = [
        (message("goal").say(language), goal_text(row.indicator)),
        (message("actual value").say(language), actual_text(row, language)),
        *((asked_name(variable).say(language), _fact_text(row, variable)) for variable in _apart(row)),
    ]
    once = {text: (label, text) for label, text in reversed(pairs) if text}
    yield Pairs(tuple(reversed(once.values())))
    if row.reading is not None:
        label = message("sentence as printed").say(language)
        yield Sentence(f"{label} ({status_text(row, language)})", tuple(sentence_parts(row.reading)))
    if row.tree is not None:
        yield Pairs(((message("what was read").say(language), reading_text(row, language)),))
        yield Picture(picture_of(row, row.tree, language), 120)
    steps = tuple(step_texts(row, language))
    if steps:
        yield Listed(message("steps of the score").say(language), steps, numbered=True)
    notes = tuple(note_texts(row, language))
    if notes:
        yield Listed(message("notes and questions").say(language), notes)


def _apart(row: RowScore) -> list[Variable]:
    """The facts that are not the actual value itself."""
    return [variable for variable in row.facts if variable.kind is not Kind.VALUE]


def _fact_text(row: RowScore, variable: Variable) -> str:
    fact = row.facts[variable]
    if isinstance(fact, Fraction):
        return f"{_decimal(fact)}{variable.unit}"
    if variable.kind is Kind.MET:
        return YES_WORD if (fact == YES) != variable.event else NO_WORD
    return fact


def _stated(row: RowScore, variable: Variable) -> str:
    fact = row.facts[variable]
    return _decimal(fact) if isinstance(fact, Fraction) else _fact_text(row, variable)


def _decimal(number: Fraction) -> str:
    return _short(round(Decimal(number.numerator) / Decimal(number.denominator), 6))


def picture_of(row: RowScore, tree: Criterion, language: str) -> str:
    """The curve of a row with its value marked."""
    reading = row.reading
    if reading is None or reading.tree is not tree:
        said = sentence_text(tree, language)
        reading = CriterionReading(said, Status.EXACT, row.points, tree)
    elif not reading.text:
        reading = replace(reading, text=sentence_text(tree, language))
    return picture(reading, _given(row, tree), language)


def _given(row: RowScore, tree: Criterion) -> Sequence[Any]:
    """The facts of a row as they are stated: one value, or several by name."""
    known = [variable for variable in tree.variables if variable in row.facts]
    if len(known) != len(tree.variables):
        return ()
    stated = {variable.name or variable.kind: _stated(row, variable) for variable in known}
    return (next(iter(stated.values())),) if len(stated) == 1 else (stated,)


def sentence_parts(reading: CriterionReading) -> Iterator[tuple[str, Mark]]:
    """The sentence as printed, in stretches with what became of them."""
    marks: list[Mark] = [""] * len(reading.text)
    for node in _nodes(reading.tree) if reading.tree is not None else ():
        for span in node.spans:
            _paint(marks, span, "read")
    for note in reading.open:
        _paint(marks, note.span, "open")
    for note in reading.unread:
        _paint(marks, note.span, "unread")
    start = 0
    for at in range(1, len(marks) + 1):
        if at == len(marks) or marks[at] != marks[start]:
            yield reading.text[start:at], marks[start]
            start = at


def _paint(marks: list[Mark], span: Span, mark: Mark) -> None:
    # A note on the whole sentence says nothing of single words.
    if mark == "open" and span.end - span.start >= len(marks):
        return
    for at in range(max(span.start, 0), min(span.end, len(marks))):
        marks[at] = mark


def _nodes(tree: Criterion) -> Iterator[Node]:
    yield from tree.parts
    yield from tree.gates
    for section in tree.sections:
        yield from _nodes(section)
