"""Actual values (实际完成值) as somebody stated them, before they are held against a form."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from hengliang.base.message import Message
from hengliang.form.source import NotUnderstood


@dataclass(frozen=True, slots=True)
class StatedRow:
    """What one row of a file says of one indicator. None where the file says nothing.

    `number` is the indicator's number in its form, counted from 1 (序号). `facts` are facts by name beside
    the actual value itself. `target` is repeated by many files and never used, but compared.
    """

    where: str
    """The place as people write it: `actuals.xlsx:Sheet1!E5`."""
    number: int | None = None
    name: str | None = None
    level1: str | None = None
    level2: str | None = None
    target: str | None = None
    actual: str | None = None
    unit: str | None = None
    applicable: bool = True
    note: str | None = None
    facts: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class Stated:
    """All that a file states, and every non-empty cell of it that was not used."""

    file: str
    rows: tuple[StatedRow, ...]
    used: int = 0
    not_used: tuple[NotUnderstood, ...] = ()
    remarks: tuple[Message, ...] = ()
    is_form: bool = False
    """Whether it is a form with a column of actual values of its own."""
