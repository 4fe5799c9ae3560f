"""
## What it checks

On a form that plans in stages (some row or task gives figures for two or more months or quarters): a count
of 10 or more, or a deadline after August, that names none. A form on which nothing is planned in stages has
no place for them, and the rule does not apply.

## Why

Monitoring in the middle of the year can judge an indicator only against what was due by then. Without
stages a twelfth of the target for each month is taken, which is wrong for everything that falls due once.

## Example

监测预警点建成数 ≥ 100 处, no stages, while another row says 第二季度30家，第四季度60家.

## Instead

Explanation: 6月底前40处，10月底前100处.

## Basis

财预〔2019〕136号: targets are monitored during the year (recalled, to be checked against the official
text). The bounds are choices of this project.

---

## 查什么

在安排了分期计划的表中（有指标或任务分月份、季度写明数量），数量在10以上或期限在8月以后的指标没有写明分期目
标。全表都没有分期计划的，视为表中没有这一栏，不适用。

## 为什么

年中监控只能对照届时应完成的进度。没有分期目标，就只能按月平均分摊，对一次性完成的任务并不准确。

## 示例

“监测预警点建成数”≥100处，没有分期，而另一行写明“第二季度30家，第四季度60家”。

## 应改为

指标解释写明：6月底前40处，10月底前100处。

## 依据

财预〔2019〕136号：年度执行中对绩效目标实现程度进行监控（凭记忆转述，待与正式文本核对）。数量和月份界限为本
项目选定。
"""

import re
from collections.abc import Iterator

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.unit import Dimension, unit_at, unit_of
from hengliang.form.value import DateValue
from hengliang.review.attained import number_of
from hengliang.review.row import Row
from hengliang.review.rule import Context, Outcome, Rule
from hengliang.review.texts import Texts

rule = Rule(
    code="H07",
    name="count-without-stages",
    zh="无分期计划",
    en="no phased plan",
    severity=Severity.ADVICE,
    basis=("136:监控内容",),
    reads=("indicators.target", "indicators.explanation", "indicators.remark", "tasks"),
)

# A part of the year with a figure close behind it: 第二季度30家, 6月底前完成40处.
_STAGE = re.compile(
    r"(第?[一二三四1-4]季度|[上下]半年|(?<!\d)(?:1[0-2]|[1-9])月(?:底|末|中旬|\d{1,2}日)?前?)"
    r"[^\d，。；、\n]{0,8}\d[\d,.]*"
)
_COLUMNS = ("explanation", "remark", "basis", "content")


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    planned = _planned(context.texts)
    if not planned:
        yield rule.not_applicable(
            message("nothing on the form is planned in stages, so it has no place for them")
        )
        return
    for row in context.rows:
        if any(row.path(field) in planned for field in _COLUMNS) or not _asks_for_stages(context, row):
            continue
        if row.is_cut("explanation"):
            yield rule.undecidable(
                row.path("explanation"), message("the explanation is cut off and may name the stages")
            )
            continue
        yield rule.finds(
            row.path("target"),
            message("other rows are planned in stages, but this one names no stage of its target"),
            observed=f"{row.target} {row.unit_text or ''}".rstrip(),
            expected=message("how much is due by which month"),
        )


def _planned(texts: Texts) -> set[str]:
    """The fields in which two or more parts of the year have a figure of their own."""
    stages: dict[str, set[str]] = {}
    for column in _COLUMNS:
        for match in texts.search(_STAGE, column):
            unit = unit_of(unit_at(texts.whole, match.end()))
            if unit is not None and unit.dimension is not Dimension.DURATION:
                stages.setdefault(texts.path(match.start()), set()).add(match[1])
    return {path for path, parts in stages.items() if len(parts) > 1}


def _asks_for_stages(context: Context, row: Row) -> bool:
    if isinstance(row.value, DateValue):
        return (row.value.month or 0) > context.profile.number("history.staged_after_month")
    number, unit = number_of(row), unit_of(row.unit_text)
    return (
        number is not None
        and unit is not None
        and unit.dimension is Dimension.COUNT
        and number >= context.profile.number("history.staged_from")
    )
