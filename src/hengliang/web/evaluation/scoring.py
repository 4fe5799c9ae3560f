"""The score of a declaration as its facts stand: measured values before stated ones, and the money."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from hengliang.base.profile import load_profile
from hengliang.form.actual import Actual, Origin
from hengliang.form.model import Form, Money, MoneyRow
from hengliang.measure.actuals import measured_actuals
from hengliang.measure.binding import bindings_for
from hengliang.measure.catalogue import all_ledgers
from hengliang.measure.form import Measured, Watch, measure_form
from hengliang.measure.period import Period
from hengliang.report.sheet_json import sheet_record
from hengliang.score.run import score
from hengliang.score.sheet import ScoreSheet
from hengliang.web.declarations.draft import opened
from hengliang.web.declarations.findings import dated, working_of
from hengliang.web.declarations.models import Declaration, Version
from hengliang.web.evaluation.models import Measuring, Sheet, Spending, Stage, Stated
from hengliang.web.evidence.damage import require_whole
from hengliang.web.evidence.queries import store_folder
from hengliang.web.workflow.states import State

YEAR_END = 12


REPORTING = frozenset((State.APPROVED, State.MONITORED))
"""States in which a unit reports on its targets."""

HANDED_IN = frozenset((State.SELF_EVALUATED, State.CHECKED, State.EVALUATED, State.PUBLISHED))
"""States in which the sealed self-evaluation stands in place of the facts."""


class Spent(NamedTuple):
    """The budget of the year and what was spent of it, in 万元."""

    budget: Decimal
    executed: Decimal


class Facts(NamedTuple):
    """What is known of a declaration: actual values by the place of the indicator (from 0), and the money."""

    actuals: Mapping[int, Actual]
    spent: Spent | None


def form_in_force(declaration: Declaration) -> Form:
    """The form of the version in force; of the newest draft while none is."""
    return form_of(declaration, declaration.approved)


def form_of(declaration: Declaration, version: Version | None) -> Form:
    """The form of a version; of the newest draft where there is none."""
    working = working_of(declaration) if version is None else opened(version.content)
    return dated(working.form, declaration)


def form_of_stage(declaration: Declaration, stage: Stage | None) -> Form:
    """The form that a stage reports on: of the version it was handed in under, else of the one in force."""
    return form_of(declaration, (stage and stage.version) or declaration.approved)


def latest_measuring(declaration: Declaration) -> Measuring | None:
    """The newest measuring of the version in force; what was measured for an older one says nothing here."""
    return (
        Measuring.objects.filter(declaration=declaration, version=declaration.approved)
        .order_by("-at", "-pk")
        .first()
    )


def sealed_of(declaration: Declaration, kind: str = Sheet.Kind.SELF) -> Sheet | None:
    """The newest sealed sheet of a kind."""
    found = Sheet.objects.filter(declaration=declaration, kind=kind).select_related("version", "measuring")
    return found.order_by("-at", "-pk").first()


def handed_in(declaration: Declaration) -> Sheet | None:
    """The sealed self-evaluation of a declaration that was handed in and not returned."""
    return sealed_of(declaration) if State(declaration.state) in HANDED_IN else None


def facts_of(declaration: Declaration) -> Facts:
    """The facts as they stand, or as they were sealed with the self-evaluation that was handed in."""
    sealed = handed_in(declaration)
    return reported(declaration) if sealed is None else sealed_facts(sealed)


def sealed_facts(sealed: Sheet) -> Facts:
    """The facts that a sealed sheet was scored from."""
    actuals = {
        int(number) - 1: actual_from(value) for number, value in sealed.facts.items() if number != "money"
    }
    money = sealed.facts.get("money")
    return Facts(
        actuals, None if money is None else Spent(Decimal(money["budget"]), Decimal(money["executed"]))
    )


def reported(declaration: Declaration) -> Facts:
    """The facts as they stand. A measured value is taken before a stated one: nobody types over records."""
    actuals: dict[int, Actual] = {}
    for stated in Stated.objects.filter(declaration=declaration).select_related("file"):
        actuals[stated.number - 1] = Actual(
            stated.value, origin=Origin.TYPED, where=stated.file.name, note=stated.reason
        )
    measuring = latest_measuring(declaration)
    for number, value in (measuring.values if measuring else {}).items():
        actuals[int(number) - 1] = actual_from(value)
    spending = Spending.objects.filter(declaration=declaration, month=YEAR_END).first()
    return Facts(actuals, None if spending is None else Spent(spending.budget, spending.executed))


def score_of(declaration: Declaration, facts: Facts | None = None) -> ScoreSheet:
    """The score sheet of a declaration as the facts stand, under the profile of its round."""
    facts = facts or facts_of(declaration)
    form = with_money(form_in_force(declaration), facts.spent)
    return score(form, facts.actuals, load_profile(declaration.round.profile))


def as_written(number: Decimal) -> Decimal:
    """A number without the places that only its column in the database has: 20.7500 as 20.75."""
    rounded = number.quantize(Decimal("0.01"))
    return rounded if rounded == number else number.normalize()


def with_money(form: Form, spent: Spent | None) -> Form:
    """The form with what was spent of the year's budget."""
    return form if spent is None else form.model_copy(update={"money": _money(form.money, spent)})


def is_as_sealed(sheet: ScoreSheet, sealed: Sheet) -> bool:
    """Whether a sheet gives every row and the total the points that were sealed.

    Texts may be put otherwise by a later version of the program; points may not.
    """
    return _points(sheet_record(sheet, "zh_Hans")) == _points(sealed.content)


def _points(record: Mapping[str, Any]) -> list[Any]:
    total = record["total"]
    rows = [[row["number"], row["low"], row["high"], row["weight"]] for row in record["rows"]]
    return [total["low"], total["high"], total["of"], *rows]


def _money(printed: Money | None, spent: Spent) -> Money:
    """The money block with what was spent of the year's budget as its total line."""
    points = printed.rows[0].points if printed and printed.rows else None
    budget, executed = as_written(spent.budget), as_written(spent.executed)
    line = MoneyRow(name="年度资金总额", budget=budget, executed=executed, points=points)
    return Money(unit="万元", rows=(line,))


def measured(declaration: Declaration, period: Period, watch: Watch) -> tuple[Measured, dict[int, Actual]]:
    """Measures everything that is bound; `watch` is told of each step.

    Raises measure.binding.BindingError and measure.store.StoreError.
    """
    form = form_in_force(declaration)
    ledgers = all_ledgers()
    binding = bindings_for(form, ledgers, None)
    folder = store_folder(declaration.organisation)
    folder.mkdir(parents=True, exist_ok=True)
    require_whole(declaration.organisation, declaration.round.fiscal_year)
    found = measure_form(form, binding, folder, period, ledgers, watch=watch)
    return found, measured_actuals(form, binding, found.measurements) if binding is not None else {}


def actual_to(actual: Actual) -> dict[str, Any]:
    """An actual value as JSON."""
    return {
        "text": actual.text,
        "facts": dict(actual.facts),
        "exact": None if actual.exact is None else str(actual.exact),
        "origin": actual.origin.value,
        "where": actual.where,
        "applicable": actual.applicable,
        "note": None if actual.note is None else str(actual.note),
    }


def actual_from(data: Mapping[str, Any]) -> Actual:
    """The actual value that `actual_to` wrote."""
    return Actual(
        data["text"],
        dict(data["facts"]),
        Origin(data["origin"]),
        None if data["exact"] is None else Fraction(data["exact"]),
        data["where"],
        data["applicable"],
        data["note"],
    )
