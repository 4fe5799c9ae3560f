"""The states of a declaration, with the words and the mark that a page shows.

The order is that of the year: declared, reviewed, approved, monitored, evaluated, published
(regulations: 财预〔2015〕88号 art. 24-29, 财预〔2019〕136号, 财预〔2020〕10号).
"""

from enum import StrEnum
from typing import Literal, NamedTuple

from hengliang.base.message import Message, message

Tone = Literal["plain", "pending", "good", "watch", "bad"]


class State(StrEnum):
    """Where a declaration stands."""

    DRAFT = "draft"
    PREPARED = "prepared"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    DEPARTMENT_APPROVED = "department_approved"
    REJECTED = "rejected"
    APPROVED = "approved"
    ADJUSTING = "adjusting"
    ADJUSTMENT_SUBMITTED = "adjustment_submitted"
    MONITORED = "monitored"
    SELF_EVALUATED = "self_evaluated"
    CHECKED = "checked"
    EVALUATED = "evaluated"
    PUBLISHED = "published"


class Shown(NamedTuple):
    """How a state is shown: its words, its tone, and the shape beside the words."""

    word: Message
    tone: Tone
    shape: str


SHOWN: dict[State, Shown] = {
    State.DRAFT: Shown(message("Draft"), "plain", "○"),
    State.PREPARED: Shown(message("Waiting for the head of unit"), "pending", "◐"),
    State.SUBMITTED: Shown(message("Waiting for the department"), "pending", "◐"),
    State.RETURNED: Shown(message("Returned"), "watch", "▲"),
    State.DEPARTMENT_APPROVED: Shown(message("Waiting for finance"), "pending", "◐"),
    State.REJECTED: Shown(message("Rejected"), "bad", "■"),
    State.APPROVED: Shown(message("Approved"), "good", "●"),
    State.ADJUSTING: Shown(message("Being adjusted"), "watch", "▲"),
    State.ADJUSTMENT_SUBMITTED: Shown(message("Adjustment waiting for finance"), "pending", "◐"),
    State.MONITORED: Shown(message("Monitored"), "good", "●"),
    State.SELF_EVALUATED: Shown(message("Self-evaluated"), "pending", "◐"),
    State.CHECKED: Shown(message("Checked"), "good", "●"),
    State.EVALUATED: Shown(message("Evaluated"), "good", "●"),
    State.PUBLISHED: Shown(message("Published"), "good", "●"),
}

EDITABLE = frozenset((State.DRAFT, State.RETURNED, State.ADJUSTING))
"""States in which the unit may change the text of the form."""

LOCKED = frozenset(State) - EDITABLE
"""States in which the text stands fast, and only moves change anything."""

IN_REVIEW = frozenset((State.SUBMITTED, State.DEPARTMENT_APPROVED))
"""States in which the deadline of the review runs."""

IN_FORCE = frozenset(
    (State.APPROVED, State.MONITORED, State.SELF_EVALUATED, State.CHECKED, State.EVALUATED, State.PUBLISHED)
)
"""States in which an approved version binds the unit."""
