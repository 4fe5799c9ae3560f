"""
## What it checks

The unit is one of duration (年, 个月, 天), and the explanation gives a deadline. A date with 自, 从 or 起
begins a time and is no deadline.

## Why

1 年 and 2023年年底 are two targets. Work begun in March and finished in January keeps the one and misses
the other.

## Example

≥ 1 年; 解释: 2023年年底完成

## Instead

≤ 2023年12月31日, without a unit

## Basis

财预〔2015〕88号, content accurate (recalled, to be checked against the official text).

---

## 查什么

计量单位是时长（年、个月、天），指标解释写的却是截止日期。前有“自、从”或后有“起”的日期是起点，不算截止日期。

## 为什么

“1年”和“2023年年底”是两个目标：3月开工、次年1月完成，满足前者，不满足后者。

## 示例

≥ 1年；解释：2023年年底完成

## 应改为

≤ 2023年12月31日，单位留空

## 依据

财预〔2015〕88号：内容准确（凭记忆转述，待与正式文本核对）。
"""

from hengliang.base.finding import Edit, Severity
from hengliang.base.message import message
from hengliang.base.period import Deadline, find_deadlines
from hengliang.base.place import Spot
from hengliang.base.profile import Profile
from hengliang.base.unit import Dimension
from hengliang.review.by_row import RowOutcome
from hengliang.review.kinds import with_number
from hengliang.review.row import Row
from hengliang.review.rule import Rule, proposal

rule = Rule(
    code="V10",
    name="duration-against-date",
    zh="时间值与日期不符",
    en="duration against date",
    severity=Severity.WARNING,
    basis=("88:规范完整性",),
    reads=("indicators.target", "indicators.unit", "indicators.explanation"),
    fix="proposal",
)


@rule.check_rows(with_number)
def check(row: Row, profile: Profile) -> RowOutcome | None:
    text = row.explanation
    if text is None or row.unit is None or row.unit.dimension is not Dimension.DURATION:
        return None
    dates = [found for found in find_deadlines(text) if found.when.month and found.when.every is None]
    path = row.path("explanation")
    if not dates:
        if row.is_cut("explanation"):
            return rule.undecidable(path, message("the explanation is cut off before any date"))
        return None
    if any(_begins(text, found, profile) for found in dates):
        return None
    last = dates[-1]
    when = last.when
    date = f"{when.year}年" if when.year else ""
    date += f"{when.month}月" + (f"{when.day}日" if when.day else "底")
    value = f"{row.target}{row.unit_text}"
    return rule.finds(
        (Spot(row.path("target")), Spot(path, last.start, last.end)),
        message("the value is a length of time, {value}, the explanation a date, {date}",
                value=value, date=text[last.start : last.end]),
        observed=value,
        expected=message("one of the two: a date, or a length of time"),
        fix=proposal(
            message("make the value ≤ {date}", date=date),
            Edit(row.path("operator"), row.operator, "≤"),
            Edit(row.path("target"), row.target, date),
            Edit(row.path("unit"), row.unit_text, None),
        ),
    )  # fmt: skip


def _begins(text: str, found: Deadline, profile: Profile) -> bool:
    around = text[max(0, found.start - 1) : found.start] + "\n" + text[found.end : found.end + 2]
    before, _, after = around.partition("\n")
    words = profile.words("values.beginnings")
    return before in words or after.startswith(words)
