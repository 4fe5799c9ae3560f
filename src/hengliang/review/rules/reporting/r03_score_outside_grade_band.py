"""
## What it checks

A text target whose actual value is one of the three grades (达成, 部分达成, 未达成 in their usual wordings)
and whose score lies outside the band of that grade: from 80 % to all of the points, from 60 % to under 80 %,
from 0 to under 60 %. Edges are rounded to two places and belong to the upper band. A row whose own standard
gives points is judged by that, not here.

## Why

The grade decides the band, and only the place inside it is free. A score above the band gives for 部分达成
what 达成 would earn.

## Example

部分达成年度指标并具有一定效果, 2.6 of 3 points.

## Instead

2.1 of 3 points (1.80 to 2.39).

## Basis

财预〔2020〕10号: three grades of qualitative indicators (bands confirmed in a published module; 80/50 in
one county). The bands are values of the rule profile.

---

## 查什么

定性指标的实际完成值为三档之一（达成、部分达成、未达成及其常见写法），而得分不在该档区间：100%—80%（含）、
80%—60%（含）、60%—0%。区间界点保留两位小数，归入上一档。该行评分标准自行规定分数的，不在此判断。

## 为什么

档次决定区间，只有区间以内可以裁量。部分达成却按达成给分，就抬高了得分。

## 示例

实际完成“部分达成年度指标并具有一定效果”，3分得2.6分。

## 应改为

得2.1分（1.80至2.39分之间）。

## 依据

财预〔2020〕10号：定性指标分三档计分（区间经公开的系统模块印证；有县级单位采用80/50）。区间为规则集参数。
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from hengliang.base.finding import Severity
from hengliang.base.message import Message, message
from hengliang.base.number import round_half_up
from hengliang.base.profile import Profile
from hengliang.form.reached import TextGrade, text_grade
from hengliang.form.value import TextValue
from hengliang.review.attained import NO_REPORT, figure, is_report
from hengliang.review.row import Row
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="R03",
    name="score-outside-grade-band",
    zh="定性得分出档",
    en="score outside its band",
    severity=Severity.ERROR,
    basis=("10:定性三档",),
    reads=("indicators.actual", "indicators.score", "indicators.points", "indicators.criterion"),
)

_NAMES: dict[TextGrade, Message] = {
    TextGrade.MET: message("reached (达成)"),
    TextGrade.PARTLY: message("partly reached (部分达成)"),
    TextGrade.MISSED: message("not reached (未达成)"),
}
_OWN_POINTS = re.compile(r"\d\s*分")


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    if not is_report(context.form):
        yield rule.not_applicable(NO_REPORT)
        return
    graded = False
    for row in context.rows:
        grade = text_grade(row.actual, context.profile) if _is_text(row) else None
        if grade is None or not row.points or row.score is None:
            continue
        if row.criterion and _OWN_POINTS.search(row.criterion):
            continue
        graded = True
        low, high = _band(grade, row.points, context.profile)
        if low <= row.score and (row.score < high or grade is TextGrade.MET):
            continue
        yield rule.finds(
            row.path("score"),
            message(
                "{score} of {points} points for a target that was {grade}",
                score=figure(row.score),
                points=figure(row.points),
                grade=_NAMES[grade],
            ),
            observed=f"{row.score:f}",
            expected=(
                message("{low} to {high} points", low=figure(low), high=figure(high))
                if grade is TextGrade.MET
                else message("from {low} to under {high} points", low=figure(low), high=figure(high))
            ),
        )
    if not graded:
        yield rule.not_applicable(message("no text target has one of the three grades as its actual value"))


def _is_text(row: Row) -> bool:
    return row.is_qualitative or isinstance(row.value, TextValue)


def _band(grade: TextGrade, points: Decimal, profile: Profile) -> tuple[Decimal, Decimal]:
    edges = [Decimal(edge) for edge in profile.words("reporting.text_bands")]
    place = list(TextGrade).index(grade)
    low, high = edges[place], edges[place - 1] if place else Decimal(100)
    return round_half_up(points * low / 100), round_half_up(points * high / 100)
