"""
## What it checks

No cell holds a placeholder (无, 略, 待定, /, xxx), no explanation is a bare number, and no bare number
without unit fills more than 80 % of the target cells. 无 as the target of a name that tells of a mishap
(重大事故: 无) says something and is left alone. When most rows hold placeholders, that is one finding on
the form.

## Why

A form in which every 指标内容 is 88 and every 指标值 100 has no empty cell and says nothing. Such forms
were published.

## Example

指标内容: 88; 指标值: 100

## Instead

指标内容: 完成核查的矿山家数; 指标值: ≥ 60 家

## Basis

财预〔2015〕88号, review point 规范完整性: content true (recalled, to be checked against the official text).

---

## 查什么

单元格不填占位文字（无、略、待定、/、xxx），指标解释不能只是一个数字，也不能八成以上的指标值都是同一个不带单
位的数字。名称是事故、投诉一类的，指标值填“无”有意义，不查。多数行都是占位文字的，只提示一次。

## 为什么

有的公开表格“指标内容”全是88，“指标值”全是100，没有一个空格，却什么也没有说。

## 示例

指标内容：88；指标值：100

## 应改为

指标内容：完成核查的矿山家数；指标值：≥60家

## 依据

财预〔2015〕88号“规范完整性”审核要点：内容真实（凭记忆转述，待与正式文本核对）。
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.number import read_number
from hengliang.base.place import Spot
from hengliang.base.profile import Profile
from hengliang.form.model import Indicator
from hengliang.review.rule import Context, Outcome, Rule
from hengliang.review.texts import Found

rule = Rule(
    code="T14",
    name="placeholder-in-cell",
    zh="占位填写",
    en="placeholder",
    severity=Severity.ERROR,
    basis=("88:规范完整性",),
    reads=(
        "indicators.name",
        "indicators.target",
        "indicators.unit",
        "indicators.explanation",
        "indicators.criterion",
        "indicators.basis",
        "indicators.evidence",
    ),
)

_COLUMNS = ("name", "target", "explanation", "criterion", "basis", "evidence")
_BARE_NUMBER = re.compile(r"\n[0-9][0-9.,]*[%％]?(?=\n)")


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    indicators = context.form.indicators
    rows: dict[int, list[Spot]] = {}
    for found in _cells(context):
        index, _, field = found.path.removeprefix("indicators/").partition("/")
        if field != "target" or not _means_none(indicators[int(index)], context.profile):
            rows.setdefault(int(index), []).extend(found.spots)
    most = context.profile.number("wording.same_number_percent") * len(indicators) / 100
    least = context.profile.number("wording.same_number_rows")
    if len(rows) >= least and len(rows) > most:
        yield rule.finds(
            tuple(spot for index in sorted(rows) for spot in rows[index]),
            message("{count} of {rows} rows hold placeholders", count=len(rows), rows=len(indicators)),
            expected=message("what is meant, in every cell"),
        )
    else:
        for index in sorted(rows):
            yield rule.finds(
                tuple(rows[index]),
                message("a cell of the row holds a placeholder instead of a content"),
                observed=str(getattr(indicators[index], rows[index][0].path.rpartition("/")[2])),
                expected=message("what is meant, in every cell"),
            )
    targets = Counter([row.target for row in context.rows if row.target and not row.unit_text])
    if targets.total() >= least:
        number, count = targets.most_common(1)[0]
        if count >= least and count > most and read_number(number) is not None:
            same = [row.index for row in context.rows if row.target == number]
            yield rule.finds(
                tuple(Spot(f"indicators/{index}/target") for index in same),
                message(
                    "{count} of {rows} target values are {number}, without a unit",
                    count=count,
                    rows=len(indicators),
                    number=number,
                ),
                observed=number,
                expected=message("the value that each indicator is to reach, with its unit"),
            )


def _cells(context: Context) -> Iterator[Found]:
    texts = context.texts
    yield from texts.find(_BARE_NUMBER, "name")
    yield from texts.find(_BARE_NUMBER, "explanation")
    if not _placeholders(context.profile)[0].isdisjoint(texts.whole.split("\n")):
        pattern = _placeholders(context.profile)[1]
        for column in _COLUMNS:
            yield from texts.find(pattern, column)


@cache
def _placeholders(profile: Profile) -> tuple[frozenset[str], re.Pattern[str]]:
    words = profile.words("wording.placeholders")
    return frozenset(words), re.compile(rf"\n(?:{'|'.join(map(re.escape, words))})(?=\n)")


def _means_none(indicator: Indicator, profile: Profile) -> bool:
    """Whether the target says that there shall be none of what the name tells of."""
    return indicator.target == "无" and bool(profile.pattern("wording.incident_words").search(indicator.name))
