"""The phrases of a scoring sentence, each with its characters, by the grammar in `grammar.lark`."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, Literal, NamedTuple, cast

from lark import Token, Transformer, UnexpectedInput
from lark.exceptions import VisitError

from hengliang.base.profile import Profile
from hengliang.base.unit import unit_of
from hengliang.criteria.elements import (
    Doing,
    Each,
    Limit,
    Mark,
    Marker,
    Nth,
    Phrase,
    Points,
    Quantity,
    Range,
    Side,
    Test,
    Way,
    Words,
)  # fmt: skip
from hengliang.criteria.printed import Printed, Span
from hengliang.criteria.tokens import BARE, CHINESE, number, parser_of


class NotParsedError(ValueError):
    """Characters that the grammar has no place for; `span` says which."""

    def __init__(self, span: Span) -> None:
        super().__init__(f"characters {span.start} to {span.end} fit no phrase")
        self.span = span


def parse(sentence: Printed, profile: Profile) -> tuple[Phrase, ...]:
    """The phrases of `sentence` in order. Raises NotParsedError.

    The profile's `criteria.counting` and `criteria.not_after_numerals` say which words are units.
    """
    parser = parser_of(profile.words("criteria.counting"), profile.words("criteria.not_after_numerals"))
    try:
        tree = parser(sentence.plain)
    except UnexpectedInput as error:
        at = min(max(error.pos_in_stream or 0, 0), len(sentence.plain))
        raise NotParsedError(sentence.span(at, len(sentence.plain))) from None
    try:
        return _without_steps(cast("list[Phrase]", _Build(sentence).transform(tree)))
    except VisitError as error:
        if isinstance(error.orig_exc, NotParsedError):
            raise error.orig_exc from None
        raise


def _without_steps(phrases: Sequence[Phrase]) -> tuple[Phrase, ...]:
    """不足100%的按比例扣分 says nothing of part steps where there are none: it is a line and a proportion."""
    if any(isinstance(phrase, Each) for phrase in phrases):
        return tuple(phrases)
    found: list[Phrase] = []
    for phrase in phrases:
        match = _PART_LINE.match(phrase.text) if isinstance(phrase, Mark) else None
        if not isinstance(phrase, Mark) or phrase.kind != "pro_rata" or match is None:
            found.append(phrase)
            continue
        quantity = _quantity(phrase.span, match[1])
        found.append(Test(phrase.span, "below", quantity, True, False))
        found.append(Mark(phrase.span, "share_gain", phrase.text[match.end() :]))
    return tuple(found)


_PART_LINE = re.compile("(?:不足|不满|未满)([0-9][^的,按]*)的?,?")
_NUMBER_FIRST = re.compile(rf"(百分之)?([0-9]+(?:\.[0-9]+)?|[{CHINESE}]+)")
_NUMBERS = re.compile(BARE)
_COMPARED: dict[str, Side] = {
    "least": "least",
    "most": "most",
    "below": "below",
    "above": "above",
    "at": "at",
}
_SIDES: dict[str, Side] = {"up": "least", "down": "most", "inside": "most", "outside": "above"}
_EXPRESS = "及或(、"
"""及以上, 或以下, (含)以上: the number itself is named beside what lies beyond it."""
_BEYOND: dict[Side, Side] = {"least": "above", "most": "below"}
_UP_TO: dict[Side, Side] = {"above": "least", "below": "most"}


def _quantity(span: Span, text: str) -> Quantity:
    found = _NUMBER_FIRST.match(text)
    amount = number(found[2]) if found else None
    if found is None or amount is None:
        raise NotParsedError(span)
    symbol = "%" if found[1] else text[found.end() :]
    known = unit_of(symbol)
    return Quantity(span, amount, known.symbol if known else symbol)


class _Part(NamedTuple):
    """A small piece of a phrase, until the phrase is whole."""

    kind: str
    span: Span
    text: str = ""


class _Build(Transformer[Token, Any]):
    """Makes each phrase from its tokens."""

    def __init__(self, sentence: Printed) -> None:
        super().__init__(visit_tokens=False)
        self._sentence = sentence

    def sentence(self, phrases: list[Phrase]) -> list[Phrase]:
        return phrases

    def _span(self, parts: Sequence[Any]) -> Span:
        spans = [self._at(part) if isinstance(part, Token) else cast("Span", part.span) for part in parts]
        return Span(spans[0].start, spans[-1].end)

    def _at(self, token: Token) -> Span:
        return self._sentence.span(token.start_pos or 0, token.end_pos or 0)

    def __default__(self, data: str, children: list[Any], meta: object) -> Any:
        """A phrase of one token: what matters is its kind."""
        token = cast("Token", children[0])
        name = str(data)
        if name in _SMALL:
            return _Part(name, self._at(token), str(token))
        return Mark(self._at(token), cast("Marker", name), str(token))

    def words(self, parts: list[Any]) -> Words:
        text = "".join(str(part) if isinstance(part, Token) else part.text for part in parts)
        ways: set[Way] = {part.kind for part in parts if isinstance(part, _Part) and part.kind in _WAYS}
        last = parts[-1]
        tail = last.kind if isinstance(last, _Part) and last.kind in _WAYS else None
        return Words(self._span(parts), text, tail, frozenset(ways))

    def quantity(self, parts: list[Token]) -> Quantity:
        return _quantity(self._at(parts[0]), str(parts[0]))

    def included(self, parts: list[_Part]) -> _Part:
        return parts[0]

    def compare(self, parts: list[_Part]) -> _Part:
        return parts[0]

    way = side = reversed = included

    def test(self, parts: list[Any]) -> Test:
        quantity = next(part for part in parts if isinstance(part, Quantity))
        kinds = [part.kind for part in parts if isinstance(part, _Part)]
        compared = next((_COMPARED[kind] for kind in kinds if kind in _COMPARED), None)
        side_part = next((part for part in parts if isinstance(part, _Part) and part.kind in _SIDES), None)
        sided = _SIDES[side_part.kind] if side_part is not None else None
        side = cast("Side", sided or compared or "at")
        if compared and sided and {compared, sided} not in _AGREEING:
            raise NotParsedError(self._span(parts))
        edge = compared is not None and sided is None
        if compared in ("above", "below") and sided is not None:
            # 超过20%以上: the verb leaves the number out, whatever the word behind it.
            side, edge = compared, True
        elif side_part is not None and side_part.text[0] in _EXPRESS:
            edge = True
        if "without_it" in kinds:
            side, edge = _BEYOND.get(side, side), True
        elif "with_it" in kinds:
            side, edge = _UP_TO.get(side, side), True
        by_word = side_part is not None and side_part.kind in ("up", "inside")
        edge = edge or "outside" in kinds
        return Test(self._span(parts), side, quantity, edge, not (compared or sided), by_word and not edge)

    def bound(self, parts: list[Any]) -> tuple[Any, bool | None]:
        first = parts[0]
        value = _quantity(self._at(first), str(first)) if isinstance(first, Token) else first
        closed = None if len(parts) == 1 else parts[1].kind == "with_it"
        return value, closed

    def range(self, parts: list[Any]) -> Range:
        (low, low_closed), (high, high_closed) = parts[0], parts[2]
        span = Span(low.span.start, high.span.end)
        if low.number > high.number:
            low, low_closed, high, high_closed = high, high_closed, low, low_closed
        if low.unit not in ("", high.unit) and high.unit:
            raise NotParsedError(span)
        return Range(span, low.number, low_closed, high.number, high_closed, high.unit or low.unit)

    def nth(self, parts: list[Token]) -> Nth:
        span, text = self._at(parts[0]), str(parts[0])
        if text in _OCCASIONS:
            return Nth(span, *_OCCASIONS[text], "次", text)
        places = _BEFORE_NTH.sub("", text) if "第" in text or "前" in text else text
        found = [number(each) for each in _NUMBERS.findall(places)]
        if not found or any(each is None or each != int(each) or each < 1 for each in found):
            raise NotParsedError(span)
        ends = [int(each) for each in found if each is not None]
        low, high = (1, ends[0]) if "前" in text else (ends[0], ends[-1])
        unit = next((unit for unit in "次起例件处" if unit in text), "名")
        if low > high or ("、" in text and high != low + 1):
            raise NotParsedError(span)
        return Nth(span, low, None if _ONWARDS.search(text) else high, unit, text)

    def each(self, parts: list[Any]) -> Each:
        text = "".join(str(part) if isinstance(part, Token) else part.text for part in parts[1:-1])
        ways = [_MOVES[part.kind] for part in parts[1:-1] if isinstance(part, _Part) and part.kind in _MOVES]
        if len(set(ways)) > 1:
            raise NotParsedError(self._span(parts))
        return Each(self._span(parts), cast("Way | None", ways[0] if ways else None), parts[-1], text)

    def one_of_each(self, parts: list[Token]) -> Each:
        span, text = self._at(parts[0]), str(parts[0])
        found = _EACH_ONE.match(text)
        symbol = text[found.end() :] if found else ""
        known = unit_of(symbol)
        return Each(span, None, Quantity(span, Decimal(1), known.symbol if known else symbol), "")

    def _amounts(self, token: Token) -> tuple[Decimal, ...]:
        found = [number(text) for text in _NUMBERS.findall(str(token))]
        if any(each is None for each in found):
            raise NotParsedError(self._at(token))
        return tuple(each for each in found if each is not None)

    def amount(self, parts: list[Token]) -> Points:
        return Points(self._at(parts[0]), "bare", self._amounts(parts[0]))

    amount_list = amount

    def amount_range(self, parts: list[Token]) -> Points:
        return Points(self._at(parts[0]), "bare", self._amounts(parts[0]), is_range=True)

    def amount_part(self, parts: list[Token]) -> Points:
        if "半" in str(parts[0]):
            return Points(self._at(parts[0]), "bare", (Decimal(50),), of_full=True)
        return replace(self.amount(parts), of_full=True)

    def amount_cut(self, parts: list[Token]) -> Points:
        return Points(self._at(parts[0]), "bare", (), cut=True)

    def per(self, parts: list[Token]) -> _Part:
        return _Part("per", self._at(parts[0]), str(parts[0])[1:])

    def _points(self, doing: Doing, parts: list[Any]) -> Points:
        amount = next(part for part in parts if isinstance(part, Points))
        per = next((part.text for part in parts if isinstance(part, _Part) and part.kind == "per"), "")
        return replace(amount, span=self._span(parts), doing=doing, per=per)

    def lose(self, parts: list[Any]) -> Points:
        return self._points("lose", parts)

    def add(self, parts: list[Any]) -> Points:
        return self._points("add", parts)

    def gain(self, parts: list[Any]) -> Points:
        return self._points("gain", parts)

    def bare(self, parts: list[Any]) -> Points:
        return self._points("bare", parts)

    def lose_open(self, parts: list[Token]) -> Points:
        return Points(self._at(parts[0]), "lose", ())

    def add_open(self, parts: list[Token]) -> Points:
        return Points(self._at(parts[0]), "add", ())

    def share(self, parts: list[Mark]) -> Mark:
        return parts[0]

    def share_lose(self, parts: list[Token]) -> Mark:
        return Mark(self._at(parts[0]), "share_lose", str(parts[0]))

    def _limit(self, kind: Literal["loss", "gain", "base", "worth"], token: Token) -> Limit:
        text = str(token)
        found = _LIMIT_NUMBER.search(text)
        amount = number(found[1]) if found else None
        if amount is None:
            raise NotParsedError(self._at(token))
        return Limit(self._at(token), kind, amount, "加" in text)

    def loss_limit(self, parts: list[Token]) -> Limit:
        return self._limit("loss", parts[0])

    def gain_limit(self, parts: list[Token]) -> Limit:
        return self._limit("gain", parts[0])

    def worth_points(self, parts: list[Token]) -> Limit:
        return self._limit("worth", parts[0])

    def base_points(self, parts: list[Token]) -> Limit:
        return self._limit("base", parts[0])

    def limit(self, parts: list[Any]) -> Limit | Mark:
        return parts[0]

    rounding = limit


_WAYS: frozenset[Way] = frozenset(("short", "over", "late", "early"))
_COMPARING = frozenset(("least", "most", "below", "above", "at", "with_it", "without_it"))
_SMALL = _WAYS | _COMPARING | {"up", "down", "inside", "outside"}
_AGREEING: tuple[set[Side], ...] = (
    {"least"},
    {"most"},
    {"below", "most"},
    {"above", "least"},
    {"least", "at"},
)
_MOVES: dict[str, Way] = {
    "short": "short", "over": "over", "late": "late", "early": "early", "below": "short", "above": "over",
}  # fmt: skip
_EACH_ONE = re.compile("每(?:出现|发现|有|发生)?")
_OCCASIONS: dict[str, tuple[int, int | None]] = {"首次": (1, 1), "初次": (1, 1), "再次": (2, None)}
_BEFORE_NTH = re.compile("^[^第前]*")
_ONWARDS = re.compile("以后|之后|以下|往后|以上|(?:次|例|件|处|起)起$")
_LIMIT_NUMBER = re.compile(rf"({BARE})个?分")
