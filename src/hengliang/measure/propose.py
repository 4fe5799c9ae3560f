"""Proposals (建议的对应): which metrics may measure an indicator, how likely, and why.

By the words of its name and explanation, by its unit, and by its level 2. A proposal binds nothing: a person
confirms it in the binding file.
"""

from collections import Counter
from collections.abc import Mapping
from enum import StrEnum
from math import log, sqrt
from typing import NamedTuple

from hengliang.base.message import Message, message
from hengliang.base.unit import unit_of
from hengliang.form.model import Indicator
from hengliang.measure.definition import Kind, Ledger, Metric


class Confidence(StrEnum):
    """How sure a proposal is."""

    HIGH = "high"
    FAIR = "fair"
    LOW = "low"

    @property
    def words(self) -> Message:
        """As it is said."""
        return _CONFIDENCE[self]


_CONFIDENCE = {
    Confidence.HIGH: message("very likely"),
    Confidence.FAIR: message("likely"),
    Confidence.LOW: message("possible"),
}


class Proposal(NamedTuple):
    """A metric that may measure an indicator. `likeness` is 0 to 1."""

    metric: Metric
    ledger: Ledger
    likeness: float
    confidence: Confidence
    reasons: tuple[Message, ...]


_SUITS: dict[str, frozenset[Kind]] = {
    "数量": frozenset({"count", "sum", "list"}),
    "质量": frozenset({"share", "coverage", "mean"}),
    "时效": frozenset({"latest", "months_late", "share"}),
    "成本": frozenset({"ratio", "sum"}),
    "满意": frozenset({"share", "mean"}),
}
"""Which kinds of metrics suit the indicators of a level 2 that begins so."""
_LEAST, _FAIR, _HIGH = 0.09, 0.3, 0.45
_MAIN, _SUITED, _UNIT, _EXPLAINED = 0.12, 0.05, 0.05, 0.4
_SHOWN = 4
"""Common words that are told."""


class Proposer:
    """Proposes metrics of some ledgers. Words that many metrics share say little, and weigh little."""

    def __init__(self, ledgers: Mapping[str, Ledger]) -> None:
        self._metrics = [(ledger, metric) for ledger in ledgers.values() for metric in ledger.metrics]
        self._pairs = [_pairs(f"{metric.zh} {ledger.zh} {ledger.row.zh}") for ledger, metric in self._metrics]
        often = Counter(pair for pairs in self._pairs for pair in pairs)
        self._weights = {pair: log(1 + len(self._pairs) / times) for pair, times in often.items()}
        self._rare = log(1 + len(self._pairs))

    def of(self, indicator: Indicator, most: int = 3) -> list[Proposal]:
        """The likeliest metrics, the likeliest first; none where nothing is like it."""
        name, explained = _pairs(indicator.name), _pairs(indicator.explanation or "")
        found: list[Proposal] = []
        for (ledger, metric), pairs in zip(self._metrics, self._pairs, strict=True):
            same = _same_unit(indicator, metric)
            like = self._likeness(name, pairs) + _EXPLAINED * self._likeness(explained - name, pairs)
            if same is False or like < _LEAST:
                continue
            reasons = [
                message("words in common: {words}", words=tuple(_common(indicator.name, pairs)) or "-")
            ]
            if same:
                reasons.append(message("the same unit: {unit}", unit=indicator.unit))
                like += _UNIT
            if _suits(indicator, metric):
                reasons.append(message("it suits {level}", level=indicator.level2))
                like += _SUITED
            if metric.id == ledger.metrics[0].id:
                reasons.append(message("the first metric of its ledger"))
                like += _MAIN
            like = round(min(like, 1.0), 2)
            found.append(Proposal(metric, ledger, like, _confidence(like), tuple(reasons)))
        return sorted(found, key=lambda each: (-each.likeness, each.metric.id))[:most]

    def _likeness(self, asked: frozenset[str], offered: frozenset[str]) -> float:
        """The cosine between two texts, pairs of characters weighing the more the rarer they are."""
        shared = sum(self._weight(pair) ** 2 for pair in asked & offered)
        return shared / (self._length(asked) * self._length(offered)) if shared else 0.0

    def _length(self, pairs: frozenset[str]) -> float:
        return sqrt(sum(self._weight(pair) ** 2 for pair in pairs))

    def _weight(self, pair: str) -> float:
        return self._weights.get(pair, self._rare)


def _common(name: str, offered: frozenset[str]) -> list[str]:
    """The words of a name that another text has too, the longest first."""
    runs, run = list[str](), ""
    for pair in (name[at : at + 2] for at in range(len(name))):
        if pair in offered:
            run = run + pair[1] if run else pair
        elif run:
            runs.append(run)
            run = ""
    return sorted(dict.fromkeys(runs), key=len, reverse=True)[:_SHOWN]


def _confidence(likeness: float) -> Confidence:
    if likeness >= _HIGH:
        return Confidence.HIGH
    return Confidence.FAIR if likeness >= _FAIR else Confidence.LOW


def _same_unit(indicator: Indicator, metric: Metric) -> bool | None:
    """Whether the units are the same; None where they only do not contradict each other."""
    asked, offered = unit_of(indicator.unit), unit_of(metric.unit)
    if asked is None or offered is None:
        return None
    if asked.dimension != offered.dimension:
        return False
    return True if asked.canonical == offered.canonical else None


def _suits(indicator: Indicator, metric: Metric) -> bool:
    level = indicator.level2 or ""
    kinds = next((kinds for word, kinds in _SUITS.items() if word in level), frozenset[Kind]())
    return metric.kind in kinds


def _pairs(text: str) -> frozenset[str]:
    plain = "".join(char if char.isalnum() else " " for char in text)
    return frozenset(word[at : at + 2] for word in plain.split() for at in range(len(word) - 1))
