"""Whether an act on a declaration is allowed now: the person's permission, the state, and what must hold."""

from collections.abc import Callable, Iterable
from typing import NamedTuple, cast

from hengliang.base.finding import Severity
from hengliang.base.message import Message, message
from hengliang.web.accounts.models import Person
from hengliang.web.accounts.policies import Refused, belongs_to, may
from hengliang.web.declarations.findings import open_findings
from hengliang.web.declarations.models import Change, Declaration, Opinion, Step, Version
from hengliang.web.workflow.moves import MOVES, Move, Need, moves_from
from hengliang.web.workflow.opinion import CONSEQUENCES, Grade
from hengliang.web.workflow.roles import Permission
from hengliang.web.workflow.states import EDITABLE, SHOWN, State


def may_view(person: Person, declaration: Declaration) -> bool:
    """Whether a person may read a declaration: by reach, or as the evaluator it was given to."""
    if may(person, Permission.VIEW, declaration.organisation):
        return True
    return any(check(person, declaration) for check in _given)


_given: list[Callable[[Person, Declaration], bool]] = []


def given_by(check: Callable[[Person, Declaration], bool]) -> None:
    """Adds a way by which a declaration is given to a person by name (the evaluators of a higher app)."""
    _given.append(check)


def require_view(person: Person, declaration: Declaration) -> None:
    """Raises `Refused` unless `may_view`."""
    if not may_view(person, declaration):
        raise Refused(message("This declaration is not within your reach."))


def may_edit(person: Person, declaration: Declaration) -> bool:
    """Whether a person may change the text of a declaration now."""
    return State(declaration.state) in EDITABLE and may(person, Permission.EDIT, declaration.organisation)


def require_edit(person: Person, declaration: Declaration) -> None:
    """Raises `Refused` with the reason unless `may_edit`."""
    if not may(person, Permission.EDIT, declaration.organisation):
        raise Refused(message("Only the declaring unit changes the text of its form."))
    if State(declaration.state) not in EDITABLE:
        raise Refused(
            message(
                "The form is locked: {state}. It must be returned before it can be changed.",
                state=SHOWN[State(declaration.state)].word,
            )
        )


def why_not(
    person: Person, declaration: Declaration, move: Move, wrote: bool | None = None
) -> Message | None:
    """Why a person may not make a move, apart from what the move needs; None when the person may.

    `wrote` says whether the person wrote in the form, where that is known already.
    """
    if State(declaration.state) not in move.sources:
        return message(
            "This is not possible while the form is in the state {state}.",
            state=SHOWN[State(declaration.state)].word,
        )
    if move.permission is Permission.EVALUATE:
        allowed = may(person, Permission.EVALUATE) and any(check(person, declaration) for check in _given)
    else:
        allowed = may(person, move.permission, declaration.organisation)
    if not allowed:
        return message("Your roles do not permit this here.")
    if move.side == "other":
        if belongs_to(person, declaration.organisation):
            return message("Nobody reviews or approves the form of their own unit.")
        if wrote_in(person, declaration) if wrote is None else wrote:
            return message("You wrote in this form; somebody else must decide on it.")
    return None


def written_by(person: Person, declarations: Iterable[Declaration]) -> frozenset[int]:
    """The keys of those declarations in which a person changed anything, or which the person handed in."""
    unit_moves = [move.name for move in MOVES.values() if move.side == "unit"]
    asked = {"person": person.username, "declaration__in": [one.pk for one in declarations]}
    changes = Change.objects.filter(**asked).values_list("declaration", flat=True)
    steps = Step.objects.filter(**asked, move__in=unit_moves).values_list("declaration", flat=True)
    return frozenset(changes.order_by().distinct()) | frozenset(steps.order_by().distinct())


def wrote_in(person: Person, declaration: Declaration) -> bool:
    """Whether a person changed anything in the form or handed it in."""
    return bool(written_by(person, [declaration]))


def open_moves(person: Person, declaration: Declaration, wrote: bool | None = None) -> list[Move]:
    """The moves that a person may make now, in the order of the table; what they need is told on trying.

    `wrote` is that of `why_not`.
    """
    return [
        move
        for move in moves_from(State(declaration.state))
        if why_not(person, declaration, move, wrote) is None
    ]


Check = Callable[[Declaration], Message | None]

NEEDS: dict[Need, Check] = {}
"""What answers each need of a move: None when it is met, else what is missing. Apps add theirs."""

PAGES: dict[Need, str] = {}
"""The name of the route, taking the number of the declaration, where a need can be met."""


class Lacking(NamedTuple):
    """A need that is not met: what is missing, and the route to the page where it can be mended."""

    says: Message
    page: str | None


def need(name: Need, page: str | None = None) -> Callable[[Check], Check]:
    """Registers what answers a need, and the route of the page that can meet it."""

    def add(check: Check) -> Check:
        NEEDS[name] = check
        if page is not None:
            PAGES[name] = page
        return check

    return add


def lacking(declaration: Declaration, move: Move) -> list[Lacking]:
    """What a move still needs. A need that no app answers counts as unmet: nothing passes by omission."""
    found: list[Lacking] = []
    for name in move.needs:
        check = NEEDS.get(name)
        missing = check(declaration) if check else message("nothing can answer whether this is ready")
        if missing is not None:
            found.append(Lacking(missing, PAGES.get(name)))
    return found


def unmet(declaration: Declaration, move: Move) -> list[Message]:
    """What `lacking` says, without the pages."""
    return [one.says for one in lacking(declaration, move)]


@need("no_errors", "declaration-findings")
def _no_errors(declaration: Declaration) -> Message | None:
    errors = [one for one in open_findings(declaration) if one.finding.severity is Severity.ERROR]
    if errors:
        return message(
            "{count} findings are errors; mend them or set them aside with a reason.", count=len(errors)
        )
    return None


def _finance_grade(declaration: Declaration) -> Grade | None:
    latest = Version.objects.filter(declaration=declaration).order_by("-number").first()
    if latest is None:
        return None
    opinion = Opinion.objects.filter(version=latest, side="finance").first()
    return cast("Grade", opinion.grade) if opinion and opinion.grade else None


@need("good_opinion", "declaration-opinion")
def _good_opinion(declaration: Declaration) -> Message | None:
    grade = _finance_grade(declaration)
    if grade is None:
        return message("The finance opinion on this version is not complete.")
    consequence = CONSEQUENCES[grade]
    return None if consequence.approvable else consequence.says


@need("bad_opinion", "declaration-opinion")
def _bad_opinion(declaration: Declaration) -> Message | None:
    grade = _finance_grade(declaration)
    if grade is None:
        return message("The finance opinion on this version is not complete.")
    return None if grade == "差" else message("Only an opinion of 差 rejects a declaration.")


_SIDES = {
    "department": (Permission.REVIEW_DEPARTMENT, State.SUBMITTED),
    "finance": (Permission.REVIEW_FINANCE, State.DEPARTMENT_APPROVED),
}
"""Who writes the opinion of a side, and in which state."""


def opinion_side(person: Person, declaration: Declaration) -> str | None:
    """The side whose opinion a person may write now; None when there is none."""
    for side, (permission, state) in _SIDES.items():
        if State(declaration.state) is not state or not may(person, permission, declaration.organisation):
            continue
        if not belongs_to(person, declaration.organisation) and not wrote_in(person, declaration):
            return side
    return None


_REVIEWERS = (Permission.REVIEW_DEPARTMENT, Permission.REVIEW_FINANCE, Permission.APPROVE)


def may_ask(person: Person, declaration: Declaration) -> bool:
    """Whether a person may put a comment on a cell and settle it: reviewers of other organisations."""
    return not belongs_to(person, declaration.organisation) and any(
        may(person, permission, declaration.organisation) for permission in _REVIEWERS
    )


def may_answer(person: Person, declaration: Declaration) -> bool:
    """Whether a person may answer a comment: the declaring unit, and whoever may ask."""
    return is_unit_side(person, declaration) or may_ask(person, declaration)


def may_set_aside(person: Person, declaration: Declaration) -> bool:
    """Whether a person may set a finding aside: the unit while it may write, reviewers while they review."""
    if may_edit(person, declaration):
        return True
    return may_ask(person, declaration) and State(declaration.state) in (
        State.SUBMITTED,
        State.DEPARTMENT_APPROVED,
        State.ADJUSTMENT_SUBMITTED,
    )


def is_unit_side(person: Person, declaration: Declaration) -> bool:
    """Whether a person acts for the declaring unit."""
    return may(person, Permission.EDIT, declaration.organisation)
