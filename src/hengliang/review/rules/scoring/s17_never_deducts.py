"""
## What it checks

Whatever the result, the standard leaves all points: points are lost only where no number can be (每超过1% on
a share that ends at 100 %), or every result that is named earns the same. The curve of the whole standard
is asked. A cut standard is undecided.

## Why

A row that cannot lose points measures nothing, and lifts the total of every unit alike.

## Example

验收合格率 ＝ 100 %: 每超过1%扣1分

## Instead

每低于1%扣1分，扣完为止

## Basis

财预〔2021〕101号, 赋分规则 (recalled, to be checked against the official text).

---

## 查什么

按评分标准画出得分曲线，无论结果如何都得满分：只在取不到的地方扣分（占比最高100%，却规定每超过1%扣分），或各种结果得分相同。评分标准被截断的，不作结论。

## 为什么

扣不到分的指标什么也没有衡量，只会把总分一律抬高。

## 示例

验收合格率＝100%：每超过1%扣1分

## 应改为

每低于1%扣1分，扣完为止

## 依据

财预〔2021〕101号赋分规则（凭记忆转述，待与正式文本核对）。
"""

from decimal import Decimal

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.profile import Profile
from hengliang.review.bounds import is_bounded
from hengliang.review.by_row import RowOutcome
from hengliang.review.kinds import with_standard
from hengliang.review.reading import meaning_of, numbers_of
from hengliang.review.row import Row
from hengliang.review.rule import Rule
from hengliang.review.sentence import NO_STANDARDS, STANDARD_CUT

rule = Rule(
    code="S17",
    name="never-deducts",
    zh="从不扣分",
    en="never deducts",
    severity=Severity.WARNING,
    basis=("101:赋分规则",),
    reads=("indicators.criterion", "indicators.points", "indicators.target", "indicators.name"),
)
_FOUND = message("all points are kept, whatever the result")
_WANTED = message("points that are lost when the target is missed")


@rule.check_rows(with_standard, none=NO_STANDARDS)
def check(row: Row, profile: Profile) -> RowOutcome | None:
    sentence, points = row.sentence, row.points
    if not points or not _may_keep_all(row, points, profile):
        return None
    path = row.path("criterion")
    if sentence.cut:
        return rule.undecidable(path, STANDARD_CUT)
    meaning = meaning_of(row, profile)
    if meaning is None:
        return None
    least = meaning.within(numbers_of(row, profile))[0]
    return rule.finds(path, _FOUND, sentence.text, _WANTED) if least is not None and least >= points else None


def _may_keep_all(row: Row, points: Decimal, profile: Profile) -> bool:
    """Whether nothing is named that certainly costs points. Steps against the sign are S06."""
    sentence = row.sentence
    if sentence.zero or sentence.ratio or sentence.losses or sentence.vague_losses:
        return False
    if any(gain.number < points for gain in sentence.gains):
        return False
    lost = [step for step in sentence.steps if step.then == "loss"]
    if lost:
        over = all(step.way == "over" and step.unit in _PERCENT for step in lost)
        return over and row.operator not in _MORE and is_bounded(row, profile)
    return len(sentence.gains) > 1


_PERCENT = ("%", "个百分点", "百分点")
_MORE = ("≥", ">", "定性")
