"""
## What it checks

The explanation of an output row speaks of another dimension than its level 2: it has words of cost,
quality, time or management, and none of its own. The words are data of the profile; longer ones win
(预算编制 is management, not cost). For 数量 any number with a unit is a word of its own. Only what is
visible is judged.

## Why

The explanation says what is measured. When a quality is explained by the budget, nobody knows what to
measure.

## Example

质量指标 界桩定位核查, explained as 预算成本控制情况.

## Instead

界桩位置核查合格率: 复核合格界桩数 ÷ 核查界桩数.

## Basis

财预〔2015〕88号, review point 指标科学性 (recalled, to be checked against the official text).

---

## 查什么

产出指标的解释说的不是本二级指标的事：有成本、质量、时效或管理的用语，却没有本类用语。词表由规则集设定，
长词优先（“预算编制”属管理，不属成本）。数量指标中带单位的数字也算本类用语。只看可见部分。

## 为什么

解释说明衡量什么。质量指标用预算来解释，就不知道该衡量什么。

## 示例

质量指标“界桩定位核查”，解释为“预算成本控制情况”。

## 应改为

界桩位置核查合格率：复核合格界桩数÷核查界桩数。

## 依据

财预〔2015〕88号“指标科学性”审核要点（凭记忆转述，待与正式文本核对）。
"""

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.place import Spot
from hengliang.base.profile import Profile
from hengliang.form.levels import Level2
from hengliang.review.by_row import RowOutcome
from hengliang.review.dimensions import DIMENSIONS, words_by_dimension
from hengliang.review.figures import figures_in
from hengliang.review.row import Row
from hengliang.review.rule import Rule

rule = Rule(
    code="I07",
    name="explanation-of-another-dimension",
    zh="解释与维度不符",
    en="explanation of another dimension",
    severity=Severity.WARNING,
    basis=("88:指标科学性",),
    reads=("indicators.level2", "indicators.explanation"),
)

_EXPECTED = message("what exactly is measured, in the dimension of the row")
_OF = {
    "cost": message("cost and budget"),
    "quality": message("quality and acceptance"),
    "time": message("time and deadlines"),
    "management": message("management of the office"),
}


@rule.check_rows()
def check(row: Row, profile: Profile) -> RowOutcome | None:
    explanation = row.explanation
    own = DIMENSIONS.get(row.level2) if row.level2 else None
    if own is None or not explanation:
        return None
    found = words_by_dimension(explanation, profile)
    if not found or own in found or (row.level2 is Level2.QUANTITY and figures_in(explanation)):
        return None
    foreign, (start, end) = min(
        ((kind, span) for kind, span in found.items() if kind in _OF),
        key=lambda one: one[1],
        default=("", (0, 0)),
    )
    if foreign:
        return rule.finds(
            Spot(row.path("explanation"), start, end),
            message(
                "the explanation of this {level2} speaks of {kind}",
                level2=row.indicator.level2,
                kind=_OF[foreign],
            ),
            observed=explanation,
            expected=_EXPECTED,
        )
    return None
