"""The least or the most of several scores: 两类得分中较低分值作为评分结果, 取两项得分的最低分."""

import re
from fractions import Fraction

from hengliang.base.message import message
from hengliang.base.number import read_numeral
from hengliang.criteria.clauses import Clauses
from hengliang.criteria.context import Context
from hengliang.criteria.nodes import Criterion, Share
from hengliang.criteria.printed import Span
from hengliang.criteria.variable import Kind, Variable

_LOW, _HIGH = "低|小", "高|大"
_OF = "(?:得分|分值|分数|评分|结果)"
_WAY = f"(?:较|最)?(?P<way>{_LOW}|{_HIGH})(?:的)?(?:{_OF}|分|值|者)*"
_USE = f"(?:作为|为|计算?|计入|记|该项|本项|该指标|最终|评价|考核|{_OF}|分)*"
_COUNTED = re.compile(
    "(?:取|以|按|选取?)?(?:上述|以上|其中)?(?P<count>[两二三四五2-5])(?P<kind>类|项|个|种|部分|方面|者)(?:指标|内容|情形)?(?:的)?"
    f"{_OF}?(?:之?中|的)?(?:,)?(?:取|以|按|选取?)?(?:其中)?(?:的)?{_WAY}{_USE}"
)
_NAMED = re.compile(
    f"(?:取|以|按)?(?P<one>[^,;。]{{1,20}}?{_OF})(?:、|和|与|及)(?P<two>[^,;。、]{{1,20}}?{_OF})(?:两者)?(?:之?中|的)?(?:,)?(?:取|以|按|选取?)?"
    f"(?:其中)?(?:的)?{_WAY}{_USE}"
)


def picked_of(found: Clauses, context: Context) -> Criterion | None:
    """The tree of a sentence that takes one of several scores; None for any other. Raises UnreadError."""
    if len(found.loose) != 1 or found.loose[0].cut:
        return None
    text = context.plain([found.loose[0].span])
    counted, named = _COUNTED.fullmatch(text), _NAMED.fullmatch(text)
    match = counted or named
    if match is None:
        return None
    if context.points is None or context.points <= 0:
        raise context.unread(Span(0, len(context.sentence.text)), message("the full marks are not known"))
    if named is not None:
        names = [named["one"], named["two"]]
    else:
        count = (
            int(read_numeral(match["count"]) or 0) if not match["count"].isdigit() else int(match["count"])
        )
        kind = match["kind"].replace("者", "项")
        names = [f"第{number}{kind}得分" for number in "一二三四五"[:count]]
    pick = "least" if match["way"] in _LOW else "most"
    sections = tuple(_score(name, context.points, found.loose[0].span) for name in names)
    return Criterion(Fraction(0), high=context.points, sections=sections, pick=pick)


def _score(name: str, points: Fraction, span: Span) -> Criterion:
    """A score of its own, as it is given."""
    variable = Variable(Kind.VALUE, name, "分")
    return Criterion(Fraction(0), (Share(variable, (span,), line=points, points=points),), high=points)
