"""Clauses whose condition is words: 有报告得6分，无则不得分; 未建立的扣4分; 优得5分，良得3分."""

import re
from fractions import Fraction

from hengliang.base.message import message
from hengliang.criteria.amounts import Amount, amount_of
from hengliang.criteria.clauses import Clause
from hengliang.criteria.context import Context, name_of
from hengliang.criteria.lists import is_list, list_of
from hengliang.criteria.nodes import NO, OTHER, YES, Choice, Gate, Option
from hengliang.criteria.tiers import Pieces
from hengliang.criteria.variable import Kind, Reach, Variable
from hengliang.criteria.wording import is_complement, is_generic, is_negative, words_of


def pieces_of(clauses: list[Clause], context: Context, full: Fraction, others: bool) -> Pieces:
    """What clauses in words come to. `others`: there are clauses about numbers beside them."""
    found = Pieces()
    amounts = [(clause, amount_of(clause, context, full)) for clause in clauses if not is_list(clause)]
    for clause in clauses:
        if is_list(clause):
            list_of(clause, context, found, full)
    amounts = _with_middle_states(amounts, context)
    gains = [(clause, amount) for clause, amount in amounts if amount.then in ("points", "full")]
    rest = [pair for pair in amounts if pair not in gains]
    whole = len(gains) == 1 and gains[0][1].high > 0 and found.level is None
    if whole and (others or _takes_from(gains[0], rest, context)):
        return _anchored(gains[0], rest, context, found, full)
    if gains:
        rest = _levels(gains, rest, context, found, full)
    for clause, amount in rest:
        _apart(clause, amount, context, found)
    return found


_MIDDLE = re.compile("持平|^基本|^部分|一般|尚")


def _with_middle_states(
    amounts: list[tuple[Clause, Amount]], context: Context
) -> list[tuple[Clause, Amount]]:
    """提高得满分，持平扣1分，下降不得分: a state between two others, that earns what is left."""
    gains = [amount for _, amount in amounts if amount.then in ("points", "full")]
    if len(gains) != 1 or not any(amount.then == "zero" for _, amount in amounts):
        return amounts
    found: list[tuple[Clause, Amount]] = []
    for clause, amount in amounts:
        if amount.then == "lose" and clause.front and _MIDDLE.search(words_of(clause, context)):
            left = Fraction(0), gains[0].high
            low, high = (max(left[0], gains[0].low - amount.high), max(left[0], left[1] - amount.low))
            amount = Amount("points", low, high)
        found.append((clause, amount))
    return found


def _takes_from(gain: tuple[Clause, Amount], rest: list[tuple[Clause, Amount]], context: Context) -> bool:
    """无事故得5分，发生一般事故扣3分: the deductions are taken from what the good state earns."""
    stated = words_of(gain[0], context)
    lost = [clause for clause, amount in rest if amount.then == "lose" and not clause.is_otherwise]
    return (
        bool(lost)
        and is_negative(stated)
        and not any(is_complement(words_of(clause, context), stated) for clause in lost)
    )


def _asked(words: str, context: Context, event: bool) -> Variable:
    """The yes or no that words ask for; where they mean the indicator's target, its value answers too."""
    reach, zero = None, Fraction(0)
    plain = words.replace("植", "值")
    side = _BESIDE.search(plain)
    beside = side is not None and (context.operator in ("≤", "<")) == (side["over"] is not None)
    known = context.operator is not None and context.target is not None
    if known and (beside or (side is None and (_OF_TARGET.search(plain) or is_generic(plain)))):
        reach = Reach("≥" if context.operator == "定性" else context.operator or "≥", context.target or zero)
    return Variable(Kind.MET, words, event=event, reach=reach)


_OF_TARGET = re.compile(
    "(?:完成|达到|达成|实现|低于|未达|达)[^,]{0,20}(?:指标|目标|任务)(?:值|数|量|要求|内容)*(?:的|者|时)*$"
    "|(?:指标|目标|任务)[^,]{0,4}(?:完成|达到|达成|实现|达标)的?$"
)
_BESIDE = re.compile(
    "^(?:(?P<over>高于|超过|大于|多于|超出)|低于|少于|小于)(?:年度|绩效|计划|预期|既定)*(?:指标值|目标值|指标|目标|标准值)$"
)
_CHANGES = re.compile(",*(?:如|若|其中|但)")


def _apart(clause: Clause, amount: Amount, context: Context, found: Pieces) -> None:
    """One condition by itself: a deduction, an addition or a gate."""
    if clause.is_otherwise or not clause.front:
        raise context.unread(clause.span, message("it is not certain what this is the other case of"))
    words, spans = words_of(clause, context), (clause.span,)
    if _EACH_THING.search(words) or words.startswith("、"):
        raise context.unread(clause.span, message("it is not certain whether this holds once or for each"))
    if clause.follows_comma and _CHANGES.match(context.plain([phrase.span for phrase in clause.front])):
        raise context.unread(clause.span, message("it is not certain which clause this one changes"))
    if amount.then == "zero":
        variable = _asked(words, context, event=True)
        found.gates.append(Gate(variable, spans, (Option(NO, amount.low, amount.high),)))
    elif amount.then == "lose":
        low, high = -amount.high, -amount.low
        variable = _asked(words, context, event=True)
        zero = Fraction(0)
        found.parts.append(Choice(variable, spans, (Option(YES, zero, zero), Option(NO, low, high))))
        found.loses = True
    elif amount.then == "add":
        variable = Variable(Kind.MET, words)
        zero = Fraction(0)
        found.parts.append(
            Choice(variable, spans, (Option(YES, amount.low, amount.high), Option(NO, zero, zero)))
        )
        found.adds = True
    elif amount.then != "none":
        raise context.unread(
            clause.span, message("it is not certain what this clause means beside the others")
        )


def _anchored(
    gain: tuple[Clause, Amount],
    rest: list[tuple[Clause, Amount]],
    context: Context,
    found: Pieces,
    full: Fraction,
) -> Pieces:
    """资料齐全得18分；少1类扣1分: the words name the state from which is deducted."""
    if _OF_EACH.search(words_of(gain[0], context)) and gain[1].high != full:
        raise context.unread(gain[0].span, message("it is not certain whether this holds once or for each"))
    complements = [
        pair
        for pair in rest
        if pair[0].is_otherwise or is_complement(words_of(pair[0], context), words_of(gain[0], context))
    ]
    if complements or gain[1].low != gain[1].high:
        left = _levels([gain], rest, context, found, full)
        for clause, amount in left:
            _apart(clause, amount, context, found)
        return found
    found.anchor = gain[1].high
    for clause, amount in rest:
        _apart(clause, amount, context, found)
    return found


_OF_EACH = re.compile("各项|每[项个类条处]|各占|^各")
_EACH_THING = re.compile("每(?!个?(?:年|季|月|周|日|天|半年|学期|人每))")


def _levels(
    gains: list[tuple[Clause, Amount]],
    rest: list[tuple[Clause, Amount]],
    context: Context,
    found: Pieces,
    full: Fraction,
) -> list[tuple[Clause, Amount]]:
    """States that give points, and those that are nothing but their other case; returns what is left."""
    if any(_OF_EACH.search(words_of(clause, context)) and amount.high != full for clause, amount in gains):
        raise context.unread(
            gains[0][0].span, message("it is not certain whether this holds once or for each")
        )
    top = max(amount.high for _, amount in gains)
    stated = "".join(words_of(clause, context) for clause, _ in gains)
    others = [
        pair
        for pair in rest
        if pair[1].then in ("zero", "lose")
        and (pair[0].is_otherwise or is_complement(words_of(pair[0], context), stated))
    ]
    if len(gains) > 1 and not others and gains[-1][0].is_otherwise:
        others, gains = gains[-1:], gains[:-1]
    left = [pair for pair in rest if pair not in others]
    if len(others) > 1:
        raise context.unread(others[1][0].span, message("two clauses are the other case of one"))
    low_gain = [
        pair
        for pair in gains[1:]
        if len(gains) == 2 and is_complement(words_of(pair[0], context), words_of(gains[0][0], context))
    ]
    worse = [pair for pair in left if pair[1].then == "zero" and is_negative(words_of(pair[0], context))]
    if low_gain and not others and not (len(worse) == 1 and top == full):
        others, gains = low_gain, gains[:1]
    other = Fraction(0), Fraction(0)
    if others:
        amount = others[0][1]
        other = (
            (amount.low, amount.high)
            if amount.then != "lose"
            else (max(Fraction(0), top - amount.high), max(Fraction(0), top - amount.low))
        )
    spans = tuple(clause.span for clause, _ in [*gains, *others])
    if len(gains) == 1:
        clause, amount = gains[0]
        words = words_of(clause, context)
        if not words:
            raise context.unread(clause.span, message("it is not said what these points are for"))
        if not others:
            other = _unsaid(clause, amount, context, full)
        variable = _asked(words, context, event=False)
        yes = Option(YES, amount.low, amount.high)
        if other[1] > amount.low:
            raise context.unread(clause.span, message("the other case earns more than this one"))
        found.parts.append(Choice(variable, spans, (yes, Option(NO, *other))))
        found.level = amount.high
        return left
    total = sum((amount.high for _, amount in gains), Fraction(0))
    if top == full and total != full:
        options = tuple(
            Option(words_of(clause, context), amount.low, amount.high) for clause, amount in gains
        )
        labels = {option.label for option in options}
        if "" in labels or len(labels) < len(options):
            raise context.unread(gains[0][0].span, message("it is not said what these points are for"))
        zero_states = [pair for pair in left if pair[1].then == "zero"]
        if len(zero_states) == 1 and not others:
            zero = Fraction(0)
            options += (Option(words_of(zero_states[0][0], context), zero, zero),)
            left = [pair for pair in left if pair not in zero_states]
        if not others and len(gains) < 3 and len(zero_states) != 1:
            context.assume(message("what the sentence does not name earns nothing"))
        name = name_of(_common([option.label for option in options]))
        found.parts.append(Choice(Variable(Kind.GRADE, name), spans, (*options, Option(OTHER, *other))))
        found.level = top
        return left
    if total == full and not others:
        for clause, amount in gains:
            zero = Fraction(0)
            words = words_of(clause, context)
            if not words:
                raise context.unread(clause.span, message("it is not said what these points are for"))
            context.assume(message("what the sentence does not name earns nothing"))
            options = (Option(YES, amount.low, amount.high), Option(NO, zero, zero))
            found.parts.append(Choice(Variable(Kind.MET, words), (clause.span,), options))
        found.level = total
        return left
    raise context.unread(
        gains[0][0].span, message("it is not certain whether these points add up or one excludes the other")
    )


def _unsaid(clause: Clause, amount: Amount, context: Context, full: Fraction) -> tuple[Fraction, Fraction]:
    """What the case that is not printed earns."""
    if clause.cut or context.profile.text("criteria.unsaid_earns") != "nothing":
        context.open.append((message("what the other case earns is not printed"), clause.span))
        return Fraction(0), full
    context.assume(message("what the sentence does not name earns nothing"))
    return Fraction(0), Fraction(0)


def _common(labels: list[str]) -> str:
    end = 0
    while all(len(label) > end and label[end] == labels[0][end] for label in labels):
        end += 1
    return labels[0][:end]
