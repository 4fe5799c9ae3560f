"""What a check says of a form: a finding, or that it could not decide, or that it does not apply."""

from enum import StrEnum
from typing import NamedTuple

from hengliang.base.message import Message
from hengliang.base.place import Spot


class Severity(StrEnum):
    """How much a finding weighs: an error blocks submission (a reviewer may overrule it with a reason),
    a warning needs a remark, advice may be followed."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


class Edit(NamedTuple):
    """A new value for one field of a form. `old` must still stand there when the edit is applied."""

    path: str
    old: str | None
    new: str | None


class Fix(NamedTuple):
    """A mend offered with a finding.

    A safe fix changes no promise (spelling of signs, place of a value) and may be applied unasked;
    a proposal is only offered, the declaring unit decides.
    """

    safe: bool
    say: Message
    edits: tuple[Edit, ...]


class Finding(NamedTuple):
    """A fact about a form that a rule objects to.

    `spots` come with the chief one first; a finding on the whole form has the path "" or that of a
    missing field. `observed` is what stands there, `expected` what should.
    """

    code: str
    severity: Severity
    spots: tuple[Spot, ...]
    message: Message
    observed: str = ""
    expected: Message | None = None
    fix: Fix | None = None


class Undecidable(NamedTuple):
    """A check that could not be decided, because the text it needs is cut off or not there to read."""

    code: str
    spots: tuple[Spot, ...]
    reason: Message


class NotApplicable(NamedTuple):
    """A check whose subject the form does not have: no money, no history, another stage, another tree."""

    code: str
    reason: Message
