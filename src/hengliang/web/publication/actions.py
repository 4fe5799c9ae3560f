"""Preparing, reviewing, publishing and withdrawing public copies."""

from django.db import transaction
from django.utils import timezone

from hengliang.base.canonical import digest_of
from hengliang.base.message import Message, message
from hengliang.web.accounts.models import Person
from hengliang.web.accounts.policies import Refused, may, require
from hengliang.web.audit.actions import record
from hengliang.web.declarations import actions_moves
from hengliang.web.declarations.models import Declaration
from hengliang.web.declarations.policies import need
from hengliang.web.evaluation.scoring import score_of, sealed_of
from hengliang.web.files.actions import keep_bytes
from hengliang.web.jobs.actions import ask
from hengliang.web.jobs.models import Job
from hengliang.web.publication.content import OtherPoints, copy_of
from hengliang.web.publication.models import PublicCopy
from hengliang.web.publication.queries import PREPARERS, READY
from hengliang.web.workflow.roles import Permission
from hengliang.web.workflow.states import State


def _noted(actor: Person, event: str, copy: PublicCopy, **detail: str) -> None:
    declaration = copy.declaration
    record(actor, event, f"copy:{copy.pk}", str(declaration), declaration.organisation.code, **detail)


@transaction.atomic
def prepare(actor: Person, declaration: Declaration, reason: str) -> PublicCopy:
    """Prepares a public copy of a checked self-evaluation: the form without staff, the sealed score.

    The package is made in the background; the copy is reviewed once it is there.
    """
    require(actor, Permission.VIEW, declaration.organisation)
    if not (_may_prepare(actor, declaration)):
        raise Refused(message("Your roles do not permit this here."))
    if State(declaration.state) not in READY or declaration.approved is None:
        raise Refused(message("Only what was checked can be published."))
    if not reason.strip():
        raise actions_moves.Missing([message("A reason is needed.")])
    sheet = sealed_of(declaration)
    if sheet is None:
        raise Refused(message("There is no sealed self-evaluation to publish."))
    try:
        content = copy_of(sheet, score_of(declaration))
    except OtherPoints:
        raise Refused(
            message(
                "This version of the program counts other points than were handed in ({low} to {high}); "
                "publish with the version that sealed them, or have the self-evaluation handed in again.",
                low=f"{sheet.low:f}",
                high=f"{sheet.high:f}",
            )
        ) from None
    made = PublicCopy.objects.create(
        declaration=declaration,
        version=sheet.version,
        sheet=sheet,
        content=content,
        digest=digest_of(content),
        reason=reason.strip(),
        prepared_by=actor.username,
    )
    _noted(actor, "publication.prepare", made, digest=made.digest)
    return _with_package(actor, made)


def _with_package(actor: Person, copy: PublicCopy) -> PublicCopy:
    copy.job = ask(actor, "publication.package", {"copy": copy.pk}, f"copy:{copy.pk}")
    copy.save(update_fields=["job"])
    return copy


@transaction.atomic
def package_again(actor: Person, copy: PublicCopy) -> PublicCopy:
    """Asks for the package of a copy once more, after the reason why there is none was mended."""
    if not _may_prepare(actor, copy.declaration):
        raise Refused(message("Your roles do not permit this here."))
    if copy.package is not None or (copy.job is not None and copy.job.state != Job.State.FAILED):
        raise Refused(message("The package is there or is being made."))
    return _with_package(actor, copy)


@transaction.atomic
def keep_package(actor: Person, pk: int, content: bytes) -> None:
    """Adds the package to a copy, once; a copy that was reviewed never changes."""
    copy = PublicCopy.objects.select_for_update(of=("self",)).select_related("declaration").get(pk=pk)
    if copy.package is None and copy.reviewed_at is None:
        kept = keep_bytes(actor, f"{copy.digest[:12]}.zip", content, frozenset(("zip",)))
        copy.package = kept
        copy.save(update_fields=["package"])
        _noted(actor, "publication.package", copy, digest=kept.digest)


def _may_prepare(actor: Person, declaration: Declaration) -> bool:
    return any(may(actor, one, declaration.organisation) for one in PREPARERS)


@transaction.atomic
def review(actor: Person, copy: PublicCopy) -> PublicCopy:
    """Releases a copy: somebody other than who prepared it looked for what must not be published."""
    require(actor, Permission.PUBLISH, copy.declaration.organisation)
    copy = _held(copy)
    if copy.prepared_by == actor.username:
        raise Refused(message("Somebody else must review the copy."))
    if copy.reviewed_at is not None:
        raise Refused(message("It was reviewed already."))
    if copy.package is None:
        raise Refused(message("The package with which anybody checks the numbers is not made yet."))
    copy.reviewed_by, copy.reviewer_name, copy.reviewed_at = actor.username, actor.full_name, timezone.now()
    copy.save()
    _noted(actor, "publication.review", copy)
    return copy


@actions_moves.after("publish")
def release(actor: Person, declaration: Declaration) -> None:
    """Puts the reviewed copy on the public site, with the move that publishes."""
    copy = _reviewed(declaration)
    assert copy is not None
    copy.published_at = timezone.now()
    copy.save()
    _noted(actor, "publication.publish", copy, digest=copy.digest)


@transaction.atomic
def republish(actor: Person, copy: PublicCopy) -> PublicCopy:
    """Publishes a corrected copy of a declaration that is published already; the older ones are withdrawn."""
    require(actor, Permission.PUBLISH, copy.declaration.organisation)
    copy = _held(copy)
    if copy.declaration.state != State.PUBLISHED or copy.reviewed_at is None or copy.published_at is not None:
        raise Refused(message("Only a reviewed correction of what is published can be published again."))
    older = PublicCopy.objects.filter(
        declaration=copy.declaration, published_at__isnull=False, withdrawn_at=None
    )
    older.update(withdrawn_at=timezone.now(), withdrawn_why=copy.reason)
    copy.published_at = timezone.now()
    copy.save()
    _noted(actor, "publication.republish", copy, digest=copy.digest)
    return copy


@transaction.atomic
def withdraw(actor: Person, copy: PublicCopy, why: str) -> PublicCopy:
    """Takes a copy off the public site; that it was there, and why it went, stays to be read."""
    require(actor, Permission.PUBLISH, copy.declaration.organisation)
    copy = _held(copy)
    if copy.published_at is None or copy.withdrawn_at is not None:
        raise Refused(message("It is not on the public site."))
    if not why.strip():
        raise actions_moves.Missing([message("A reason is needed.")])
    copy.withdrawn_at, copy.withdrawn_why = timezone.now(), why.strip()
    copy.save()
    _noted(actor, "publication.withdraw", copy, why=why.strip())
    return copy


def _held(copy: PublicCopy) -> PublicCopy:
    # As it is now, with the other copies of the declaration: two people may press at one moment.
    held = PublicCopy.objects.select_for_update(of=("self",)).select_related("declaration__organisation")
    return {one.pk: one for one in held.filter(declaration=copy.declaration).order_by("pk")}[copy.pk]


def _reviewed(declaration: Declaration) -> PublicCopy | None:
    return (
        PublicCopy.objects.filter(declaration=declaration, reviewed_at__isnull=False, published_at=None)
        .select_related("declaration__organisation")
        .order_by("-prepared_at", "-pk")
        .first()
    )


@need("copy")
def _copy(declaration: Declaration) -> Message | None:
    return None if _reviewed(declaration) else message("No public copy was prepared and reviewed.")
