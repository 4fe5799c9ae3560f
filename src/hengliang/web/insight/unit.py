"""The board of one form: what to do and until when, what loses points, what is found, what is recorded."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hengliang.base.finding import Severity
from hengliang.base.profile import load_profile
from hengliang.measure.binding import BindingError, bindings_for, metrics_by_id
from hengliang.measure.catalogue import all_ledgers
from hengliang.report.severity import severity_word
from hengliang.score.sheet import RowScore, ScoreSheet
from hengliang.web.accounts.models import Person
from hengliang.web.accounts.reader import language
from hengliang.web.declarations.findings import Placed, open_findings
from hengliang.web.declarations.models import Declaration
from hengliang.web.evaluation import queries as evaluation
from hengliang.web.evaluation.lights import TONES, WORDS, Lit
from hengliang.web.evaluation.monthly import light_by_plan
from hengliang.web.evaluation.scoring import form_in_force, score_of
from hengliang.web.evaluation.shown import actual_said, at_risk, target_of, total_shown
from hengliang.web.evidence.queries import ledgers
from hengliang.web.insight.broken import TONES as SEVERITIES
from hengliang.web.insight.broken import rule_name
from hengliang.web.insight.charts import Bar, Series, bars
from hengliang.web.insight.links import to
from hengliang.web.insight.tables import Cell, Column, Section, Table
from hengliang.web.insight.tasks import deadlines, tasks_of, to_do
from hengliang.web.workflow.states import IN_FORCE, State

_MOST_BARS = 12


class Board(NamedTuple):
    """The board: three numbers, and its sections."""

    figures: list[dict[str, Any]]
    sections: list[Section]


def board(person: Person, declaration: Declaration, today: date) -> Board:
    """The board of a form as it stands."""
    state = State(declaration.state)
    found = open_findings(declaration)
    sheet = score_of(declaration) if state in IN_FORCE and declaration.approved else None
    tasks = tasks_of(person, declaration, found, sheet)
    parts = [to_do(tasks, today), deadlines(declaration, today)]
    warnings = sum(1 for one in found if one.finding.severity is not Severity.ADVICE)
    figures: list[dict[str, Any]] = [
        {
            "label": _("Findings to be mended"),
            "value": str(warnings),
            "href": to("declaration-findings", declaration.pk),
        }
    ]
    if sheet is not None:
        lights = _lights(declaration)
        parts.append(_losing(declaration, sheet, lights))
        red = sum(1 for lit in lights.values() if lit.light == "red")
        figures = [
            {
                "label": _("Points reached"),
                **total_shown(sheet.total),
                "href": to("self-evaluation", declaration.pk),
            },
            {"label": _("Warnings of monitoring"), "value": str(red), "href": to("stages", declaration.pk)},
        ]
    figures.append({"label": _("To do"), "value": str(len(tasks)), "href": "#todo"})
    parts += [_found(declaration, found), _records(declaration)]
    return Board(figures, parts)


def _lights(declaration: Declaration) -> dict[int, Lit]:
    """The lights of the newest stage by the number of the indicator; empty while there is none."""
    found = evaluation.monitored([declaration])[declaration.pk]
    if not found.stages:
        return {}
    profile = load_profile(declaration.round.profile)
    month = found.stages[-1].month
    lights: dict[int, Lit] = {}
    for number, one in enumerate(form_in_force(declaration).indicators, 1):
        row, plan = found.rows.get(number), found.plans.get(number)
        lights[number] = light_by_plan(one, row, plan, month, profile)
    return lights


def _losing(declaration: Declaration, sheet: ScoreSheet, lights: dict[int, Lit]) -> Section:
    ordered = sorted(sheet.rows, key=lambda row: (-at_risk(row), row.index))
    shown = [row for row in ordered if at_risk(row) > 0][:_MOST_BARS]
    links = {row.index: reverse("number", args=[declaration.pk, row.index + 1]) for row in sheet.rows}
    parts = (
        (_("Got"), lambda row: row.low or Decimal(0), "--accent"),
        (_("May be lost"), _open, "--watch"),
        (_("Lost"), lambda row: row.loss or Decimal(0), "--bad"),
    )
    series = [
        Series(name, [Bar(value(row), links[row.index]) for row in shown], colour)
        for name, value, colour in parts
    ]
    chart = bars([row.indicator.name for row in shown], series, lying=True)
    rows = [_row(row, links[row.index], lights.get(row.index + 1)) for row in ordered]
    columns = [
        Column(_("Indicator")),
        Column(_("Target value")),
        Column(_("Actual")),
        Column(_("Against the plan")),
        Column(_("Points reached"), True),
        Column(_("Points of the row"), True),
        Column(_("Points at risk"), True),
    ]
    table = Table("losing", _("Which indicators lose points?"), columns, rows)
    notes: list[str] = []
    if not shown:
        notes.append(_("No indicator has points at risk."))
    if lights:
        notes.append(
            _(
                "Where no plan by month was made, amounts are taken to be due evenly, "
                "values that do not add up in full in every month."
            )
        )
    return Section(table, chart if shown else None, " ".join(notes), is_tall=len(shown) > 5, is_open=True)


def _open(row: RowScore) -> Decimal:
    if row.weight is None:
        return Decimal(0)
    return (row.weight if row.high is None else row.high) - (row.low or Decimal(0))


def _row(row: RowScore, href: str, lit: Lit | None) -> list[Cell]:
    actual = actual_said(row.actual.text, row.actual.facts, language()) if row.actual else ""
    light = Cell(_("no stage"), tone="plain")
    if lit is not None:
        text = f"{WORDS[lit.light].say(language())}（{lit.reason.say(language())}）"
        light = Cell(text, tone=TONES[lit.light])
    return [
        Cell(f"{row.index + 1} {row.indicator.name}", href=href),
        Cell(target_of(row.indicator)),
        Cell(actual, href=href) if actual else Cell(_("Not reported"), href=href),
        light,
        Cell(number=row.low, high=row.high, href=href),
        Cell(number=row.weight if row.weight is not None else row.points, href=href),
        Cell(number=at_risk(row), href=href),
    ]


def _found(declaration: Declaration, found: Sequence[Placed]) -> Section:
    counts = Counter((one.finding.severity, one.finding.code) for one in found)
    order = {severity: at for at, severity in enumerate(Severity)}
    href = to("declaration-findings", declaration.pk)
    rows = [
        [
            Cell(f"{code} {rule_name(code)}", href=href),
            Cell(severity_word(severity).say(language()), tone=SEVERITIES[severity]),
            Cell(number=count, href=href),
        ]
        for (severity, code), count in sorted(
            counts.items(), key=lambda one: (order[one[0][0]], -one[1], one[0][1])
        )
    ]
    columns = [Column(_("Rule")), Column(_("Severity")), Column(_("Findings"), True)]
    table = Table("found", _("What was found and is still open?"), columns, rows, _("No finding is open."))
    return Section(table, is_folded=True)


def _records(declaration: Declaration) -> Section:
    year, place = declaration.round.fiscal_year, declaration.organisation
    asked = f"?organisation={place.code}&year={year}"
    wanted = _bound(declaration)
    rows = [
        [
            Cell(held.ledger.words.say(language()), href=reverse("ledger", args=[held.ledger.name]) + asked),
            Cell(number=held.loads, href=reverse("ledger", args=[held.ledger.name]) + asked),
            Cell(timezone.localdate(held.latest).isoformat() if held.latest else ""),
            Cell(_("in the store"), tone="good") if held.loads else Cell(_("missing"), tone="watch"),
        ]
        for held in ledgers(place, year)
        if held.loads or held.ledger.name in wanted
    ]
    columns = [Column(_("Ledger")), Column(_("Files loaded"), True), Column(_("Newest")), Column(_("State"))]
    empty = _("No ledger measures this form; its values are stated with evidence.")
    table = Table("records", _("Are the records there?"), columns, rows, empty)
    return Section(table, is_folded=True)


def _bound(declaration: Declaration) -> set[str]:
    """The names of the ledgers that measure indicators of the form."""
    known = all_ledgers()
    try:
        binding = bindings_for(form_in_force(declaration), known, None)
    except BindingError:
        return set()
    metrics = metrics_by_id(known)
    return {metrics[metric][0].name for metric in binding.metrics} if binding is not None else set()
