"""Spreadsheet number formats: a stored number becomes the text that a person sees in the cell.

Source of the format language: ECMA-376 part 1, 18.8.30 and 18.8.31 (numFmt, numFmts). Fractions (`# ?/?`) are
shown as decimals, and `0.##` shows 5 as `5`, not as `5.`.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from functools import lru_cache

from hengliang.form.containers.date_format import shown_date
from hengliang.form.containers.format_code import Token, is_time, literal, section_for

GENERAL = "General"

_MONEY = '"¥"#,##0;"¥"-#,##0'
_MONEY_CENTS = '"¥"#,##0.00;"¥"-#,##0.00'
_YEAR_MONTH = 'yyyy"年"m"月"'
_MONTH_DAY = 'm"月"d"日"'
_HALF_DAY = '上午/下午h"时"mm"分"'
_HALF_DAY_SECONDS = '上午/下午h"时"mm"分"ss"秒"'

# fmt: off
BUILT_IN = {
    0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
    5: _MONEY, 6: _MONEY, 7: _MONEY_CENTS, 8: _MONEY_CENTS, 9: "0%", 10: "0.00%", 11: "0.00E+00",
    12: "# ?/?", 13: "# ??/??", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
    18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
    27: _YEAR_MONTH, 28: _MONTH_DAY, 29: _MONTH_DAY, 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 34: _HALF_DAY, 35: _HALF_DAY_SECONDS, 36: _YEAR_MONTH,
    37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00",
    41: "#,##0;-#,##0;-", 42: f'{_MONEY};"¥"-', 43: "#,##0.00;-#,##0.00;-", 44: f'{_MONEY_CENTS};"¥"-',
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
    50: _YEAR_MONTH, 51: _MONTH_DAY, 52: _YEAR_MONTH, 53: _MONTH_DAY, 54: _MONTH_DAY, 55: _HALF_DAY,
    56: _HALF_DAY_SECONDS, 57: _YEAR_MONTH, 58: _MONTH_DAY,
}
# fmt: on
"""Formats that files name by number only, as Chinese versions of Excel and WPS show them."""

_WHOLE = ("general", "g/通用格式", "@")
_CLOSER = Context(prec=15, rounding=ROUND_HALF_UP)
"""Fifteen significant digits, all that a spreadsheet keeps: 0.1 + 0.2 is 0.3."""


@lru_cache(maxsize=8192)
def shown(stored: str, code: str, date1904: bool = False) -> str:
    """The text of the number `stored` (as written in the file) under the format `code`, without outer blanks.

    What is no number is given back as it is.
    """
    try:
        number = _CLOSER.create_decimal(stored)
    except InvalidOperation:
        return stored.strip()
    if not number.is_finite() or not -300 < number.adjusted() < 300:
        return stored.strip()
    if code == GENERAL:
        return plain(number)
    section, signed = section_for(number, code)
    try:
        if any(map(is_time, section)):
            return shown_date(section, number, date1904).strip()
        return _shown_number(section, number, signed).strip()
    except (ValueError, OverflowError, InvalidOperation):
        return plain(number)


def plain(number: Decimal) -> str:
    """The number in digits, without an exponent and without zeros at the end of its decimals."""
    if -20 < number.adjusted() < 40:
        text = format(number, "f")
        text = text.rstrip("0").rstrip(".") if "." in text else text
        return "0" if text == "-0" else text
    return str(number.normalize())


def _shown_number(section: Sequence[Token], number: Decimal, signed: bool) -> str:
    percents = section.count(Token("code", "%"))
    text = _filled(section, abs(number).scaleb(2 * percents))
    return f"-{text}" if signed and any(digit in "123456789" for digit in text) else text


def _filled(section: Sequence[Token], number: Decimal) -> str:
    """The section with the number in its places."""
    if any(token.kind == "code" and token.text.lower() in _WHOLE for token in section):
        return "".join(
            plain(number) if token.kind == "code" and token.text.lower() in _WHOLE else literal(token)
            for token in section
        )
    places = [index for index, token in enumerate(section) if _is_place(token)]
    if not places:
        return "".join(map(literal, section))
    if any(token.kind == "code" and token.text == "/" for token in section):
        return plain(number)
    exponent = next(
        (index for index, token in enumerate(section) if token.text in ("E+", "E-", "e+", "e-")), None
    )
    if exponent is not None:
        return _scientific(section, exponent, number)
    point = next(
        (index for index, token in enumerate(section) if token == Token("code", ".")), places[-1] + 1
    )
    last = max((index for index in places if index < point), default=point - 1)
    comma = Token("code", ",")
    thousands = section[last + 1 : point].count(comma) + section[max(places[-1], point) :].count(comma)
    grouped = comma in section[places[0] : last]
    decimals = sum(1 for index in places if index > point)
    rounded = number.scaleb(-3 * thousands).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    whole, _, fraction = format(rounded, "f").partition(".")
    before = _whole_part(section[:point], whole.lstrip("0"), grouped)
    after = _fraction_part(section[point:], fraction)
    return before + after


def _is_place(token: Token) -> bool:
    return token.kind == "code" and token.text in "0#?"


def _whole_part(section: Sequence[Token], digits: str, grouped: bool) -> str:
    """The digits in their places, from right to left; those for which no place is left before the first."""
    parts: list[str] = []
    left = sum(map(_is_place, section))
    shown_digits = 0
    for token in reversed(section):
        if not _is_place(token):
            if token != Token("code", ","):
                parts.append(literal(token))
            continue
        left -= 1
        while digits or token.text == "0":
            if grouped and shown_digits and shown_digits % 3 == 0:
                parts.append(",")
            parts.append(digits[-1:] or "0")
            digits = digits[:-1]
            shown_digits += 1
            if left or not digits:
                break
    return "".join(reversed(parts))


def _fraction_part(section: Sequence[Token], digits: str) -> str:
    """The decimals in their places; zeros at the end only where the format asks for them."""
    places = [token.text for token in section if _is_place(token)]
    while digits.endswith("0") and len(digits) <= len(places) and places[len(digits) - 1] != "0":
        digits = digits[:-1]
    parts: list[str] = []
    for token in section:
        if _is_place(token):
            parts.append(digits[:1])
            digits = digits[1:]
        elif token == Token("code", "."):
            parts.append("." if digits else "")
        elif token != Token("code", ","):
            parts.append(literal(token))
    return "".join(parts)


def _scientific(section: Sequence[Token], exponent: int, number: Decimal) -> str:
    mantissa = "".join(token.text for token in section[:exponent] if _is_place(token) or token.text == ".")
    decimals = len(mantissa.partition(".")[2])
    power = number.adjusted() if number else 0
    unit = Decimal(1).scaleb(-decimals)
    scaled = number.scaleb(-power).quantize(unit, ROUND_HALF_UP)
    if scaled >= 10:
        scaled, power = (scaled / 10).quantize(unit), power + 1
    sign = "-" if power < 0 else "+" if section[exponent].text[1] == "+" else ""
    width = sum(map(_is_place, section[exponent:]))
    return f"{scaled}E{sign}{str(abs(power)).rjust(width, '0')}"
