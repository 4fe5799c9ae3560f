"""
## What it checks

Text targets (定性) are more than 30 % of the rows, or carry more than 30 % of the points (the share is set
in the profile).

## Why

What is not a number is scored by judgement. The more points hang on it, the less the total says.

## Example

16 of 25 rows (64 %) with 58 of 95 points (61 %)

## Instead

5 of 20 rows

## Basis

财预〔2015〕88号: numbers wherever possible (recalled, to be checked against the official text; it gives no
figure, the share is a choice of this project).

---

## 查什么

定性指标超过总行数的30%，或分值超过总分值的30%（比例见规则集）。

## 为什么

定性指标靠评判计分，占的分值越多，总分越说明不了问题。

## 示例

25行中16行（64%），95分中58分（61%）

## 应改为

20行中5行

## 依据

财预〔2015〕88号：尽量定量（凭记忆转述，待与正式文本核对；原文没有比例，30%为本项目选定）。
"""

from collections.abc import Iterator
from decimal import Decimal

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.number import round_half_up
from hengliang.base.place import Spot
from hengliang.review.points import total
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="V20",
    name="too-many-text-targets",
    zh="定性占比过高",
    en="too many text targets",
    severity=Severity.WARNING,
    basis=("88:细化量化",),
    reads=("indicators.operator", "indicators.points"),
)


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    rows, texts = context.rows, context.text_rows
    if not texts:
        return
    share = context.profile.number("values.text_share")
    points = context.points
    text_points = total([weight for weight in context.weighted if weight.row.operator == "定性"])
    if len(texts) <= share * len(rows) and text_points <= share * points:
        return
    by_number = _percent(Decimal(len(texts)), Decimal(len(rows)))
    spots = (Spot("indicators"), *(Spot(row.path("operator")) for row in texts))
    found = message(
        "{texts} of {rows} rows ({share} %) are text targets",
        texts=len(texts),
        rows=len(rows),
        share=by_number,
    )
    if points:
        found = message(
            "{texts} of {rows} rows ({share} %) are text targets, with {text_points} of {points} points "
            "({weight} %)",
            texts=len(texts),
            rows=len(rows),
            share=by_number,
            text_points=f"{text_points:f}",
            points=f"{points:f}",
            weight=_percent(text_points, points),
        )
    most = f"{share * 100:f}".rstrip("0").rstrip(".")
    yield rule.finds(
        spots, found, f"{by_number}%", message("at most {most} % of rows and of points", most=most)
    )


def _percent(part: Decimal, whole: Decimal) -> str:
    return f"{round_half_up(part / whole * 100, 1):f}".removesuffix(".0")
