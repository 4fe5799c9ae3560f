"""The self-evaluation or evaluation report (绩效自评报告, 绩效评价报告) in words, before it has a format.

Cover and first part hold the fields that Hunan's reports print (部门名称, 预算编码, 评价方式, 评价机构,
报告日期; 联系人, 电话, 编制, 实有人数, 职能, 年度主要工作); the other parts follow what 财预〔2020〕10号 asks
of an evaluation: the total goal, the indicators one by one, the execution of the budget, and for what was
missed the cause and the remedy. What the program does not know is left blank, to be filled in by hand.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby

from hengliang.base.message import Message, message
from hengliang.form.model import Form, Kind
from hengliang.report.sheet_text import points_said
from hengliang.score.sheet import RowScore, ScoreSheet, State

BLANK = ""
"""A field that is filled in by hand."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What an evaluator from outside found: his score and grade stand beside those of the unit."""

    evaluator: str
    findings: str
    advice: str
    score: Decimal
    grade: str


@dataclass(frozen=True, slots=True)
class Told:
    """What is known beside the score sheet. `causes` by the place of the indicator: cause and remedy."""

    date: str = BLANK
    causes: Mapping[int, tuple[str, str]] = field(default_factory=dict[int, tuple[str, str]])
    findings: Findings | None = None
    """None makes the report of the unit itself."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a part."""

    text: str


@dataclass(frozen=True, slots=True)
class Body:
    """A running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Fields:
    """Labels with values; empty ones are to be filled in."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; `widths` are parts of its width."""

    heads: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Heading | Body | Fields | Grid


def title_of(sheet: ScoreSheet, told: Told) -> Message:
    """The title on the cover."""
    form, year = sheet.form, sheet.form.fiscal_year or ""
    whole = form.kind is Kind.DEPARTMENT
    if told.findings is None:
        if whole:
            return message("Report on the self-evaluation of the whole unit, {year}", year=year)
        return message("Report on the self-evaluation of project spending, {year}", year=year)
    if whole:
        return message("Report on the evaluation of the whole unit, {year}", year=year)
    return message("Report on the evaluation of project spending, {year}", year=year)


def cover_of(sheet: ScoreSheet, told: Told) -> list[tuple[Message, str | Message]]:
    """The fields of the cover."""
    form = sheet.form
    own = told.findings is None
    fields: list[tuple[Message, str | Message]] = [
        (message("Name of the unit"), form.organisation or BLANK),
        (message("Budget code"), form.codes.department or BLANK),
        (
            message("Way of evaluation"),
            message("self-evaluation by the unit") if own else message("evaluation from outside"),
        ),
        (
            message("Evaluated by"),
            (form.organisation or BLANK) if told.findings is None else told.findings.evaluator,
        ),
        (message("Date of the report"), told.date),
    ]
    if form.project:
        fields.insert(1, (message("Name of the project"), form.project))
    return fields


def blocks_of(sheet: ScoreSheet, told: Told, language: str) -> Iterator[Block]:
    """The parts of the report, one after the other."""
    yield from _unit(sheet.form, language)
    yield from _money(sheet, language)
    yield from _goals(sheet, language)
    yield from _indicators(sheet, language)
    yield from _deviations(sheet, told, language)
    yield from _result(sheet, told, language)
    yield from _open(sheet, language)


def _unit(form: Form, language: str) -> Iterator[Block]:
    yield Heading(message("1. The unit").say(language))
    named = (
        message("Contact"),
        message("Telephone"),
        message("Posts approved"),
        message("Persons in post"),
    )
    yield Fields(tuple((one.say(language), BLANK) for one in named))
    if form.duties:
        yield Body(message("Main duties:").say(language) + _listed(form.duties, form.duty_marks))
    if form.tasks:
        tasks = tuple(one.name for one in form.tasks)
        yield Body(message("Main work of the year:").say(language) + _listed(tasks, ()))


def _money(sheet: ScoreSheet, language: str) -> Iterator[Block]:
    yield Heading(message("2. Execution of the budget").say(language))
    money = sheet.form.money
    if money is None or not money.rows:
        yield Body(message("The budget and what was spent of it were not reported.").say(language))
        return
    heads = (
        message("Source of funds"), message("Budget of the year"), message("Executed in the year"),
        message("Rate of execution"),
    )  # fmt: skip
    rows = tuple(
        (row.name, _amount(row.budget), _amount(row.executed), _rate(row.budget, row.executed))
        for row in money.rows
    )
    unit = f"（{money.unit}）" if money.unit else ""
    texts = [one.say(language) for one in heads]
    yield Grid((texts[0], texts[1] + unit, texts[2] + unit, texts[3]), (4, 3, 3, 2), rows)
    part = sheet.execution
    if part is not None:
        points = points_said(part.low, part.high)
        said = message("The execution of the budget earns {points} of {of} points.", points=points,
                       of=f"{part.points:f}")  # fmt: skip
        yield Body(said.say(language))


def _goals(sheet: ScoreSheet, language: str) -> Iterator[Block]:
    form = sheet.form
    yield Heading(message("3. The goals of the year and what came of them").say(language))
    if form.goals:
        yield Body(message("Expected:").say(language) + _listed(form.goals, form.goal_marks))
    full = sum(1 for row in sheet.rows if row.loss == 0 and row.low == row.high)
    lost = sum(1 for row in sheet.rows if row.loss)
    missing = sum(1 for row in sheet.rows if row.state is State.NOT_REPORTED)
    said = message(
        "Of {count} indicators {full} have full marks, {lost} lost points, {missing} were not reported.",
        count=len(sheet.rows),
        full=full,
        lost=lost,
        missing=missing,
    )
    yield Body(said.say(language))
    if form.achieved:
        yield Body(message("What was reached:").say(language) + form.achieved)


def _indicators(sheet: ScoreSheet, language: str) -> Iterator[Block]:
    yield Heading(message("4. The indicators one by one").say(language))
    heads = (
        message("No."), message("Indicator"), message("Target"), message("Actual value"), message("Score"),
    )  # fmt: skip
    for level, rows in groupby(sheet.rows, key=lambda row: row.indicator.level1 or ""):
        listed = list(rows)
        if level:
            yield Body(_level_said(level, listed).say(language))
        yield Grid(
            tuple(one.say(language) for one in heads),
            (1, 6, 3, 3, 3),
            tuple(_row(row, language) for row in listed),
        )


def _level_said(level: str, rows: list[RowScore]) -> Message:
    low = sum((row.low or Decimal(0) for row in rows), Decimal(0))
    high = sum(
        ((row.weight or Decimal(0)) if row.high is None else row.high for row in rows if row.weight),
        Decimal(0),
    )
    full = sum((row.weight or Decimal(0) for row in rows), Decimal(0))
    return message(
        "{level}: {points} of {of} points", level=level, points=points_said(low, high), of=f"{full:f}"
    )


def _row(row: RowScore, language: str) -> tuple[str, ...]:
    one = row.indicator
    sign = one.operator if one.operator and one.operator != "定性" else ""
    actual = row.actual.text if row.actual is not None and row.actual.text else ""
    return (
        str(row.index + 1),
        one.name,
        f"{sign}{one.target or ''}{one.unit or ''}",
        actual or message("not reported").say(language),
        _points(row).say(language),
    )


def _points(row: RowScore) -> Message:
    said = points_said(row.low, row.high, row.state)
    return said if row.weight is None else message("{points} of {of}", points=said, of=f"{row.weight:f}")


def _deviations(sheet: ScoreSheet, told: Told, language: str) -> Iterator[Block]:
    yield Heading(message("5. Deviations, their causes and remedies").say(language))
    short = [row for row in sheet.rows if row.loss or row.index in told.causes]
    if not short:
        yield Body(message("No indicator fell short of its target.").say(language))
        return
    heads = (message("Indicator"), message("Points lost"), message("Cause"), message("What is done"))
    rows: list[tuple[str, ...]] = []
    for row in short:
        cause, remedy = told.causes.get(row.index, (BLANK, BLANK))
        lost = "" if row.loss is None else f"{row.loss:f}"
        rows.append((f"{row.index + 1} {row.indicator.name}", lost, cause, remedy))
    yield Grid(tuple(one.say(language) for one in heads), (5, 2, 5, 5), tuple(rows))


def _result(sheet: ScoreSheet, told: Told, language: str) -> Iterator[Block]:
    yield Heading(message("6. Result").say(language))
    total = sheet.total
    said = message(
        "By the self-evaluation the unit has {points} of {of} points.",
        points=points_said(total.low, total.high),
        of=f"{total.of:f}",
    )
    yield Body(said.say(language))
    if sheet.grade is not None:
        yield Body(message("Grade: {grades}", grades=sheet.grade.possible).say(language))
    if told.findings is None:
        return
    found = told.findings
    outside = message(
        "{evaluator} gives {score} points of 100, grade {grade}.",
        evaluator=found.evaluator,
        score=f"{found.score:f}",
        grade=found.grade,
    )
    yield Body(outside.say(language))
    yield Body(message("Findings:").say(language) + found.findings)
    if found.advice:
        yield Body(message("Advice:").say(language) + found.advice)


def _open(sheet: ScoreSheet, language: str) -> Iterator[Block]:
    yield Heading(message("7. What else is to be said").say(language))
    for one in sheet.assumptions:
        yield Body(one.say(language))
    asked = [row for row in sheet.rows if row.questions]
    if asked:
        numbers = tuple(row.index + 1 for row in asked)
        said = message(
            "The scoring sentences of indicators {numbers} leave something open; their points are an "
            "interval until it is settled.",
            numbers=numbers,
        )
        yield Body(said.say(language))
    if not sheet.assumptions and not asked:
        yield Body(message("Nothing.").say(language))


def _listed(texts: tuple[str, ...], marks: tuple[str, ...]) -> str:
    known = marks if len(marks) == len(texts) else tuple(f"{number}. " for number in range(1, len(texts) + 1))
    return "".join(f"\n{mark}{text}" for mark, text in zip(known, texts, strict=True))


def _amount(number: Decimal | None) -> str:
    if number is None:
        return ""
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _rate(budget: Decimal | None, executed: Decimal | None) -> str:
    if not budget or executed is None:
        return ""
    return f"{round(executed * 100 / budget, 2):f}%"
