"""
## What it checks

A deduction (扣) with no number behind it and no method (按比例扣分, 扣除全部分值). Where the cut took the
number, the place is undecided.

## Why

扣除相应分值 leaves open how much. Two scorers deduct two amounts.

## Example

每有一项不满足，则扣除相应分值

## Instead

每有一项不满足扣1分

## Basis

财预〔2021〕101号, 赋分规则 (recalled, to be checked against the official text).

---

## 查什么

“扣”字后没有分数，也没有方法（按比例扣分、扣除全部分值）。分数被截断的，不作结论。

## 为什么

“扣除相应分值”没有说扣多少，两个人会扣出两个分数。

## 示例

每有一项不满足，则扣除相应分值

## 应改为

每有一项不满足扣1分

## 依据

财预〔2021〕101号赋分规则（凭记忆转述，待与正式文本核对）。
"""

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.place import Spot
from hengliang.base.profile import Profile
from hengliang.review.by_row import RowOutcome
from hengliang.review.kinds import with_standard
from hengliang.review.row import Row
from hengliang.review.rule import Rule
from hengliang.review.sentence import NO_STANDARDS, STANDARD_CUT

rule = Rule(
    code="S02",
    name="deduction-without-amount",
    zh="扣分不定量",
    en="deduction without amount",
    severity=Severity.WARNING,
    basis=("101:赋分规则",),
    reads=("indicators.criterion",),
)
_FOUND = message("a deduction without a number of points")
_WANTED = message("the points that are lost for each case")


@rule.check_rows(with_standard, none=NO_STANDARDS)
def check(row: Row, profile: Profile) -> RowOutcome | None:
    sentence = row.sentence
    path = row.path("criterion")
    if sentence.vague_losses:
        spots = tuple(Spot(path, span.start, span.end) for span in sentence.vague_losses)
        return rule.finds(spots, _FOUND, sentence.text, _WANTED)
    if sentence.lost_amount:
        return rule.undecidable(path, STANDARD_CUT)
    return None
