"""Writes of evaluation: measuring, stating, stages, handing in, checking, evaluating, putting right."""

import random
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from hengliang.base.canonical import digest_of
from hengliang.base.message import message
from hengliang.report.sheet_json import sheet_record
from hengliang.web.accounts.actions import tell
from hengliang.web.accounts.models import Person
from hengliang.web.accounts.policies import Refused, may, require
from hengliang.web.audit.actions import record
from hengliang.web.declarations import actions_moves
from hengliang.web.declarations.models import Declaration, Step
from hengliang.web.evaluation import policies
from hengliang.web.evaluation.models import (
    LIKELIHOODS,
    LONGEST,
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
from hengliang.web.evaluation.renumbered import renumbered
from hengliang.web.evaluation.scoring import (
    actual_to,
    facts_of,
    form_in_force,
    form_of,
    latest_measuring,
    reported,
    score_of,
    sealed_of,
)
from hengliang.web.files.actions import keep_upload
from hengliang.web.files.kinds import PAPERS
from hengliang.web.jobs.actions import ask
from hengliang.web.jobs.models import Job
from hengliang.web.workflow.roles import Permission

ONE_IN, LEAST_DRAWN = 5, 3
"""A check draws one in five indicators, at least three."""


def noted(actor: Person, event: str, declaration: Declaration, **detail: Any) -> None:
    record(
        actor,
        event,
        f"declaration:{declaration.pk}",
        str(declaration),
        declaration.organisation.code,
        **detail,
    )


def ask_document(actor: Person, declaration: Declaration, what: str, ending: str, language: str) -> Job:
    """Asks for a document that takes long."""
    given = {"declaration": declaration.pk, "what": what, "ending": ending, "language": language}
    return ask(actor, "evaluation.document", given, f"declaration:{declaration.pk}", str(declaration))


def ask_measuring(actor: Person, declaration: Declaration, as_of: date | None) -> Job:
    """Asks for the declaration to be measured from the records of its unit."""
    policies.require_report(actor, declaration)
    given = {"declaration": declaration.pk, "as_of": as_of.isoformat() if as_of else None}
    return ask(actor, "evaluation.measure", given, f"declaration:{declaration.pk}", str(declaration))


@transaction.atomic
def note_measuring(
    actor: Person,
    declaration: Declaration,
    as_of: date | None,
    result: dict[str, Any],
    values: dict[str, Any],
    batches: list[str],
) -> Measuring:
    """Keeps what was measured, from the batches with these ids. Raises `Refused` when the self-evaluation
    was handed in in the meantime."""
    policies.hold_for_report(actor, declaration)
    made = Measuring.objects.create(
        declaration=declaration,
        version=declaration.approved,
        as_of=as_of,
        result=result,
        values=values,
        batches=batches,
        by=actor.username,
    )
    noted(actor, "evaluation.measure", declaration, measuring=made.pk, values=len(values))
    return made


def state(
    actor: Person, declaration: Declaration, number: int, value: str, reason: str, upload: UploadedFile
) -> Stated:
    """States an actual value that is not measured, with its reason and evidence.

    Raises `Refused` where a measured value exists: nobody types over records.
    """
    policies.require_report(actor, declaration)
    facts = facts_of(declaration)
    known = facts.actuals.get(number - 1)
    if known is not None and known.origin.value == "measured":
        raise Refused(message("This value is measured from records; correct the records instead."))
    if not 1 <= number <= len(form_in_force(declaration).indicators):
        raise Refused(message("there is no indicator {number}", number=number))
    value = _brief(value)
    if not value or not reason.strip():
        raise actions_moves.Missing([message("A stated value needs a reason and a file that shows it.")])
    kept = keep_upload(actor, upload, PAPERS)
    with transaction.atomic():
        policies.hold_for_report(actor, declaration)
        made, _ = Stated.objects.update_or_create(
            declaration=declaration,
            number=number,
            defaults={
                "value": value,
                "reason": reason.strip(),
                "file": kept,
                "by": actor.username,
                "by_name": actor.full_name,
            },
        )
        noted(actor, "evaluation.state", declaration, number=number, value=value, file=kept.digest)
    return made


@transaction.atomic
def explain(actor: Person, declaration: Declaration, number: int, cause: str, remedy: str) -> Deviation:
    """Says why an indicator fell short, and what is done about it."""
    policies.hold_for_report(actor, declaration)
    if not cause.strip() or not remedy.strip():
        raise actions_moves.Missing([message("A deviation needs a cause and a remedy.")])
    made, _ = Deviation.objects.update_or_create(
        declaration=declaration,
        number=number,
        defaults={"cause": cause.strip(), "remedy": remedy.strip(), "by": actor.username},
    )
    noted(actor, "evaluation.explain", declaration, number=number)
    return made


@transaction.atomic
def spend(
    actor: Person, declaration: Declaration, month: int, budget: Decimal, executed: Decimal
) -> Spending:
    """Says what was spent of the budget up to the end of a month, in 万元."""
    policies.hold_for_report(actor, declaration)
    made, _ = Spending.objects.update_or_create(
        declaration=declaration,
        month=month,
        defaults={"budget": budget, "executed": executed, "by": actor.username},
    )
    noted(actor, "evaluation.spend", declaration, month=month, budget=str(budget), executed=str(executed))
    return made


@transaction.atomic
def fill_stage(actor: Person, declaration: Declaration, month: int, rows: dict[int, dict[str, str]]) -> Stage:
    """Fills in a stage of monitoring: by indicator the value, the forecast, how likely, and the cause."""
    policies.hold_for_report(actor, declaration)
    stage, _ = Stage.objects.select_for_update().get_or_create(declaration=declaration, month=month)
    if stage.submitted_at is not None:
        raise Refused(message("This stage was handed in; begin the next one."))
    for number, row in sorted(rows.items()):
        if not row.get("value", "").strip():
            StageRow.objects.filter(stage=stage, number=number).delete()
            continue
        StageRow.objects.update_or_create(
            stage=stage,
            number=number,
            defaults={
                "value": _brief(row["value"]),
                "forecast": _brief(row.get("forecast", "")),
                "likelihood": likelihood if (likelihood := row.get("likelihood", "")) in LIKELIHOODS else "",
                "cause": row.get("cause", "").strip(),
            },
        )
    noted(actor, "evaluation.fill_stage", declaration, month=month, rows=len(rows))
    return stage


def _brief(value: str) -> str:
    """A value without blanks around it. Raises `Missing` for one that is too long to be a value."""
    if len(value.strip()) > LONGEST:
        raise actions_moves.Missing([message("A value has {count} signs at most.", count=LONGEST)])
    return value.strip()


@actions_moves.after("monitor")
def close_stage(actor: Person, declaration: Declaration) -> None:
    """Closes the open stage, with the move that hands it in."""
    stage = Stage.objects.filter(declaration=declaration, submitted_at=None).order_by("-month").first()
    assert stage is not None
    stage.submitted_at, stage.submitted_by = timezone.now(), actor.username
    stage.version = declaration.approved
    stage.save()


@actions_moves.after("approve_adjustment")
def follow_rows(actor: Person, declaration: Declaration) -> None:
    """What was said of an indicator follows it to its number in the adjusted version; what was said of one
    that was taken out goes with it, but what was to be put right stays, with its name. Stages that were
    handed in stay as they were."""
    steps = Step.objects.filter(declaration=declaration, move__in=("approve", "approve_adjustment"))
    now, before = (step.version for step in steps.select_related("version").order_by("-at", "-pk")[:2])
    assert now is not None
    assert before is not None
    numbers = renumbered(before, now)
    for said in (Stated, Deviation, Plan):
        _renumber(said.objects.filter(declaration=declaration), numbers)
    _renumber(StageRow.objects.filter(stage__declaration=declaration, stage__submitted_at=None), numbers)
    gone = sorted(set(range(1, len(before.rows) + 1)) - set(numbers))
    remedies = Remedy.objects.filter(declaration=declaration, number__isnull=False)
    indicators = form_of(declaration, before).indicators
    for number in gone:
        remedies.filter(number=number).update(number=None, removed=indicators[number - 1].name)
    _renumber(remedies, numbers)
    noted(actor, "evaluation.follow_rows", declaration, gone=gone)


_APART = 100_000
"""Added to numbers on their way, so that none meets another that has not moved yet."""


def _renumber(said: QuerySet[Any], numbers: Mapping[int, int]) -> None:
    said.exclude(number__in=list(numbers)).delete()
    for old, new in numbers.items():
        if old != new:
            said.filter(number=old).update(number=new + _APART)
    said.filter(number__gt=_APART).update(number=F("number") - _APART)


@actions_moves.after("self_evaluate")
def seal_self_evaluation(actor: Person, declaration: Declaration) -> None:
    """Seals the score sheet, with the move that hands the self-evaluation in."""
    sealed = _seal(actor, declaration, Sheet.Kind.SELF)
    noted(actor, "evaluation.seal", declaration, sheet=sealed.pk, digest=sealed.digest)


def _seal(actor: Person, declaration: Declaration, kind: str) -> Sheet:
    facts = reported(declaration)
    sheet = score_of(declaration, facts)
    given: dict[str, Any] = {
        str(index + 1): actual_to(actual) for index, actual in sorted(facts.actuals.items())
    }
    if facts.spent is not None:
        given["money"] = {"budget": str(facts.spent.budget), "executed": str(facts.spent.executed)}
    content = sheet_record(sheet, "zh_Hans")
    return Sheet.objects.create(
        declaration=declaration,
        version=declaration.approved,
        measuring=latest_measuring(declaration),
        kind=kind,
        profile=declaration.round.profile,
        facts=given,
        content=content,
        low=sheet.total.low,
        high=sheet.total.high,
        of=sheet.total.of,
        grade="".join(sheet.grade.possible) if sheet.grade else "",
        digest=digest_of([given, content]),
        by=actor.username,
    )


@transaction.atomic
def draw(actor: Person, declaration: Declaration) -> list[Recheck]:
    """Draws the indicators that are checked again: one in five, at least three.

    The seed is the digest of the sealed sheet, so that anybody can draw the same again.
    """
    policies.require_check(actor, declaration)
    sealed = sealed_of(declaration)
    if sealed is None:
        raise Refused(message("There is no self-evaluation that waits for a check."))
    if not Recheck.objects.filter(sheet=sealed).exists():
        count = len(form_in_force(declaration).indicators)
        wanted = min(count, max(LEAST_DRAWN, -(-count // ONE_IN)))
        drawn = sorted(random.Random(sealed.digest).sample(range(1, count + 1), wanted))
        Recheck.objects.bulk_create(
            Recheck(declaration=declaration, sheet=sealed, number=number) for number in drawn
        )
        noted(actor, "evaluation.draw", declaration, sheet=sealed.pk, numbers=drawn)
    return list(Recheck.objects.filter(sheet=sealed).order_by("number"))


@transaction.atomic
def recheck(
    actor: Person, declaration: Declaration, number: int, verdict: str, value: str, remark: str
) -> Recheck:
    """Notes what a check of one drawn indicator found."""
    policies.require_check(actor, declaration)
    sealed = sealed_of(declaration)
    found = Recheck.objects.select_for_update().filter(sheet=sealed, number=number).first()
    if found is None:
        raise Refused(message("This indicator was not drawn."))
    if verdict == "differs" and not remark.strip():
        raise actions_moves.Missing([message("A difference needs its reason.")])
    found.verdict, found.value, found.remark, found.by = (
        verdict,
        _brief(value),
        remark.strip(),
        actor.username,
    )
    found.save()
    noted(actor, "evaluation.recheck", declaration, number=number, verdict=verdict)
    return found


@transaction.atomic
def give_evaluation(actor: Person, declaration: Declaration, person: Person) -> Evaluator:
    """Gives the evaluation of a declaration to an outside person."""
    require(actor, Permission.APPROVE, declaration.organisation)
    if not may(person, Permission.EVALUATE) or person.organisation == declaration.organisation:
        raise Refused(message("An evaluation is given to an evaluator from outside."))
    given, _ = Evaluator.objects.get_or_create(
        declaration=declaration, person=person, defaults={"given_by": actor.username}
    )
    noted(actor, "evaluation.give", declaration, to=person.username)
    tell(
        [person],
        "evaluation.give",
        message("The evaluation of {name} was given to you.", name=str(declaration)),
        f"/evaluation/{declaration.pk}/report/",
    )
    return given


@transaction.atomic
def report(
    actor: Person, declaration: Declaration, findings: str, advice: str, score: Decimal, grade: str
) -> Report:
    """Writes the evaluation report."""
    policies.require_evaluation(actor, declaration)
    made, _ = Report.objects.update_or_create(
        declaration=declaration,
        defaults={
            "findings": findings.strip(),
            "advice": advice.strip(),
            "score": score,
            "grade": grade,
            "author": actor,
        },
    )
    noted(actor, "evaluation.report", declaration, score=str(score), grade=grade)
    return made
