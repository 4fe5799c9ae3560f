"""Formulas in words: 得分=完成率×分值, (实际数/目标数)×分值; and definitions of the rates in them."""

import re
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from hengliang.base.message import message
from hengliang.criteria.arithmetic import general_formula, is_planned
from hengliang.criteria.context import Context
from hengliang.criteria.nodes import Criterion, Share
from hengliang.criteria.printed import Span
from hengliang.criteria.variable import Kind, Variable
from hengliang.criteria.wording import is_generic

_NAME = r"[^×*÷/=()+\-0-9,;:。%]+?"
_NUMBER = r"[0-9]+(?:\.[0-9]+)?"
_WORTH = r"(?:该|本|此|其|所占)?(?:项|指标)?(?:的)?(?:标准)?(?:分值|权重分?值?|权重|满分|标准分|总分)"
_RATIO = rf"\(?(?P<top>{_NAME})[/÷](?P<bottom>{_NAME})\)?"
_RATE = rf"(?P<rate>{_NAME}(?:率|比例|比|度|占比))(?P<filled>{_NUMBER}%)?"
_POINTS = rf"(?:(?P<worth>{_WORTH})|(?P<points>{_NUMBER})分?)"
_SCORE = r"(?:(?:该|本|此)?(?:项|指标)?(?:实际)?得分(?:值)?[=:]?)?\(?(?:按(?:照)?|以|用)?"
_END = rf"\)?(?:=(?P<result>{_NUMBER})分?|=(?:该项|本项|指标)?得分)?(?:计算|计分|得分|计算得分)?"
_FORMULAS = (
    re.compile(f"{_SCORE}{_RATIO}(?:[×*]100%)?[×*]{_POINTS}{_END}"),
    re.compile(f"{_SCORE}{_POINTS}[×*]{_RATIO}(?:[×*]100%)?{_END}"),
    re.compile(f"{_SCORE}{_RATE}[×*]{_POINTS}{_END}"),
    re.compile(f"{_SCORE}{_POINTS}[×*]{_RATE}{_END}"),
)
_DEFINITION = re.compile(rf"(?P<name>{_NAME})=\(?(?P<top>{_NAME})[/÷](?P<bottom>{_NAME})\)?(?:[×*]100%)?")
_SIGN = re.compile(r"[×*÷/=]")


_RATIO_OF = re.compile(rf"({_NAME})[与和同]({_NAME})(?:的|之)(?:比值|比例|比率|比|商)(?=[×*])")
"""实际值与目标值的比值×分值: the quotient of the two."""


class Formulas(NamedTuple):
    """The part of a sentence that is a formula, as a tree, where it stands, and the rest of the sentence."""

    tree: Criterion | None
    place: Span | None
    rest: tuple[Span, ...]


def formulas_of(context: Context) -> Formulas:
    """The formula of the sentence; `rest` are the stretches that hold none, all by their places in its one
    spelling.

    Raises UnreadError for a formula of any other shape.
    """
    plain = context.sentence.plain
    tree: Criterion | None = None
    place: Span | None = None
    ratios: dict[str, tuple[str, str]] = {}
    rest: list[Span] = []
    for part in re.finditer(r"[^,;。]+", plain):
        text, start = part[0], part.start()
        if not _SIGN.search(text):
            rest.append(Span(start, part.end()))
            continue
        definition = _DEFINITION.fullmatch(text)
        if definition is not None and not definition["name"].endswith("得分"):
            ratios[definition["name"]] = definition["top"], definition["bottom"]
        elif tree is None:
            tree = _tree(
                _RATIO_OF.sub(r"\1/\2", text), context, ratios, context.sentence.span(start, part.end())
            )
            place = Span(start, part.end())
        else:
            raise _not_understood(context, start, part.end())
    return Formulas(tree, place, tuple(rest))


def _not_understood(context: Context, start: int, end: int) -> Exception:
    return context.unread(context.sentence.span(start, end), message("the formula is not understood"))


def _tree(text: str, context: Context, ratios: dict[str, tuple[str, str]], span: Span) -> Criterion:
    found = next((match for pattern in _FORMULAS if (match := pattern.fullmatch(text)) is not None), None)
    if found is None:
        return general_formula(text, context, ratios, span)
    parts = found.groupdict()
    if parts.get("top") and (context.operator in ("≤", "<") or is_planned(parts["top"] or "")):
        return general_formula(text, context, ratios, span)
    points = Fraction(Decimal(parts["points"])) if parts.get("points") else context.points
    if points is None or points <= 0:
        raise context.unread(span, message("the full marks are not known"))
    if context.points is not None and points != context.points:
        raise context.unread(span, message("the formula has other points than the indicator"))
    if parts.get("result") and not _agrees(parts, points):
        raise context.unread(span, message("the printed result is not that of the formula"))
    variable, line = _variable(parts, context, ratios, span)
    share = Share(variable, (span,), line=line, points=points)
    return Criterion(Fraction(0), (share,), low=Fraction(0), high=points)


def _agrees(parts: dict[str, str | None], points: Fraction) -> bool:
    """Whether a formula with its numbers filled in gives the result printed behind it."""
    filled = parts.get("filled")
    if not filled:
        return False
    return Fraction(filled.removesuffix("%")) / 100 * points == Fraction(parts["result"] or "0")


_PLANNED = re.compile("计划|目标|任务|指标")


def _variable(
    parts: dict[str, str | None], context: Context, ratios: dict[str, tuple[str, str]], span: Span
) -> tuple[Variable, Fraction]:
    rate = parts.get("rate")
    if rate:
        if context.operator in ("≤", "<"):
            raise context.unread(
                span, message("the formula gives more for more, and less is better by the target")
            )
        return Variable(Kind.RATE, rate, "%", ratio=ratios.get(rate)), Fraction(100)
    top, bottom = parts["top"] or "", parts["bottom"] or ""
    if context.operator in ("≤", "<"):
        raise context.unread(
            span, message("the formula gives more for more, and less is better by the target")
        )
    planned = is_generic(bottom) or _PLANNED.search(bottom) is not None
    if planned and context.target is not None and context.target > 0 and context.unit:
        return Variable(Kind.VALUE, "", context.unit), context.target
    return Variable(Kind.RATIO, "", "%", ratio=(top, bottom)), Fraction(100)
