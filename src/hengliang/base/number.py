"""The one door for numbers: printed figures become exact decimals, and rounding is named."""

import re
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import NamedTuple

from hengliang.base.text import narrow, remembered
from hengliang.base.unit import unit_at, unit_of

FIGURE = r"(?:[0-9]{1,3}(?:[,，][0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)"
"""The pattern of one unsigned figure in narrowed text, with or without thousands commas."""

_LONGEST = 64
_SIGNED = re.compile(rf"([+\-−]?)({FIGURE})")
_EXACT = Context(prec=2 * _LONGEST)


def decimal_of(figure: str) -> Decimal:
    """The decimal that a text matched by `FIGURE` is."""
    return Decimal(figure.replace(",", "").replace("，", ""))


@remembered()
def read_number(text: str) -> Decimal | None:
    """The number that `text` is in figures, and nothing else; None when it is anything more or less than one.

    Full-width figures, thousands commas of both widths and a leading + or - are read; places are kept
    (`97.30`). `1:500`, `50-60`, `95%` and `十二` are None. No text over 64 characters is a number.
    """
    found = _SIGNED.fullmatch(narrow(text).strip()) if len(text) <= _LONGEST else None
    if found is None:
        return None
    number = decimal_of(found[2])
    return number if found[1] in ("", "+") else number.copy_negate()


def plain(number: Decimal) -> str:
    """`number` as a plain decimal string with the places it has: `2300.00`, never `2.3E+3`."""
    return format(number, "f")


def round_half_up(number: Decimal, places: int = 2) -> Decimal:
    """`number` rounded half up to `places` decimals."""
    return number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP, context=_EXACT)


_DIGITS = "零一二三四五六七八九"
_MODERN = str.maketrans("〇○两壹贰叁肆伍陆柒捌玖拾佰仟萬億", "零零二一二三四五六七八九十百千万亿")
_NUMERAL = re.compile(r"(?:[零一二三四五六七八九]|[十百千万亿])+(?:点[零一二三四五六七八九]+)?")
_PLACES = {"十": 10, "百": 100, "千": 1000}
_TOO_LARGE = 10**12


@remembered()
def read_numeral(text: str) -> Decimal | None:
    """The number that `text` is in Chinese numerals (十二, 三千五百, 两万, 一点五, 二〇二三), else None.

    Digits in a row are a number only when there are four, as in years: 一二 may be one and two.
    Shortened numbers (三千五, 一百五) and a bare 百 are None, because they can be read in two ways.
    """
    plain_text = text.strip().translate(_MODERN) if len(text) <= _LONGEST else ""
    if not _NUMERAL.fullmatch(plain_text):
        return None
    whole, point, places = plain_text.partition("点")
    value = _digits(whole) if whole.strip(_DIGITS) == "" else _spelled(whole)
    if value is None:
        return None
    return Decimal(f"{value}.{''.join(str(_DIGITS.index(digit)) for digit in places)}" if point else value)


def _digits(text: str) -> int | None:
    if len(text) not in (1, 4):
        return None
    return int("".join(str(_DIGITS.index(digit)) for digit in text))


def _spelled(text: str) -> int | None:
    total = section = digit = 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS.index(char)
        elif char in _PLACES:
            section += (digit or 1) * _PLACES[char]
            digit = 0
        elif char == "万":
            total, section, digit = total + (section + digit) * 10**4, 0, 0
        else:
            total, section, digit = (total + section + digit) * 10**8, 0, 0
    total += section + digit
    if total >= _TOO_LARGE:
        return None
    # Reading is generous; only what would be written the same way counts as a number.
    written = write_numeral(total)
    return total if text == written or (text[0] == "十" and "一" + text == written) else None


def write_numeral(number: int) -> str:
    """A whole number from 0 below 10¹² in Chinese numerals: 12 is 一十二."""
    if not 0 <= number < _TOO_LARGE:
        raise ValueError(f"{number} is not between 0 and 10¹²")
    text = ""
    for size, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        section, number = divmod(number, size)
        if section:
            gap = "零" if text and section < 1000 else ""
            text += gap + _section(section) + name
        elif text and number:
            text = text.removesuffix("零") + "零"
    return text.replace("零零", "零") or "零"


def _section(number: int) -> str:
    text = ""
    for size, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, size)
        if digit:
            text += _DIGITS[digit] + name
        elif text and number and not text.endswith("零"):
            text += "零"
    return text


class Quantity(NamedTuple):
    """A number with its unit as printed; None where none is printed."""

    number: Decimal
    unit: str | None


class Mention(NamedTuple):
    """A quantity found in a running text, and the characters it takes there (`start` to `end`)."""

    quantity: Quantity
    start: int
    end: int


_SHARE = re.compile(r"(百|千)分之(.+)")
_MENTION = re.compile(rf"(?<![0-9A-Za-z.:：/\-~～—]){FIGURE}(?![0-9]|\.[0-9]|[:：\-~～—][0-9])")
# 二期, 三类, 十分 and 十二月 are no quantities: with these units a numeral is as often an ordinal or a date.
_ORDINAL = frozenset("类期批月日季分度块面线路方道段点版节口集组队届轮层站") | {"季度"}


@remembered()
def read_quantity(text: str) -> Quantity | None:
    """The one number with its unit that `text` is: `1.2万亩`, `46万元`, `95%`, `200万`, `百分之九十五`, `12`.

    The unit is kept as printed (`百分比` stays; `200万` is 200 and 万) and must be one that `unit_of` knows.
    Chinese numerals count only with a unit after which they are clearly a number (两次, 三个月).
    """
    if len(text) > _LONGEST:
        return None
    plain_text = "".join(narrow(text).split())
    share = _SHARE.fullmatch(plain_text)
    if share is not None:
        number = read_numeral(share[2]) if (figure := read_number(share[2])) is None else figure
        return None if number is None else Quantity(number, "%" if share[1] == "百" else "‰")
    found = _SIGNED.match(plain_text)
    if found is not None:
        number, unit = read_number(found[0]), plain_text[found.end() :]
        if number is None or (unit and unit_of(unit) is None):
            return None
        return Quantity(number, unit or None)
    return _numeral_quantity(plain_text)


def _numeral_quantity(text: str) -> Quantity | None:
    found = _NUMERAL.match(text.translate(_MODERN))
    for end in range(found.end() if found else 0, 0, -1):
        unit = text[end:]
        number = read_numeral(text[:end])
        if number is not None and unit and unit not in _ORDINAL and unit_of(unit) is not None:
            return Quantity(number, unit)
    return None


def find_quantities(text: str) -> tuple[Mention, ...]:
    """Every number in figures with the unit behind it, in reading order; positions count from 0 in `text`.

    Ranges, scales (1:500), codes (GB50300) and numbers of several parts are left out. Dates are not told
    apart: `period.find_deadlines` says where they stand.
    """
    plain_text = narrow(text)
    mentions: list[Mention] = []
    for found in _MENTION.finditer(plain_text):
        unit = unit_at(plain_text, found.end())
        mentions.append(
            Mention(Quantity(decimal_of(found[0]), unit or None), found.start(), found.end() + len(unit))
        )
    return tuple(mentions)
