"""Units of measure (计量单位) as types with a dimension. The units are data: `units.toml` beside this."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple, cast

from hengliang.base.text import compact


class Dimension(StrEnum):
    """What kind of quantity a unit measures."""

    COUNT = "count"  # 家 处 个 次 人 件 …, and 万 alone
    RATIO = "ratio"  # % ‰ 倍
    POINTS = "percentage_points"  # 个百分点
    SCORE = "score"  # 分
    MONEY = "money"  # 元 万元 亿元
    MONEY_RATE = "money_rate"  # 元/亩 万元/处
    RATE = "rate"  # 次/年 人/天: anything else for each of something
    AREA = "area"  # 亩 公顷 平方米
    LENGTH = "length"
    MASS = "mass"
    VOLUME = "volume"
    DURATION = "duration"  # 个月 年 天 工作日 小时
    ENERGY = "energy"
    POWER = "power"
    DATA = "data"
    OTHER = "other"


class Unit(NamedTuple):
    """A unit: how it is written, what it measures, and how many of its base unit it is.

    One of it is `factor` ÷ `divisor` of its base unit (万元/公顷: 10000 ÷ 15 of 元/亩), both exact. Units
    with the same base and dimension convert into each other. A counting word is its own base: 人 is no 名.
    """

    symbol: str
    """The unit in its one spelling: % for 百分比, m² for ㎡."""
    dimension: Dimension
    factor: Decimal = Decimal(1)
    base: str = ""
    """The symbol of the base unit that `factor` counts (元 for 万元); for counts the counting word itself."""
    divisor: Decimal = Decimal(1)
    canonical: str = ""
    """What should be written instead where the symbol is understood but not the right one (个月 for 月),
    else the symbol itself."""
    of: Dimension | None = None
    """What stands before the / of a compound unit: MONEY for 元/亩, COUNT for 次/年."""
    per: tuple[Dimension, ...] = ()
    """What stands behind the / of a compound unit: AREA for 元/亩."""

    @property
    def scale(self) -> Fraction:
        """How many base units one of it is, exactly."""
        return Fraction(self.factor) / Fraction(self.divisor)


@lru_cache(maxsize=65536)
def _unit_of(text: str) -> Unit | None:
    plain = compact(text)
    if plain[:1] in "(（" and plain[-1:] in ")）":
        plain = plain[1:-1]
    plain = plain.replace("(", "（").replace(")", "）")
    return _table().get(plain) or _counted(plain) or _compound(plain)


def unit_of(text: str | None) -> Unit | None:
    """The unit that `text` is (万元, 元/亩, 万人次, ％), None when it is none known here."""
    return _unit_of(text) if text and len(text) <= _LONGEST else None


def unit_at(text: str, position: int = 0) -> str:
    """The longest known unit that begins at `position` of `text`, as it stands there; else the empty text.

    A unit of Latin letters ends where the letters end: there is no m in `5min`.
    """
    part = text[position : position + _LONGEST].replace("(", "（").replace(")", "）")
    end = _simple_end(part, 0)
    if not end:
        return ""
    for _ in range(_MOST_DENOMINATORS):
        start = end
        while part[start : start + 1] in _BETWEEN and start < end + 2:
            start += 1
        longer = _simple_end(part, start) if start > end else 0
        if not longer:
            break
        end = longer
    return text[position : position + end]


def _simple_end(text: str, start: int) -> int:
    """Where the longest unit that is no compound ends, when one begins at `start`; else 0."""
    table = _table()
    for end in range(min(start + _longest_symbol(), len(text)), start, -1):
        if text[start:end] in table and not (_is_letter(text[end - 1]) and _is_letter(text[end : end + 1])):
            return end
    return 0


def _is_letter(char: str) -> bool:
    return char.isascii() and char.isalpha()


def unit_symbols() -> tuple[str, ...]:
    """Every spelling of every unit that is no compound, in order."""
    return tuple(sorted(_table()))


def convertible(unit: Unit, other: Unit) -> bool:
    """Whether amounts of one can be written in the other."""
    return unit.base == other.base and unit.dimension == other.dimension


def convert(number: Decimal, unit: Unit, other: Unit) -> Fraction:
    """`number` of `unit` written in `other`, exactly. Raises ValueError when they do not measure the same.

    `exact_decimal` tells whether the result can be written with a finite number of places.
    """
    if not convertible(unit, other):
        raise ValueError(f"{unit.symbol} cannot be written in {other.symbol}")
    return Fraction(number) * unit.scale / other.scale


def exact_decimal(number: Fraction) -> Decimal | None:
    """`number` as a decimal, None when no finite number of places suffices (一亩 in 平方米)."""
    rest, twos, fives = number.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        return None
    places = max(twos, fives)
    digits = number.numerator * 10**places // number.denominator
    return Decimal((int(digits < 0), tuple(map(int, str(abs(digits)))), -places))


_LONGEST = 24
_SEPARATORS = "/／每"
_BETWEEN = frozenset(_SEPARATORS + "·")
_MOST_DENOMINATORS = 3
_Entry = Mapping[str, object]


@cache
def _data() -> Mapping[str, _Entry]:
    source = files("hengliang") / "base" / "units.toml"
    return cast("Mapping[str, _Entry]", tomllib.loads(source.read_text(encoding="utf-8")))


@cache
def _table() -> Mapping[str, Unit]:
    """Every unit that is no compound, under each of its spellings."""
    data = _data()
    canonical = cast("Mapping[str, str]", data["canonical"])
    multipliers = cast("Mapping[str, str]", data["multipliers"])
    simple: dict[str, Unit] = {}
    multiplied: set[Dimension] = set()
    for dimension in Dimension:
        group = data.get(dimension.value, {})
        simple.update((unit.symbol, unit) for unit in _units(dimension, group, canonical))
        if group.get("multiples"):
            multiplied.add(dimension)
    for spelling, symbol in cast("Mapping[str, str]", data["aliases"]).items():
        simple[spelling] = simple[symbol]
    table: dict[str, Unit] = {}
    for text, size in multipliers.items():
        table[text] = Unit(text, Dimension.COUNT, Decimal(size), canonical=text)
        for spelling, unit in simple.items():
            if unit.dimension in multiplied:
                table[text + spelling] = unit._replace(
                    symbol=text + unit.symbol,
                    factor=unit.factor * Decimal(size),
                    canonical=text + unit.canonical,
                )
    # What is a unit by itself is no multiple: 千瓦, 百万千焦.
    return table | simple


@cache
def _longest_symbol() -> int:
    return max(map(len, _table()))


def _units(dimension: Dimension, group: _Entry, canonical: Mapping[str, str]) -> Iterator[Unit]:
    for part in (group, *(cast("_Entry", value) for key, value in group.items() if key == "months")):
        units = cast("Mapping[str, str]", part.get("units", {}))
        base = next((symbol for symbol, size in units.items() if size == "1"), "")
        for symbol, size in units.items():
            yield Unit(symbol, dimension, Decimal(size), base, canonical=canonical.get(symbol, symbol))
    for symbol in cast("list[str]", group.get("words", [])):
        yield Unit(symbol, dimension, Decimal(1), symbol, canonical=canonical.get(symbol, symbol))


@cache
def _counted_things() -> frozenset[str]:
    return frozenset(cast("list[str]", _data()["count"]["counted"]))


def _counted(text: str) -> Unit | None:
    """个村, 万个项目: a counting word with what it counts."""
    for word in cast("list[str]", _data()["count"]["before"]):
        head, found, thing = text.partition(word)
        if found and thing in _counted_things():
            counting = _table().get(head + word)
            if counting is not None and head + word != text:
                return counting._replace(symbol=text, base=word + thing, canonical=text)
    return None


def _compound(text: str) -> Unit | None:
    """元/亩, 万元/公里·年: a unit for each of others."""
    head, *rest = re.split(f"[{_SEPARATORS}]+", text)
    unit = _table().get(head)
    if unit is None or not rest or unit.dimension in (Dimension.RATIO, Dimension.POINTS) or not unit.base:
        return None
    parts: list[Unit] = []
    for word in (word for part in rest for word in re.split("[·*．.•]", part)):
        part = _table().get(word)
        if part is None or not part.base:
            return None
        parts.append(part)
    divisor = Decimal(1)
    for part in parts:
        divisor *= part.factor
    symbol = f"{unit.symbol}/{'·'.join(part.symbol for part in parts)}"
    return Unit(
        symbol,
        Dimension.MONEY_RATE if unit.dimension is Dimension.MONEY else Dimension.RATE,
        unit.factor,
        f"{unit.base}/{'·'.join(part.base for part in parts)}",
        divisor,
        f"{unit.canonical}/{'·'.join(_denominator(part) for part in parts)}",
        unit.dimension,
        tuple(part.dimension for part in parts),
    )


def _denominator(part: Unit) -> str:
    # 次/月 is right as it is: only a count of months is 个月.
    return part.symbol if part.dimension is Dimension.DURATION else part.canonical
