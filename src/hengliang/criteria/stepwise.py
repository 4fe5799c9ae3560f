"""Clauses that count: 每降低1%扣1分, 发现一处扣2分, 每次扣0.5分."""

import re
from fractions import Fraction
from typing import Literal, NamedTuple

from hengliang.base.message import message
from hengliang.base.unit import Dimension
from hengliang.criteria.amounts import amount_of
from hengliang.criteria.canonical import number
from hengliang.criteria.clauses import Clause
from hengliang.criteria.context import Context, name_of
from hengliang.criteria.counted import Counted, counted_of, event_of, is_late
from hengliang.criteria.elements import Points, Range, Test, Words
from hengliang.criteria.groups import Group, fits, into
from hengliang.criteria.nodes import Steps, Whole
from hengliang.criteria.variable import Kind, Variable, dimension_of, is_percent
from hengliang.criteria.wording import is_generic, is_negative


def step_of(clause: Clause, context: Context, groups: list[Group], full: Fraction) -> Group:
    """Adds the steps of `clause` to the group they belong to (an old or a new one), and returns that.

    Raises UnreadError where it is not certain what is counted.
    """
    counted = counted_of(clause, context)
    outcome = clause.outcome
    if isinstance(outcome, Points):
        amount = amount_of(clause, context, full)
        sign = -1 if outcome.doing == "lose" else 1
        if outcome.doing == "bare" and not clause.limits:
            raise context.unread(
                clause.span, message("it is not said whether these points are given or taken for each")
            )
        open_amount = amount.low != amount.high or not outcome.amounts
        if open_amount and sign > 0:
            raise context.unread(clause.span, message("the amount of points is not said"))
        if not open_amount and not amount.high:
            raise context.unread(clause.span, message("a step of 0 points says nothing"))
        amounts = None if open_amount else (sign * amount.high,)
    else:
        sign, amounts = -1, None
    for limit in clause.limits:
        if limit.kind == "loss" and sign > 0:
            raise context.unread(
                limit.span, message("the limit is one of deductions, and nothing is deducted before it")
            )
    where = _place(clause, counted, context, groups, sign)
    doing = outcome.doing if isinstance(outcome, Points) else "lose"
    if doing == "gain" and where.line == context.target and where.line and not where.group.lines:
        raise context.unread(clause.span, message("it is not certain at which number these points begin"))
    most = next((Fraction(limit.amount) for limit in clause.limits if limit.kind == "loss"), None)
    against = (context.operator in ("≤", "<") and where.way < 0) or (
        context.operator in ("≥", ">") and where.way > 0
    )
    if sign < 0 and against and where.line == context.target and where.group.variable.kind is Kind.VALUE:
        context.assume(
            message(
                "the deduction runs against the operator {operator} of the indicator",
                operator=context.operator,
            )
        )
    where.group.steps.append(
        Steps(
            where.group.variable,
            (clause.span,),
            line=where.line,
            way=where.way,
            size=where.size,
            amounts=amounts,
            whole=_whole(where, context),
            most=most,
        )
    )
    return where.group


class _Where(NamedTuple):
    """The number that is stepped along, from which line, in which direction, and how far a step goes."""

    group: Group
    line: Fraction
    way: Literal[1, -1]
    size: Fraction


_DAYS = frozenset(("天", "日", "小时", "分钟"))
"""优良天数每减少1天 beside ≥300天; a target of 12月 may be a date."""
_ONE_EACH = frozenset({Dimension.COUNT, Dimension.DURATION})


_HAPPENS = frozenset(("发生", "出现", "发现", "存在", "有", "查出", "查实"))


def joined(name: str, unit: str, groups: list[Group]) -> Group | None:
    """The group that a clause about `name` in `unit` goes on with."""
    candidates = [group for group in groups if fits(unit, group.variable.unit)]
    if not candidates:
        return None
    if is_generic(name) or name in _HAPPENS:
        return candidates[-1] if len({group.variable for group in candidates}) == 1 else None
    for group in candidates:
        mine = group.variable.name
        if mine and (name == mine or mine.endswith(name) or name.endswith(mine) or mine.startswith(name)):
            return group
    only = candidates[-1]
    return only if len(candidates) == 1 and is_generic(only.variable.name) and not only.is_gap else None


def _place(clause: Clause, counted: Counted, context: Context, groups: list[Group], sign: int) -> _Where:
    unit, dimension = counted.quantity.unit, dimension_of(counted.quantity.unit)
    if dimension is None:
        raise context.unread(clause.span, message("the unit that is counted in is not printed"))
    if dimension is Dimension.SCORE and context.unit != "分" and not clause.tests:
        raise context.unread(clause.span, message("it is counted in points of another score"))
    name = name_of(counted.before)
    tests = [test for test in clause.tests if isinstance(test, Test)] if clause.eaches else []
    ranges = sum(isinstance(test, Range) for test in clause.tests)
    if counted.way == "late" and is_percent(unit):
        counted = counted._replace(way="short")
    measured = counted.way in ("short", "over")
    if counted.way is None and len(tests) == 1 and tests[0].side == "above" and not ranges:
        # 超过2次的每次扣1分: what lies above the line is counted.
        line_unit = tests[0].quantity.unit
        if not fits(line_unit, unit):
            raise context.unread(clause.span, message("it is not certain which number the steps begin at"))
        words = name_of("".join(phrase.text for phrase in clause.front if isinstance(phrase, Words)))
        group = joined(words, line_unit, groups)
        if group is None:
            group = Group(Variable(Kind.COUNT, "" if is_generic(words) else words, line_unit))
            groups.append(group)
        line = into(tests[0].quantity.number, line_unit, group.variable.unit)
        return _Where(group, line, 1, into(counted.quantity.number, unit, group.variable.unit))
    if measured and is_percent(unit):
        return _percent(clause, counted, context, groups, name, tests, ranges)
    if counted.way == "late" or (
        dimension is Dimension.DURATION and (counted.way == "over" or is_late(counted.before))
    ):
        return _late(clause, counted, context, groups, name, tests, sign)
    if counted.way == "early":
        kind = Kind.DELAY if dimension is Dimension.DURATION else Kind.COUNT
        words = event_of(counted) if kind is Kind.COUNT else f"提前{counted.inner.replace('提前', '')}"
        return _fresh(Variable(kind, words, unit), counted, groups)
    if is_percent(unit):
        return _percent_done(clause, counted, context, name, groups, sign)
    if measured:
        found = _measured(clause, counted, context, groups, name, tests, sign)
        if found is not None:
            return found
        if dimension is not Dimension.COUNT and dimension is not Dimension.DURATION:
            variable = Variable(Kind.COUNT, event_of(counted), unit)
            return _fresh(variable, counted, groups)
    money = dimension is Dimension.MONEY and len(event_of(counted)) > 1 and is_negative(event_of(counted))
    if dimension not in _ONE_EACH and sign < 0 and counted.way is None and not money:
        raise context.unread(clause.span, message("it is not said which way this is counted"))
    return _fresh(Variable(Kind.COUNT, event_of(counted), unit), counted, groups)


def _fresh(variable: Variable, counted: Counted, groups: list[Group]) -> _Where:
    """Steps along a count of its own, from 0 upwards."""
    group = next((group for group in groups if group.variable == variable), None) or _same_count(
        variable, groups
    )
    if group is None:
        group = Group(variable, is_gap=True)
        groups.append(group)
    size = into(counted.quantity.number, counted.quantity.unit, group.variable.unit)
    return _Where(group, Fraction(0), 1, size)


def _same_count(variable: Variable, groups: list[Group]) -> Group | None:
    """A group whose lines count the same cases: 2次以上不得分，1次扣2分; 事故为0得满分，每发生1起扣3分."""
    same = [group for group in groups if fits(variable.unit, group.variable.unit)]
    if len(same) != 1 or not same[0].lines:
        return None
    group = same[0]
    zero = any(
        line.then in ("points", "full") and line.interval.low == 0 == line.interval.high
        for line in group.lines
    )
    closing = all(line.then == "zero" and (line.interval.low or 0) > 0 for line in group.lines)
    mine = group.variable.name
    alike = not mine or not variable.name or mine.startswith(variable.name) or variable.name.startswith(mine)
    return group if zero or (closing and alike) else None


def _edge(group: Group, way: Literal[1, -1]) -> Fraction | None:
    """The line of the group's full marks (or of its deductions) on the side that steps go away from."""
    best = [line for line in group.lines if line.then in ("points", "full", "none")]
    if len(best) > 1:
        top = max(line.high for line in best)
        best = [line for line in best if line.high == top]
    if len(best) == 1:
        interval = best[0].interval
        if best[0].bare:
            return interval.low
        return interval.low if way < 0 else interval.high if interval.high is not None else interval.low
    return None


def _percent(
    clause: Clause,
    counted: Counted,
    context: Context,
    groups: list[Group],
    name: str,
    tests: list[Test],
    ranges: int,
) -> _Where:
    way: Literal[1, -1] = -1 if counted.way == "short" else 1
    own = _own_line(clause, context, tests, ranges, "%")
    words = name_of("".join(phrase.text for phrase in clause.front if isinstance(phrase, Words)))
    name = words if own is not None else name
    inner = name_of(counted.inner.removesuffix("低于").removesuffix("超过"))
    size = Fraction(counted.quantity.number)
    if own is None and _RELATIVE.search(counted.before + counted.inner):
        unit = "个百分点"
        return _fresh(
            Variable(Kind.RATE, name_of(counted.before + _way_word(counted)), unit), counted, groups
        )
    group = joined(name, "%", groups)
    line = own if own is not None else _edge(group, way) if group is not None else None
    generic = is_generic(name)
    if line is None and context.target is not None and context.unit:
        _check_compared(clause, context)
        if is_percent(context.unit):
            line = context.target
        elif generic and context.target > 0:
            return _of_target(clause, counted, context, groups, way)
    if line is None and group is not None and group.steps:
        line = group.steps[-1].line
    if line is None and name and generic and way < 0:
        line = Fraction(100)
        context.assume(message("no target is printed: the rate is held against 100%"))
    if line is None:
        unit = "个百分点"
        return _fresh(
            Variable(Kind.RATE, name_of(counted.before + _way_word(counted)), unit), counted, groups
        )
    if counted.quantity.unit == "%" and line != 100:
        if context.profile.text("criteria.percent_steps") == "points":
            context.assume(
                message(
                    "{step} is read as percentage points of the rate",
                    step=context.text(counted.quantity.span),
                )
            )
        else:
            size = size * line / 100
            context.assume(
                message("{step} is read as percent of the line", step=context.text(counted.quantity.span))
            )
    if group is None or group.is_gap:
        kind = Kind.VALUE if generic and own is None else Kind.RATE
        group = Group(Variable(kind, "" if generic else name or inner, "%"))
        groups.append(group)
    return _Where(group, line, way, size)


_RELATIVE = re.compile(
    "上年|去年|同期|上期|往年|基期|上季|上月|平均(?:值|数|水平|线|增)|同比|环比|全省|全市|全国|相比"
)
"""Words that hold a number against another one than the target."""


def _check_compared(clause: Clause, context: Context) -> None:
    """低于全国平均水平得满分，每高1个百分点: the target is not the line. Raises UnreadError."""
    if _RELATIVE.search(context.sentence.plain):
        raise context.unread(clause.span, message("it is not certain which number the steps begin at"))


def _way_word(counted: Counted) -> str:
    return counted.inner or {"short": "低于", "over": "超过"}.get(counted.way or "", "")


def _of_target(
    clause: Clause, counted: Counted, context: Context, groups: list[Group], way: Literal[1, -1]
) -> _Where:
    """每降低1% beside a target of 60家: percent of the target."""
    target = context.target or Fraction(1)
    context.assume(
        message("{step} is read as percent of the target of {target}{unit}",
        step=context.text(counted.quantity.span), target=number(target), unit=context.unit,))  # fmt: skip
    variable = Variable(Kind.VALUE, "", context.unit)
    group = next((group for group in groups if group.variable == variable), None)
    if group is None:
        group = Group(variable)
        groups.append(group)
    return _Where(group, target, way, Fraction(counted.quantity.number) * target / 100)


def _percent_done(
    clause: Clause, counted: Counted, context: Context, name: str, groups: list[Group], sign: int
) -> _Where:
    """每完成10%得1分: from nothing upwards."""
    if sign < 0 or "完成" not in counted.inner:
        raise context.unread(clause.span, message("it is not said which way this is counted"))
    variable = Variable(Kind.RATE, name_of(counted.before) or "完成率", "%")
    return _fresh(variable, counted, groups)


def _own_line(clause: Clause, context: Context, tests: list[Test], ranges: int, unit: str) -> Fraction | None:
    if not tests:
        return None
    if len(tests) > 1 or ranges or not fits(tests[0].quantity.unit, unit):
        raise context.unread(clause.span, message("it is not certain which number the steps begin at"))
    return into(tests[0].quantity.number, tests[0].quantity.unit, unit)


def _late(
    clause: Clause,
    counted: Counted,
    context: Context,
    groups: list[Group],
    name: str,
    tests: list[Test],
    sign: int,
) -> _Where:
    unit = counted.quantity.unit
    if sign > 0:
        raise context.unread(clause.span, message("points are added for being late"))
    if counted.way == "over" and not is_late(counted.before):
        found = _measured(clause, counted, context, groups, name, tests, sign)
        if found is not None:
            return found
    elif tests:
        raise context.unread(clause.span, message("it is not certain which number the steps begin at"))
    return _fresh(Variable(Kind.DELAY, name_of(counted.before), unit), counted, groups)


def _measured(
    clause: Clause,
    counted: Counted,
    context: Context,
    groups: list[Group],
    name: str,
    tests: list[Test],
    sign: int,
) -> _Where | None:
    """Steps away from a line in the same unit; None where there is no such line."""
    unit = counted.quantity.unit
    way: Literal[1, -1] = -1 if counted.way == "short" else 1
    own = [test for test in tests if fits(test.quantity.unit, unit)]
    if tests and clause.eaches:
        if len(own) != 1 or len(tests) > 1:
            return None
        line_unit = own[0].quantity.unit
        # The number itself is no part of the name: 超过30天的，每超1天.
        name = name_of("".join(phrase.text for phrase in clause.front if isinstance(phrase, Words)))
        group = joined(name, line_unit, groups)
        if group is None:
            group = Group(Variable(Kind.VALUE, "" if is_generic(name) else name, line_unit))
            groups.append(group)
        line = into(own[0].quantity.number, line_unit, group.variable.unit)
        return _Where(group, line, way, into(counted.quantity.number, unit, group.variable.unit))
    if _RELATIVE.search(counted.before + counted.inner):
        return None
    group = joined(name, unit, groups)
    if group is not None and not group.is_gap:
        edge = _edge(group, way)
        edge = edge if edge is not None or not group.steps else group.steps[-1].line
        if edge is not None:
            return _Where(group, edge, way, into(counted.quantity.number, unit, group.variable.unit))
    if context.target is None or not fits(unit, context.unit):
        return None
    _check_compared(clause, context)
    limit = context.operator in ("≤", "<")
    days = unit in _DAYS and way < 0 and context.operator in ("≥", ">")
    if dimension_of(unit) is Dimension.DURATION and not limit and not days:
        return None
    if (way < 0) == limit and sign < 0 and context.operator in ("≤", "<", "≥", ">"):
        return None
    variable = Variable(Kind.VALUE, "", context.unit)
    group = next((group for group in groups if group.variable == variable), None)
    if group is None:
        group = Group(variable)
        groups.append(group)
    return _Where(group, context.target, way, into(counted.quantity.number, unit, context.unit))


def _whole(where: _Where, context: Context) -> Whole:
    variable = where.group.variable
    counted = dimension_of(variable.unit) is Dimension.COUNT or variable.kind is Kind.COUNT
    if counted and where.size == 1 and where.line.denominator == 1:
        return "full"
    if context.whole is not None:
        return context.whole
    whole = context.profile.text("criteria.part_steps")
    if whole == "full":
        context.assume(message("a part of a step costs nothing: only whole steps count"))
    elif whole == "started":
        context.assume(message("a step that is begun counts whole"))
    else:
        context.assume(message("a part of a step counts in proportion"))
        return "exact"
    return "full" if whole == "full" else "started"
