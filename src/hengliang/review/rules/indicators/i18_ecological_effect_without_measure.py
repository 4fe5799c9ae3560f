"""
## What it checks

A row under 生态效益 with no measure of the environment (排放, 水质, 植被, 覆盖率, 修复面积, 达标率 …)
in its name or explanation, and no number of an area, a mass or a volume as its target. Only what is
visible is judged.

## Why

Nature does not improve by an activity that is done, but by less discharge, cleaner water, more green.

## Example

生态效益指标 地下水资源常规监测

## Instead

地下水水质达标率, ≥ 90 %; 矿山修复面积, ≥ 200 亩

## Basis

财预〔2021〕101号, ecological effect (recalled, to be checked against the official text).

---

## 查什么

生态效益指标的名称和解释中没有环境量（排放、水质、植被、覆盖率、修复面积、达标率等），指标值也不是面积、
质量、体积的数量。只看可见部分。

## 为什么

生态不会因为做了一项工作而改善，要看排放少了多少、水质好了多少、绿地多了多少。

## 示例

生态效益指标“地下水资源常规监测”

## 应改为

地下水水质达标率，≥90%；矿山修复面积，≥200亩

## 依据

财预〔2021〕101号生态效益（凭记忆转述，待与正式文本核对）。
"""

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.profile import Profile
from hengliang.base.unit import Dimension
from hengliang.form.levels import Level2
from hengliang.review.by_row import RowOutcome
from hengliang.review.kinds import under
from hengliang.review.row import Row
from hengliang.review.rule import Rule

rule = Rule(
    code="I18",
    name="ecological-effect-without-measure",
    zh="生态效益无环境量",
    en="ecological effect without measure",
    severity=Severity.WARNING,
    basis=("101:生态效益",),
    reads=("indicators.level2", "indicators.name", "indicators.explanation", "indicators.unit"),
)

_EXPECTED = message("a measure such as discharge, water quality, cover, restored area")
_NONE = message("the form has no indicators of ecological effect")
_PHYSICAL = (Dimension.AREA, Dimension.MASS, Dimension.VOLUME, Dimension.ENERGY)


@rule.check_rows(under(Level2.ECOLOGICAL), none=_NONE)
def check(row: Row, profile: Profile) -> RowOutcome | None:
    words = profile.pattern("indicators.effect.ecological_measures")
    if not row.says(words) and not _is_physical(row):
        return rule.finds(
            row.path("name"),
            message("{name} names nothing of the environment that can be measured", name=row.name),
            observed=row.name,
            expected=_EXPECTED,
        )
    return None


def _is_physical(row: Row) -> bool:
    unit = row.unit
    return unit is not None and unit.dimension in _PHYSICAL and not row.is_qualitative
