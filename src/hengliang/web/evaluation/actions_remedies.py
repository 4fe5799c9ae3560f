"""Writes of what is to be put right (整改): asking, answering, accepting, sending back."""

from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from hengliang.base.message import Message, message
from hengliang.web.accounts.actions import tell
from hengliang.web.accounts.models import Person
from hengliang.web.accounts.policies import Refused, require
from hengliang.web.accounts.queries import people_with
from hengliang.web.declarations import actions_moves
from hengliang.web.declarations.models import Declaration
from hengliang.web.evaluation import policies
from hengliang.web.evaluation.actions import noted
from hengliang.web.evaluation.models import Remedy
from hengliang.web.evaluation.scoring import form_in_force
from hengliang.web.files.actions import keep_upload
from hengliang.web.files.kinds import PAPERS
from hengliang.web.workflow.roles import Permission, Role


@transaction.atomic
def ask_remedy(
    actor: Person, declaration: Declaration, source: str, problem: str, due: date, number: int | None = None
) -> Remedy:
    """Asks the unit to put something right until a day."""
    policies.require_office(actor, declaration)
    if not problem.strip():
        raise actions_moves.Missing([message("Say what is to be put right.")])
    if number is not None and not 1 <= number <= len(form_in_force(declaration).indicators):
        raise Refused(message("there is no indicator {number}", number=number))
    made = Remedy.objects.create(
        declaration=declaration,
        source=source,
        number=number,
        problem=problem.strip(),
        due=due,
        asked_by=actor.username,
    )
    noted(actor, "evaluation.ask_remedy", declaration, remedy=made.pk, due=due.isoformat())
    said = message(
        "To be put right until {due}: {problem}", due=due.isoformat(), problem=problem.strip()[:100]
    )
    _tell_unit(made, said)
    return made


def answer_remedy(actor: Person, remedy: Remedy, answer: str, upload: UploadedFile | None = None) -> Remedy:
    """Says what was done, with a file that shows it; without one the file of the last answer stays.

    Raises `Refused` once it was accepted, and `files.actions.BadFile`.
    """
    require(actor, Permission.EDIT, remedy.declaration.organisation)
    if not answer.strip():
        raise actions_moves.Missing([message("Say what was done.")])
    if remedy.accepted_at is not None:
        raise _accepted()
    kept = keep_upload(actor, upload, PAPERS) if upload is not None else None
    with transaction.atomic():
        remedy = _held(remedy)
        remedy.answer, remedy.answered_by, remedy.answered_at = answer.strip(), actor.username, timezone.now()
        remedy.file = file = kept or remedy.file
        remedy.save()
        noted(
            actor,
            "evaluation.answer_remedy",
            remedy.declaration,
            remedy=remedy.pk,
            file=file.digest if file else "",
        )
    return remedy


@transaction.atomic
def accept_remedy(actor: Person, remedy: Remedy) -> Remedy:
    """Accepts what was done."""
    policies.require_office(actor, remedy.declaration)
    remedy = _answered(remedy)
    remedy.accepted_by, remedy.accepted_at = actor.username, timezone.now()
    remedy.save()
    noted(actor, "evaluation.accept_remedy", remedy.declaration, remedy=remedy.pk)
    return remedy


@transaction.atomic
def return_remedy(actor: Person, remedy: Remedy, reason: str) -> Remedy:
    """Sends an answer back that is not enough; the log keeps what it said."""
    policies.require_office(actor, remedy.declaration)
    remedy = _answered(remedy)
    if not reason.strip():
        raise actions_moves.Missing([message("A reason is needed.")])
    answer, file, remedy.returned = remedy.answer, remedy.file, reason.strip()
    remedy.answer, remedy.answered_by, remedy.answered_at, remedy.file = "", "", None, None
    remedy.save()
    noted(
        actor,
        "evaluation.return_remedy",
        remedy.declaration,
        remedy=remedy.pk,
        answer=answer,
        file=file.digest if file else "",
        reason=remedy.returned,
    )
    _tell_unit(remedy, message("Your answer is not enough: {reason}", reason=remedy.returned[:100]))
    return remedy


def _held(remedy: Remedy) -> Remedy:
    """It as it is stored now, held until the end of the transaction. Raises `Refused` if it was accepted."""
    held = Remedy.objects.select_for_update(of=("self",)).select_related("declaration__organisation", "file")
    now = held.get(pk=remedy.pk)
    if now.accepted_at is not None:
        raise _accepted()
    return now


def _accepted() -> Refused:
    return Refused(message("It was accepted already."))


def _answered(remedy: Remedy) -> Remedy:
    now = _held(remedy)
    if now.answered_at is None:
        raise Refused(message("It has not been answered."))
    return now


def _tell_unit(remedy: Remedy, said: Message) -> None:
    tell(
        people_with((Role.CLERK, Role.UNIT_HEAD), remedy.declaration.organisation),
        "evaluation.ask_remedy",
        said,
        f"/evaluation/{remedy.declaration.pk}/remedies/",
    )
