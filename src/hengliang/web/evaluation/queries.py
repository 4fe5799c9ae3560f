"""Reads of evaluation."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet
from django.http import Http404

from hengliang.web.accounts.models import Organisation, Person
from hengliang.web.accounts.policies import reach
from hengliang.web.accounts.queries import people_with
from hengliang.web.declarations.models import Declaration
from hengliang.web.declarations.queries import declaration as declaration_of
from hengliang.web.evaluation.models import (
    Deviation,
    Evaluator,
    Measuring,
    Plan,
    Recheck,
    Remedy,
    Report,
    Sheet,
    Spending,
    Stage,
    StageRow,
    Stated,
)
from hengliang.web.evaluation.persons import result_without
from hengliang.web.evaluation.renumbered import number_now
from hengliang.web.evaluation.scoring import latest_measuring
from hengliang.web.evidence.models import Load
from hengliang.web.evidence.policies import may_see_persons
from hengliang.web.workflow.roles import Permission, Role
from hengliang.web.workflow.states import IN_FORCE, State


def in_force(person: Person, pk: int) -> Declaration:
    """A declaration within reach whose targets bind. Raises Http404, `Refused`."""
    found = declaration_of(person, pk)
    if State(found.state) not in IN_FORCE or found.approved is None:
        raise Http404
    return found


def all_readable(person: Person) -> QuerySet[Declaration]:
    """The declarations within reach or given by name, newest year first."""
    given = Evaluator.objects.filter(person=person).values("declaration")
    return (
        Declaration.objects.filter(reach(person, Permission.VIEW) | Q(pk__in=given))
        .select_related("organisation", "round")
        .order_by("-round__fiscal_year", "organisation__path", "project", "pk")
    )


def all_in_force(person: Person) -> QuerySet[Declaration]:
    """Those whose targets bind."""
    return all_readable(person).filter(state__in=[state.value for state in IN_FORCE])


def newest_sealed(found: Sequence[Declaration], kind: str = Sheet.Kind.SELF) -> dict[int, Sheet]:
    """The newest sealed sheet of a kind of each declaration by its key, without what the sheet holds."""
    rows = Sheet.objects.filter(declaration__in=found, kind=kind).defer("facts", "content")
    return {row.declaration.pk: row for row in rows.select_related("declaration").order_by("at", "pk")}


class Monitored(NamedTuple):
    """The stages of a declaration in the order of their months, the rows of the newest and the plans, both
    by their numbers in the version in force."""

    stages: list[Stage]
    rows: dict[int, StageRow]
    plans: dict[int, Plan]


def monitored(found: Sequence[Declaration]) -> dict[int, Monitored]:
    """What was reported in the stages of declarations, by their keys."""
    known = {one.pk: Monitored([], {}, {}) for one in found}
    versions = {one.pk: one.approved for one in found}
    for stage in Stage.objects.filter(declaration__in=found).select_related("declaration").order_by("month"):
        known[stage.declaration.pk].stages.append(stage)
    newest = [one.stages[-1] for one in known.values() if one.stages]
    rows = StageRow.objects.filter(stage__in=newest).select_related("stage__declaration", "stage__version")
    for row in rows.defer("stage__version__content"):
        pk = row.stage.declaration.pk
        number = number_now(row.stage, row.number, versions[pk])
        if number is not None:
            known[pk].rows[number] = row
    with_stage = [stage.declaration for stage in newest]
    for plan in Plan.objects.filter(declaration__in=with_stage).select_related("declaration"):
        known[plan.declaration.pk].plans[plan.number] = plan
    return known


def stated(declaration: Declaration) -> dict[int, Stated]:
    """The stated values by number."""
    rows = Stated.objects.filter(declaration=declaration).select_related("file")
    return {row.number: row for row in rows}


def deviations(declaration: Declaration) -> dict[int, Deviation]:
    """Causes and remedies by number."""
    return {row.number: row for row in Deviation.objects.filter(declaration=declaration)}


def plans(declaration: Declaration) -> dict[int, Plan]:
    """The plans by number."""
    return {row.number: row for row in Plan.objects.filter(declaration=declaration)}


def spending(declaration: Declaration, month: int) -> Spending | None:
    """What was spent up to a month."""
    return Spending.objects.filter(declaration=declaration, month=month).first()


def stages(declaration: Declaration) -> list[Stage]:
    """The stages in the order of their months."""
    return list(Stage.objects.filter(declaration=declaration).order_by("month"))


def stage(declaration: Declaration, month: int) -> Stage | None:
    """The stage up to a month, with the version that it was handed in under."""
    return Stage.objects.filter(declaration=declaration, month=month).select_related("version").first()


def stage_rows(declaration: Declaration, month: int) -> dict[int, StageRow]:
    """The rows of a stage by number, in the version of the stage."""
    rows = StageRow.objects.filter(stage__declaration=declaration, stage__month=month)
    return {row.number: row for row in rows}


def sheets(declaration: Declaration) -> QuerySet[Sheet]:
    """All sealed sheets, newest first."""
    return Sheet.objects.filter(declaration=declaration).select_related("version").order_by("-at", "-pk")


def sheet(declaration: Declaration, pk: int) -> Sheet:
    """One of them. Raises Http404."""
    found = sheets(declaration).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def rechecks(sheet: Sheet | None) -> list[Recheck]:
    """What was drawn of a sealed sheet."""
    return list(Recheck.objects.filter(sheet=sheet).order_by("number")) if sheet else []


def report(declaration: Declaration) -> Report | None:
    """The evaluation report."""
    return Report.objects.filter(declaration=declaration).select_related("author").first()


def evaluators(declaration: Declaration) -> list[Evaluator]:
    """To whom the evaluation was given."""
    return list(Evaluator.objects.filter(declaration=declaration).select_related("person").order_by("pk"))


def possible_evaluators(organisation: Organisation) -> list[Person]:
    """The evaluators there are for an organisation."""
    return people_with((Role.EVALUATOR,), organisation)


def remedies(declaration: Declaration) -> list[Remedy]:
    """What is to be put right, open ones first."""
    rows = Remedy.objects.filter(declaration=declaration).select_related("file").order_by("due", "pk")
    return sorted(rows, key=lambda row: row.accepted_at is not None)


def remedy(person: Person, declaration: Declaration, pk: int) -> Remedy:
    """One of them. Raises Http404."""
    found = (
        Remedy.objects.filter(declaration=declaration, pk=pk)
        .select_related("declaration__organisation", "file")
        .first()
    )
    if found is None:
        raise Http404
    return found


def result_of(person: Person, measuring: Measuring, language: str) -> dict[str, Any]:
    """What a measuring found, as a person may see it: names of rows that tell persons are the unit's own."""
    result: dict[str, Any] = measuring.result[language]
    own = may_see_persons(person, measuring.declaration.organisation)
    return result if own else result_without(result, language)


def measurements(
    person: Person, declaration: Declaration, number: int, language: str
) -> tuple[Measuring | None, list[dict[str, Any]]]:
    """The newest measuring, and its measurements that went into an indicator; each with its loads."""
    newest = latest_measuring(declaration)
    if newest is None:
        return None, []
    result = result_of(person, newest, language)
    bound = next((one for one in result["indicators"] if one["number"] == number), None)
    if bound is None:
        return newest, []
    where = (newest.values.get(str(number)) or {}).get("where") or bound["metric"]
    wanted = {bound["metric"], where.split(" v")[0]}
    found = [dict(one) for one in result["measurements"] if one["metric"] in wanted]
    for one in found:
        one["loads"] = loads_of(declaration, one["batches"])
        one["counted"] = [row for row in one["rows"] or () if row["counted"]]
        one["left_out"] = [row for row in one["rows"] or () if not row["counted"]]
    return newest, found


def loads_of(declaration: Declaration, batches: dict[str, str]) -> list[Load]:
    """The loads that made batches."""
    rows = Load.objects.filter(
        organisation=declaration.organisation, batch__in=list(batches), outcome=Load.Outcome.LOADED
    )
    return list(rows.select_related("file").order_by("at"))
