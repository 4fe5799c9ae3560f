"""
## What it checks

A score below 0 or above the points of its row, in the indicator table and in the money block.

## Why

Points are the most that an indicator can bring. A score above them lifts the total and the grade; it is
usually a score of 100, a score in the wrong row, or points entered as a share.

## Example

3.5 of 3 points.

## Instead

2.85 of 3 points; the cap of 3 is offered as a proposal.

## Basis

财预〔2020〕10号: a reached target gets its points (recalled, to be checked against the official text).

---

## 查什么

指标表和资金部分中，得分小于0或大于分值。

## 为什么

分值是该指标最多可得的分数。得分超过分值会抬高总分和等级，多半是按百分制填写、填错了行，或者分值误填为比例。

## 示例

分值3分，得分3.5分。

## 应改为

分值3分，得分2.85分；也可按分值封顶（建议值）。

## 依据

财预〔2020〕10号：完成指标值的，记该指标所赋全部分值（凭记忆转述，待与正式文本核对）。
"""

from collections.abc import Iterator
from decimal import Decimal

from hengliang.base.finding import Edit, Finding, Severity
from hengliang.base.message import message
from hengliang.review.attained import NO_REPORT, figure, is_report
from hengliang.review.rule import Context, Outcome, Rule, proposal

rule = Rule(
    code="R02",
    name="score-out-of-range",
    zh="得分超分值",
    en="score above points",
    severity=Severity.ERROR,
    basis=("10:计分",),
    reads=("indicators.score", "indicators.points", "money"),
    fix="proposal",
)


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    if not is_report(context.form):
        yield rule.not_applicable(NO_REPORT)
        return
    for row in context.rows:
        yield from _judge(row.path("score"), row.score, row.points)
    for index, line in enumerate(context.form.money.rows if context.form.money else ()):
        yield from _judge(f"money/rows/{index}/score", line.score, line.points)


def _judge(path: str, score: Decimal | None, points: Decimal | None) -> Iterator[Finding]:
    if score is None or points is None or 0 <= score <= points:
        return
    cap = points if score > points else Decimal(0)
    yield rule.finds(
        path,
        message("a score of {score} on {points} points", score=figure(score), points=figure(points)),
        observed=f"{score:f}",
        expected=message("a score from 0 to {points}", points=figure(points)),
        fix=proposal(
            message("set the score to {cap}", cap=figure(cap)), Edit(path, f"{score:f}", f"{cap:f}")
        ),
    )
