"""Spreadsheet number formats: a stored number becomes the text that a person sees in the cell.

Source of the format language: ECMA-376 part 1, 18.8.30 (numFmt) and 18.8.31 (numFmts).
"""

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple

GENERAL = "General"

BUILT_IN = {
    0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
    5: '"¥"#,##0;"¥"-#,##0', 6: '"¥"#,##0;"¥"-#,##0', 7: '"¥"#,##0.00;"¥"-#,##0.00', 8: '"¥"#,##0.00;"¥"-#,##0.00',
    9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 34: '上午/下午h"时"mm"分"', 35: '上午/下午h"时"mm"分"ss"秒"',
    36: 'yyyy"年"m"月"', 37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00",
    41: "#,##0;-#,##0;-", 42: '"¥"#,##0;"¥"-#,##0;"¥"-', 43: "#,##0.00;-#,##0.00;-", 44: '"¥"#,##0.00;"¥"-#,##0.00;"¥"-',
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
    50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"', 55: '上午/下午h"时"mm"分"',
    56: '上午/下午h"时"mm"分"ss"秒"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
"""Formats that files name by number only, as a Chinese Excel or WPS shows them."""

_TOKEN = re.compile(
    r'"([^"]*)"?'  # quoted text
    r"|\\(.)|!(.)"  # one literal character
    r"|_.|\*."  # a gap, a filler: nothing that is read
    r"|\[([^\]]*)\]"  # colour, condition, currency, language, elapsed time
    r"|(General|G/通用格式|AM/PM|A/P|上午/下午|E[+-]|[yY]+|[mM]+|[dD]+|[hH]+|[sS]+(?:\.0+)?|[aA]{3,4}|[0#?]+|[.,%@/]|.)",
    re.S,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[\d.]+)")
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_WEEKDAYS = "一二三四五六日"
_CHINESE = str.maketrans("0123456789", "〇一二三四五六七八九")


class _Token(NamedTuple):
    kind: str  # text, bracket, code
    text: str


@lru_cache(maxsize=4096)
def shown(stored: str, code: str, date1904: bool = False) -> str:
    """The text of the number `stored` (as written in the file) under the format `code`.

    A text that is no number is given back as it is.
    """
    try:
        number = (
            Decimal(repr(float(stored))) if len(stored) > 15 or "e" in stored.lower() else Decimal(stored)
        )
    except (ValueError, InvalidOperation, OverflowError):
        return stored
    if not number.is_finite():
        return stored
    number = _significant(number)
    if code == GENERAL or code == "@" or not code:
        return plain(number)
    sections = _sections(code)
    section, signed = _choose(sections, number)
    if section is None:
        return plain(number)
    try:
        return _render(section, number, signed, date1904)
    except (OverflowError, ValueError, InvalidOperation):
        return plain(number)


def plain(number: Decimal) -> str:
    """The number in digits, without exponent and trailing zeros after the point."""
    number = number.normalize()
    if number.adjusted() > 40 or number.adjusted() < -40:
        return str(number)
    text = format(number, "f")
    return "0" if text == "-0" else text


def _significant(number: Decimal) -> Decimal:
    """Fifteen significant digits, all that a spreadsheet keeps: 0.1 + 0.2 is 0.3."""
    if len(number.as_tuple().digits) <= 15 or not number:
        return number
    return number.quantize(Decimal(1).scaleb(number.adjusted() - 14), ROUND_HALF_UP)


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[tuple[_Token, ...], ...]:
    sections: list[tuple[_Token, ...]] = []
    tokens: list[_Token] = []
    for found in _TOKEN.finditer(code):
        quoted, escaped, banged, bracket, other = found.groups()
        if quoted is not None or escaped or banged:
            tokens.append(_Token("text", quoted or escaped or banged or ""))
        elif bracket is not None:
            tokens.append(_Token("bracket", bracket))
        elif other == ";":
            sections.append(tuple(tokens))
            tokens = []
        elif other:
            tokens.append(_Token("code", other))
    sections.append(tuple(tokens))
    return tuple(sections)


def _choose(
    sections: tuple[tuple[_Token, ...], ...], number: Decimal
) -> tuple[tuple[_Token, ...] | None, bool]:
    """The section for `number`, and whether a minus sign is still to be written."""
    numeric = sections[:3]
    conditions = [_condition(section) for section in numeric]
    if any(conditions):
        for section, condition in zip(numeric, conditions, strict=True):
            if condition is None or _holds(condition, number):
                return section, number < 0
        return None, True
    if number < 0 and len(numeric) > 1:
        return numeric[1], False
    if number == 0 and len(numeric) > 2:
        return numeric[2], False
    return numeric[0], number < 0


def _condition(section: tuple[_Token, ...]) -> tuple[str, Decimal] | None:
    for token in section:
        if token.kind == "bracket" and (found := _CONDITION.fullmatch(token.text)):
            return found[1], Decimal(found[2])
    return None


def _holds(condition: tuple[str, Decimal], number: Decimal) -> bool:
    sign, limit = condition
    return {
        "<": number < limit, "<=": number <= limit, ">": number > limit,
        ">=": number >= limit, "=": number == limit, "<>": number != limit,
    }[sign]  # fmt: skip


def _render(section: tuple[_Token, ...], number: Decimal, signed: bool, date1904: bool) -> str:
    codes = [token.text for token in section if token.kind == "code"]
    chinese = any(token.kind == "bracket" and token.text.upper() == "DBNUM1" for token in section)
    if any(_is_time(token) for token in section):
        text = _as_time(section, number, date1904)
        return text.translate(_CHINESE) if chinese else text
    if not any(code[0] in "0#?@" or code in (GENERAL, "G/通用格式") for code in codes):
        return "".join(_literal(token) for token in section).strip()
    text = _as_number(section, abs(number))
    negative = signed and any(digit in "123456789" for digit in text)
    return ("-" + text if negative else text).strip()


def _literal(token: _Token) -> str:
    if token.kind == "bracket":
        currency = re.match(r"\$([^-]*)", token.text)
        return currency[1] if currency else ""
    return token.text


def _is_time(token: _Token) -> bool:
    if token.kind == "bracket":
        return bool(re.fullmatch(r"[hH]+|[mM]+|[sS]+", token.text))
    return token.kind == "code" and bool(
        re.fullmatch(r"[yY]+|[mM]+|[dD]+|[hH]+|[sS]+(\.0+)?|a{3,4}", token.text)
    )


def _as_number(section: tuple[_Token, ...], number: Decimal) -> str:
    """A number in digit places, with the literals that stand before, between and behind them."""
    places = [
        index
        for index, token in enumerate(section)
        if token.kind == "code" and (token.text[0] in "0#?." or token.text in (GENERAL, "G/通用格式", "@"))
    ]
    first, last = places[0], places[-1]
    percent = sum(1 for token in section if token == ("code", "%"))
    number = number.scaleb(2 * percent)
    before = "".join(_literal(token) for token in section[:first])
    inner = section[first : last + 1]
    trailing = last + 1
    while trailing < len(section) and section[trailing] == ("code", ","):
        number = number.scaleb(-3)
        trailing += 1
    after = "".join(_literal(token) for token in section[trailing:])
    if any(token.text in (GENERAL, "G/通用格式", "@") for token in inner):
        return before + plain(number) + after
    if any(token.kind == "code" and token.text[0] in "E/" for token in inner):
        return (
            before
            + (_scientific(inner, number) if "/" not in [t.text for t in inner] else plain(number))
            + after
        )
    whole, _, fraction = _pattern(inner).partition(".")
    places_after = len(fraction)
    rounded = number.quantize(Decimal(1).scaleb(-places_after), ROUND_HALF_UP)
    digits, _, decimals = format(rounded, "f").partition(".")
    while decimals and decimals[-1] == "0" and fraction[len(decimals) - 1] == "#":
        decimals = decimals[:-1]
    digits = digits.lstrip("0").rjust(whole.count("0"), "0")
    if any(token == ("code", ",") for token in inner):
        digits = f"{int(digits or '0'):,}".rjust(0) if len(digits) > 3 else digits
    point = "." if decimals or (places_after and "." in _pattern(inner) and fraction.strip("#")) else ""
    mixed = _mixed(inner, digits) if not fraction else None
    return before + (mixed if mixed is not None else digits + point + decimals) + after


def _pattern(inner: tuple[_Token, ...]) -> str:
    return "".join(token.text for token in inner if token.kind == "code" and token.text[0] in "0#?.")


def _mixed(inner: tuple[_Token, ...], digits: str) -> str | None:
    """Digits with literals between them (`000-0000`); None when there are no such literals."""
    if not any(
        token.kind == "text" or (token.kind == "code" and token.text[0] not in "0#?.,%") for token in inner
    ):
        return None
    shown_parts: list[str] = []
    rest = digits
    for token in reversed(inner):
        if token.kind == "code" and token.text[0] in "0#?":
            size = len(token.text)
            shown_parts.append(rest[-size:])
            rest = rest[:-size]
        elif token.kind == "text" or (token.kind == "code" and token.text not in ",%"):
            shown_parts.append(_literal(token))
    return rest + "".join(reversed(shown_parts))


def _scientific(inner: tuple[_Token, ...], number: Decimal) -> str:
    mantissa = _pattern(inner[: next(i for i, token in enumerate(inner) if token.text[0] == "E")])
    exponent_digits = len(_pattern(inner)) - len(mantissa)
    decimals = len(mantissa.partition(".")[2])
    power = number.adjusted() if number else 0
    scaled = number.scaleb(-power).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    if scaled >= 10:
        scaled, power = scaled.scaleb(-1).quantize(Decimal(1).scaleb(-decimals)), power + 1
    return f"{scaled}E{'-' if power < 0 else '+'}{str(abs(power)).rjust(exponent_digits, '0')}"


def _as_time(section: tuple[_Token, ...], number: Decimal, date1904: bool) -> str:
    """A date, a time of day or an elapsed time. Days count from 1899-12-30, or 1904-01-01."""
    codes = [token.text for token in section if token.kind == "code"]
    seconds = int((number * 86400).quantize(Decimal(1), ROUND_HALF_UP))
    start = datetime(1904, 1, 1) if date1904 else datetime(1899, 12, 30 if number >= 61 else 31)  # noqa: DTZ001
    moment = start + timedelta(seconds=seconds)
    noon = any(code in ("AM/PM", "A/P", "上午/下午") for code in codes)
    parts: list[str] = []
    previous = ""
    for index, token in enumerate(section):
        if token.kind == "text":
            parts.append(token.text)
            continue
        if token.kind == "bracket":
            unit = token.text[:1].lower()
            if re.fullmatch(r"[hH]+|[mM]+|[sS]+", token.text):
                parts.append(str(seconds // {"h": 3600, "m": 60, "s": 1}[unit]).rjust(len(token.text), "0"))
                previous = unit
            continue
        letter = token.text[0].lower()
        if letter == "m" and "M" not in previous:
            minutes = previous == "h" or _next_unit(section, index) == "s"
            parts.append(_minutes(moment, token.text) if minutes else _month(moment, token.text))
            previous = "m"
        elif token.text in ("AM/PM", "A/P"):
            parts.append("AM" if moment.hour < 12 else "PM")
        elif token.text == "上午/下午":
            parts.append("上午" if moment.hour < 12 else "下午")
        elif letter in "ydhs":
            parts.append(_unit(moment, token.text, noon))
            previous = letter
        elif letter == "a" and len(token.text) > 2:
            parts.append(("星期" if len(token.text) == 4 else "") + _WEEKDAYS[moment.weekday()])
        else:
            parts.append(token.text)
    return "".join(parts).strip()


def _next_unit(section: tuple[_Token, ...], index: int) -> str:
    for token in section[index + 1 :]:
        if _is_time(token):
            return token.text[0].lower()
    return ""


def _unit(moment: datetime, code: str, noon: bool) -> str:
    letter, size = code[0].lower(), len(code)
    if letter == "y":
        return f"{moment.year % 100:02d}" if size < 3 else str(moment.year)
    if letter == "d":
        if size > 2:
            return moment.strftime("%a" if size == 3 else "%A")
        return str(moment.day).rjust(size, "0")
    if letter == "h":
        hour = (moment.hour - 1) % 12 + 1 if noon else moment.hour
        return str(hour).rjust(min(size, 2), "0")
    whole = code.partition(".")[0]
    return str(moment.second).rjust(min(len(whole), 2), "0")


def _minutes(moment: datetime, code: str) -> str:
    return str(moment.minute).rjust(min(len(code), 2), "0")


def _month(moment: datetime, code: str) -> str:
    if len(code) > 2:
        name = _MONTHS[moment.month - 1]
        return name[:1] if len(code) == 5 else name[:3] if len(code) == 3 else name
    return str(moment.month).rjust(len(code), "0")
