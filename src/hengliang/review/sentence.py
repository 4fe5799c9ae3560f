"""What a sentence of the scoring standard (评（扣）分标准) says on its surface.

No score is worked out here: `read_sentence` takes the sentence apart (`take_apart`) and tells what follows
from its parts together. A cut sentence is read as far as it is visible.
"""

import re
from decimal import Decimal
from functools import cached_property, lru_cache

from hengliang.base.message import message
from hengliang.review.surface import Amount, Line, Surface
from hengliang.review.take_apart import take_apart

NO_STANDARDS = message("no indicator has a scoring standard")
STANDARD_CUT = message("the scoring standard is cut off; the rest of it decides")


class Sentence(Surface):
    """One scoring sentence, taken apart, and what follows from its parts together."""

    @cached_property
    def levels(self) -> int:
        """How many different scores it names without steps and proportion."""
        gains = {amount.number for amount in self.gains}
        losses = {amount.number for amount in self.losses}
        top = (self.full or bool(losses)) and not gains
        return len(gains) + len(losses) + top + (self.zero and 0 not in gains)

    @cached_property
    def is_graded(self) -> bool:
        """Whether it names anything between all points and none."""
        return bool(
            self.ratio
            or self.vague_losses
            or any(step.then in ("loss", "gain", "bonus") for step in self.steps)
            or any(amount.is_range for amount in (*self.gains, *self.losses))
            or self.levels > 2
        )

    @cached_property
    def is_plain(self) -> bool:
        """Whether every number in it belongs to its steps, lines and amounts: nothing was passed over."""
        amounts = (*self.gains, *self.losses, *self.caps)
        known = {(amount.start, amount.end) for amount in amounts}
        known |= {(line.number_start, line.number_end) for line in self.lines}
        known |= {(step.amount.start, step.amount.end) for step in self.steps if step.amount is not None}
        steps = [(step.start, step.end) for step in self.steps]
        return all(
            found.span() in known or any(start <= found.start() < end for start, end in steps)
            for found in _NUMBER.finditer(self.text)
        )

    def may_know_between(self, points: Decimal) -> bool:
        """Whether something less than all `points` may be named in words that are not understood here."""
        amounts = (*self.gains, *self.losses)
        if any(0 < amount.number < points for amount in amounts) or not self.is_plain:
            return True
        return not _BETWEEN.isdisjoint(self.text)

    @cached_property
    def full_line(self) -> Line | None:
        """The line at which full marks are reached, or below (above) which the loss begins; None when no
        printed line can be told to be it."""
        if not self.lines:
            return None
        top = max((amount.number for amount in self.gains), default=None)
        for line in self.lines:
            named = line.then == "gain" and line.amount is not None and line.amount.number == top
            if line.side != "band" and (line.then == "full" or named):
                return line
        stepwise = {step.amount for step in self.steps}
        return next((line for line in self.lines if self._begins_loss(line, stepwise)), None)

    def _begins_loss(self, line: Line, stepwise: set[Amount | None]) -> bool:
        if line.side in ("least", "most"):
            # 达到85%以上,每降低1%扣0.5分
            return line.then == "loss" and line.amount in stepwise
        if line.side not in ("below", "above"):
            return False
        if line.then == "zero":
            # 低于60%不得分 beside a proportion or a step is where points end, not where the loss begins.
            return not (self.ratio or self.steps or self.gains or self.full)
        return line.then == "loss" or (line.then == "open" and self.cut)


_BETWEEN = frozenset("半第×*÷/=＝")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")


def read_sentence(text: str, cut: bool = False) -> Sentence:
    """What the scoring sentence `text` says on its surface; `cut`: the source shows only its beginning."""
    # Long texts are read anew each time, so that a hostile document cannot fill the memory.
    return _remembered(text, cut) if len(text) <= _LONGEST else _read(text, cut)


def _read(text: str, cut: bool) -> Sentence:
    return Sentence(*take_apart(text, cut))


_LONGEST = 256
_remembered = lru_cache(maxsize=65536)(_read)


def with_phrase(text: str, phrase: str) -> str:
    """`text` with one more phrase at its end, before the full stop where it has one."""
    bare = text.rstrip("。.;；,，")
    stop = "。" if text[len(bare) :].startswith(("。", ".")) else ""
    return f"{bare}，{phrase}{stop}"
