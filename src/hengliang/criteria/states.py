"""Clauses whose condition is words: 有报告得6分，无则不得分; 未建立的扣4分; 优得5分，良得3分."""

import re
from fractions import Fraction

from hengliang.base.message import message
from hengliang.criteria.amounts import Amount, amount_of
from hengliang.criteria.clauses import Clause
from hengliang.criteria.context import Context, name_of
from hengliang.criteria.elements import Points
from hengliang.criteria.nodes import NO, OTHER, YES, Choice, Gate, Option
from hengliang.criteria.stepwise import is_generic
from hengliang.criteria.tiers import Pieces
from hengliang.criteria.variable import Kind, Reach, Variable

_NEGATIVE = re.compile(
    "未|没有?|不(?!低于|少于|超过|高于|大于|小于|断|同)|无|缺|逾期|超期|延迟|差|低于|否|非"
)


def is_negative(words: str) -> bool:
    """Whether words deny something."""
    return _NEGATIVE.search(words) is not None


def is_complement(words: str, stated: str) -> bool:
    """Whether `words` say no more than that `stated` is not so: 未完成的 after 完成任务的."""
    name = name_of(words)
    if name.startswith("超") and stated.startswith(("不超", "未超", "没有超")):
        return True
    if is_negative(stated) == is_negative(name):
        return False
    core = _NEGATIVE.sub("", name)
    rest = [char for char in core if char not in "的得即则时按及"]
    return len(name) <= 4 or all(char in stated for char in rest) or is_generic(name)


def pieces_of(clauses: list[Clause], context: Context, full: Fraction, others: bool) -> Pieces:
    """What clauses in words come to. `others`: there are clauses about numbers beside them."""
    found = Pieces()
    amounts = [(clause, amount_of(clause, context, full)) for clause in clauses if not _is_list(clause)]
    for clause in clauses:
        if _is_list(clause):
            _list(clause, context, found, full)
    gains = [(clause, amount) for clause, amount in amounts if amount.then in ("points", "full")]
    rest = [pair for pair in amounts if pair not in gains]
    if len(gains) == 1 and others and gains[0][1].high > 0 and found.level is None:
        return _anchored(gains[0], rest, context, found, full)
    if gains:
        rest = _levels(gains, rest, context, found, full)
    for clause, amount in rest:
        _apart(clause, amount, context, found)
    return found


def _words(clause: Clause, context: Context) -> str:
    return name_of(context.plain([phrase.span for phrase in clause.front]))


def _asked(words: str, context: Context, event: bool) -> Variable:
    """The yes or no that words ask for; where they mean the indicator's target, its value answers too."""
    reach = None
    plain = words.replace("植", "值")
    if context.operator and context.target is not None and (_OF_TARGET.search(plain) or is_generic(plain)):
        reach = Reach("≥" if context.operator == "定性" else context.operator, context.target)
    return Variable(Kind.MET, words, event=event, reach=reach)


_OF_TARGET = re.compile("指标值|目标值|指标|目标|任务")


def _apart(clause: Clause, amount: Amount, context: Context, found: Pieces) -> None:
    """One condition by itself: a deduction, an addition or a gate."""
    if clause.is_otherwise or not clause.front:
        raise context.unread(clause.span, message("it is not certain what this is the other case of"))
    words, spans = _words(clause, context), (clause.span,)
    if _EACH_THING.search(words) or words.startswith("、"):
        raise context.unread(clause.span, message("it is not certain whether this holds once or for each"))
    if clause.follows_comma and words.startswith(("如", "若", "其中", "但")):
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
    complements = [
        pair
        for pair in rest
        if pair[0].is_otherwise or is_complement(_words(pair[0], context), _words(gain[0], context))
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


_EACH_THING = re.compile("每(?!个?(?:年|季|月|周|日|天|半年|学期|人每))")


def _levels(
    gains: list[tuple[Clause, Amount]],
    rest: list[tuple[Clause, Amount]],
    context: Context,
    found: Pieces,
    full: Fraction,
) -> list[tuple[Clause, Amount]]:
    """States that give points, and those that are nothing but their other case; returns what is left."""
    top = max(amount.high for _, amount in gains)
    stated = "".join(_words(clause, context) for clause, _ in gains)
    others = [
        pair
        for pair in rest
        if pair[1].then in ("zero", "lose")
        and (pair[0].is_otherwise or is_complement(_words(pair[0], context), stated))
    ]
    left = [pair for pair in rest if pair not in others]
    if len(others) > 1:
        raise context.unread(others[1][0].span, message("two clauses are the other case of one"))
    low_gain = [
        pair
        for pair in gains[1:]
        if len(gains) == 2 and is_complement(_words(pair[0], context), _words(gains[0][0], context))
    ]
    if low_gain and not others:
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
        words = _words(clause, context)
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
        options = tuple(Option(_words(clause, context), amount.low, amount.high) for clause, amount in gains)
        if any(not option.label for option in options) or len({option.label for option in options}) < len(
            options
        ):
            raise context.unread(gains[0][0].span, message("it is not said what these points are for"))
        zero_states = [pair for pair in left if pair[1].then == "zero"]
        if len(zero_states) == 1 and not others:
            zero = Fraction(0)
            options += (Option(_words(zero_states[0][0], context), zero, zero),)
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
            words = _words(clause, context)
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


def _is_list(clause: Clause) -> bool:
    outcome = clause.outcome
    if not isinstance(outcome, Points) or outcome.is_range or outcome.cut:
        return False
    return len(outcome.amounts) > 1 or (
        len(outcome.amounts) == 1 and _EACH_OF.search(_prefix(clause)) is not None
    )


_EACH_OF = re.compile("分别|各")


def _prefix(clause: Clause) -> str:
    return clause.prefix


_PARTS = re.compile("、|或者?|和|以?及|,")


def _list(clause: Clause, context: Context, found: Pieces, full: Fraction) -> None:
    """好、中、差分别扣0、3、5分; 无计划、无总结的分别扣1分."""
    outcome = clause.outcome
    if not isinstance(outcome, Points):
        raise context.unread(clause.span, message("what follows from this is not understood"))
    words = _words(clause, context)
    names = [name for name in (name_of(part) for part in _PARTS.split(words)) if name]
    amounts = [Fraction(amount) for amount in outcome.amounts]
    sign = -1 if outcome.doing == "lose" else 1
    zero, spans = Fraction(0), (clause.span,)
    if len(amounts) > 1:
        if len(names) != len(amounts) or len(set(names)) < len(names):
            raise context.unread(clause.span, message("it is not said which of these points belongs to what"))
        names, name = _shortened(names)
        values = [sign * amount for amount in amounts]
        options = tuple(Option(label, value, value) for label, value in zip(names, values, strict=True))
        found.parts.append(Choice(Variable(Kind.GRADE, name), spans, options))
        if sign < 0:
            found.loses = True
        elif outcome.doing == "add":
            found.adds = True
        else:
            found.level = max(amounts)
        return
    if len(names) < 2 or outcome.doing == "bare":
        raise context.unread(clause.span, message("it is not said between what these points are shared"))
    denial = next((match[0] for name in names for match in [_DENIED.search(name)] if match), "")
    for index, name in enumerate(names):
        full_name = _whole_name(name, index, names, denial)
        options = (Option(YES, zero, zero), Option(NO, -amounts[0], -amounts[0]))
        if sign > 0:
            options = (Option(YES, amounts[0], amounts[0]), Option(NO, zero, zero))
        found.parts.append(Choice(Variable(Kind.MET, full_name, event=sign < 0), spans, options))
    found.loses, found.adds = found.loses or sign < 0, found.adds or outcome.doing == "add"
    if sign > 0 and outcome.doing != "add":
        total = amounts[0] * len(names)
        if total != full:
            raise context.unread(
                clause.span,
                message("it is not certain whether these points add up or one excludes the other"),
            )
        found.level = total


_DENIED = re.compile("(?:不|未|没有)[^、]{1,4}$")


def _whole_name(name: str, index: int, names: list[str], denial: str) -> str:
    """调解率、成功率不达标: the denial behind the last name holds for all; one before the first does too."""
    if is_negative(name):
        return name
    if index < len(names) - 1 and denial and names[-1].endswith(denial):
        return name + denial
    first = re.search("未|不|没有?|无", names[0])
    return first[0] + name if first else name


def _shortened(names: list[str]) -> tuple[list[str], str]:
    """绿化程度属好、中、差: the first name carries what is spoken of; its label is as short as the others."""
    longest = max(len(name) for name in names[1:])
    first = names[0]
    if len(first) > longest:
        return [first[-longest:] if longest else first, *names[1:]], name_of(first[:-longest])
    return names, ""
