"""What the phrases of a scoring sentence are, before it is asked what they mean together."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from hengliang.criteria.printed import Span

Way = Literal["short", "over", "late", "early"]
"""Which way a step or line is meant: what is missing, what is too much, delay, or done before its time."""

Side = Literal["least", "most", "below", "above", "at"]
"""≥, ≤, <, > and =."""


@dataclass(frozen=True, slots=True)
class Element:
    """One phrase, and where it stands in the printed sentence."""

    span: Span


@dataclass(frozen=True, slots=True)
class Words(Element):
    """Words that say nothing of points; `tail` is the way that their last word names, `ways` all of them."""

    text: str
    tail: Way | None
    ways: frozenset[Way] = frozenset()


@dataclass(frozen=True, slots=True)
class Quantity(Element):
    """A number with its unit in the one spelling of `base.unit`; no unit where none is printed."""

    number: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Test(Element):
    """A line with the side of it that is meant: 达到90%以上.

    `printed_edge`: the sentence says in so many words (及以上, 含, 超过, ≥) whether the number itself is
    meant; 以上 or 以下 alone does not. A bare number (100%) has `bare`.
    """

    side: Side
    quantity: Quantity
    printed_edge: bool
    bare: bool
    by_word: bool = False
    """以上 or 以内 alone takes the number in; 以下 alone is no more than a name for what lies below."""


@dataclass(frozen=True, slots=True)
class Range(Element):
    """A stretch between two lines (80%-90%); an end is None where it is not said whether it is included."""

    low: Decimal
    low_closed: bool | None
    high: Decimal
    high_closed: bool | None
    unit: str


@dataclass(frozen=True, slots=True)
class Each(Element):
    """每降低1%: what is counted, how much of it is one step, and which way it goes."""

    way: Way | None
    quantity: Quantity
    text: str


@dataclass(frozen=True, slots=True)
class Nth(Element):
    """第一名, 前三名, 第2次及以后: places or occurrences from `low` to `high`; none for all that follow."""

    low: int
    high: int | None
    unit: str
    text: str

    @property
    def is_rank(self) -> bool:
        """Whether it is a place among others, and not one time after the other."""
        return self.unit == "名"


Doing = Literal["lose", "add", "gain", "bare"]


@dataclass(frozen=True, slots=True)
class Points(Element):
    """Points won or lost: one number, one of a range, or a list; none where the amount is not said.

    `per` is the unit behind a stroke (扣30分/次), `cut` says that digits are lost.
    """

    doing: Doing
    amounts: tuple[Decimal, ...]
    is_range: bool = False
    per: str = ""
    of_full: bool = False
    """The amount is percent of the full marks."""
    cut: bool = False


Marker = Literal[
    "no_points", "full_points", "all_but_none", "share_gain", "share_lose", "otherwise", "veto", "cut",
    "opened",
    "closed", "comma", "stop", "and_so_on", "after", "doubled", "discretion", "apart", "edge_note", "sign",
    "floor", "full_limit", "no_limit", "round_up", "round_down", "pro_rata",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark(Element):
    """A phrase without numbers of its own."""

    kind: Marker
    text: str


@dataclass(frozen=True, slots=True)
class Limit(Element):
    """扣满10分为止 (`loss`), 最高得6分 (`gain`), 基础分60分 (`base`), 满分10分 (`worth`)."""

    kind: Literal["loss", "gain", "base", "worth"]
    amount: Decimal
    adds: bool = False
    """The limit is one of what is added, not of the whole score: 最多加2分."""


Phrase = Words | Test | Range | Nth | Each | Points | Mark | Limit
