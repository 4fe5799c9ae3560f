"""Writes of the boards: what is noted of a form with the act that hands it in, sets a finding aside or seals
a score. Each is part of the transaction of that act and of its audit entry."""

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q

from hengliang import __version__
from hengliang.base.finding import Severity
from hengliang.form.levels import level1_of
from hengliang.web.accounts.models import Person
from hengliang.web.accounts.said import to_data
from hengliang.web.declarations import actions_moves
from hengliang.web.declarations.draft import Working
from hengliang.web.declarations.findings import open_findings, when_counted
from hengliang.web.declarations.models import Declaration
from hengliang.web.declarations.queries import handed_in
from hengliang.web.evaluation.scoring import sealed_of
from hengliang.web.insight.models import Fault, Line, Noted
from hengliang.web.insight.stages import NOT_HANDED_IN, SCORED
from hengliang.web.workflow.states import LOCKED, State

_LARGEST, _EXACT = Decimal(10) ** 8, Decimal("0.0001")


@transaction.atomic
def note(declaration: Declaration) -> Noted:
    """Notes a form as it was last handed in: its rows and what is open of its findings."""
    working = handed_in(declaration)
    placed = open_findings(declaration, working)
    counts = Counter(one.finding.severity for one in placed)
    Noted.objects.filter(declaration=declaration).delete()
    noted = Noted.objects.create(
        declaration=declaration,
        release=__version__,
        indicators=len(working.rows),
        points=sum((_kept(row.points) or 0 for row in working.form.indicators), Decimal(0)),
        errors=counts[Severity.ERROR],
        warnings=counts[Severity.WARNING],
        advice=counts[Severity.ADVICE],
    )
    lines = Line.objects.bulk_create(_lines(noted, working))
    by_row = {line.row: line for line in lines}
    Fault.objects.bulk_create(
        Fault(
            noted=noted,
            line=by_row.get(one.row),
            key=one.key[:100],
            code=one.finding.code,
            severity=one.finding.severity.value,
            said=to_data(one.finding.message),
        )
        for one in placed
    )
    return noted


def _lines(noted: Noted, working: Working) -> Iterator[Line]:
    level = ""
    for number, (row, one) in enumerate(zip(working.rows, working.form.indicators, strict=True), 1):
        # A merged cell says its level once, for all rows beside it.
        level = one.level1 or level
        meant = level1_of(level)
        yield Line(
            noted=noted,
            number=number,
            row=row,
            level1=meant.value if meant else "",
            name=one.name,
            operator=one.operator or "",
            target=one.target or "",
            unit=one.unit or "",
            points=_kept(one.points),
        )


def _kept(value: Decimal | None) -> Decimal | None:
    """A number as a column holds it; None for what no form means."""
    if value is None or not value.is_finite() or abs(value) >= _LARGEST:
        return None
    return value.quantize(_EXACT)


@transaction.atomic
def note_score(declaration: Declaration) -> None:
    """Notes the points of the newest sealed self-evaluation, if there is one, of the form and its rows."""
    noted = Noted.objects.filter(declaration=declaration).first() or note(declaration)
    sheet = sealed_of(declaration)
    if sheet is None:
        return
    noted.low, noted.high, noted.of, noted.grade = sheet.low, sheet.high, sheet.of, sheet.grade
    noted.save()
    rows: Mapping[int, Mapping[str, Any]] = {row["number"]: row for row in sheet.content["rows"]}
    lines = list(Line.objects.filter(noted=noted, number__in=list(rows)))
    for line in lines:
        row = rows[line.number]
        actual = row["actual"]
        line.actual, line.facts = (actual["text"] or "", actual["facts"]) if actual else ("", {})
        line.state = row["state"]
        low, high, weight = (_number(row[name]) for name in ("low", "high", "weight"))
        line.low, line.high, line.weight = low, high, weight
        line.risk = None if weight is None else weight - (low or Decimal(0))
    Line.objects.bulk_update(lines, ["actual", "facts", "state", "low", "high", "weight", "risk"])


def _number(text: str | None) -> Decimal | None:
    return None if text is None else _kept(Decimal(text))


def catch_up() -> None:
    """Notes what was handed in and is not noted yet, or was noted by another release."""
    waiting = Declaration.objects.exclude(state__in=[state.value for state in NOT_HANDED_IN])
    stale = Q(noted=None) | ~Q(noted__release=__version__)
    for one in waiting.filter(stale).select_related("organisation", "round").order_by("pk"):
        note_all(one)


def note_all(declaration: Declaration) -> None:
    """Notes a form, and its score where a self-evaluation is handed in."""
    note(declaration)
    if State(declaration.state) in SCORED:
        note_score(declaration)


def _note_with(move: str) -> None:
    @actions_moves.after(move)
    def also(actor: Person, declaration: Declaration) -> None:
        note(declaration)


for _move in ("submit", "submit_adjustment", "give_up_adjustment", "refuse_adjustment"):
    _note_with(_move)


@actions_moves.after("self_evaluate")
def _with_self_evaluation(actor: Person, declaration: Declaration) -> None:
    note_score(declaration)


@when_counted
def _with_findings(declaration: Declaration) -> None:
    """While the unit writes, what it handed in stands; a finding set aside by a reviewer counts at once."""
    if State(declaration.state) in LOCKED and Noted.objects.filter(declaration=declaration).exists():
        note_all(declaration)
