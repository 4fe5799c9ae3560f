"""Formulas over any named quantities: what each name stands for, and whether the formula can be what it
says.
"""

import re
from dataclasses import dataclass, field
from fractions import Fraction

from hengliang.base.message import message
from hengliang.criteria.canonical import number
from hengliang.criteria.context import Context
from hengliang.criteria.expression import (
    Asked,
    Expression,
    Figure,
    Name,
    NotArithmeticError,
    Number,
    parse_expression,
    value_of,
)
from hengliang.criteria.nodes import Criterion, Formula
from hengliang.criteria.printed import Span
from hengliang.criteria.variable import Kind, Variable
from hengliang.criteria.wording import is_generic

_LEAD = re.compile("^(?:(?:该|本|此)?(?:项|指标)?(?:实际|最终|考核)?得分(?:值)?[=:])?(?:按(?:照)?(?:公式)?)?")
_TAIL = re.compile("(?:来)?(?:计算|核算|确定)?(?:得分|计分|给分|记分|赋分|得出)?$")
_RESULT = re.compile(r"=(?P<result>[0-9]+(?:\.[0-9]+)?)分?$")
_WORTH = re.compile(
    "(?:该|本|此|其|所占)?(?:项|指标)?(?:的)?(?:标准)?(?:分值|权重分?值?|权重|满分|标准分|总分|基础分|基本分)"
)
_RATE = re.compile("(?:率|比例|占比|比重|程度|(?<!年)(?<!额)度|进度|百分比)$")
_PLANNED = re.compile(
    "(?:年度|年初|全年|绩效|当年|本年)*(?:计划|目标|任务|指标|应)(?:完成|达到)?(?:任务|指标)?(?:值|数|量|额|数量)?"
)
_DONE = re.compile(
    "(?:年度|全年|当年|本年)*(?:实际)(?:完成|达到)?(?:任务|指标)?(?:值|数|量|额|数量)?|完成(?:值|数|量|数量)|实际值"
)
_LOST = re.compile("(?:合计|累计)?扣(?:减)?分(?:值|数|合计|总和)?")


def is_planned(name: str) -> bool:
    """Whether a name of a formula is the target of the indicator."""
    return _PLANNED.fullmatch(name) is not None


@dataclass(slots=True)
class _Names:
    """What the names of a formula stand for; each quantity is asked once."""

    context: Context
    points: Fraction
    ratios: dict[str, tuple[str, str]]
    span: Span
    asked: list[Variable] = field(default_factory=list[Variable])
    filled: dict[Variable, Fraction] = field(default_factory=dict[Variable, Fraction])

    def leaf(self, token: Name | Figure) -> Expression:
        """What one name or figure is."""
        if isinstance(token, Figure):
            return Number(token.value)
        text = token.text.strip("的、和与")
        if token.filled is None and _WORTH.fullmatch(text):
            return Number(self.points)
        if token.filled is None and _PLANNED.fullmatch(text) and self.context.target is not None:
            return Number(self.context.target)
        if not text or _SIGNLESS.search(text):
            raise NotArithmeticError(text)
        variable = self._variable(text)
        if variable not in self.asked:
            self.asked.append(variable)
        scale = Fraction(1, 100) if variable.unit == "%" else Fraction(1)
        if token.filled is not None:
            self.filled[variable] = token.filled.value / scale
        return Asked(self.asked.index(variable), scale)

    def _variable(self, text: str) -> Variable:
        if _RATE.search(text):
            return Variable(Kind.RATE, text, "%", ratio=self.ratios.get(text))
        if _LOST.fullmatch(text):
            return Variable(Kind.VALUE, text, "分")
        if self.context.target is not None and (_DONE.fullmatch(text) or is_generic(text)):
            return Variable(Kind.VALUE, "", self.context.unit)
        return Variable(Kind.VALUE, text)


_SIGNLESS = re.compile("[a-zA-Z]$|^[a-zA-Z]+$|≥|≤|<|>|每|扣[0-9]|[。;]")


def general_formula(text: str, context: Context, ratios: dict[str, tuple[str, str]], span: Span) -> Criterion:
    """The tree of a formula of any shape. Raises UnreadError where it is none, or cannot be this row's."""
    unclear = context.unread(span, message("the formula is not understood"))
    points = context.points
    if points is None or points <= 0:
        raise context.unread(span, message("the full marks are not known"))
    result = _RESULT.search(text)
    body = _TAIL.sub("", _LEAD.sub("", text[: result.start()] if result is not None else text, count=1))
    if "=" in body:
        raise unclear
    names = _Names(context, points, ratios, span)
    try:
        expression = parse_expression(body, names.leaf)
    except NotArithmeticError:
        raise unclear from None
    if not names.asked:
        raise unclear
    _check_filled(expression, names, result["result"] if result is not None else None)
    _check_reached(expression, names)
    formula = Formula(
        names.asked[0],
        (span,),
        asked=tuple(names.asked),
        expression=expression,
        text=_said(body, names),
        points=points,
    )
    return Criterion(Fraction(0), (formula,), low=Fraction(0), high=points)


def _check_filled(expression: Expression, names: _Names, result: str | None) -> None:
    """Numbers filled in must lead to the printed result, which also tells a measured number from a fixed
    one.
    """
    if not names.filled and result is None:
        return
    numbers = [names.filled.get(variable) for variable in names.asked]
    known = [number for number in numbers if number is not None]
    value = value_of(expression, known) if len(known) == len(numbers) else None
    if result is None or value is None:
        raise names.context.unread(names.span, message("the formula is not understood"))
    places = len(result.partition(".")[2])
    printed, capped = Fraction(result), min(value, names.points)
    if abs(capped - printed) > Fraction(1, 2 * 10**places):
        raise names.context.unread(names.span, message("the printed result is not that of the formula"))


def _check_reached(expression: Expression, names: _Names) -> None:
    """With all reached, the formula must give the points of the row, as far as that can be told."""
    context = names.context
    numbers: list[Fraction] = []
    for variable in names.asked:
        if variable.kind is Kind.RATE:
            numbers.append(Fraction(100))
        elif variable.unit == "分" and _LOST.fullmatch(variable.name):
            numbers.append(Fraction(0))
        elif not variable.name and context.target is not None:
            numbers.append(context.target)
        else:
            return
    if context.operator in ("≤", "<") and any(variable.kind is Kind.RATE for variable in names.asked):
        raise context.unread(
            names.span, message("the formula gives more for more, and less is better by the target")
        )
    value = value_of(expression, numbers)
    if value != names.points:
        raise context.unread(names.span, message("the formula has other points than the indicator"))
    if len(numbers) == 1 and not names.asked[0].name and context.target:
        more = value_of(expression, [context.target * Fraction(11, 10)])
        less = value_of(expression, [context.target * Fraction(9, 10)])
        if more is None or less is None or (more > less) == (context.operator in ("≤", "<")):
            raise context.unread(
                names.span, message("the formula gives more for more, and less is better by the target")
            )


def _said(body: str, names: _Names) -> str:
    """The formula without the numbers that were filled in."""
    for variable in names.filled:
        at = body.find(variable.name)
        end = at + len(variable.name)
        rest = re.match(r"[0-9.]+%?", body[end:])
        if at >= 0 and rest is not None:
            body = body[:end] + body[end + rest.end() :]
    target = names.context.target
    if target is not None:
        body = re.sub(
            r"[^×*÷/+\-=(),;:%0-9.]+",
            lambda name: number(target) if _PLANNED.fullmatch(name[0]) else name[0],
            body,
        )
    worth = re.compile(_WORTH.pattern)
    return worth.sub(f"{number(names.points)}分", body)
