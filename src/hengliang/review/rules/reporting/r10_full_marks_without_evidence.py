"""
## What it checks

On a report that names evidence (佐证资料) for some of its indicators: a row with full points that names
none. A form without any evidence has no column for it, and the rule does not apply.

## Why

Evidence is kept so that a score can be recomputed. The rows with full points are those that an auditor asks
for first.

## Example

3 of 3 points, 佐证资料 empty, while other rows name 验收单 and 台账.

## Instead

佐证资料: 核查台账、验收单.

## Basis

财预〔2021〕101号: evidence asked for by the indicator (recalled, to be checked against the official text).

---

## 查什么

部分指标已注明佐证资料的自评表中，得满分而未注明佐证资料的指标。全表均无佐证资料的，视为没有该栏，不适用。

## 为什么

留存佐证资料，得分才能复核。满分指标正是审计首先查看的。

## 示例

3分得3分，佐证资料为空，而其他指标注明了验收单、台账。

## 应改为

佐证资料：核查台账、验收单。

## 依据

财预〔2021〕101号：佐证资料要求（凭记忆转述，待与正式文本核对）。
"""

from collections.abc import Iterator

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.review.attained import NO_REPORT, is_blank, is_report
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="R10",
    name="full-marks-without-evidence",
    zh="佐证缺失",
    en="evidence missing",
    severity=Severity.WARNING,
    basis=("101:佐证资料",),
    reads=("indicators.evidence", "indicators.score", "indicators.points"),
)


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    if not is_report(context.form):
        yield rule.not_applicable(NO_REPORT)
        return
    if all(row.evidence is None for row in context.rows):
        yield rule.not_applicable(message("the form has no column for evidence"))
        return
    for row in context.rows:
        if row.points and row.score == row.points and is_blank(row.evidence, context.profile):
            yield rule.finds(
                row.path("evidence"),
                message("full points, and no evidence is named"),
                observed=row.evidence or "",
                expected=message("the record that shows the actual value: acceptance, ledger, survey"),
            )
