"""Clauses are gathered by what they speak of: those about one number each, and those in words."""

import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from hengliang.base.message import message
from hengliang.criteria.amounts import amount_of
from hengliang.criteria.canonical import number
from hengliang.criteria.clauses import Clause
from hengliang.criteria.context import Context, name_of
from hengliang.criteria.counted import is_counting, one_of
from hengliang.criteria.curve import Interval
from hengliang.criteria.elements import Mark, Points, Range, Test, Words
from hengliang.criteria.groups import Group, Line, meet_all, unit_of_tests
from hengliang.criteria.stepwise import joined, step_of
from hengliang.criteria.variable import Kind, Variable, is_percent
from hengliang.criteria.wording import is_generic, is_negative


def gather(clauses: list[Clause], context: Context, full: Fraction) -> tuple[list[Group], list[Clause]]:
    """The clauses about numbers by what number they speak of, and those in words."""
    groups: list[Group] = []
    words: list[Clause] = []
    last: Group | None = None
    _give_units(clauses)
    _find_tiers(clauses, context)
    for before, clause in zip([None, *clauses], clauses, strict=False):
        outcome = clause.outcome
        if before is not None and last is not None and _cheaper(before, clause, last, context, full):
            continue
        if not clause.front and not isinstance(outcome, Mark) and not outcome_per(clause):
            raise context.unread(clause.span, message("it is not said what these points are for"))
        if is_counting(clause):
            last = step_of(clause, context, groups, full)
        elif isinstance(outcome, Mark) and outcome.kind in ("share_gain", "share_lose") and not clause.tests:
            last = _share(clause, context, groups, last)
        elif clause.is_otherwise and last is not None and not clause.tests:
            _other(last, clause, context, full)
        elif clause.tests and _is_line(clause, context):
            last = _line(clause, context, groups, full)
        elif last is not None and last.lines and _is_other_case(clause, last, context):
            _other(last, clause, context, full)
        elif isinstance(outcome, Mark) and outcome.kind == "all_but_none" and groups:
            continue
        elif last is not None and _is_decline(clause, last):
            amount = amount_of(clause, context, full)
            below = Interval(high=Fraction(0))
            last.lines.append(Line(below, amount.then, amount.low, amount.high, clause.span))
        elif clause.front and clause.tests and not name_of(clause.words):
            raise context.unread(
                clause.span, message("it is not said on which side of the number this holds")
            )
        elif clause.front:
            words.append(clause)
            last = None
        else:
            raise context.unread(clause.span, message("it is not said when this holds"))
    return groups, words


def _is_decline(clause: Clause, last: Group) -> bool:
    """负增长 beside lines of a rate of growth: below 0."""
    growth = "增长" in last.variable.name and is_percent(last.variable.unit)
    return growth and not clause.tests and name_of(clause.words) in ("负增长", "为负增长", "出现负增长")


def outcome_per(clause: Clause) -> bool:
    """Whether the amount names what it is for: 扣0.5分/次."""
    return isinstance(clause.outcome, Points) and bool(clause.outcome.per)


_IF = re.compile(",*(?:如果?|若|其中)")


def _cheaper(before: Clause, clause: Clause, last: Group, context: Context, full: Fraction) -> bool:
    """发生1起案件扣5分，如案件已破，扣3分: some of the cases have a price of their own; they are counted
    apart.
    """
    front = context.plain([phrase.span for phrase in clause.front])
    outcome, told = clause.outcome, before.outcome
    if not (clause.follows_comma and _IF.match(front) and is_counting(before)) or is_counting(clause):
        return False
    if clause.tests or not isinstance(outcome, Points) or not isinstance(told, Points):
        return False
    if outcome.doing != "lose" or told.doing != "lose" or not last.is_gap or len(last.steps) != 1:
        return False
    state = _DONE.search(name_of(front))
    if state is None:
        return False
    amount = amount_of(clause, context, full)
    if amount.low != amount.high or not amount.high:
        return False
    step, name = last.steps[0], last.variable.name
    rest = replace(last.variable, name=f"{name}且未{state[1]}")
    some = replace(last.variable, name=f"{name}且已{state[1]}")
    context.assume(
        message(
            "“{words}” stands for these cases instead of the other points", words=context.text(clause.span)
        )
    )
    last.variable = rest
    last.steps = [
        replace(step, variable=rest),
        replace(step, variable=some, spans=(clause.span,), amounts=(-amount.high,)),
    ]
    return True


_DONE = re.compile("已(?:经)?([^,]{1,6})$")


def _find_tiers(clauses: list[Clause], context: Context) -> None:
    """1次扣1分，2次扣3分: numbers in a row are tiers, not steps."""
    bare: dict[str, list[tuple[Decimal, Clause]]] = {}
    for clause in clauses:
        tests = [test for test in clause.last if isinstance(test, Test)]
        if not clause.eaches and len(tests) == 1 and tests[0].bare and not is_percent(tests[0].quantity.unit):
            bare.setdefault(tests[0].quantity.unit, []).append((tests[0].quantity.number, clause))
    for found in bare.values():
        numbers = sorted({number for number, _ in found})
        if len(numbers) < 2:
            continue
        in_a_row = numbers == [1 + index for index in range(len(numbers))]
        if len(numbers) < len(found) or not in_a_row:
            raise context.unread(
                found[0][1].span, message("it is not said what the numbers in between cost or bring")
            )
        for _, clause in found:
            clause.tiers = True


def _give_units(clauses: list[Clause]) -> None:
    """=0 beside 0-10% is 0 %: nothing is the same in every unit."""
    units = {
        test.unit if isinstance(test, Range) else test.quantity.unit
        for clause in clauses
        for test in clause.tests
    }
    units |= {each.quantity.unit for clause in clauses for each in clause.eaches}
    units |= {one.quantity.unit for clause in clauses if (one := one_of(clause)) is not None}
    units -= {""}
    if len(units) != 1:
        return
    unit = units.pop()
    for clause in clauses:
        for index, phrase in enumerate(clause.front):
            if isinstance(phrase, Test) and not phrase.quantity.unit and not phrase.quantity.number:
                clause.front[index] = replace(phrase, quantity=replace(phrase.quantity, unit=unit))


_OR = re.compile("或|且|并")


def _is_line(clause: Clause, context: Context) -> bool:
    """Whether the condition is one about a number, and not one in words that have a number in them."""
    if clause.tiers:
        return True
    front = clause.front
    units = {test.unit if isinstance(test, Range) else test.quantity.unit for test in clause.tests}
    if len(units) > 1 and not all(is_percent(unit) or not unit for unit in units):
        return False
    if any(
        isinstance(test, Test) and test.bare and not is_percent(test.quantity.unit) for test in clause.tests
    ):
        return False
    after = [phrase for phrase in front[front.index(clause.tests[-1]) + 1 :] if isinstance(phrase, Words)]
    between = [
        phrase
        for phrase in front[front.index(clause.tests[0]) + 1 : front.index(clause.tests[-1])]
        if isinstance(phrase, Words)
    ]
    if any(_OR.search(phrase.text) for phrase in after) or any("或" in phrase.text for phrase in between):
        return False
    rest = name_of("".join(phrase.text for phrase in after))
    return len(rest) <= 4 or is_percent(next(iter(units)))


def _share(clause: Clause, context: Context, groups: list[Group], last: Group | None) -> Group:
    """按完成比例得分; 未完成的按比例得分."""
    name = name_of(clause.words)
    if last is not None and last in groups and not last.is_gap and is_generic(name) and last.share is None:
        group = last
    elif not is_generic(name):
        if is_negative(name):
            raise context.unread(clause.span, message("it is not certain what the proportion is one of"))
        group = Group(Variable(Kind.RATE, name, "%"))
        groups.append(group)
    else:
        number = context.target is not None and context.target > 0 and context.unit
        group = Group(Variable(Kind.VALUE, "", context.unit) if number else Variable(Kind.RATIO, "", "%"))
        groups.append(group)
    if group.share is not None:
        raise context.unread(clause.span, message("two proportions are named for one number"))
    group.share = clause.span
    return group


def _is_other_case(clause: Clause, last: Group, context: Context) -> bool:
    outcome = clause.outcome
    if not isinstance(outcome, Mark) and not (
        isinstance(outcome, Points) and outcome.doing in ("lose", "gain", "bare")
    ):
        return False
    if last.steps or all(line.then not in ("points", "full") for line in last.lines):
        return False
    name = name_of(context.plain([phrase.span for phrase in clause.front]))
    return is_negative(name) and is_generic(name)


def _other(group: Group, clause: Clause, context: Context, full: Fraction) -> None:
    if group.otherwise is not None or not group.lines:
        raise context.unread(clause.span, message("it is not certain what this is the other case of"))
    amount = amount_of(clause, context, full)
    if amount.then == "share":
        group.share = clause.span
        return
    group.otherwise = Line(group.lines[0].interval, amount.then, amount.low, amount.high, clause.span)


_DISTANCE = re.compile("(?:超过?|超出|高于|低于|少于|不足|逾期|延迟|滞后|推迟|超期|延误|晚)[^0-9]{0,6}$")


_BEYOND = re.compile("(?:超过|超出|大于|高于|多于|超)$")


def _line(clause: Clause, context: Context, groups: list[Group], full: Fraction) -> Group:
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
    moved = bool(before and before[-1].ways)
    group = joined(name, unit, groups)
    if group is not None and moved and not (group.moved or group.is_gap or group.variable.name == name):
        raise context.unread(
            clause.span, message("it is not certain whether the number is a value or a distance")
        )
    if group is None:
        kind = Kind.DELAY if late else Kind.RATE if is_percent(unit) and not is_generic(name) else Kind.VALUE
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
    exact = all(isinstance(test, Test) and test.side == "at" for test in clause.tests)
    if exact and not clause.tiers and amount.then in ("points", "full"):
        interval = _reaching(interval, clause, context, full, amount.high)
    if amount.then == "share":
        return _share_below(clause, group, interval, context)
    group.lines.append(
        Line(interval, amount.then, amount.low, amount.high, clause.span, loose_low, loose_high, bare)
    )
    return group


def _share_below(clause: Clause, group: Group, interval: Interval, context: Context) -> Group:
    """低于90%的按比例得分: right beside the line of the full marks, when it can only be a share of that."""
    full = [line.interval for line in group.lines if line.then in ("points", "full")]
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
