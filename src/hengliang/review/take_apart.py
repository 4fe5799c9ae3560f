"""A sentence of the scoring standard taken apart by its fixed phrases: 每…扣…分, 达到…以上, 不得分.

The phrases belong to the language, not to a region or a year, and stand here as patterns; words that an
office may add to stand in its profile. The time taken grows with the length of the text and no faster.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice
from operator import attrgetter
from typing import Literal, NamedTuple

from hengliang.base.unit import unit_of
from hengliang.review.surface import Amount, Line, Side, Span, Step, Surface, Then, Way


def take_apart(text: str, cut: bool) -> Surface:
    """What stands in the scoring sentence `text`, of which only the beginning is known when `cut`."""
    # Most patterns announce themselves by a character: asking for it first saves three quarters of the time.
    characters = frozenset(text)
    plain = text
    if not _ODD.isdisjoint(characters):
        plain = text.translate(_PLAIN)
        characters = frozenset(plain)
    floor = not _FLOOR_SIGNS.isdisjoint(characters) and _FLOOR.search(plain) is not None
    capped = not _CAP_SIGNS.isdisjoint(characters) and _CAPPED.search(plain) is not None
    figures, amounts = _figures(plain, capped or floor) if _may_have_figures(characters) else ([], [])
    losses = [amount.start for kind, amount in amounts if kind == "loss"]
    unnumbered = [*_unnumbered(plain, cut, losses)] if plain.count("扣") > len(losses) else []
    events = [_Event(amount.start, kind, amount) for kind, amount in amounts if kind != "cap"]
    events += [_Event(span.start, "loss", None) for span, _ in unnumbered]
    if not _PHRASE_SIGNS.isdisjoint(characters) or "0分" in plain or "扣完" in plain:
        events += [
            _Event(match.start(), _THENS[match.lastgroup or ""], None) for match in _PHRASE.finditer(plain)
        ]
    if len(events) > 1:
        events.sort(key=_start)
    steps = _steps(plain, figures, events, "一" in characters)
    gains: list[Amount] = []
    losses_at_once: list[Amount] = []
    caps: list[Amount] = []
    if amounts:
        stepwise = {step.amount.start for step in steps if step.amount is not None}
        for kind, amount in amounts:
            if kind == "cap":
                caps.append(amount)
            elif kind != "bonus" and amount.start not in stepwise:
                (gains if kind == "gain" else losses_at_once).append(amount)
    thens = [event.then for event in events]
    return Surface(
        text,
        cut,
        not _DIGITS.isdisjoint(characters),
        bool(events) or "扣" in characters or _VERB.search(plain) is not None,
        tuple(steps),
        tuple(_lines(plain, figures, steps, events)) if figures else (),
        tuple(gains),
        tuple(losses_at_once),
        tuple(caps),
        () if _BONUS_SIGNS.isdisjoint(characters) else tuple(_bonuses(plain)),
        tuple([span for span, is_lost in unnumbered if not is_lost]) if unnumbered else (),
        any(is_lost for _, is_lost in unnumbered) if unnumbered else False,
        "full" in thens,
        "zero" in thens,
        "ratio" in thens,
        floor,
        capped,
        "否决" in plain,
    )


_Kind = Literal["loss", "gain", "bonus", "cap"]
"""What is done with a number of points; a cap is the most that can be had or lost."""


class _Event(NamedTuple):
    """Something done with points, at its place."""

    start: int
    then: Then
    amount: Amount | None


_start = attrgetter("start")
_FEW = 8
"""Up to so many events are looked through faster than searched."""


def _may_have_figures(characters: frozenset[str]) -> bool:
    return "分" in characters or not _DIGITS.isdisjoint(characters)


def _figures(plain: str, limited: bool) -> tuple[list[re.Match[str]], list[tuple[_Kind, Amount]]]:
    """The numbers that are no points, and those that are, with what is done with them."""
    figures: list[re.Match[str]] = []
    amounts: list[tuple[_Kind, Amount]] = []
    for match in _FIGURE.finditer(plain):
        if match["points"] is None:
            figures.append(match)
        elif plain[match.start() - 1 : match.start()] not in _RATED:
            amounts.append(_amount(plain, match, limited))
    return figures, amounts


def _amount(plain: str, match: re.Match[str], limited: bool) -> "tuple[_Kind, Amount]":
    start, end = match.span("number")
    amount = Amount(_number(match["number"]), start, end, match["lower"] is not None)
    first = match.start()
    if limited and _MOST.search(plain, max(0, first - 12), first):
        return "cap", amount
    kind = _KINDS.get(plain[first - 1 : first])
    if kind is not None:
        return kind, amount
    done = _DONE.search(plain, max(0, first - 12), first)
    if done is None:
        return "gain", amount
    kind = "loss" if done["loss"] else "bonus" if done["bonus"] else "gain"
    return kind, amount if done["list"] is None else amount._replace(is_range=True)


def _unnumbered(plain: str, cut: bool, losses: list[int]) -> Iterator[tuple[Span, bool]]:
    """Deductions without a number, and whether the cut may have taken it."""
    for match in _LOSS.finditer(plain):
        start, end = match.span()
        if bisect_left(losses, start) < bisect_left(losses, end + 10):
            continue
        is_lost = cut and _LOST.match(plain, end) is not None
        if is_lost or not _METHOD.search(plain, max(0, start - 10), end + 8):
            yield Span(start, end), is_lost


def _bonuses(plain: str) -> Iterator[Span]:
    return (Span(match.start(), match.end()) for match in _BONUS.finditer(plain))


def _after(plain: str, events: list[_Event], position: int, reach: int = 300) -> tuple[Then, Amount | None]:
    """What follows from a condition that ends at `position`, before the next full stop or semicolon."""
    first = bisect_left(events, position, key=_start) if len(events) > _FEW else 0
    for event in islice(events, first, None):
        if event.start >= position:
            between = plain[position : event.start]
            if len(between) > reach or ";" in between or "。" in between or "…" in between:
                break
            return event.then, event.amount
    return "open", None


def _steps(plain: str, figures: list[re.Match[str]], events: list[_Event], has_one: bool) -> list[Step]:
    each = [_each(plain, match, events) for match in _EACH.finditer(plain)] if "每" in plain else []
    if not events:
        return each
    # Without 每 only one of something before points is a step: 少1类扣1分, but not 1个月以内.
    singles = [
        one for one in figures if one["number"] == "1" and plain[one.start() - 1 : one.start()] != "年"
    ]
    if has_one:
        singles += _ONE.finditer(plain)
    found: list[Step] = []
    for match in singles:
        start, end = match.span()
        if _inside(start, each) or not (unit := _unit_at(plain, end)) or unit == "分":
            continue
        end += len(unit)
        if _BEFORE_POINTS.match(plain, end):
            way = _way(plain[max(0, start - 8) : start])
            found.append(Step(way, _ONCE, unit, *_after(plain, events, end), start, end))
    return sorted(each + found, key=_start) if found else each


def _each(plain: str, match: re.Match[str], events: list[_Event]) -> Step:
    start = match.start()
    # 每起扣5分: the unit stands at once behind 每, and one of it is meant.
    unit = _unit_at(plain, start + 1)
    if unit and unit != "分":
        size, how, end = _ONCE, "", start + 1 + len(unit)
    elif match["size"] and (unit := _unit_at(plain, match.end())) != "分":
        size, how, end = _number(match["size"]), match["how"], match.end() + len(unit)
    else:
        size, how, unit = _ONCE, match["how"] or "", ""
        end = start + 1 + len(how)
    way = _way(how or plain[max(0, start - 8) : start])
    return Step(way, size, unit, *_after(plain, events, end), start, end)


def _lines(
    plain: str, figures: list[re.Match[str]], steps: list[Step], events: list[_Event]
) -> Iterator[Line]:
    for match in figures:
        start, end = match.span("number")
        if _inside(start, steps) or not (unit := _unit_at(plain, end)) or unit == "分":
            continue
        # 2023年 is a year of the calendar.
        if unit == "年" and end - start == 4:
            continue
        stop = end + len(unit)
        side = "band" if match["lower"] else _side(plain, match.start(), stop)
        then, amount = _after(plain, events, stop, 4 if side == "at" else 300)
        if side != "at" or then in ("full", "gain"):
            yield Line(side, Decimal(match["number"]), unit, then, amount, match.start(), stop, start, end)


def _side(plain: str, start: int, stop: int) -> Side:
    after = _AFTER.match(plain, stop)
    if after is not None:
        return "band" if after["range"] else "least" if "上" in after[0] else "most"
    sign = _SIGN.search(plain, max(0, start - 6), start)
    return _SIDES[sign.lastgroup or ""] if sign is not None else "at"


def _inside(position: int, steps: list[Step]) -> bool:
    """Whether the last step that begins before `position` reaches over it."""
    last = bisect_right(steps, position, key=_start) - 1
    return last >= 0 and position < steps[last].end


def _number(text: str) -> Decimal:
    return _FIGURES.get(text) or Decimal(text.replace("。", "."))


def _way(how: str) -> Way:
    found = _WAY.search(how)
    return _WAYS[found.lastgroup or ""] if found else "each"


def _unit_at(text: str, position: int) -> str:
    """The longest unit known that begins at `position`."""
    if text.startswith("%", position):
        return "%"
    for length in (4, 3, 2, 1):
        word = text[position : position + length]
        if len(word) == length and unit_of(word) is not None:
            return word
    return ""


_PLAIN = str.maketrans(
    "０１２３４５６７８９，；：（）％～—–－．＝＜＞＊／計項達標過個點萬滿減無額現總",
    "0123456789,;:()%~---.=<>*/计项达标过个点万满减无额现总",
)
_ODD = frozenset(map(chr, _PLAIN))
_FIGURES = {
    "半": Decimal("0.5"),
    **{figure: Decimal(index) for index, figure in enumerate("一二三四五六七八九十", 1)},
    "两": Decimal(2),
}
_ONCE = Decimal(1)
_NUMBER = r"\d+(?:[.。]\d+)?"
_ANY_NUMBER = rf"(?:{_NUMBER}|[半一二两三四五六七八九十])"
_KINDS: "dict[str, _Kind]" = {
    "扣": "loss",
    "减": "loss",
    "得": "gain",
    "计": "gain",
    "记": "gain",
    "加": "bonus",
}
_RATED = ("≥", "≤", "<", ">", "至", "于", "足")
_SIDES: dict[str, Side] = {"least": "least", "below": "below", "most": "most", "above": "above"}
_WAYS: dict[str, Way] = {"late": "late", "short": "short", "over": "over"}
_THENS: dict[str, Then] = {"ratio": "ratio", "zero": "zero", "full": "full"}

_DIGITS = frozenset("0123456789")
_FLOOR_SIGNS = frozenset("止完至负低以")
_CAP_SIGNS = frozenset("最超限满封")
_PHRASE_SIGNS = frozenset("不零满比率值全得×*x")
_BONUS_SIGNS = frozenset("加奖")

_VERB = re.compile(r"[得计满赋记打给评减加]分|分值|比例|否决|\d\s{0,2}分(?!之|钟)")
_FLOOR = re.compile(
    r"(?<!满分)为止|(?<=[,;])[扣减]完(?=$|[,;。)])|[扣减]至0|不(?:得|计)?负分|最低(?:得|计|为)?0分|以0分计"
)
_CAPPED = re.compile(r"最高|最多|不超过[^,;]{0,4}(?:分|上限)|上限|满分为止|(?<!不)封顶|按满分计")
_MOST = re.compile(r"(?:最高|最多|不超过|上限|封顶|[扣减][完满])[^\d,;。]{0,6}\Z")
_BONUS = re.compile(
    rf"(?<![增不])加(?:计|记)?\s{{0,2}}{_ANY_NUMBER}\s{{0,2}}分|(?<!不)(?<!重复)加[计记]?分|奖励\s{{0,2}}{_NUMBER}\s{{0,2}}分"
)
_FIGURE = re.compile(
    rf"(?<![\d.第])(?:(?P<lower>{_NUMBER})\s{{0,2}}%?\s{{0,2}}[-~至到]\s{{0,2}})?"
    rf"(?P<number>{_NUMBER}|[半一二两三四五六七八九十](?=\s{{0,2}}分))\s{{0,2}}"
    r"(?P<points>分(?![之钟析类布公解管别批期])(?!值?(?:以[上下]|及以|\(不?含)))?"
)
_DONE = re.compile(
    r"(?:(?P<loss>[扣减])|(?P<bonus>加[计记]?|奖励)|(?P<gain>[得计记给赋打,;。:共]))"
    rf"[^\d,;。:扣减加得计记给赋打]{{0,6}}(?P<list>(?:{_NUMBER}、)+)?\s{{0,2}}\Z"
)
_PHRASE = re.compile(
    r"(?P<ratio>按[^,;。]{0,12}(?:比例|比率|百分比|完成率)|比例[得计扣赋]"
    r"|[率值比][*×x/][^,;。]{0,8}(?:分|权重)|(?:分值|权重|分)[*×x]|得分=)"
    r"|(?P<zero>不予?[得计给记]分|不得(?=$|[,;。])|(?<!\d)0分|零分|(?<![,;])扣完(?=$|[,;。])|全扣|扣除?全部)"
    r"|(?P<full>(?<!不)(?<!不得)(?<!不计)满分(?!为止)|总分值|全部分值|得全分|(?<![不例算以=])得分(?=[,;。]|$))"
)
_EACH = re.compile(rf"每(?:(?P<how>[^,;。:\d每扣得计]{{0,9}}?)\s{{0,2}}(?P<size>{_ANY_NUMBER})\s{{0,2}})?")
_ONE = re.compile(r"(?<!第)一\s{0,2}")
_BEFORE_POINTS = re.compile(r"(?!以|内|及)[^\d,;。每]{0,8}[,的]?\s{0,2}(?:即|分别)?[扣减加得计]")
_WAY = re.compile(
    r"(?P<late>延|迟|逾期|滞后|晚|超期|拖)|(?P<short>未|少|缺|低|降|减|差|不足|不到|漏)|(?P<over>超|高|增|大于|多|上升)"
)
_SIGN = re.compile(
    r"(?:(?P<least>不得?[低少小]于|大于等于|(?<!未)(?<!不)达到?|[≥≧]|>=)|(?P<below>未达到?|达不到|不足|不到|[低少小]于|<)"
    r"|(?P<most>不得?超过|不得?高于|小于等于|控制在|[≤≦]|<=)|(?P<above>高于|大于|超过|超出|>))\s{0,2}\Z"
)
_AFTER = re.compile(r"(?P<range>\s{0,2}[-~至到]\s{0,2}\d)|(?:\(含[^)]{0,12}\))?(?:及|或)?以[上下内]")
_LOSS = re.compile(r"(?<![不回克])扣(?![完满押留缴款])[除减]?")
_LOST = re.compile(r"\s{0,2}\d*\.?(?:…|\Z)")
_METHOD = re.compile(r"按[^,;。]{0,10}(?:比例|标准)|全部|全扣|\d")
