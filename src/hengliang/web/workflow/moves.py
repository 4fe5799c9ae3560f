"""The moves of a declaration from state to state, as one table.

Each move names who may make it (a permission, held by the declaring unit itself or by somebody outside it),
whether it needs a reason, what must hold of the declaration (`needs`), the event that the audit log keeps and
the roles that are told. Nothing else changes a state; pages, policies, audit and the diagram in the docs read
this table.
"""

from typing import Literal, NamedTuple

from hengliang.base.message import Message, message
from hengliang.web.workflow.roles import Permission, Role
from hengliang.web.workflow.states import State

Side = Literal["unit", "other"]
"""Who moves: the declaring unit, or another office. Nobody who belongs to the unit or wrote in the form may
make a move of the other side."""

Need = Literal[
    "no_errors", "good_opinion", "bad_opinion", "stage", "self_evaluation", "check", "evaluation", "copy"
]
"""What must hold before a move: no finding of severity error stands un-overruled; the finance opinion on this
version is written (and allows, or forbids, approval); a monitoring stage is complete; a self-evaluation, a
check of it, an evaluation, a reviewed public copy exists."""


class Move(NamedTuple):
    """One way from state to state."""

    name: str
    sources: frozenset[State]
    target: State
    permission: Permission
    side: Side
    label: Message
    told: tuple[Role, ...] = ()
    reason: bool = False
    needs: tuple[Need, ...] = ()

    @property
    def event(self) -> str:
        """The event of the audit log: `declaration.submit`."""
        return f"declaration.{self.name}"


def _moves(*moves: Move) -> dict[str, Move]:
    return {move.name: move for move in moves}


_S = State

MOVES: dict[str, Move] = _moves(
    Move(
        "prepare",
        frozenset((_S.DRAFT, _S.RETURNED)),
        _S.PREPARED,
        Permission.EDIT,
        "unit",
        message("Hand to the head of unit"),
        (Role.UNIT_HEAD,),
    ),
    Move("take_back", frozenset((_S.PREPARED,)), _S.DRAFT, Permission.EDIT, "unit", message("Take back")),
    Move(
        "submit",
        frozenset((_S.PREPARED,)),
        _S.SUBMITTED,
        Permission.SIGN,
        "unit",
        message("Sign and submit"),
        (Role.DEPARTMENT_REVIEWER,),
        needs=("no_errors",),
    ),
    Move(
        "return_by_department",
        frozenset((_S.SUBMITTED,)),
        _S.RETURNED,
        Permission.REVIEW_DEPARTMENT,
        "other",
        message("Return"),
        (Role.CLERK, Role.UNIT_HEAD),
        reason=True,
    ),
    Move(
        "approve_by_department",
        frozenset((_S.SUBMITTED,)),
        _S.DEPARTMENT_APPROVED,
        Permission.REVIEW_DEPARTMENT,
        "other",
        message("Pass on to finance"),
        (Role.FINANCE_REVIEWER, Role.UNIT_HEAD),
    ),
    Move(
        "return_by_finance",
        frozenset((_S.DEPARTMENT_APPROVED,)),
        _S.RETURNED,
        Permission.REVIEW_FINANCE,
        "other",
        message("Return for correction"),
        (Role.CLERK, Role.UNIT_HEAD, Role.DEPARTMENT_REVIEWER),
        reason=True,
    ),
    Move(
        "reject",
        frozenset((_S.DEPARTMENT_APPROVED,)),
        _S.REJECTED,
        Permission.APPROVE,
        "other",
        message("Reject"),
        (Role.CLERK, Role.UNIT_HEAD, Role.DEPARTMENT_REVIEWER),
        reason=True,
        needs=("bad_opinion",),
    ),
    Move(
        "reopen",
        frozenset((_S.REJECTED,)),
        _S.RETURNED,
        Permission.APPROVE,
        "other",
        message("Open again"),
        (Role.CLERK, Role.UNIT_HEAD),
        reason=True,
    ),
    Move(
        "approve",
        frozenset((_S.DEPARTMENT_APPROVED,)),
        _S.APPROVED,
        Permission.APPROVE,
        "other",
        message("Approve"),
        (Role.CLERK, Role.UNIT_HEAD, Role.DEPARTMENT_REVIEWER),
        needs=("good_opinion",),
    ),
    Move(
        "adjust",
        frozenset((_S.APPROVED, _S.MONITORED)),
        _S.ADJUSTING,
        Permission.SIGN,
        "unit",
        message("Ask for an adjustment"),
        (Role.FINANCE_REVIEWER,),
        reason=True,
    ),
    Move(
        "give_up_adjustment",
        frozenset((_S.ADJUSTING,)),
        _S.APPROVED,
        Permission.SIGN,
        "unit",
        message("Give the adjustment up"),
    ),
    Move(
        "submit_adjustment",
        frozenset((_S.ADJUSTING,)),
        _S.ADJUSTMENT_SUBMITTED,
        Permission.SIGN,
        "unit",
        message("Submit the adjustment"),
        (Role.FINANCE_REVIEWER, Role.FINANCE_APPROVER),
        needs=("no_errors",),
    ),
    Move(
        "return_adjustment",
        frozenset((_S.ADJUSTMENT_SUBMITTED,)),
        _S.ADJUSTING,
        Permission.REVIEW_FINANCE,
        "other",
        message("Return the adjustment"),
        (Role.CLERK, Role.UNIT_HEAD),
        reason=True,
    ),
    Move(
        "refuse_adjustment",
        frozenset((_S.ADJUSTMENT_SUBMITTED,)),
        _S.APPROVED,
        Permission.APPROVE,
        "other",
        message("Refuse the adjustment"),
        (Role.CLERK, Role.UNIT_HEAD),
        reason=True,
    ),
    Move(
        "approve_adjustment",
        frozenset((_S.ADJUSTMENT_SUBMITTED,)),
        _S.APPROVED,
        Permission.APPROVE,
        "other",
        message("Approve the adjustment"),
        (Role.CLERK, Role.UNIT_HEAD, Role.DEPARTMENT_REVIEWER),
    ),
    Move(
        "monitor",
        frozenset((_S.APPROVED, _S.MONITORED)),
        _S.MONITORED,
        Permission.SIGN,
        "unit",
        message("Submit the monitoring stage"),
        (Role.DEPARTMENT_REVIEWER, Role.FINANCE_REVIEWER),
        needs=("stage",),
    ),
    Move(
        "self_evaluate",
        frozenset((_S.APPROVED, _S.MONITORED)),
        _S.SELF_EVALUATED,
        Permission.SIGN,
        "unit",
        message("Submit the self-evaluation"),
        (Role.FINANCE_REVIEWER, Role.DEPARTMENT_REVIEWER),
        needs=("self_evaluation",),
    ),
    Move(
        "return_self_evaluation",
        frozenset((_S.SELF_EVALUATED,)),
        _S.MONITORED,
        Permission.REVIEW_FINANCE,
        "other",
        message("Return the self-evaluation"),
        (Role.CLERK, Role.UNIT_HEAD),
        reason=True,
    ),
    Move(
        "check",
        frozenset((_S.SELF_EVALUATED,)),
        _S.CHECKED,
        Permission.REVIEW_FINANCE,
        "other",
        message("Close the check"),
        (Role.CLERK, Role.UNIT_HEAD, Role.FINANCE_APPROVER),
        needs=("check",),
    ),
    Move(
        "evaluate",
        frozenset((_S.CHECKED,)),
        _S.EVALUATED,
        Permission.EVALUATE,
        "other",
        message("Hand in the evaluation"),
        (Role.FINANCE_APPROVER, Role.UNIT_HEAD),
        needs=("evaluation",),
    ),
    Move(
        "publish",
        frozenset((_S.CHECKED, _S.EVALUATED)),
        _S.PUBLISHED,
        Permission.PUBLISH,
        "other",
        message("Publish"),
        (Role.CLERK, Role.UNIT_HEAD, Role.DEPARTMENT_REVIEWER),
        needs=("copy",),
    ),
)


def moves_from(state: State) -> tuple[Move, ...]:
    """The moves that lead out of a state, in the order of the table."""
    return tuple(move for move in MOVES.values() if state in move.sources)
