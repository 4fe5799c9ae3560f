"""
## What it checks

An indicator that got less than 60 % of its points last year and stands on this form without a word on what
will be done: no remedy in 设定依据, 备注, the explanation or the reasons of the row, nor in the goals
beside its name.

## Why

A missed target calls for its cause and a remedy. Promising it again unchanged promises the same result.

## Example

Last year 1 of 3 points; this year the same row, 备注 empty.

## Instead

备注: 上年未完成，已与乡镇签订责任书，6月底前整改到位.

## Basis

财预〔2020〕10号: a missed target needs its cause and its remedy (recalled, to be checked against the
official text). The line of 60 % is the pass line of 财预〔2021〕101号 (recalled likewise).

---

## 查什么

上年得分不足分值60%的指标，本年照列，而“设定依据”“备注”、指标解释、偏差原因及总体目标中都没有写明改进措施。

## 为什么

未完成的目标应当说明原因和改进措施。原样再列一次，多半还是同样的结果。

## 示例

上年3分得1分，本年照列，备注为空。

## 应改为

备注写明：上年未完成，已与乡镇签订责任书，6月底前整改到位。

## 依据

财预〔2020〕10号：未完成目标的应说明原因和改进措施（凭记忆转述，待与正式文本核对）。60%取自财预〔2021〕101号
的及格门槛（同样待核对）。
"""

from collections.abc import Iterator

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.review.attained import figure
from hengliang.review.past import NO_HISTORY, same_name, year_name
from hengliang.review.row import Row
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="H06",
    name="missed-last-year-unexplained",
    zh="去年未完成未说明",
    en="missed last year, no word",
    severity=Severity.WARNING,
    basis=("10:偏差分析", "10:结果应用"),
    reads=("indicators.basis", "indicators.remark", "indicators.explanation", "indicators.reason", "goals"),
)


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    if not context.past.forms:
        yield rule.not_applicable(NO_HISTORY)
        return
    scored = False
    line = context.profile.number("history.missed_percent") / 100
    for row in context.rows:
        for past in context.past.of(row)[:1]:
            report = past.report
            points = (
                (report.points if report.points is not None else past.indicator.points) if report else None
            )
            if report is None or report.score is None or not points:
                continue
            scored = True
            if report.score < points * line and not _names_remedy(context, row):
                yield rule.finds(
                    row.path("name"),
                    message(
                        "it got {score} of {points} points in {year}, and the form names no remedy",
                        score=figure(report.score),
                        points=figure(points),
                        year=year_name(past.year),
                    ),
                    observed=row.name,
                    expected=message("what will be done so that the target is reached this time"),
                )
    if not scored:
        yield rule.not_applicable(message("no score of an earlier year is known for any indicator"))


def _names_remedy(context: Context, row: Row) -> bool:
    remedies = context.profile.pattern("history.remedies")
    texts = (row.basis, row.remark, row.explanation, row.reason)
    if any(remedies.search(text) for text in texts if text):
        return True
    name = same_name(row.name)
    return any(name in same_name(goal) and remedies.search(goal) for goal in context.form.goals)
