"""
## What it checks

A row under 时效 whose unit is no time and no frequency, whose target is no date and no words of time,
and whose name does not speak of being in time (及时, 按期, 工期 …).

## Why

Timeliness says by when or how fast. A share of closed cases says how many.

## Example

时效指标 案件查处, 结案率 ＞ 100 %

## Instead

案件查处完成时间, ≤ 12月31日; or 案件按期结案率, ≥ 90 %.

## Basis

财预〔2021〕101号, timeliness indicators (recalled, to be checked against the official text).

---

## 查什么

时效指标的计量单位不是时间或频次，指标值不是日期或时间用语，名称也没有“及时”“按期”“工期”等字样。

## 为什么

时效指标说明什么时候完成、多快完成。结案率说明的是办结了多少。

## 示例

时效指标“案件查处”，结案率＞100%

## 应改为

案件查处完成时间，≤12月31日；或案件按期结案率，≥90%。

## 依据

财预〔2021〕101号时效指标（凭记忆转述，待与正式文本核对）。
"""

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.profile import Profile
from hengliang.base.unit import Dimension
from hengliang.form.levels import Level2
from hengliang.form.value import DateValue
from hengliang.review.by_row import RowOutcome
from hengliang.review.kinds import under
from hengliang.review.row import Row
from hengliang.review.rule import Rule

rule = Rule(
    code="I12",
    name="timeliness-without-time",
    zh="时效指标无时间",
    en="timeliness has no time",
    severity=Severity.WARNING,
    basis=("101:时效指标",),
    reads=("indicators.level2", "indicators.name", "indicators.target", "indicators.unit"),
)

_EXPECTED = message("a date, a span of time, or the share that is done in time")
_NONE = message("the form has no timeliness indicators")


@rule.check_rows(under(Level2.TIME), none=_NONE)
def check(row: Row, profile: Profile) -> RowOutcome | None:
    if not _has_time(row, profile):
        return rule.finds(
            row.path("unit" if row.unit_text else "target"),
            message("{name} has neither a date nor a span of time", name=row.name),
            observed=f"{row.target or ''}{row.unit_text or ''}",
            expected=_EXPECTED,
        )
    return None


def _has_time(row: Row, profile: Profile) -> bool:
    unit = row.unit
    if unit is not None and (unit.dimension is Dimension.DURATION or Dimension.DURATION in unit.per):
        return True
    if isinstance(row.value, DateValue):
        return True
    words = profile.pattern("indicators.time.words")
    target = row.target
    return bool(words.search(row.name) or (target and words.search(target)))
