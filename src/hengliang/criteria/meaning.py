"""The clauses of a sentence become one tree."""

import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from hengliang.base.message import message
from hengliang.criteria import states, tiers
from hengliang.criteria.amounts import amount_of
from hengliang.criteria.clauses import Clause, Clauses
from hengliang.criteria.context import Context, name_of
from hengliang.criteria.curve import Interval
from hengliang.criteria.elements import Mark, Points, Range, Test, Words
from hengliang.criteria.groups import Group, Line, meet_all, unit_of_tests
from hengliang.criteria.nodes import Criterion
from hengliang.criteria.stepwise import is_counting, is_generic, joined, one_of, step_of
from hengliang.criteria.tiers import Pieces
from hengliang.criteria.variable import Kind, Variable, is_percent


def criterion_of(sentence: Clauses, context: Context) -> Criterion:
    """The tree of the whole sentence. Raises UnreadError where a clause about points is unclear."""
    clauses = _scoring(sentence, context)
    if not clauses:
        raise context.unread(
            sentence.clauses[0].span, message("it says nothing of the points of this indicator")
        )
    parts = _sections(clauses, context)
    if parts is not None:
        trees = tuple(_tree(part, sentence, context, top) for part, top in parts)
        total = sum((top for _, top in parts), Fraction(0))
        return Criterion(Fraction(0), low=Fraction(0), high=total, sections=trees)
    return _tree(clauses, sentence, context, context.points)


def _scoring(sentence: Clauses, context: Context) -> list[Clause]:
    """The clauses about this indicator's points; vetoes over the whole assessment are noted apart."""
    found: list[Clause] = []
    for clause in sentence.clauses:
        if isinstance(clause.outcome, Mark) and clause.outcome.kind == "veto":
            context.verdicts.append((context.text(clause.span), clause.span))
        else:
            found.append(clause)
    return found


def _award(clause: Clause, context: Context) -> Fraction | None:
    outcome = clause.outcome
    if isinstance(outcome, Points) and outcome.of_full:
        return None
    if isinstance(outcome, Points) and outcome.doing in ("gain", "bare") and len(outcome.amounts) == 1:
        return Fraction(outcome.amounts[0])
    return None


def _sections(clauses: list[Clause], context: Context) -> list[tuple[list[Clause], Fraction]] | None:
    """Sentences of their own between semicolons: each names its points; these add up to the full marks."""
    sections: dict[int, list[Clause]] = {}
    for clause in clauses:
        sections.setdefault(clause.section, []).append(clause)
    if len(sections) < 2 or context.points is None:
        return None
    tops: list[tuple[list[Clause], Fraction]] = []
    for part in sections.values():
        awards = [
            award for clause in part if not clause.eaches and (award := _award(clause, context)) is not None
        ]
        if not awards:
            return None
        tops.append((part, max(awards)))
    total = sum((top for _, top in tops), Fraction(0))
    if total != context.points or any(top == context.points for _, top in tops):
        return None
    context.assume(message("the points of the parts add up to the full marks"))
    return tops


def _full(clauses: list[Clause], sentence: Clauses, context: Context, points: Fraction | None) -> Fraction:
    """The full marks: those of the indicator, or what the sentence names."""
    if points is not None:
        return points
    named = [
        award
        for clause in clauses
        if (award := _award(clause, context)) is not None and not is_counting(clause)
    ]
    named += [Fraction(limit.amount) for limit in sentence.bases]
    named += [Fraction(limit.amount) for clause in clauses for limit in clause.limits if not limit.adds]
    if not named:
        raise context.unread(clauses[0].span, message("the full marks are not known"))
    context.assume(message("the full marks are read from the sentence: {points}", points=_plain(max(named))))
    return max(named)


def _plain(number: Fraction) -> str:
    return f"{float(number):g}"


def _tree(clauses: list[Clause], sentence: Clauses, context: Context, points: Fraction | None) -> Criterion:
    full = _full(clauses, sentence, context, points)
    groups, words = _gather(clauses, context, full)
    words = _without_idle_states(groups, words, context)
    shared = _shared_award(groups, words, context, full)
    found = [tiers.pieces_of(group, context, shared or full) for group in groups]
    if words:
        found.append(states.pieces_of(words, context, full, others=any(piece.loses for piece in found)))
    return _together(found, clauses, sentence, context, full)


def _without_idle_states(groups: list[Group], words: list[Clause], context: Context) -> list[Clause]:
    """未完成不得分 beside a proportion or steps is either nothing new (all, part, none) or cannot be told."""
    kept: list[Clause] = []
    counted = [group for group in groups if group.share is not None or (group.steps and not group.is_gap)]
    for clause in words:
        name = name_of(context.plain([phrase.span for phrase in clause.front])) if clause.front else ""
        zero = isinstance(clause.outcome, Mark) and clause.outcome.kind == "no_points"
        if not (counted and zero and is_generic(name) and not clause.is_otherwise):
            kept.append(clause)
        elif any(group.share is not None and "部分" in context.text(group.share) for group in counted):
            context.assume(message("“{words}” means that nothing is done", words=context.text(clause.span)))
        else:
            raise context.unread(
                clause.span, message("it is not certain how this goes together with the points for a part")
            )
    return kept


def _shared_award(
    groups: list[Group], words: list[Clause], context: Context, full: Fraction
) -> Fraction | None:
    """发放到农户的得4分，未完成的按比例计分: the words name the whole of which a share is given."""
    shares = [group for group in groups if group.share is not None and not group.lines]
    if len(groups) != 1 or not shares:
        return None
    gains = [
        (clause, amount)
        for clause in words
        if (amount := amount_of(clause, context, full)).then in ("points", "full")
    ]
    if len(gains) != 1 or gains[0][1].low != gains[0][1].high:
        return None
    words.remove(gains[0][0])
    return gains[0][1].high


def _gather(clauses: list[Clause], context: Context, full: Fraction) -> tuple[list[Group], list[Clause]]:
    """The clauses about numbers by what number they speak of, and those in words."""
    groups: list[Group] = []
    words: list[Clause] = []
    last: Group | None = None
    _give_units(clauses)
    _find_tiers(clauses, context)
    for clause in clauses:
        outcome = clause.outcome
        if not clause.front and not isinstance(outcome, Mark):
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
        elif clause.front:
            words.append(clause)
            last = None
        else:
            raise context.unread(clause.span, message("it is not said when this holds"))
    return groups, words


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
        if states.is_negative(name):
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
    return states.is_negative(name) and is_generic(name)


def _other(group: Group, clause: Clause, context: Context, full: Fraction) -> None:
    if group.otherwise is not None or not group.lines:
        raise context.unread(clause.span, message("it is not certain what this is the other case of"))
    amount = amount_of(clause, context, full)
    if amount.then == "share":
        group.share = clause.span
        return
    group.otherwise = Line(group.lines[0].interval, amount.then, amount.low, amount.high, clause.span)


_DISTANCE = re.compile("(?:超过?|超出|高于|低于|少于|不足|逾期|延迟|滞后|推迟|超期|延误|晚)[^0-9]{0,6}$")


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
        context.assume(message("the proportion is one of {line}", line=_plain(edge)))
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


def _together(
    found: list[Pieces], clauses: list[Clause], sentence: Clauses, context: Context, full: Fraction
) -> Criterion:
    """What the pieces come to in sum, and between which bounds."""
    levels = [piece.level for piece in found if piece.level is not None]
    anchors = {piece.anchor for piece in found if piece.anchor is not None}
    span = clauses[0].span
    if len(levels) > 1 and sum(levels, Fraction(0)) != full:
        raise context.unread(
            span, message("it is not certain whether these points add up or one excludes the other")
        )
    if len(anchors) > 1 or (anchors and levels):
        raise context.unread(span, message("full marks are named twice and differ"))
    loses, adds = any(piece.loses for piece in found), any(piece.adds for piece in found)
    gives = any(piece.gives for piece in found)
    gates = tuple(gate for piece in found for gate in piece.gates)
    top = sum(levels, Fraction(0)) if levels else next(iter(anchors)) if anchors else full
    bases = [Fraction(limit.amount) for limit in sentence.bases]
    base = Fraction(0)
    if bases:
        base = bases[0]
    elif not levels and (anchors or loses or (gates and not gives and not adds)):
        base = top
    elif not levels and gives and _from_target(found, context):
        base, adds = full, True
        context.assume(message("what is added comes on top of the points of the indicator"))
    if gives and (loses or levels) and not bases:
        raise context.unread(span, message("it is not certain what additions and deductions begin at"))
    if top > full and (levels or anchors):
        raise context.unread(span, message("the sentence gives more points than the indicator has"))
    if top != full and (levels or anchors):
        context.assume(
            message(
                "the sentence names {named} points as full marks, the indicator has {points}",
                named=_plain(top),
                points=_plain(full),
            )
        )
    low, high = _bounds(
        clauses, context, base, top, adds and (loses or bool(levels) or bool(anchors) or base > 0)
    )
    parts = tuple(part for piece in found for part in piece.parts)
    if not (base or levels) and not adds and not gives:
        raise context.unread(span, message("it is not certain what the points begin at"))
    return Criterion(base, parts, gates, low, high)


def _from_target(found: list[Pieces], context: Context) -> bool:
    steps = [part for piece in found for part in piece.parts]
    return all(
        part.variable.kind is Kind.VALUE and getattr(part, "line", None) == context.target for part in steps
    )


def _bounds(
    clauses: list[Clause], context: Context, base: Fraction, top: Fraction, beyond: bool
) -> tuple[Fraction, Fraction | None]:
    limits = [limit for clause in clauses for limit in clause.limits if limit.kind == "gain"]
    amounts = {Fraction(limit.amount) for limit in limits}
    if len(amounts) > 1:
        raise context.unread(limits[0].span, message("two limits are named and differ"))
    losing = [
        clause
        for clause in clauses
        for limit in clause.limits
        if limit.kind == "loss" and not is_counting(clause)
    ]
    if losing:
        raise context.unread(losing[0].span, message("it is not certain what the limit of deductions bounds"))
    if not amounts:
        return Fraction(0), None if beyond else top
    limit = amounts.pop()
    if beyond and (limits[0].adds or limit < top):
        return Fraction(0), top + limit
    if beyond:
        raise context.unread(
            limits[0].span, message("it is not certain whether the limit bounds the addition or all points")
        )
    return Fraction(0), limit


def whole_of(sentence: Clauses, context: Context) -> None:
    """Takes note of what the sentence says of part steps and of edges."""
    for note in sentence.notes:
        if note.kind == "round_up":
            context.whole = "started"
        elif note.kind == "round_down":
            context.whole = "full"
        elif note.kind == "pro_rata":
            context.whole = "exact"
        elif note.kind in ("and_so_on", "doubled"):
            raise context.unread(note.span, message("the series of points is not understood"))
        elif note.kind == "cut":
            context.open.append((message("the sentence is cut off"), note.span))
