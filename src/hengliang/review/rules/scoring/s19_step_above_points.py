"""
## What it checks

One step of a deduction takes more than all points of the row: 每延迟1个月扣5分 on a row of 3. The reading
of the whole standard is asked, which knows limits such as 最多扣2分. Deductions at once are compared by S07.

## Why

The number was written for another row or another scale of points. What is beyond the points cannot be lost,
so the standard does not say what its writer meant.

## Example

3分: 每延迟1个月扣5分

## Instead

3分: 每延迟1个月扣0.5分

## Basis

财预〔2020〕10号, scores are not below 0 (recalled, to be checked against the official text).

---

## 查什么

每一次扣分超过本行全部分值：分值3分，每延迟1个月扣5分。按评分标准的完整读法判断，“最多扣2分”等上限已计入。一次性扣分与分值不符的，见S07。

## 为什么

这个数是按另一行或另一套分值写的。超出分值的部分扣不到，标准写的不是想写的意思。

## 示例

3分：每延迟1个月扣5分

## 应改为

3分：每延迟1个月扣0.5分

## 依据

财预〔2020〕10号：得分不低于零（凭记忆转述，待与正式文本核对）。
"""

from fractions import Fraction

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.place import Spot
from hengliang.base.profile import Profile
from hengliang.criteria.canonical import number
from hengliang.review.by_row import RowOutcome
from hengliang.review.kinds import with_standard
from hengliang.review.reading import meaning_of, spot_of
from hengliang.review.row import Row
from hengliang.review.rule import Rule
from hengliang.review.sentence import NO_STANDARDS

rule = Rule(
    code="S19",
    name="step-above-points",
    zh="单次扣分超过分值",
    en="one deduction takes more than the points",
    severity=Severity.WARNING,
    basis=("10:计分",),
    reads=("indicators.criterion", "indicators.points"),
)
_WANTED = message("a deduction smaller than the points")


@rule.check_rows(with_standard, none=NO_STANDARDS)
def check(row: Row, profile: Profile) -> RowOutcome | None:
    points = row.points
    if not points or not row.sentence.steps:
        return None
    for step in row.sentence.steps:
        if step.then == "loss" and step.amount is not None and step.amount.number > points:
            break
    else:
        return None
    meaning = meaning_of(row, profile)
    if meaning is None:
        return None
    for part in meaning.deductions:
        amount = -(part.amounts or (Fraction(0),))[0]
        if amount > points and (part.most is None or part.most > points):
            return rule.finds(
                (spot_of(row, part), Spot(row.path("points"))),
                message(
                    "each step deducts {step} points, the row has {points}",
                    step=number(amount),
                    points=f"{points:f}",
                ),
                row.sentence.text,
                _WANTED,
            )
    return None
