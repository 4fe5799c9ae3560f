"""What there is to do about a form, by when, and how the deadlines of its round stand."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.urls import NoReverseMatch
from django.utils.translation import gettext as _

from hengliang.base.finding import Severity
from hengliang.score.sheet import ScoreSheet
from hengliang.web.accounts.models import Person
from hengliang.web.accounts.reader import language
from hengliang.web.declarations.findings import Placed
from hengliang.web.declarations.models import Declaration
from hengliang.web.declarations.policies import is_unit_side, lacking, open_moves
from hengliang.web.declarations.queries_review import open_comments
from hengliang.web.evaluation import queries as evaluation
from hengliang.web.evaluation.policies import REPORTING
from hengliang.web.evaluation.short import falls_short, is_known
from hengliang.web.insight.links import to
from hengliang.web.insight.stages import DEADLINES, late_with
from hengliang.web.insight.tables import Cell, Column, Section, Table
from hengliang.web.workflow.moves import Move
from hengliang.web.workflow.states import EDITABLE, IN_FORCE, State

_SOON = 14
"""So many days before a deadline it is marked."""


class Task(NamedTuple):
    """Something that the reader can do about a form now: what, until when if that is set, and where."""

    text: str
    until: date | None
    href: str
    tone: str = "plain"


def tasks_of(
    person: Person, declaration: Declaration, found: Sequence[Placed], sheet: ScoreSheet | None
) -> list[Task]:
    """What the reader can do now, the most pressing first."""
    tasks: list[Task] = []
    state = State(declaration.state)
    if is_unit_side(person, declaration):
        remedies = [one for one in evaluation.remedies(declaration) if one.answered_at is None]
        tasks += [
            Task(
                _("Put right: {problem}").format(problem=one.problem),
                one.due,
                to("remedies", declaration.pk),
                "bad",
            )
            for one in remedies
        ]
        asked = len(open_comments(declaration))
        if asked:
            text = _("Answer {count} comments of reviewers").format(count=asked)
            tasks.append(Task(text, None, to("declaration-comments", declaration.pk), "watch"))
        errors = sum(1 for one in found if one.finding.severity is Severity.ERROR)
        if errors and state in EDITABLE:
            text = _("Mend {count} errors, or set them aside with a reason").format(count=errors)
            tasks.append(Task(text, None, to("declaration-findings", declaration.pk), "bad"))
        if sheet is not None and state in REPORTING:
            tasks += _to_report(declaration, sheet)
    for move in open_moves(person, declaration):
        missing = lacking(declaration, move)
        text = move.label.say(language())
        if missing:
            what = "；".join(one.says.say(language()) for one in missing)
            text = _("{move}; first: {what}").format(move=text, what=what)
        page = next((one.page for one in missing if one.page), None)
        tone = "pending" if missing else "good"
        tasks.append(Task(text, _until(declaration, move), _where(page, declaration), tone))
    return tasks


_DUE = {
    "prepare": "declare_by",
    "submit": "declare_by",
    "monitor": "monitor_by",
    "self_evaluate": "self_evaluate_by",
}
"""The deadline of the round that a move of the unit is due by."""


def _until(declaration: Declaration, move: Move) -> date | None:
    """By when a move is to be made; the offices have one deadline, that of the review."""
    if move.side == "other":
        return None if State(declaration.state) in IN_FORCE else declaration.round.review_by
    return getattr(declaration.round, _DUE[move.name]) if move.name in _DUE else None


def _to_report(declaration: Declaration, sheet: ScoreSheet) -> list[Task]:
    explained = evaluation.deviations(declaration)
    without = sum(1 for row in sheet.rows if not is_known(row))
    short = sum(1 for row in sheet.rows if falls_short(row) and row.index + 1 not in explained)
    until, href = declaration.round.self_evaluate_by, to("self-evaluation", declaration.pk)
    said = (
        (without, _("Report the values of {count} indicators")),
        (short, _("Give cause and remedy for {count} indicators that fall short")),
    )
    return [Task(text.format(count=count), until, href, "watch") for count, text in said if count]


def _where(route: str | None, declaration: Declaration) -> str:
    """Where a move is made, or what it lacks is mended."""
    default = "self-evaluation" if State(declaration.state) in IN_FORCE else "declaration"
    try:
        return to(route or default, declaration.pk)
    except NoReverseMatch:
        return to(default, declaration.pk)


def to_do(tasks: Sequence[Task], today: date) -> Section:
    rows = [
        [Cell(one.text, href=one.href), _day(one.until, today), _time_left(one.until, today)] for one in tasks
    ]
    columns = [Column(_("What to do")), Column(_("By when")), Column(_("Time left"))]
    empty = _("Nothing waits for you here now.")
    return Section(Table("todo", _("What is to be done now?"), columns, rows, empty))


def _day(day: date | None, today: date) -> Cell:
    return Cell(day.isoformat() if day else _("no deadline"))


class Left(NamedTuple):
    """How long it is to a day, in words and tone; empty without a day."""

    word: str = ""
    tone: str = ""


def left(day: date | None, today: date) -> Left:
    """How long it is to a day."""
    if day is None:
        return Left()
    days = (day - today).days
    if days < 0:
        return Left(_("{count} days late").format(count=-days), "bad")
    return Left(_("{count} days left").format(count=days), "watch" if days <= _SOON else "good")


def _time_left(day: date | None, today: date) -> Cell:
    word, tone = left(day, today)
    return Cell(word, tone=tone)


def deadlines(declaration: Declaration, today: date) -> Section:
    state = State(declaration.state)
    has_stage = any(stage.submitted_at for stage in evaluation.stages(declaration))
    by = {one.field: getattr(declaration.round, one.field) for one in DEADLINES}
    late = late_with(state, has_stage, by, today)
    rows: list[list[Cell]] = []
    for one in DEADLINES:
        day = by[one.field]
        if day is None:
            continue
        is_due = one.key in late or (
            state in one.waiting and day >= today and not (one.key == "monitor" and has_stage)
        )
        standing = _time_left(day, today) if is_due else Cell(_("not due now"), tone="plain")
        rows.append([Cell(one.word.say(language())), Cell(day.isoformat()), standing])
    columns = [Column(_("What is due")), Column(_("By when")), Column(_("Time left"))]
    empty = _("The round has no deadlines.")
    return Section(Table("deadlines", _("Which deadlines does the round have?"), columns, rows, empty))
