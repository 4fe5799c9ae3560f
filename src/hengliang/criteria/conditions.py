"""Conditions whose phrases only make sense together, put into order before clauses are gathered.

每低于95%0.1个百分点 is a line and a step; 超1万元扣0.5分 beside a limit of 100万元 is a step and no line;
高于130%或低于70% are two lines of which either is enough.
"""

import re
from dataclasses import replace

from hengliang.base.message import message
from hengliang.criteria.clauses import Clause
from hengliang.criteria.context import Context, name_of
from hengliang.criteria.counted import is_counting
from hengliang.criteria.elements import Each, Limit, Mark, Phrase, Points, Range, Side, Test, Way, Words
from hengliang.criteria.groups import fits, into
from hengliang.criteria.variable import is_percent
from hengliang.criteria.wording import is_generic


def in_order(clauses: list[Clause], context: Context) -> list[Clause]:
    """The clauses with lines and steps told apart. Raises UnreadError where that is not certain."""
    found: list[Clause] = []
    for clause in clauses:
        clause.front = _steps_from_lines(clause, context)
        clause.front = _ways_of_steps(clause)
        _check_sizes(clause, context)
        clause.front = _one_beyond(clause, clauses, context)
        clause.limits = _of_losses(clause, context)
        found += _either(clause)
    return found


_BETWEEN = re.compile("的?,?")
_SIDE_OF: dict[Way, Side] = {"short": "below", "over": "above"}
_COMPARED = re.compile("(?:低于|少于|不足|小于|未达到?|高于|多于|大于|超过|超出)$")


def _steps_from_lines(clause: Clause, context: Context) -> list[Phrase]:
    """每低于95%0.1个百分点: the first number is the line, the second the step."""
    front = list(clause.front)
    for at, each in enumerate(front):
        if not isinstance(each, Each):
            continue
        next_at = at + 1
        if next_at < len(front) and isinstance(between := front[next_at], Words):
            next_at += _BETWEEN.fullmatch(between.text) is not None
        step = front[next_at] if next_at < len(front) else None
        if not isinstance(step, Test) or not step.bare or not fits(step.quantity.unit, each.quantity.unit):
            continue
        side = _SIDE_OF.get(each.way) if each.way is not None else None
        line = into(each.quantity.number, each.quantity.unit, step.quantity.unit)
        if side is None or line <= step.quantity.number:
            raise context.unread(clause.span, message("it is not certain which number the steps begin at"))
        front[at : next_at + 1] = [
            Test(each.span, side, each.quantity, True, False),
            Each(step.span, each.way, step.quantity, ""),
        ]
    return front


def _ways_of_steps(clause: Clause) -> list[Phrase]:
    """低于90%的每5%扣1分; 未完成部分每1%扣0.1分: the way of the steps stands before them."""
    front = list(clause.front)
    outcome = clause.outcome
    if not isinstance(outcome, Points) or outcome.doing != "lose":
        return front
    for at, each in enumerate(front):
        if not isinstance(each, Each) or each.way is not None or not at or each.text:
            continue
        before = [phrase for phrase in front[:at] if not isinstance(phrase, Mark)]
        if before and isinstance(before[-1], Words) and _BETWEEN.fullmatch(before[-1].text):
            before.pop()
        last = before[-1] if before else None
        way: Way | None = None
        if isinstance(last, Test) and fits(last.quantity.unit, each.quantity.unit):
            way = "short" if last.side == "below" else "over" if last.side == "above" else None
            if way == "over" and not is_percent(each.quantity.unit):
                way = None
        elif isinstance(last, Words) and is_percent(each.quantity.unit) and len(last.ways) == 1:
            way = next(iter(last.ways))
        if way in ("short", "over"):
            front[at] = replace(each, way=way)
    return front


_LARGE = 50


def _check_sizes(clause: Clause, context: Context) -> None:
    """每低于95%扣1分: nobody can tell whether the number is the line or the step."""
    for each in clause.eaches:
        if _COMPARED.search(each.text) is None:
            continue
        number, unit = each.quantity.number, each.quantity.unit
        on_target = context.target is not None and fits(unit, context.unit)
        same = on_target and into(number, unit, context.unit) == context.target and number != 1
        if same or (is_percent(unit) and number > _LARGE):
            raise context.unread(clause.span, message("it is not certain which number the steps begin at"))


def _one_beyond(clause: Clause, clauses: list[Clause], context: Context) -> list[Phrase]:
    """超1万元扣0.5分 beside a limit of 100万元, 少于1场扣0.5分 beside 20场: each one over or missing."""
    test = clause.tests[0] if len(clause.tests) == 1 else None
    outcome, front = clause.outcome, clause.front
    if not isinstance(test, Test) or test.side not in ("below", "above") or clause.eaches:
        return front
    if not isinstance(outcome, Points) or outcome.doing != "lose":
        return front
    unit, one = test.quantity.unit, test.quantity.number == 1
    words = name_of(clause.words)
    if is_percent(unit) and not is_generic(words):
        return front
    way: Way = "short" if test.side == "below" else "over"
    if context.target is None or not fits(unit, context.unit):
        if one and is_percent(unit) and context.target is None:
            raise context.unread(
                clause.span, message("it is not certain whether the number is a value or a distance")
            )
        return front
    line, target = into(test.quantity.number, unit, context.unit), context.target
    less = context.operator in ("≤", "<")
    beyond = way == "over" and less and line < target
    missing = way == "short" and context.operator in ("≥", ">") and one and line < target
    if not beyond and not missing:
        return front
    others = [
        other
        for each in clauses
        if each is not clause
        for other in each.tests
        if fits(other.unit if isinstance(other, Range) else other.quantity.unit, unit)
    ]
    if not one or others or not context.profile.flag("criteria.one_means_each"):
        raise context.unread(
            clause.span, message("it is not certain whether the number is a value or a distance")
        )
    context.assume(message("“{words}” is read as each one", words=context.text(test.span)))
    return [Each(test.span, way, test.quantity, "") if phrase is test else phrase for phrase in front]


_EARNING = re.compile("[得加计总]")


def _of_losses(clause: Clause, context: Context) -> list[Limit]:
    """每次扣0.2分，累计不超过1分: a limit below the points bounds the deduction that it follows."""
    outcome = clause.outcome
    if not isinstance(outcome, Points) or outcome.doing != "lose" or not is_counting(clause):
        return clause.limits
    found: list[Limit] = []
    for limit in clause.limits:
        words = context.text(limit.span)
        earning = _EARNING.search(re.sub("[累合总]计", "", words))
        if limit.kind == "gain" and not limit.adds and earning is None and _is_part(limit, context):
            context.assume(message("“{words}” is read as the limit of the deduction", words=words))
            limit = replace(limit, kind="loss")
        found.append(limit)
    return found


def _is_part(limit: Limit, context: Context) -> bool:
    return context.points is not None and limit.amount < context.points


_OR = re.compile("的?,?(?:或者?|及|和)(?P<name>[^或且]*)")


def _either(clause: Clause) -> list[Clause]:
    """高于130%或低于70%扣2分: the same follows on both sides."""
    tests = clause.tests
    if len(tests) != 2 or clause.eaches:
        return [clause]
    one, other = tests
    if not isinstance(one, Test) or not isinstance(other, Test) or one.bare or other.bare:
        return [clause]
    first, second = clause.front.index(one), clause.front.index(other)
    between = "".join(phrase.text for phrase in clause.front[first + 1 : second] if isinstance(phrase, Words))
    match = _OR.fullmatch(between)
    upward, downward = ("above", "least"), ("below", "most")
    up, down = (one, other) if one.side in upward else (other, one)
    if match is None or up.side not in upward or down.side not in downward:
        return [clause]
    name = name_of("".join(phrase.text for phrase in clause.front[:first] if isinstance(phrase, Words)))
    if not (is_generic(match["name"]) or name_of(match["name"]) == name):
        return [clause]
    if not fits(up.quantity.unit, down.quantity.unit) or up.quantity.number <= down.quantity.number:
        return [clause]
    return [
        replace(clause, front=clause.front[: first + 1], limits=[]),
        replace(clause, front=[*clause.front[:first], *clause.front[second:]]),
    ]
