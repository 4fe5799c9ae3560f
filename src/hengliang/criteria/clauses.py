"""The clauses of a scoring sentence: each condition with what follows from it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from hengliang.criteria.elements import Each, Limit, Mark, Marker, Nth, Phrase, Points, Range, Test, Words
from hengliang.criteria.printed import Span

OUTCOMES: frozenset[Marker] = frozenset(
    ("no_points", "full_points", "all_but_none", "share_gain", "share_lose", "veto", "doubled")
)
"""The marks that say what follows from a condition."""
_NOTES: frozenset[Marker] = frozenset(
    ("floor", "full_limit", "no_limit", "round_up", "round_down", "pro_rata", "edge_note", "after")
)


@dataclass(slots=True)
class Clause:
    """A condition and its outcome. `section` counts the parts between semicolons and full stops."""

    front: list[Phrase]
    outcome: Points | Mark | None
    section: int
    follows_comma: bool
    """Whether only a comma parts it from the clause before."""
    cut: bool = False
    discretion: bool = False
    limits: list[Limit] = field(default_factory=list[Limit])

    @property
    def span(self) -> Span:
        """All characters of it."""
        spans = [phrase.span for phrase in self.front]
        if self.outcome is not None:
            spans.append(self.outcome.span)
        return Span(min(span.start for span in spans), max(span.end for span in spans))

    @property
    def words(self) -> str:
        """What the condition says in words."""
        return "".join(phrase.text for phrase in self.front if isinstance(phrase, Words))

    goes_on: Span | None = None
    """It is followed by 以此类推."""
    tiers: bool = False
    """Its number is one of a list: 1次扣1分，2次扣3分."""
    prefix: str = ""
    """The words between the condition and the amount: 分别, 各."""

    @property
    def outcome_text(self) -> str:
        """What the outcome says in words."""
        return self.outcome.text if isinstance(self.outcome, Mark) else ""

    @property
    def is_otherwise(self) -> bool:
        """Whether it begins with 否则."""
        return any(isinstance(phrase, Mark) and phrase.kind == "otherwise" for phrase in self.front)

    @property
    def last(self) -> list[Phrase]:
        """What stands behind the last comma of the condition."""
        start = 0
        for index, phrase in enumerate(self.front[:-1]):
            if isinstance(phrase, Mark) and phrase.kind == "comma":
                start = index + 1
        return self.front[start:]

    @property
    def nths(self) -> list[Nth]:
        """The places or occurrences in the condition."""
        return [phrase for phrase in self.front if isinstance(phrase, Nth)]

    @property
    def eaches(self) -> list[Each]:
        """The steps in the condition."""
        return [phrase for phrase in self.front if isinstance(phrase, Each)]

    @property
    def tests(self) -> list[Test | Range]:
        """The lines in the condition."""
        return [phrase for phrase in self.front if isinstance(phrase, Test | Range)]


@dataclass(slots=True)
class Clauses:
    """A sentence in clauses, with what holds for all of it."""

    clauses: list[Clause]
    notes: list[Mark]
    bases: list[Limit]
    loose: list[Clause]
    """Conditions without outcome: descriptions, or lines that later clauses refer to."""
    signs: bool
    worths: list[Limit] = field(default_factory=list[Limit])
    """The full marks as the sentence names them."""
    """A sign of arithmetic stands in it: it is a formula."""


def clauses_of(phrases: Sequence[Phrase]) -> Clauses:
    """The clauses of a sentence."""
    found = Clauses([], [], [], [], any(isinstance(each, Mark) and each.kind == "sign" for each in phrases))
    front: list[Phrase] = []
    section, comma, discretion = 0, False, False
    for phrase in _without_brackets(phrases):
        if isinstance(phrase, Limit):
            if phrase.kind == "base" and (earned := _earned(front)) is not None:
                # 完成任务得基本分8分: what the state before it earns.
                points = Points(phrase.span, "gain", (phrase.amount,))
                found.clauses.append(Clause(earned, points, section, comma, discretion=discretion))
                front, discretion, comma = [], False, False
            elif phrase.kind == "base":
                found.bases.append(phrase)
            elif phrase.kind == "worth":
                found.worths.append(phrase)
                front = []
            elif found.clauses:
                found.clauses[-1].limits.append(phrase)
            else:
                found.loose.append(Clause([*front, phrase], None, section, comma))
        elif isinstance(phrase, Points) or (isinstance(phrase, Mark) and phrase.kind in OUTCOMES):
            if isinstance(phrase, Mark) and phrase.kind == "doubled" and not front:
                found.notes.append(phrase)
                continue
            front = front if _says(front) else []
            found.clauses.append(Clause(front, phrase, section, comma, discretion=discretion))
            front, discretion, comma = [], False, False
        elif not isinstance(phrase, Mark):
            front.append(phrase)
        elif phrase.kind in _NOTES:
            found.notes.append(phrase)
        elif phrase.kind in ("otherwise", "apart"):
            front.append(phrase)
        elif phrase.kind == "discretion":
            discretion = True
        elif phrase.kind == "and_so_on":
            if found.clauses and not _says(front):
                found.clauses[-1].goes_on = phrase.span
            else:
                front.append(phrase)
        elif phrase.kind == "cut":
            if _says(front) or not found.clauses:
                found.loose.append(Clause([*front, phrase], None, section, comma, cut=True))
                front = []
            else:
                found.clauses[-1].cut = True
                found.notes.append(phrase)
        elif phrase.kind == "comma":
            comma = True
            if front:
                front.append(phrase)
        elif phrase.kind == "stop":
            if _says(front):
                found.loose.append(Clause(front, None, section, comma))
            front = []
            section, comma = section + 1, False
    if _says(front):
        found.loose.append(Clause(front, None, section, comma))
    return found


def _earned(front: list[Phrase]) -> list[Phrase] | None:
    """The condition before 得基本分8分, without the verb; None where the base is just named."""
    last = front[-1] if front else None
    if not isinstance(last, Words) or _VERB.search(last.text) is None:
        return None
    if last.text in ("得", "的得"):
        return front[:-1] if len(front) > 1 else None
    return [*front[:-1], replace(last, text=last.text[:-1], span=Span(last.span.start, last.span.end - 1))]


_VERB = re.compile("[得计记给]$")


def _says(front: Sequence[Phrase]) -> bool:
    """Whether there is more than commas."""
    return any(not isinstance(phrase, Mark) or phrase.kind != "comma" for phrase in front)


def _without_brackets(phrases: Sequence[Phrase]) -> Iterator[Phrase]:
    """The phrases without remarks in brackets that say nothing of points."""
    index = 0
    while index < len(phrases):
        phrase = phrases[index]
        index += 1
        if not (isinstance(phrase, Mark) and phrase.kind in ("opened", "closed")):
            yield phrase
            continue
        end = next(
            (
                at
                for at in range(index, len(phrases))
                if isinstance(at_mark := phrases[at], Mark) and at_mark.kind == "closed"
            ),
            None,
        )
        if (
            phrase.kind == "opened"
            and end is not None
            and all(_is_remark(each) for each in phrases[index:end])
        ):
            index = end + 1


def _is_remark(phrase: Phrase) -> bool:
    """Whether it changes nothing in the arithmetic: words, or 一个 of something."""
    if isinstance(phrase, Test):
        return phrase.side == "at" and phrase.quantity.number == 1 and phrase.quantity.unit != "%"
    return isinstance(phrase, Words)
