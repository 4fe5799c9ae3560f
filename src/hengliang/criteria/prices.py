"""Clauses that change the price of the cases counted before them: 发生1起扣5分，如案件已破，扣3分."""

import re
from dataclasses import replace
from fractions import Fraction

from hengliang.base.message import message
from hengliang.criteria.amounts import amount_of
from hengliang.criteria.clauses import Clause
from hengliang.criteria.context import Context, name_of
from hengliang.criteria.counted import is_counting
from hengliang.criteria.elements import Points
from hengliang.criteria.groups import Group

_IF = re.compile(",*(?:如果?|若|其中)")


def cheaper(before: Clause, clause: Clause, last: Group, context: Context, full: Fraction) -> bool:
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


def same_price(before: Clause, clause: Clause, last: Group, context: Context, full: Fraction) -> Group | None:
    """被省级通报一次扣2分，市级扣1分: the second price is one for each time as well."""
    outcome = clause.outcome
    if not clause.follows_comma or not is_counting(before) or is_counting(clause) or clause.tests:
        return None
    if not isinstance(outcome, Points) or not isinstance(before.outcome, Points) or len(last.steps) != 1:
        return None
    name = name_of(clause.words)
    if outcome.doing != before.outcome.doing or not last.is_gap or _LEVEL.fullmatch(name) is None:
        return None
    amount = amount_of(clause, context, full)
    if amount.low != amount.high or not amount.high:
        return None
    context.assume(
        message("“{words}” is read as for each time, as before it", words=context.text(clause.span))
    )
    variable = replace(last.variable, name=f"{name}{_LEVEL_BEFORE.sub('', last.variable.name)}")
    sign = -1 if outcome.doing == "lose" else 1
    step = replace(last.steps[0], variable=variable, spans=(clause.span,), amounts=(sign * amount.high,))
    return Group(variable, steps=[step], is_gap=True)


_LEVEL = re.compile("(?:国家|中央|省部?|市|县|区|镇|乡|厅|局)(?:市|区)?级(?:以上)?")
_LEVEL_BEFORE = re.compile("^.*?(?:国家|中央|省部?|市|县|区|镇|乡|厅|局)(?:市|区)?级(?:以上)?")
_DONE = re.compile("已(?:经)?([^,]{1,6})$")
