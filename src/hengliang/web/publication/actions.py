"""Preparing, reviewing, publishing and withdrawing public copies."""

from django.db import transaction
from django.utils import timezone

from hengliang.base.message import Message, message
from hengliang.web.accounts.models import Person
from hengliang.web.accounts.policies import Refused, may, require
from hengliang.web.audit.actions import record
from hengliang.web.declarations import actions as declarations
from hengliang.web.declarations.models import Declaration
from hengliang.web.declarations.policies import need
from hengliang.web.evaluation.queries import sealed
from hengliang.web.evaluation.scoring import latest_measuring, score_of
from hengliang.web.publication.content import copy_of, digest_of
from hengliang.web.publication.models import PublicCopy
from hengliang.web.workflow.roles import Permission
from hengliang.web.workflow.states import State

READY = frozenset((State.CHECKED, State.EVALUATED, State.PUBLISHED))


def _noted(actor: Person, event: str, copy: PublicCopy, **detail: str) -> None:
    declaration = copy.declaration
    record(actor, event, f"copy:{copy.pk}", str(declaration), declaration.organisation.code, **detail)


@transaction.atomic
def prepare(actor: Person, declaration: Declaration, reason: str) -> PublicCopy:
    """Prepares a public copy of a checked self-evaluation: the form without staff, the sealed score."""
    require(actor, Permission.VIEW, declaration.organisation)
    if not (_may_prepare(actor, declaration)):
        raise Refused(message("Your roles do not permit this here."))
    if State(declaration.state) not in READY or declaration.approved is None:
        raise Refused(message("Only what was checked can be published."))
    if not reason.strip():
        raise declarations.Missing([message("A reason is needed.")])
    content = copy_of(score_of(declaration), latest_measuring(declaration))
    made = PublicCopy.objects.create(
        declaration=declaration,
        version=declaration.approved,
        sheet=sealed(declaration),
        content=content,
        digest=digest_of(content),
        reason=reason.strip(),
        prepared_by=actor.username,
    )
    _noted(actor, "publication.prepare", made, digest=made.digest)
    return made


def _may_prepare(actor: Person, declaration: Declaration) -> bool:
    return any(
        may(actor, one, declaration.organisation) for one in (Permission.PUBLISH, Permission.REVIEW_FINANCE)
    )


@transaction.atomic
def review(actor: Person, copy: PublicCopy) -> PublicCopy:
    """Releases a copy: somebody other than who prepared it looked for what must not be published."""
    require(actor, Permission.PUBLISH, copy.declaration.organisation)
    copy = (
        PublicCopy.objects.select_for_update(of=("self",))
        .select_related("declaration__organisation")
        .get(pk=copy.pk)
    )
    if copy.prepared_by == actor.username:
        raise Refused(message("Somebody else must review the copy."))
    if copy.reviewed_at is not None:
        raise Refused(message("It was reviewed already."))
    copy.reviewed_by, copy.reviewer_name, copy.reviewed_at = actor.username, actor.full_name, timezone.now()
    copy.save()
    _noted(actor, "publication.review", copy)
    return copy


@declarations.after("publish")
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
    if copy.published_at is None or copy.withdrawn_at is not None:
        raise Refused(message("It is not on the public site."))
    if not why.strip():
        raise declarations.Missing([message("A reason is needed.")])
    copy.withdrawn_at, copy.withdrawn_why = timezone.now(), why.strip()
    copy.save()
    _noted(actor, "publication.withdraw", copy, why=why.strip())
    return copy


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
