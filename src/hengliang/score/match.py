"""Actual values as stated are matched to the indicators of a form; what is uncertain is told, never guessed.

An indicator is found by its whole name; then by its name without marks, blanks and what stands in brackets;
then, where a name was cut off (…), by its beginning; names that stand in the form several times by their
level or number too. A number alone (序号) finds it where no name is stated. Where number and name disagree a
whole name wins, which is told; anything less is left out.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from hengliang.base.message import Message, message
from hengliang.base.number import read_number
from hengliang.base.text import folded, is_cut
from hengliang.criteria.given import GivenError, facts_of
from hengliang.criteria.scored import meaning_of
from hengliang.criteria.variable import Variable
from hengliang.form.actual import Actual
from hengliang.form.model import Form, Indicator
from hengliang.form.stated import Stated, StatedRow
from hengliang.score.facts import known_facts
from hengliang.score.policy import Policy
from hengliang.score.row import Scorer

_LEAST = 4
"""A cut name needs so many characters to find anything by."""


class Way(StrEnum):
    """How an indicator was found."""

    NAME = "name"  # the same name
    PLAIN = "plain"  # the same but for marks, blanks, or what stands in brackets
    CUT = "cut"  # the beginning, where one of the names is cut off
    NUMBER = "number"  # by its number alone


@dataclass(frozen=True, slots=True)
class Found:
    """A row that was matched: the indicator's place in the form, and how."""

    index: int
    row: StatedRow
    way: Way
    remarks: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Lost:
    """A row that was not used, and why."""

    row: StatedRow
    reason: Message


@dataclass(frozen=True, slots=True)
class Matched:
    """The actual values by place, how each was found, and the rows that were left out."""

    actuals: Mapping[int, Actual]
    found: tuple[Found, ...]
    lost: tuple[Lost, ...]
    unasked: Mapping[str, int] = field(default_factory=dict[str, int])
    """Facts that no sentence asks for, by name, with how many rows state them."""


def match(form: Form, stated: Stated, scorer: Scorer) -> Matched:
    """The actual values that `stated` gives the indicators of `form`, counted from 0.

    `scorer` tells what the sentences ask for, so that only such facts are taken.
    """
    names = _Names(form.indicators)
    found: list[Found] = []
    lost: list[Lost] = []
    for row in stated.rows:
        answer = _find(row, names)
        if isinstance(answer, Message):
            lost.append(Lost(row, answer))
        else:
            found.append(answer)
    kept, twice = _once(found)
    unasked: Counter[str] = Counter()
    actuals: dict[int, Actual] = {}
    for one in kept:
        indicator = form.indicators[one.index]
        facts = _asked(one.row, indicator, scorer) if one.row.facts else one.row.facts
        unasked.update(name for name in one.row.facts if name not in facts)
        actual = _actual(replace(one.row, facts=facts), indicator, scorer.policy)
        if actual is not None:
            actuals[one.index] = actual
    return Matched(actuals, tuple(kept), (*lost, *twice), unasked)


def _asked(row: StatedRow, indicator: Indicator, scorer: Scorer) -> dict[str, str]:
    """The facts that the sentence of the row asks for: those named alike, or the one that is missing."""
    tree = scorer.tree_of(indicator)
    if tree is None:
        return {}
    asked = tree.variables
    alike = {name: text for name, text in row.facts.items() if any(_means(name, each) for each in asked)}
    if alike or len(asked) != 1 or len(row.facts) > 1:
        return alike
    if row.actual is not None:
        known = known_facts(tree, indicator, Actual(row.actual), scorer.year, scorer.profile).known
        if asked[0] in known:
            return {}
    try:
        facts_of(tree, dict(row.facts))
    except GivenError:
        return {}
    return dict(row.facts)


def _means(name: str, variable: Variable) -> bool:
    """Whether a fact is named like what a sentence asks for: one in the other, or more than half the same."""
    if name == variable.kind.value:
        return True
    mine = _marks_off(name)
    for asked in (variable.name, meaning_of(variable).say("zh_Hans")):
        other = _marks_off(asked)
        if len(other) > 1 and (mine in other or other in mine):
            return True
        shared, least = _pairs(mine) & _pairs(other), min(len(_pairs(mine)), len(_pairs(other)))
        if least and 2 * len(shared) > least:
            return True
    return False


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}


class _Names:
    """The names of a form, in each spelling, with the places where they stand."""

    def __init__(self, indicators: Sequence[Indicator]) -> None:
        self.indicators = indicators
        self.whole: dict[str, list[int]] = {}
        self.plain: dict[str, list[int]] = {}
        self.base: dict[str, list[int]] = {}
        for index, indicator in enumerate(indicators):
            self.whole.setdefault(indicator.name, []).append(index)
            self.plain.setdefault(_marks_off(indicator.name), []).append(index)
            self.base.setdefault(_aside_off(indicator.name), []).append(index)

    def cut(self, name: str) -> list[int]:
        """Where names begin alike, one of them being cut off."""
        mine = _marks_off(name)
        return [
            index
            for index, indicator in enumerate(self.indicators)
            if _begins(mine, is_cut(name), _marks_off(indicator.name), _is_cut(indicator))
        ]


def _is_cut(indicator: Indicator) -> bool:
    return "name" in indicator.truncated or is_cut(indicator.name)


def _begins(mine: str, mine_cut: bool, other: str, other_cut: bool) -> bool:
    if mine_cut and len(mine) >= _LEAST and other.startswith(mine):
        return True
    return other_cut and len(other) >= _LEAST and mine.startswith(other)


def _marks_off(name: str) -> str:
    return "".join(char for char in folded(name) if char.isalnum())


_ASIDE = re.compile("[（(][^（）()]*(?:[）)]|$)")


def _aside_off(name: str) -> str:
    """A name without what stands in brackets, open ones of a cut name too."""
    return _marks_off(_ASIDE.sub("", name)) or _marks_off(name)


def _find(row: StatedRow, names: _Names) -> Found | Message:
    numbered = row.number - 1 if row.number is not None else None
    if numbered is not None and numbered >= len(names.indicators):
        numbered = None
        if row.name is None:
            return message("the form has no indicator {number}", number=row.number or 0)
    if row.name is None:
        if numbered is None:
            return message("the row names no indicator")
        return Found(numbered, row, Way.NUMBER, _target_remark(row, names.indicators[numbered]))
    ways = (
        (Way.NAME, names.whole.get(row.name, [])),
        (Way.PLAIN, names.plain.get(_marks_off(row.name), [])),
        (Way.PLAIN, names.base.get(_aside_off(row.name), [])),
        (Way.CUT, names.cut(row.name)),
    )
    way, places = next(((way, places) for way, places in ways if places), (Way.NAME, list[int]()))
    if not places:
        return message("no indicator of the form is called “{name}”", name=row.name)
    chosen = _chosen(row, places, numbered, names.indicators)
    if chosen is None:
        return message(
            "“{name}” can be any of the indicators {numbers}: give the number or the level",
            name=row.name, numbers=", ".join(str(place + 1) for place in places),
        )  # fmt: skip
    remarks = _target_remark(row, names.indicators[chosen])
    if row.number is not None and row.number != chosen + 1:
        if way is Way.CUT:
            return message(
                "the number {number} and the name “{name}” are those of two indicators",
                number=row.number, name=row.name,
            )  # fmt: skip
        said = message(
            "the number {number} is that of another indicator; the name decides", number=row.number
        )
        remarks = (said, *remarks)
    return Found(chosen, row, way, remarks)


def _chosen(
    row: StatedRow, places: list[int], numbered: int | None, indicators: Sequence[Indicator]
) -> int | None:
    """The one place that is meant, or None."""
    if len(places) == 1:
        return places[0]
    near = [
        place
        for place in places
        if (row.level2 is None or _alike(row.level2, indicators[place].level2))
        and (row.level1 is None or _alike(row.level1, indicators[place].level1))
    ]
    if len(near) == 1:
        return near[0]
    return numbered if numbered in (near or places) else None


def _alike(stated: str, printed: str | None) -> bool:
    mine, other = _marks_off(stated).removesuffix("指标"), _marks_off(printed or "").removesuffix("指标")
    return mine == other


def _target_remark(row: StatedRow, indicator: Indicator) -> tuple[Message, ...]:
    """A word where the file repeats a target that is not the form's."""
    stated, printed = row.target, indicator.target
    if stated is None or printed is None:
        return ()
    mine, other = _bare(stated, indicator.unit), _bare(printed, indicator.unit)
    same_number = (one := read_number(mine)) is not None and one == read_number(other)
    if mine == other or same_number:
        return ()
    return (
        message("the file gives the target {stated}, the form {printed}", stated=stated, printed=printed),
    )


def _bare(target: str, unit: str | None) -> str:
    return folded(target).lstrip("≥≤><=").removesuffix(folded(unit or ""))


def _once(found: Sequence[Found]) -> tuple[list[Found], list[Lost]]:
    """Each indicator once; values of several rows for one indicator are left out unless they are the same."""
    rows: dict[int, list[Found]] = {}
    for one in found:
        rows.setdefault(one.index, []).append(one)
    kept: list[Found] = []
    lost: list[Lost] = []
    for index, ones in rows.items():
        said = [one for one in ones if _says(one.row)] or ones[:1]
        if len({_content(one.row) for one in said}) == 1:
            kept.append(said[0])
            continue
        reason = message("several rows give indicator {number} different values", number=index + 1)
        lost += [Lost(one.row, reason) for one in said]
    return kept, lost


def _says(row: StatedRow) -> bool:
    return row.actual is not None or bool(row.facts) or not row.applicable


def _content(row: StatedRow) -> tuple[object, ...]:
    return row.actual, row.unit, tuple(sorted(row.facts.items())), row.applicable


def _actual(row: StatedRow, indicator: Indicator, policy: Policy) -> Actual | None:
    """The actual value of a row; None where it states nothing."""
    text = row.actual
    if text in policy.not_applicable:
        return Actual(None, where=row.where, applicable=False, note=row.note)
    if not _says(row):
        return None
    bare = text is not None and read_number(text) is not None
    if text is not None and bare and row.unit is not None and row.unit != indicator.unit:
        text += row.unit
    return Actual(text, row.facts, where=row.where, applicable=row.applicable, note=row.note)
