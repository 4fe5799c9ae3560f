"""
## What it checks

At declaration each indicator names the evidence or the source of data by which its result will be shown: in
a column of its own, or in the explanation (以核查报告为准, 数据来源…). When the form has no such column,
that is one finding on the form.

## Why

An indicator is worth setting only if its result can be shown at reasonable cost. Who names the ledger at
the beginning keeps it.

## Example

A form without a column 佐证资料 or 数据来源.

## Instead

佐证资料: 核查台账 + 验收单

## Basis

财预〔2021〕101号, 佐证资料要求 and 完成值数据来源 (recalled, to be checked against the official text).

---

## 查什么

申报时，每条指标应注明佐证资料或数据来源：有专门栏目的填在栏内，没有的可写在指标解释中（如“以核查报告为准”
“数据来源：…”）。表中没有该栏的，只提示一次。

## 为什么

指标值将来要拿得出证据。设定时就写明台账，平时才会记台账。

## 示例

表中没有“佐证资料”或“数据来源”栏。

## 应改为

佐证资料：核查台账、验收单

## 依据

财预〔2021〕101号关于佐证资料要求、完成值数据来源的规定（凭记忆转述，待与正式文本核对）。
"""

from collections.abc import Iterator

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.form.model import Purpose
from hengliang.review.named import named
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="F19",
    name="evidence-missing",
    zh="佐证要求缺失",
    en="evidence requirement missing",
    severity=Severity.ADVICE,
    basis=("101:佐证资料", "101:数据来源"),
    reads=("indicators.evidence", "indicators.explanation"),
)


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    if context.form.purpose is not Purpose.DECLARATION:
        yield rule.not_applicable(message("evidence is asked for when the targets are declared"))
        return
    without = named(context, "evidence", "completeness.evidence_words")
    if not without.column and without.rows:
        yield rule.finds(
            "indicators",
            message(
                "the form has no column for evidence, and {count} indicators name none",
                count=len(without.rows),
            ),
            expected=message("the records that will show the result of each indicator"),
        )
        return
    for row in without.rows:
        path = row.path("evidence")
        if without.hidden(row):
            yield rule.undecidable(path, message("the explanation that may name the evidence is cut off"))
        else:
            yield rule.finds(
                path,
                message("the indicator names no evidence and no source of its data"),
                expected=message("the records that will show the result of each indicator"),
            )
