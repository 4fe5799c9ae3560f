"""Lists: 好、中、差分别扣0、3、5分; 无计划、无总结的分别扣1分."""

import re
from fractions import Fraction

from hengliang.base.message import message
from hengliang.criteria.clauses import Clause
from hengliang.criteria.context import Context, name_of
from hengliang.criteria.elements import Points
from hengliang.criteria.nodes import NO, YES, Choice, Option
from hengliang.criteria.tiers import Pieces
from hengliang.criteria.variable import Kind, Variable
from hengliang.criteria.wording import is_negative, words_of


def is_list(clause: Clause) -> bool:
    """Whether several points, or one for each of several states, follow from one condition."""
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


def list_of(clause: Clause, context: Context, found: Pieces, full: Fraction) -> None:
    """好、中、差分别扣0、3、5分; 无计划、无总结的分别扣1分."""
    outcome = clause.outcome
    if not isinstance(outcome, Points):
        raise context.unread(clause.span, message("what follows from this is not understood"))
    words = words_of(clause, context)
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
