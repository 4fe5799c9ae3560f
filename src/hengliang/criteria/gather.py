"""Clauses are gathered by what they speak of: those about one number each, and those in words."""

import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from hengliang.base.message import message
from hengliang.criteria.amounts import amount_of
from hengliang.criteria.clauses import Clause
from hengliang.criteria.context import Context, name_of
from hengliang.criteria.counted import is_counting, one_of
from hengliang.criteria.curve import Interval
from hengliang.criteria.elements import Mark, Points, Range, Side, Test, Words
from hengliang.criteria.groups import Group, Line
from hengliang.criteria.lines import line_of_clause
from hengliang.criteria.prices import cheaper, same_price
from hengliang.criteria.stepwise import step_of
from hengliang.criteria.variable import Kind, Variable, is_percent
from hengliang.criteria.wording import is_complement, is_generic, is_negative


def gather(clauses: list[Clause], context: Context, full: Fraction) -> tuple[list[Group], list[Clause]]:
    """The clauses about numbers by what number they speak of, and those in words."""
    groups: list[Group] = []
    words: list[Clause] = []
    last: Group | None = None
    priced = False
    _give_units(clauses)
    _find_tiers(clauses, context)
    for before, clause in zip([None, *clauses], clauses, strict=False):
        outcome = clause.outcome
        if before is not None and last is not None:
            if cheaper(before, clause, last, context, full):
                continue
            told = clauses[clauses.index(before) - 1] if priced else before
            same = same_price(told, clause, last, context, full)
            priced = same is not None
            if same is not None:
                groups.append(same)
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
            last = line_of_clause(clause, context, groups, full)
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
            if before is not None and last is not None and _as_before(before, clause):
                raise context.unread(
                    clause.span, message("it is not certain whether this holds once or for each")
                )
            words.append(clause)
            last = None
        else:
            raise context.unread(clause.span, message("it is not said when this holds"))
    for clause in [*words]:
        if _is_whole(clause, groups, context):
            amount = amount_of(clause, context, full)
            reached = Interval(low=Fraction(100), low_closed=True)
            groups[0].lines.insert(0, Line(reached, amount.then, amount.low, amount.high, clause.span))
            words.remove(clause)
        elif _is_in_time(clause, groups):
            amount = amount_of(clause, context, full)
            in_time = Interval(high=Fraction(0), high_closed=True)
            groups[0].lines.insert(0, Line(in_time, amount.then, amount.low, amount.high, clause.span))
            words.remove(clause)
    return groups, words


def _as_before(before: Clause, clause: Clause) -> bool:
    """每有一个项目未开工扣1分，未完工扣0.5分: the second state may be one of each project as well."""
    outcome, told = clause.outcome, before.outcome
    if not clause.follows_comma or not before.eaches or not is_counting(before) or clause.is_otherwise:
        return False
    if not isinstance(outcome, Points) or not isinstance(told, Points) or outcome.doing != told.doing:
        return False
    last = before.front[-1]
    state = name_of(last.text) if isinstance(last, Words) else ""
    return _DENIED.search(state) is not None and _DENIED.match(name_of(clause.words)) is not None


_DENIED = re.compile("(?:未|不|没有?|无|缺|漏|错|迟)")
_WHOLE = re.compile(
    "(?:全部|全面)?(?:完成|达到|达成|实现)(?:了)?(?:全部|全年|年度|既定|预期|绩效)*(?:目标|任务|指标|计划|目标任务)?(?:值)?"
)
_IN_TIME = re.compile(
    "(?:按时|按期|如期|及时|按计划|按规定时[间限]|(?:规定|计划)(?:时间|期限|时限)内)[^,未不]{0,8}"
)


def _gains(clause: Clause) -> bool:
    outcome = clause.outcome
    if isinstance(outcome, Mark):
        return outcome.kind == "full_points"
    return isinstance(outcome, Points) and outcome.doing in ("gain", "bare") and len(outcome.amounts) == 1


def _is_whole(clause: Clause, groups: list[Group], context: Context) -> bool:
    """完成全部任务得10分 beside tiers of completion in percent: it is the tier of 100%."""
    if len(groups) != 1 or clause.tests or not _gains(clause):
        return False
    group = groups[0]
    own = is_percent(context.unit) and context.target not in (None, Fraction(100))
    tiers = [line for line in group.lines if line.then in ("points", "full")]
    percent = is_percent(group.variable.unit) and not group.steps and not group.is_gap
    below = all(line.interval.low is None or line.interval.low < 100 for line in group.lines)
    generic = is_generic(group.variable.name)
    named = _WHOLE.fullmatch(name_of(clause.words)) is not None
    return percent and bool(tiers) and below and generic and named and not own


def _is_in_time(clause: Clause, groups: list[Group]) -> bool:
    """按时完成得5分 beside tiers of delay: it is the tier of no delay."""
    if len(groups) != 1 or clause.tests or not _gains(clause):
        return False
    group = groups[0]
    late = group.variable.kind is Kind.DELAY and bool(group.lines) and not group.steps
    return late and _IN_TIME.fullmatch(name_of(clause.words)) is not None


def _is_decline(clause: Clause, last: Group) -> bool:
    """负增长 beside lines of a rate of growth: below 0."""
    growth = "增长" in last.variable.name and is_percent(last.variable.unit)
    return growth and not clause.tests and name_of(clause.words) in ("负增长", "为负增长", "出现负增长")


def outcome_per(clause: Clause) -> bool:
    """Whether the amount names what it is for: 扣0.5分/次."""
    return isinstance(clause.outcome, Points) and bool(clause.outcome.per)


def _find_tiers(clauses: list[Clause], context: Context) -> None:
    """1次扣1分，2次扣3分: numbers in a row are tiers, not steps."""
    bare: dict[str, list[tuple[Decimal, Clause]]] = {}
    for clause in clauses:
        tests = [test for test in clause.last if isinstance(test, Test)]
        if _is_shortfall(clause, tests):
            continue
        if not clause.eaches and len(tests) == 1 and tests[0].bare and not is_percent(tests[0].quantity.unit):
            bare.setdefault(tests[0].quantity.unit, []).append((tests[0].quantity.number, clause))
    for found in bare.values():
        numbers = sorted({number for number, _ in found})
        if len(numbers) < 2:
            _outermost(found[0][1], clauses)
            continue
        in_a_row = numbers[0] in (0, 1) and numbers == [numbers[0] + index for index in range(len(numbers))]
        if len(numbers) < len(found) or not in_a_row:
            raise context.unread(
                found[0][1].span, message("it is not said what the numbers in between cost or bring")
            )
        for _, clause in found:
            clause.tiers = True


def _outermost(clause: Clause, clauses: list[Clause]) -> None:
    """完成10个得5分，8-9个得3分: beside tiers below it the number is reached by more as well."""
    test = next(phrase for phrase in clause.last if isinstance(phrase, Test))
    unit, number = test.quantity.unit, test.quantity.number
    if not _gains(clause) or len(clause.tests) > 1 or not unit:
        return
    others: list[Decimal] = []
    for other in clauses:
        if any(each.quantity.unit == unit for each in other.eaches):
            return
        for phrase in other.tests if other is not clause else []:
            if isinstance(phrase, Range) and phrase.unit == unit:
                others += [phrase.low, phrase.high]
            elif isinstance(phrase, Test) and phrase.quantity.unit == unit and not phrase.bare:
                others.append(phrase.quantity.number)
    ranges = any(isinstance(phrase, Range) for other in clauses for phrase in other.tests)
    side: Side | None = None
    if ranges and others:
        side = "least" if number > max(others) else "most" if number < min(others) else None
    if side is not None:
        at = clause.front.index(test)
        clause.front[at] = replace(test, side=side, printed_edge=True, bare=False)


def _is_shortfall(clause: Clause, tests: list[Test]) -> bool:
    """少1次 beside 开展12次: what is missing is no tier of what is done."""
    if len(tests) != 1 or clause.front.index(tests[0]) == 0:
        return False
    before = clause.front[clause.front.index(tests[0]) - 1]
    losing = isinstance(clause.outcome, Points) and clause.outcome.doing == "lose"
    return isinstance(before, Words) and (before.tail == "short" or (before.tail == "over" and losing))


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
_AND = re.compile("的|,|且|并且?|同时|但|以及|和|及|与")


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
    first = [phrase for phrase in front[: front.index(clause.tests[0])] if isinstance(phrase, Words)]
    spoken = name_of("".join(phrase.text for phrase in first))
    second = name_of(_AND.sub("", "".join(phrase.text for phrase in between)))
    if spoken and not is_generic(second) and not spoken.endswith(second):
        # 完成率达90%且合格率达95%: two things are spoken of.
        return False
    rest = name_of("".join(phrase.text for phrase in after))
    return len(rest) <= 4 or is_percent(next(iter(units)))


def _share(clause: Clause, context: Context, groups: list[Group], last: Group | None) -> Group:
    """按完成比例得分; 未完成的按比例得分."""
    name = name_of(clause.words)
    fits_last = last is not None and last in groups and not last.is_gap and last.share is None
    if last is not None and fits_last and is_generic(name) and not (clause.is_otherwise and last.steps):
        group = last
    elif clause.is_otherwise and last is not None:
        raise context.unread(clause.span, message("it is not certain what this is the other case of"))
    elif not is_generic(name):
        taken = isinstance(clause.outcome, Mark) and clause.outcome.kind == "share_lose"
        if is_negative(name) or taken or _EXCESS.search(context.text(clause.span)):
            raise context.unread(clause.span, message("it is not certain what the proportion is one of"))
        amount = context.target and context.unit and not is_percent(context.unit)
        if amount and "完成" in clause.outcome_text and not name.endswith(_RATES):
            # 维修面积按完成比例计分: what is completed, and no rate called so.
            group = Group(Variable(Kind.VALUE, "", context.unit))
        else:
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


_RATES = ("率", "比例", "比重", "占比", "度")
_EXCESS = re.compile("超支|超出|超预算|超额|欠|差额|缺口")


def _is_other_case(clause: Clause, last: Group, context: Context) -> bool:
    outcome = clause.outcome
    if not isinstance(outcome, Mark) and not (
        isinstance(outcome, Points) and outcome.doing in ("lose", "gain", "bare")
    ):
        return False
    if last.steps or all(line.then not in ("points", "full") for line in last.lines):
        return False
    name = name_of(context.plain([phrase.span for phrase in clause.front]))
    named = group_name(last)
    return is_negative(name) and (is_generic(name) or (bool(named) and is_complement(name, named)))


def group_name(group: Group) -> str:
    """The words for what a group speaks of; none for the indicator itself."""
    return group.variable.name if not is_generic(group.variable.name) else ""


def _other(group: Group, clause: Clause, context: Context, full: Fraction) -> None:
    if group.otherwise is not None or not group.lines:
        raise context.unread(clause.span, message("it is not certain what this is the other case of"))
    amount = amount_of(clause, context, full)
    if amount.then == "share":
        group.share = clause.span
        return
    group.otherwise = Line(group.lines[0].interval, amount.then, amount.low, amount.high, clause.span)
