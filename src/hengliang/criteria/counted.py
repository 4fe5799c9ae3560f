"""What a clause counts: the size of a step, the way it goes, and the words around it."""

import re
from decimal import Decimal
from typing import NamedTuple

from hengliang.base.message import message
from hengliang.base.unit import Dimension, unit_of
from hengliang.criteria.clauses import Clause
from hengliang.criteria.context import Context, name_of
from hengliang.criteria.elements import Each, Points, Quantity, Range, Test, Way, Words
from hengliang.criteria.variable import dimension_of, is_percent


class Counted(NamedTuple):
    """What a clause counts: how much is one step, which way, and the words before and after."""

    way: Way | None
    quantity: Quantity
    before: str
    inner: str
    after: str


def is_counting(clause: Clause) -> bool:
    """Whether the clause gives or takes points for each of something."""
    outcome = clause.outcome
    if clause.eaches:
        return isinstance(outcome, Points) or outcome is None
    if not isinstance(outcome, Points) or outcome.doing == "bare":
        return False
    return bool(outcome.per) or one_of(clause) is not None


def one_of(clause: Clause) -> Test | None:
    """The 1件 of 发现1件扣5分, when it is the only number of the condition."""
    tests = [phrase for phrase in clause.last if isinstance(phrase, Test | Range)]
    earlier = [test for test in clause.tests if test not in tests]
    if len(tests) != 1 or not isinstance(tests[0], Test) or clause.tiers:
        return None
    if any(not isinstance(test, Test) or not test.bare for test in earlier):
        return None
    test = tests[0]
    if not test.bare or test.quantity.number != 1 or not test.quantity.unit:
        return None
    if is_percent(test.quantity.unit):
        before = clause.front[clause.front.index(test) - 1] if clause.front.index(test) else None
        losing = isinstance(clause.outcome, Points) and clause.outcome.doing == "lose"
        return test if losing and isinstance(before, Words) and before.tail in ("short", "over") else None
    dimension = dimension_of(test.quantity.unit)
    if dimension is Dimension.DURATION and clause.front[-1] is test:
        # 逾期1天扣0.5分 is for each day, as 发现1处扣1分 is for each spot.
        before = clause.front[-2] if len(clause.front) > 1 else None
        losing = isinstance(clause.outcome, Points) and clause.outcome.doing == "lose"
        return test if losing and isinstance(before, Words) and before.tail == "late" else None
    return test if dimension is Dimension.COUNT else None


def counted_of(clause: Clause, context: Context) -> Counted:
    eaches = clause.eaches
    if len(eaches) > 1:
        raise context.unread(clause.span, message("the condition counts two things at once"))
    one = one_of(clause)
    outcome = clause.outcome
    each: Each | Test | None = eaches[0] if eaches else one
    if isinstance(outcome, Points) and outcome.per and not eaches:
        unit = unit_of(outcome.per)
        text = context.plain([phrase.span for phrase in clause.front]) if clause.front else ""
        quantity = Quantity(outcome.span, Decimal(1), unit.symbol if unit else outcome.per)
        return Counted(None, quantity, text, "", "")
    if each is None:
        raise context.unread(clause.span, message("it is not said what is counted"))
    index = clause.front.index(each)
    before = [phrase.span for phrase in clause.front[:index]]
    after = [phrase.span for phrase in clause.front[index + 1 :]]
    last = clause.front[index - 1] if index else None
    way = each.way if isinstance(each, Each) else last.tail if isinstance(last, Words) else None
    inner = each.text if isinstance(each, Each) else ""
    if isinstance(each, Test):
        if not context.profile.flag("criteria.one_means_each"):
            raise context.unread(
                clause.span, message("it is not said whether one case or each case is meant")
            )
        context.assume(message("“{words}” is read as each one", words=context.text(each.span)))
        if way is None and isinstance(last, Words) and tuple(last.ways) == ("short",):
            way = _one_way(last.text)
    text_before = context.plain(before) if before else ""
    if isinstance(each, Test) and is_percent(each.quantity.unit):
        text_before = _WAY_BEFORE.sub("", text_before)
    return Counted(way, each.quantity, text_before, inner, context.plain(after) if after else "")


_WAY_BEFORE = re.compile(
    "(?:低于|降低|下降|减少|不足|未完成|未达到|超过|超出|高于|增加|上升|低|降|少|缺|差|未|超|高|增|多)$"
)
_SHORT_VERB = re.compile("(?:少|缺|差|漏)[一-鿿]{0,2}$")


def _one_way(words: str) -> Way | None:
    """少签1个: the verb stands between 少 and the number."""
    return "short" if _SHORT_VERB.search(words) else None


_LATE = re.compile("逾期|延迟|滞后|推迟|超期|延误|拖延|延期|延后|超时|迟|晚于")


def is_late(words: str) -> bool:
    return _LATE.search(words) is not None


def event_of(counted: Counted) -> str:
    """The words that say what one counted case is."""
    words = name_of(f"{counted.before}{counted.inner}{counted.after}")
    return words or {"short": "少", "over": "超", "late": "迟", "early": "提前", None: ""}[counted.way]
