"""A clause whose condition is a line that a number is held against: 达到90%以上得5分, 低于60%不得分."""

import re
from dataclasses import replace
from fractions import Fraction

from hengliang.base.message import message
from hengliang.criteria.amounts import amount_of
from hengliang.criteria.canonical import number
from hengliang.criteria.clauses import Clause
from hengliang.criteria.context import Context, name_of
from hengliang.criteria.curve import Interval
from hengliang.criteria.elements import Mark, Range, Test, Words
from hengliang.criteria.groups import Group, Line, meet_all, unit_of_tests
from hengliang.criteria.stepwise import joined
from hengliang.criteria.variable import Kind, Variable, is_percent
from hengliang.criteria.wording import is_generic

# 超限超载率, 逾期率: the word is a part of the name of a rate.
_DISTANCE = re.compile(
    "(?:超过?(?![限载标速重])|超出|高于|低于|少于|不足|逾期|延迟|滞后|推迟|超期|延误|晚)[^0-9率度]{0,6}$"
)


# 超额完成任务10%以上: 110% of it.
_OVERFILLED = re.compile("超额|超(?:过|出)?(?:目标|计划|任务|年度|预期|指标)")
_REACHING = re.compile("达到?|完成|实现|取得")
_BEYOND = re.compile("(?:超过|超出|大于|高于|多于|超)$")


def line_of_clause(clause: Clause, context: Context, groups: list[Group], full: Fraction) -> Group:
    unit = unit_of_tests(clause, context)
    first = clause.front.index(clause.tests[0])
    before = [phrase for phrase in clause.front[:first] if isinstance(phrase, Words)]
    spoken = "".join(phrase.text for phrase in before)
    away = _DISTANCE.search(spoken) is not None
    late = any("late" in phrase.ways for phrase in before)
    last = clause.front.index(clause.tests[-1])
    after = [phrase for phrase in clause.front[last + 1 :] if isinstance(phrase, Words)]
    name = name_of("".join(phrase.text for phrase in [*before, *after]))
    amount = amount_of(clause, context, full)
    if is_percent(unit) and _OVERFILLED.search(spoken):
        raise context.unread(
            clause.span, message("it is not certain whether the number is a value or a distance")
        )
    moved = bool(before and before[-1].ways)
    group = joined(name, unit, groups)
    if group is not None and moved and not (group.moved or group.is_gap or group.variable.name == name):
        raise context.unread(
            clause.span, message("it is not certain whether the number is a value or a distance")
        )
    if group is None:
        kind = _kind(unit, name, late, context)
        group = Group(
            Variable(kind, "" if is_generic(name) and not away else name, unit), is_gap=away, moved=moved
        )
        groups.append(group)
    test = clause.tests[0]
    if isinstance(test, Range) and test.low_closed is None and before and _BEYOND.search(before[-1].text):
        # 超过10%-20%: the first number is left out.
        clause.front[first] = replace(test, low_closed=False)
    interval, loose_low, loose_high = meet_all(clause, context, group.variable.unit, away or group.is_gap)
    bare = all(isinstance(test, Test) and test.bare for test in clause.tests)
    if "±" in spoken or (
        any(isinstance(test, Test) and test.bare for test in clause.tests) and len(clause.tests) > 1
    ):
        raise context.unread(clause.span, message("it is not certain which numbers are meant"))
    if (
        bare
        and not clause.tiers
        and (amount.then not in ("points", "full", "none") or (before and before[-1].tail is not None))
    ):
        raise context.unread(clause.span, message("it is not said on which side of the number this holds"))
    partial = amount.then == "points" and amount.high != full and not clause.tiers
    if bare and partial and is_percent(group.variable.unit):
        # 完成80%得8分 beside other tiers is 80% and more; without such a verb nobody can tell.
        if not _REACHING.search(spoken) or context.operator in ("≤", "<"):
            raise context.unread(
                clause.span, message("it is not said on which side of the number this holds")
            )
        interval = Interval(low=interval.low, low_closed=True)
    exact = all(isinstance(test, Test) and test.side == "at" for test in clause.tests)
    if exact and not clause.tiers and amount.then in ("points", "full"):
        interval = _reaching(interval, clause, context, full, amount.high)
    if amount.then == "share":
        return _share_below(clause, group, interval, context)
    group.lines.append(
        Line(interval, amount.then, amount.low, amount.high, clause.span, loose_low, loose_high, bare)
    )
    return group


def _kind(unit: str, name: str, late: bool, context: Context) -> Kind:
    if late:
        return Kind.DELAY
    if not is_percent(unit):
        return Kind.VALUE
    if not is_generic(name):
        return Kind.RATE
    # 完成80%以上 beside a target of 50个 is a share of the target.
    return Kind.RATIO if context.unit and not is_percent(context.unit) else Kind.VALUE


def _share_below(clause: Clause, group: Group, interval: Interval, context: Context) -> Group:
    """低于90%的按比例得分: right beside the line of the full marks, when it can only be a share of that."""
    full = [line.interval for line in group.lines if line.then in ("points", "full")]
    if interval.low is not None and group.share is None and not group.steps:
        # 60%-90%按比例得分: whether the stretch fits between the other lines is seen when all of them are
        # known.
        group.share, group.over = clause.span, interval
        return group
    if len(full) != 1 or group.share is not None:
        raise context.unread(clause.span, message("it is not certain what the proportion is one of"))
    below = interval.low is None and interval.high == full[0].low
    above = interval.high is None and interval.low == full[0].high
    edge = interval.high if below else interval.low
    outcome = clause.outcome
    if not (below or above) or edge is None or not isinstance(outcome, Mark):
        raise context.unread(clause.span, message("it is not certain what the proportion is one of"))
    known = {Fraction(100), context.target} if is_percent(group.variable.unit) else {context.target}
    if edge not in known:
        if "完成" in outcome.text or "实际" in outcome.text or "率" in outcome.text:
            raise context.unread(clause.span, message("it is not certain what the proportion is one of"))
        context.assume(message("the proportion is one of {line}", line=number(edge)))
    group.share = clause.span
    return group


def _reaching(
    interval: Interval, clause: Clause, context: Context, full: Fraction, points: Fraction
) -> Interval:
    """100%得5分 means 100% and more where more is better, and 100% and less where less is."""
    if points != full and context.points is not None:
        return interval
    if context.operator in ("≤", "<"):
        return Interval(high=interval.high, high_closed=True)
    if interval.low == 0:
        return interval
    return Interval(low=interval.low, low_closed=True)
