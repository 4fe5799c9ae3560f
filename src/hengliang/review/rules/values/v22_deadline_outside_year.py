"""
## What it checks

The value, or a deadline in the explanation, lies after 31 December of the form's year, and nothing says
that the target runs over several years.

## Why

A yearly target is judged at the end of the year. What falls due later cannot be judged then.

## Example

A form of 2023 with 完成日期 ≤ 2024-06-30

## Instead

≤ 2023-12-31; or the part due in 2023, with the whole as mid-term target.

## Basis

财预〔2015〕88号, yearly targets (recalled, to be checked against the official text).

---

## 查什么

指标值或指标解释中的截止日期晚于本表年度的12月31日，又没有说明是跨年目标。

## 为什么

年度目标年底考核，年后到期的事届时无法评判。

## 示例

2023年度的表，完成日期≤2024-06-30

## 应改为

≤2023-12-31；或填写2023年应完成的部分，全部任务作为中期目标。

## 依据

财预〔2015〕88号年度目标（凭记忆转述，待与正式文本核对）。
"""

from collections.abc import Iterator

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.period import find_deadlines
from hengliang.base.place import Spot
from hengliang.form.value import DateValue
from hengliang.review.row import Row
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="V22",
    name="deadline-outside-year",
    zh="期限跨年",
    en="date outside the year",
    severity=Severity.WARNING,
    basis=("88:明确清晰性",),
    reads=("fiscal_year", "indicators.target", "indicators.explanation"),
)


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    year = context.form.fiscal_year
    if year is None:
        yield rule.not_applicable(message("the form does not say its year"))
        return
    several = context.profile.pattern("values.words.several_years")
    for row in context.rows:
        found = _later(row, year)
        if found is None or row.midterm is not None:
            continue
        if several.search(f"{row.name}{row.explanation or ''}{row.remark or ''}"):
            continue
        spot, text = found
        yield rule.finds(
            spot,
            message("{date} lies after the year {year}", date=text, year=year),
            text,
            message("a date up to 31 December {year}", year=year),
        )


def _later(row: Row, year: int) -> tuple[Spot, str] | None:
    """The first deadline after the year, with what stands there."""
    value, text = row.value, row.explanation
    if isinstance(value, DateValue) and value.year is not None and value.year > year:
        return Spot(row.path("target")), row.target or ""
    if text is None or "20" not in text:
        return None
    for found in find_deadlines(text):
        later = found.when.year is not None and found.when.year > year
        if later and (found.when.month is not None or found.before):
            return Spot(row.path("explanation"), found.start, found.end), text[found.start : found.end]
    return None
