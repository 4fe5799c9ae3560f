"""
## What it checks

The name does not end in the head of a measure (数, 率, 量, 面积, 时间, 成本 …; the list is data of the
profile). A bracket or number at the end does not count. Of a cut name the end is not known: the rule
cannot say. A name for what is paid or saved (编制费, 节约资金) with an amount of money passes: the
amount is its measure.

## Why

The name of an activity (界桩定位核查) leaves open what is counted: stakes, rounds, or the share that is
in order.

## Example

界桩定位核查, 100 %

## Instead

界桩核查完成率, ＝ 100 %; or 核查界桩数量, ≥ 300 个. The proposed ending follows the unit.

## Basis

财预〔2021〕101号: a name is short and names a measurable thing, as 房屋修缮面积, 验收合格率 (recalled,
to be checked against the official text).

---

## 查什么

名称不以可衡量的词结尾（数、率、量、面积、时间、成本等，词表由规则集设定）。末尾的括号和数字不计。名称被
截断的，看不到结尾，不作判断。以支付或节约的资金命名（“编制费”“节约资金”）并有金额的，金额就是衡量值，通
过。

## 为什么

以工作命名的指标（如“界桩定位核查”）没有说明数的是什么：界桩数、核查次数，还是完好比例。

## 示例

界桩定位核查，100%

## 应改为

界桩核查完成率，＝100%；或核查界桩数量，≥300个。建议的结尾按计量单位给出。

## 依据

财预〔2021〕101号：指标名称应简明、可衡量，如“房屋修缮面积”“验收合格率”（凭记忆转述，待与正式文本核对）。
"""

from hengliang.base.finding import Edit, Fix, Severity
from hengliang.base.message import message
from hengliang.base.profile import Profile
from hengliang.base.unit import Dimension
from hengliang.form.levels import Level2
from hengliang.review.by_row import RowOutcome
from hengliang.review.names import is_measure
from hengliang.review.prices import is_priced
from hengliang.review.row import Row
from hengliang.review.rule import Rule, proposal

rule = Rule(
    code="I04",
    name="name-no-measure",
    zh="名称不可衡量",
    en="name is no measure",
    severity=Severity.WARNING,
    basis=("101:指标名称",),
    reads=("indicators.name",),
    fix="proposal",
)

_EXPECTED = message("a name that ends in a measure: number, rate, area, time, amount")
_CUT = message("the name is cut off, so its last word is not known")


@rule.check_rows()
def check(row: Row, profile: Profile) -> RowOutcome | None:
    name = row.name
    if row.is_cut("name"):
        return rule.undecidable(row.path("name"), _CUT)
    if not is_measure(name, profile) and not is_priced(row, profile):
        return rule.finds(
            row.path("name"),
            message("{name} does not say what is measured", name=name),
            observed=name,
            expected=_EXPECTED,
            fix=_fix(row, profile),
        )
    return None


def _fix(row: Row, profile: Profile) -> Fix | None:
    """A head for the name of an output. What an effect should be called is not for a machine to say."""
    unit, level2, name = row.unit, row.level2, row.name
    if unit is None or level2 is None or level2 not in _OUTPUTS or not "一" <= name[-1:] <= "鿿":
        return None
    if unit.dimension is Dimension.RATIO:
        head = profile.table("indicators.head_for.share").get(level2.value)
    elif unit.dimension is Dimension.DURATION:
        head = profile.text("indicators.head_for.span") if level2 is Level2.TIME else None
    else:
        people = row.unit_text in profile.words("indicators.words.people_units")
        head = profile.table("indicators.head_for.unit").get("people" if people else unit.dimension.value)
    if not isinstance(head, str):
        return None
    # 数据合格 + 合格率 is 数据合格率.
    shared = next(size for size in range(len(head), -1, -1) if name.endswith(head[:size]))
    new = name + head[shared:]
    return proposal(message("Say what is measured: {name}", name=new), Edit(row.path("name"), name, new))


_OUTPUTS = (Level2.QUANTITY, Level2.QUALITY, Level2.TIME, Level2.COST, Level2.ECONOMIC_COST)
