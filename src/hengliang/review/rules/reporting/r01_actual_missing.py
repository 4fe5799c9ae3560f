"""
## What it checks

On a monitoring table or self-evaluation: an indicator with a target, points or a score and no actual value.
A line that only heads its sub-lines (no points of theirs, but actual values) passes. Where no indicator has
an actual value, that is said once for the form.

## Why

Missing is not zero: a row without an actual value cannot be scored, and a score that stands there all the
same rests on nothing.

## Example

≥ 60 家, actual empty, score 3.

## Instead

57 家.

## Basis

财预〔2020〕10号: the self-evaluation enters actual values against the targets of the start of the year
(recalled, to be checked against the official text; confirmed in a press summary of the ministry's notice).

---

## 查什么

监控表或自评表中，有指标值、分值或得分而没有实际完成值的指标。仅作为其下各分项标题的行（分项无分值但有完成值）
不提示。全部指标均无完成值的，整表提示一次。

## 为什么

没有填不等于零。没有实际完成值就无法计分，照样填写的得分没有依据。

## 示例

指标值≥60家，实际完成值为空，得分3分。

## 应改为

实际完成57家。

## 依据

财预〔2020〕10号：单位自评应对照年初绩效目标填列实际完成值（凭记忆转述，待与正式文本核对；财政部通知的新闻摘
要有此内容）。
"""

from collections.abc import Iterator, Sequence

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.review.attained import NO_REPORT, is_report
from hengliang.review.row import Row
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="R01",
    name="actual-missing",
    zh="完成值缺失",
    en="actual missing",
    severity=Severity.ERROR,
    basis=("10:自评内容", "10:真实"),
    reads=("indicators.actual", "indicators.target", "indicators.points", "indicators.score"),
)


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    if not is_report(context.form):
        yield rule.not_applicable(NO_REPORT)
        return
    rows = context.rows
    missing = [row for row in rows if row.actual is None and _asks_for_one(row) and not _heads(rows, row)]
    if missing and not any(row.actual is not None for row in rows):
        yield rule.finds(
            "indicators",
            message("none of the {count} indicators has an actual value", count=len(rows)),
            expected=message("what was reached, for each indicator"),
        )
        return
    for row in missing:
        yield rule.finds(
            row.path("actual"),
            message("there is no actual value, which is not the same as 0"),
            expected=message("what was reached, in the unit of the target"),
        )


def _asks_for_one(row: Row) -> bool:
    return row.target is not None or row.points is not None or row.score is not None


def _heads(rows: Sequence[Row], row: Row) -> bool:
    """Whether the rows below are parts of this one: without points of their own, but reported."""
    if row.target is not None or row.index + 1 >= len(rows):
        return False
    below = rows[row.index + 1].indicator
    return below.points is None and below.actual is not None
