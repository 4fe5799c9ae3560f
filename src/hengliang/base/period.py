"""Dates, deadlines (截止时间) and periods as forms print them. Nothing here asks a clock: years are given."""

import re
from calendar import monthrange
from datetime import date
from typing import NamedTuple

from hengliang.base.number import read_numeral
from hengliang.base.text import compact, narrow, remembered


class When(NamedTuple):
    """A date as printed; what is not printed is None. 年底 is 12-31, 第三季度 is its last month, 9.

    `every` holds the period of a date that comes again (每季度末: 季度), None for a single one.
    """

    year: int | None
    month: int | None
    day: int | None
    every: str | None = None

    def last_day(self, year: int | None = None) -> date | None:
        """The last day it can mean: 2023年10月 is 2023-10-31, 2023年 is 2023-12-31.

        `year` is taken where none is printed. None when there is no year, no such day, or when it comes
        again within the year.
        """
        full_year = self.year if self.year is not None else year
        if full_year is None or (self.every not in (None, "年") and self.month is None):
            return None
        month = self.month or (12 if self.day is None else 0)
        if not month:
            return None
        last = last_day_of_month(full_year, month)
        if self.day is None:
            return last
        return last.replace(day=self.day) if self.day <= last.day else None


class Deadline(NamedTuple):
    """A date found in a running text, at the characters `start` to `end`.

    `before` is the 前, 之前 or 以前 that stands behind it, the empty text when none does.
    """

    when: When
    start: int
    end: int
    before: str


class Span(NamedTuple):
    """A period from the beginning of `first` to the end of `last`."""

    first: When
    last: When


def last_day_of_month(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


_YEAR = "(?:19|20)[0-9]{2}"
_MONTH = "(?:1[0-2]|0?[1-9])"
_DAY = "(?:3[01]|[12][0-9]|0?[1-9])"
_NUMERALS = {name: number for number, name in enumerate("一二三四五六七八九十", 1)} | {"十一": 11, "十二": 12}
_SPELLED_YEAR = "[一二][零〇○九][零〇○一二三四五六七八九]{2}"
_SPELLED_MONTH = "十[一二]?|[一二三四五六七八九]"
# 前 that begins another word (前期, 前三名, 前三季度) says nothing about the date before it.
_OTHER_WORD = "[期后台沿往述款提端列言]|[0-9一二三四五六七八九十百]+(?:名|位|强|个?月|个?季)"
_BEFORE = f"(?P<before>[之以]前|前(?!{_OTHER_WORD}))?"
# 年底 means the year of the form; 三年内, 明年底 and 每年 say something else.
_THIS_YEAR = "(?:当|本|今)年度?|(?<![0-9一二两三四五六七八九十几多半每全明次翌来去上前后])年"
# What every date begins with: tried first, so that long texts without dates are passed over quickly.
_BEGINS = (
    "[0-9]{1,4}[-./年月日号季]|[一二三四五六七八九十]{1,2}[月季零〇○]|第.季|[上下]半"
    "|每个?[年半季月周]|[当本今]年|年[底末内0-9]"
)
_WHEN = re.compile(
    rf"""(?={_BEGINS})(?<![0-9A-Za-z.])(?:
      (?P<year1>{_YEAR})(?P<sep>[-./])(?P<month1>{_MONTH})
      (?:(?P=sep)(?P<day1>{_DAY})日?|(?<!\.[0-9])(?<!\.[0-9]{{2}}))(?![0-9.])
    | (?P<every>每个?(?:年度?|半年|季度?|月|周))?
      (?:(?P<year2>{_YEAR})年(?:度|年(?=[底末]))?|(?P<spelled>{_SPELLED_YEAR})年|(?P<this>{_THIS_YEAR})(?=[底末内0-9]))?
      (?:
        (?P<month2>{_MONTH}|{_SPELLED_MONTH})月份?(?!龄)
        (?:(?P<day2>{_DAY})[日号]|(?P<monthend>底|末)|[上中下]旬|初)?
      | 第?(?P<quarter>[1-4一二三四])季度[底末]?
      | (?P<half>[上下])半年[底末]?
      | (?P<end>[底末内])
      | (?P<day3>{_DAY})[日号]
      )?
    ){_BEFORE}""",
    re.VERBOSE,
)


@remembered(longest=128)
def find_deadlines(text: str) -> tuple[Deadline, ...]:
    """Every date and deadline in `text`, in reading order; positions count from 0.

    Lengths of time (12个月, 3年) and bare days (30日) are none; a day needs its month, 每月, or 前.
    """
    found: list[Deadline] = []
    for match in _WHEN.finditer(narrow(text)):
        when = _when(match)
        if when is not None:
            before = match["before"] or ""
            found.append(Deadline(when, match.start(), match.end() - len(before), before))
    return tuple(found)


def _when(match: re.Match[str]) -> When | None:
    part = match.groupdict()
    if part["year1"]:
        return _valid(int(part["year1"]), int(part["month1"]), part["day1"], None)
    every = part["every"].removeprefix("每").removeprefix("个") if part["every"] else None
    year = int(part["year2"]) if part["year2"] else _spelled_year(part["spelled"])
    if part["month2"]:
        month = _NUMERALS.get(part["month2"]) or int(part["month2"])
        if part["monthend"]:
            return When(year, month, _month_end(year, month), every)
        return _valid(year, month, part["day2"], every)
    if part["quarter"]:
        return When(year, 3 * (_NUMERALS.get(part["quarter"]) or int(part["quarter"])), None, every)
    if part["half"]:
        return When(year, 6 if part["half"] == "上" else 12, None, every)
    if part["end"]:
        if every is None or every.startswith("年"):
            return When(year, 12, 31, every) if every or year or part["this"] else None
        return When(None, None, None, every)
    if part["day3"]:
        return When(year, None, int(part["day3"]), every) if every or part["before"] else None
    if year is not None or (every and part["before"]):
        return When(year, None, None, every)
    return None


def _valid(year: int | None, month: int, day: str | None, every: str | None) -> When | None:
    """The date, None if no year has such a day."""
    if day is not None and int(day) > monthrange(2000 if year is None else year, month)[1]:
        return None
    return When(year, month, None if day is None else int(day), every)


def _month_end(year: int | None, month: int) -> int | None:
    return None if month == 2 and year is None else monthrange(year or 2001, month)[1]


def _spelled_year(text: str | None) -> int | None:
    number = read_numeral(text) if text else None
    return int(number) if number is not None else None


_AROUND = re.compile(
    "(?:截[至止]到?|不[晚迟]于|至|到|于|在)?(.*?)(?:完成|竣工|到位|结束|为?止)?[。；]?", re.S
)
_LONGEST = 40


def read_date(text: str, year: int | None = None) -> When | None:
    """The one date or deadline that `text` is: 2023-12-31, 2023年底, 12月底前, 6月30日前完成, 每季度末前.

    None when it is anything else. `year` is taken where none is printed and the date does not come again.
    """
    when = _read_date(text)
    if when is None or year is None or when.year is not None or when.every is not None:
        return when
    return when._replace(year=year)


@remembered()
def _read_date(text: str) -> When | None:
    core = _AROUND.fullmatch(compact(text)) if len(text) <= _LONGEST else None
    return _exactly(core[1]) if core else None


def _exactly(text: str) -> When | None:
    found = _WHEN.fullmatch(text)
    return _when(found) if found else None


_TO = re.compile("至|到|[~—–]+")


def read_span(text: str, year: int | None = None) -> Span | None:
    """The one period that `text` is: 2021-2023年, 1-7月, 2023年1月1日至12月31日, 2023年度; else None.

    `year` is taken where none is printed. Lengths of time (12个月) are quantities, no spans.
    """
    plain = compact(text) if len(text) <= _LONGEST else ""
    ends = _TO.split(plain) if _TO.search(plain) else plain.split("-")
    if len(ends) == 1:
        whole = re.fullmatch(rf"({_YEAR})(?:年度?|年全年)", plain)
        return Span(*[When(int(whole[1]), None, None)] * 2) if whole else None
    last = _exactly(ends[1]) if len(ends) == 2 else None
    if last is None:
        return None
    # 2021-2023年 and 1-7月 leave the word out that stands behind the end.
    first = _exactly(ends[0]) or _exactly(ends[0] + ("年" if last.month is None else "月"))
    if first is None or (first.month is None) != (last.month is None) or first.every or last.every:
        return None
    first_year = first.year or last.year or year
    return Span(first._replace(year=first_year), last._replace(year=last.year or first_year))
