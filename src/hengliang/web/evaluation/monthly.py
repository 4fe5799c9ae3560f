"""What was planned, reached and is to be expected of each indicator, month by month."""

from fractions import Fraction
from typing import Literal, NamedTuple

from hengliang.base.profile import Profile
from hengliang.form.model import Form, Indicator
from hengliang.form.reached import in_unit
from hengliang.score.forecast import Forecast, NoForecast, Outlook, adds_up, forecast, outlook
from hengliang.score.phased import Shares, due, even
from hengliang.web.declarations.models import Declaration
from hengliang.web.evaluation.lights import Lit, light_of
from hengliang.web.evaluation.models import Plan, Series, StageRow
from hengliang.web.evaluation.renumbered import number_now
from hengliang.web.evaluation.scoring import form_in_force
from hengliang.web.workflow.states import IN_FORCE


class Reached(NamedTuple):
    """A value by the end of a month, in the unit of the target, and who says so."""

    value: Fraction
    text: str
    source: Literal["measured", "stated"]


class Course(NamedTuple):
    """The course of one indicator over the year."""

    number: int
    indicator: Indicator
    target: Fraction | None
    """None for a target in words, of which there is no forecast."""
    shares: Shares
    """As they were planned."""
    due: Shares
    """What is due of the target by the end of each month: of values that do not add up all or nothing."""
    is_planned: bool
    """Whether somebody made a plan; else sums are taken to be due evenly, and rates in every month."""
    adding: bool
    reached: dict[int, Reached]
    forecast: Forecast | NoForecast
    outlook: Outlook


def latest_series(declaration: Declaration) -> Series | None:
    """The newest measuring by month of the version in force."""
    rows = Series.objects.filter(declaration=declaration, version=declaration.approved)
    return rows.order_by("-at", "-pk").first()


def reached_by_month(declaration: Declaration, form: Form) -> dict[int, dict[int, Reached]]:
    """What was reached, by the number of the indicator and by month; measured before stated."""
    found: dict[int, dict[int, Reached]] = {}
    rows = StageRow.objects.filter(stage__declaration=declaration)
    said = [
        (number, row.stage.month, row.value, "stated")
        for row in rows.select_related("stage__version").defer("stage__version__content")
        if (number := number_now(row.stage, row.number, declaration.approved)) is not None
    ]
    series = latest_series(declaration)
    for number, months in (series.values if series else {}).items():
        said += [(int(number), int(month), text, "measured") for month, text in months.items()]
    for number, month, text, source in said:
        if 1 <= number <= len(form.indicators):
            value = in_unit(text, form.indicators[number - 1].unit)
            if value is not None:
                kind = "measured" if source == "measured" else "stated"
                found.setdefault(number, {})[month] = Reached(Fraction(value), text, kind)
    return found


def _planned(plan: Plan | None) -> Shares:
    """The shares of a plan; month ÷ 12 where there is none."""
    return even() if plan is None else tuple(Fraction(share) / 100 for share in plan.shares)


def _is_adding(indicator: Indicator, plan: Plan | None) -> bool:
    """Whether the values of an indicator add up over the year: as its plan says, else as its unit does."""
    return adds_up(indicator.unit) if plan is None or plan.adds_up is None else plan.adds_up


def depends_on_plan(indicator: Indicator) -> bool:
    """Whether its light depends on what is due by a month: limits and targets in words bind all year."""
    return indicator.operator not in ("≤", "<") and bool(in_unit(indicator.target or "", indicator.unit))


def light_by_plan(
    indicator: Indicator, row: StageRow | None, plan: Plan | None, month: int, profile: Profile
) -> Lit:
    """The light of an indicator from what a stage says of it, held against its own plan where it has one."""
    said = row.value if row else None
    return light_of(indicator, said, month, profile, due(_planned(plan), _is_adding(indicator, plan)))


def courses(declaration: Declaration) -> list[Course]:
    """The course of every indicator, in the order of the form."""
    form = form_in_force(declaration)
    plans = {row.number: row for row in Plan.objects.filter(declaration=declaration)}
    reached = reached_by_month(declaration, form)
    return [
        _course(number, one, plans.get(number), reached.get(number, {}))
        for number, one in enumerate(form.indicators, 1)
    ]


def _course(number: int, indicator: Indicator, plan: Plan | None, reached: dict[int, Reached]) -> Course:
    amount = in_unit(indicator.target or "", indicator.unit)
    target = None if amount is None else Fraction(amount)
    adding = _is_adding(indicator, plan)
    shares = _planned(plan)
    found = forecast({month: one.value for month, one in reached.items()}, shares, adding)
    told = outlook(found, indicator.operator, target)
    parts = due(shares, adding)
    return Course(number, indicator, target, shares, parts, plan is not None, adding, reached, found, told)


def year_before(declaration: Declaration) -> dict[str, dict[int, Fraction]]:
    """What the same unit reached a year before, by the name of the indicator and by month."""
    before = (
        Declaration.objects.filter(
            organisation=declaration.organisation,
            project=declaration.project,
            round__fiscal_year=declaration.round.fiscal_year - 1,
            state__in=[state.value for state in IN_FORCE],
            approved__isnull=False,
        )
        .select_related("round", "approved", "organisation")
        .first()
    )
    if before is None:
        return {}
    form = form_in_force(before)
    return {
        form.indicators[number - 1].name: {month: one.value for month, one in months.items()}
        for number, months in reached_by_month(before, form).items()
    }
