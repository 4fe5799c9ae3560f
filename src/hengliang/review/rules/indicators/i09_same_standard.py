"""
## What it checks

Two indicators of different names and equal points have the same scoring standard. Cut texts are
compared as far as they are printed. A standard that only names a general method and no figure of its
own (按完成比例计分) may stand on many rows.

## Why

A standard with its own thresholds is made for one object. Copied to another, its thresholds were not
thought about.

## Example

Two rows with 5 points and 年内完成计5分，每超过1个月扣0.5分.

## Instead

Thresholds and deductions that fit each object.

## Basis

财预〔2015〕88号, review point 规范完整性: content accurate (recalled, to be checked against the
official text).

---

## 查什么

两项名称不同、分值相同的指标评分标准相同。被截断的，按可见部分比较。只写通用方法、没有自身数值的标准（如
“按完成比例计分”）可以多行共用。

## 为什么

有具体分档的标准是为一个对象定的。照搬到另一个对象，说明分档没有经过考虑。

## 示例

两行都是5分，标准都是“年内完成计5分，每超过1个月扣0.5分”。

## 应改为

按各自对象确定分档和扣分幅度。

## 依据

财预〔2015〕88号“规范完整性”审核要点：内容准确（凭记忆转述，待与正式文本核对）。
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.place import Spot
from hengliang.review.names import plain_name
from hengliang.review.row import Row
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="I09",
    name="same-standard",
    zh="标准照搬",
    en="same standard twice",
    severity=Severity.ADVICE,
    basis=("88:规范完整性",),
    reads=("indicators.criterion", "indicators.points"),
)

_EXPECTED = message("thresholds and deductions made for this object")
_DIGIT = re.compile(r"\d")


# So many others are named with each, and no more: a form of a thousand equal rows is read by nobody.
_SHOWN = 12


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    groups: dict[tuple[str, Decimal | None], list[Row]] = {}
    for row in context.rows:
        if row.criterion:
            key = (plain_name(row.criterion), row.points)
            groups.setdefault(key, []).append(row)
    general = context.profile.pattern("indicators.standards.general")
    for (text, _), rows in groups.items():
        if len(rows) < 2 or len(text) < 2 or (general.search(text) and not _DIGIT.search(text)):
            continue
        for row in rows:
            others = [other for other in rows[:_SHOWN] if other.name != row.name]
            if others:
                yield rule.finds(
                    (Spot(row.path("criterion")), *(Spot(other.path("criterion")) for other in others)),
                    message(
                        "indicator no. {others} has the same scoring standard and the same points",
                        others=", ".join(str(other.index + 1) for other in others),
                    ),
                    observed=row.criterion or "",
                    expected=_EXPECTED,
                )
