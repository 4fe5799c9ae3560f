"""The steps of a round that a board counts forms by, and when a form is late. Plain tables."""

from datetime import date
from typing import Literal, NamedTuple

from hengliang.base.message import Message, message
from hengliang.form.levels import Level1
from hengliang.web.evaluation.scoring import HANDED_IN as SCORED
from hengliang.web.workflow.states import IN_REVIEW, State

NOT_HANDED_IN = frozenset((State.DRAFT, State.PREPARED))
"""States of a form that nobody but its unit has seen yet."""


__all__ = ["DEADLINES", "FAMILIES", "LEVELS", "NOT_HANDED_IN", "SCORED", "STEPS", "STEP_OF", "late_with"]


class Step(NamedTuple):
    """One step: how it is called, and the states of the forms that stand there."""

    key: str
    word: Message
    states: frozenset[State]


_S = State
STEPS = (
    Step("unit", message("With the unit"), frozenset((_S.DRAFT, _S.PREPARED, _S.RETURNED))),
    Step("department", message("With the department"), frozenset((_S.SUBMITTED,))),
    Step(
        "finance",
        message("With finance"),
        frozenset((_S.DEPARTMENT_APPROVED, _S.REJECTED)),
    ),
    Step(
        "in_force",
        message("In force"),
        frozenset((_S.APPROVED, _S.MONITORED, _S.ADJUSTING, _S.ADJUSTMENT_SUBMITTED)),
    ),
    Step("self", message("Self-evaluation handed in"), frozenset((_S.SELF_EVALUATED,))),
    Step("checked", message("Checked"), frozenset((_S.CHECKED, _S.EVALUATED))),
    Step("published", message("Published"), frozenset((_S.PUBLISHED,))),
)
"""In the order of the year; each state stands in one of them."""

STEP_OF = {state: step for step in STEPS for state in step.states}


class Deadline(NamedTuple):
    """A deadline of a round: the field of the round, what is due, and the states that say it is not done."""

    key: Literal["declare", "review", "monitor", "self"]
    field: str
    word: Message
    late: Message
    waiting: frozenset[State]


DEADLINES = (
    Deadline(
        "declare",
        "declare_by",
        message("Hand the targets in"),
        message("Targets not handed in in time"),
        frozenset((_S.DRAFT, _S.PREPARED, _S.RETURNED)),
    ),
    Deadline(
        "review",
        "review_by",
        message("Decide on the targets"),
        message("Review not closed in time"),
        IN_REVIEW,
    ),
    Deadline(
        "monitor",
        "monitor_by",
        message("Hand a monitoring stage in"),
        message("Monitoring not handed in in time"),
        frozenset((_S.APPROVED, _S.ADJUSTING, _S.ADJUSTMENT_SUBMITTED)),
    ),
    Deadline(
        "self",
        "self_evaluate_by",
        message("Hand the self-evaluation in"),
        message("Self-evaluation not handed in in time"),
        frozenset((_S.APPROVED, _S.MONITORED, _S.ADJUSTING, _S.ADJUSTMENT_SUBMITTED)),
    ),
)


def late_with(state: State, has_stage: bool, by: dict[str, date | None], today: date) -> tuple[str, ...]:
    """What a form is late with, by the keys of `DEADLINES`; `by` holds the deadlines by their fields."""
    return tuple(
        one.key
        for one in DEADLINES
        if (day := by[one.field]) is not None
        and day < today
        and state in one.waiting
        and not (one.key == "monitor" and has_stage)
    )


LEVELS: dict[Level1, Message] = {
    Level1.OUTPUT: message("Output"),
    Level1.COST: message("Cost"),
    Level1.BENEFIT: message("Benefit"),
    Level1.SATISFACTION: message("Satisfaction"),
    Level1.MANAGEMENT: message("Management"),
}

FAMILIES: dict[str, Message] = {
    "F": message("Completeness of the form"),
    "T": message("Spelling and marks"),
    "I": message("Names and levels of indicators"),
    "V": message("Targets and units"),
    "S": message("Scoring criteria"),
    "W": message("Points of indicators"),
    "G": message("Goals and duties"),
    "M": message("Money and targets"),
    "H": message("Against earlier years"),
    "R": message("Self-evaluation reports"),
    "P": message("Order of the procedure"),
}
"""What the rules of a family look at, by the letter of their codes."""
