"""What a check says of a row of a ledger."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from hengliang.base.message import Message, Words

Severity = Literal["blocking", "audit", "note"]
"""Blocking: the row leaves the numerator. Audit: it stays, and a question is opened. Note: neither."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. `row` is the row of the source, from 1; `with_row` another one that it has to do with.

    `figures` are the numbers behind it by name (`distance_m`, `speed_kmh`), as they are shown.
    """

    code: str
    row: int
    severity: Severity
    reason: Message | Words
    with_row: int | None = None
    column: str | None = None
    figures: Mapping[str, object] = field(default_factory=dict[str, object])
