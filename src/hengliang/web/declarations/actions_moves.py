"""The moves of a declaration from state to state: each one transaction with its step, its version, its audit
entry and its notices."""

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from hengliang.base.message import Message, message
from hengliang.web.accounts.actions import tell
from hengliang.web.accounts.models import Person
from hengliang.web.accounts.policies import Refused
from hengliang.web.accounts.queries import people_with
from hengliang.web.audit.actions import record
from hengliang.web.declarations import policies
from hengliang.web.declarations.models import Declaration, Draft, Step, Version
from hengliang.web.declarations.versions import keep, locked, restore
from hengliang.web.workflow.moves import MOVES, Move
from hengliang.web.workflow.states import SHOWN


class Missing(Exception):  # noqa: N818
    """A move whose needs are not met, with what is missing."""

    def __init__(self, needs: list[Message]) -> None:
        super().__init__("; ".join(need.say("en") for need in needs))
        self.needs = needs


@transaction.atomic
def move(actor: Person, declaration: Declaration, name: str, reason: str = "") -> Step:
    """Makes a move of the table. Raises `Refused` when it is not allowed, `Missing` when a need is unmet.

    Handing on (to the head, to the department, to finance) makes a version of the draft when it says
    something new; approval stamps the version in force.
    """
    made = MOVES[name]
    draft = locked(declaration)
    now = draft.declaration
    now = (
        Declaration.objects.select_for_update(of=("self",), no_key=True)
        .select_related("organisation", "round")
        .get(pk=now.pk)
    )
    if (not_allowed := policies.why_not(actor, now, made)) is not None:
        raise Refused(not_allowed)
    if made.reason and not reason.strip():
        raise Missing([message("A reason is needed.")])
    if missing := policies.unmet(now, made):
        raise Missing(missing)
    version = _version(actor, now, draft, made)
    source = now.state
    now.state, now.state_since = made.target.value, timezone.now()
    if made.name in ("approve", "approve_adjustment"):
        now.approved = version  # pyright: ignore[reportAttributeAccessIssue]
    if made.name in ("give_up_adjustment", "refuse_adjustment") and now.approved:
        restore(draft, now.approved, actor)
    now.save()
    step = Step.objects.create(
        declaration=now,
        move=name,
        source=source,
        target=now.state,
        version=version,
        person=actor.username,
        person_name=actor.full_name,
        reason=reason.strip(),
    )
    record(
        actor,
        made.event,
        f"declaration:{now.pk}",
        str(now),
        now.organisation.code,
        source=source,
        target=now.state,
        version=version.number if version else None,
        digest=version.digest if version else None,
        reason=reason.strip(),
    )
    for act in AFTER.get(name, ()):
        act(actor, now)
    told = [person for person in people_with(made.told, now.organisation) if person.pk != actor.pk]
    tell(
        told,
        made.event,
        message("{name}: {who} moved it to the state “{state}”.", name=str(now), who=actor.full_name,
                state=SHOWN[made.target].word),
        f"/declarations/{now.pk}/",
    )  # fmt: skip
    return step


After = Callable[[Person, Declaration], None]

AFTER: dict[str, list[After]] = {}
"""What else happens with a move, in its transaction: higher apps seal a score sheet, close a stage."""


def after(name: str) -> Callable[[After], After]:
    """Registers what else happens with a move."""

    def add(act: After) -> After:
        AFTER.setdefault(name, []).append(act)
        return act

    return add


_MAKES_VERSION = frozenset(("prepare", "submit", "submit_adjustment", "approve", "approve_adjustment"))


def _version(actor: Person, declaration: Declaration, draft: Draft, made: Move) -> Version | None:
    if made.name in _MAKES_VERSION:
        return keep(actor, draft, made.name)
    return Version.objects.filter(declaration=declaration).order_by("-number").first()
