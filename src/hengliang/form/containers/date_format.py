"""Spreadsheet formats of dates, times of day and elapsed times."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from hengliang.form.containers.format_code import Token, is_time, literal
from hengliang.form.containers.numbering import numeral

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEK = "一二三四五六日"
_SECONDS = 86400


def shown_date(section: Sequence[Token], number: Decimal, date1904: bool) -> str:
    """The date that `number` stands for: days since the end of 1899, or since 1904-01-01 with `date1904`.

    Raises `ValueError` or `OverflowError` when it is no date.
    """
    if number < 0:
        raise ValueError(number)
    seconds = int((number * _SECONDS).quantize(Decimal(1), ROUND_HALF_UP))
    if date1904:
        start = datetime(1904, 1, 1)  # noqa: DTZ001 (a spreadsheet knows no time zones)
    else:
        # Lotus 1-2-3 took 1900 for a leap year, and spreadsheets still do: day 60 never was.
        start = datetime(1899, 12, 30 if number >= 61 else 31)  # noqa: DTZ001
    moment = start + timedelta(seconds=seconds)
    is_chinese = any(token.kind == "bracket" and token.text.lower() == "dbnum1" for token in section)
    halves = any(token.text.lower() in ("am/pm", "a/p", "上午/下午") for token in section)
    parts: list[str] = []
    before = ""
    for index, token in enumerate(section):
        if not is_time(token):
            parts.append(_half(moment, token.text) if token.kind == "code" else literal(token))
            continue
        unit = token.text[0].lower()
        if token.kind == "bracket":
            parts.append(str(seconds // {"h": 3600, "m": 60, "s": 1}[unit]).rjust(len(token.text), "0"))
        elif unit == "m" and (before == "h" or _next_unit(section[index + 1 :]) == "s"):
            parts.append(_padded(moment.minute, token.text, is_chinese))
        elif unit == "h" and halves:
            parts.append(_padded((moment.hour - 1) % 12 + 1, token.text, is_chinese))
        else:
            parts.append(_part(moment, token.text, is_chinese))
        before = unit
    return "".join(parts)


def _part(moment: datetime, code: str, is_chinese: bool) -> str:
    unit, size = code[0].lower(), len(code)
    match unit:
        case "y":
            year = f"{moment.year % 100:02d}" if size < 3 else str(moment.year)
            return "".join(numeral(int(digit), "ideographDigital") for digit in year) if is_chinese else year
        case "m" if size > 2:
            name = _MONTHS[moment.month - 1]
            return name if size == 4 else name[:1] if size == 5 else name[:3]
        case "m":
            return _padded(moment.month, code, is_chinese)
        case "d" if size > 2:
            name = _DAYS[moment.weekday()]
            return name[:3] if size == 3 else name
        case "d":
            return _padded(moment.day, code, is_chinese)
        case "a":
            return ("星期" if size == 4 else "") + _WEEK[moment.weekday()]
        case "h":
            return _padded(moment.hour, code, is_chinese)
        case _:
            return _padded(moment.second, code.partition(".")[0], is_chinese)


def _padded(number: int, code: str, is_chinese: bool) -> str:
    return numeral(number, "chineseCounting") if is_chinese else str(number).rjust(min(len(code), 2), "0")


def _half(moment: datetime, code: str) -> str:
    is_morning = moment.hour < 12
    match code.lower():
        case "am/pm":
            return "AM" if is_morning else "PM"
        case "a/p":
            return "A" if is_morning else "P"
        case "上午/下午":
            return "上午" if is_morning else "下午"
        case _:
            return code


def _next_unit(tokens: Sequence[Token]) -> str:
    return next((token.text[0].lower() for token in tokens if is_time(token)), "")
