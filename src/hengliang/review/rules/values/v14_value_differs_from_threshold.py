"""
## What it checks

The value is a percentage, and the scoring standard gives full marks at another one, or begins to deduct
there: 未达到90%每降低1%扣1分. The steps (每降低1%) and the line of no points (低于60%不得分) are not meant.
A cut standard is read as far as it is visible.

## Why

Target and scoring speak of two aims. At 92 % the target of 100 % is missed, and the full marks are given.

## Example

定性 100 %; standard: 未达到90%任务每降低1%扣1分

## Instead

≥ 90 %; standard: 未达到90%任务每降低1%扣1分. Proposed is the value of the standard; to raise the standard
is as good, the unit decides.

## Basis

财预〔2021〕101号, 赋分规则 (recalled, to be checked against the official text).

---

## 查什么

指标值为百分比，评分标准却在另一个百分比给满分或起扣：未达到90%每降低1%扣1分。扣分步长（每降低1%）和不得分线（低于60%不得分）不算。评分标准被截断的，按可见部分判断。

## 为什么

目标与计分各说各的：完成92%，目标100%没有达到，却得满分。

## 示例

定性100%；评分标准：未达到90%任务每降低1%扣1分

## 应改为

≥90%；评分标准：未达到90%任务每降低1%扣1分。建议采用评分标准中的值；提高评分标准亦可，由单位决定。

## 依据

财预〔2021〕101号赋分规则（凭记忆转述，待与正式文本核对）。
"""

from hengliang.base.finding import Edit, Severity
from hengliang.base.message import message
from hengliang.base.place import Spot
from hengliang.base.profile import Profile
from hengliang.review.by_row import RowOutcome
from hengliang.review.kinds import in_percent
from hengliang.review.reading import full_line
from hengliang.review.row import Row
from hengliang.review.rule import Rule, proposal

rule = Rule(
    code="V14",
    name="value-differs-from-threshold",
    zh="值与标准阈值不一致",
    en="value differs from the threshold of the standard",
    severity=Severity.WARNING,
    basis=("101:赋分规则",),
    reads=("indicators.target", "indicators.unit", "indicators.criterion"),
    fix="proposal",
)


@rule.check_rows(in_percent)
def check(row: Row, profile: Profile) -> RowOutcome | None:
    sentence = row.sentence
    number = row.number
    if not sentence.lines or number is None:
        return None
    line = full_line(row, profile)
    if line is None or line.unit != "%" or line.number == number:
        return None
    path, new = row.path("target"), f"{line.number:f}"
    end = line.number_end + len(line.unit)
    return rule.finds(
        (Spot(path), Spot(row.path("criterion"), line.number_start, end)),
        message(
            "the value is {value} %, but the standard gives full marks at {line} %",
            value=f"{number:f}",
            line=new,
        ),
        observed=f"{row.target}%",
        expected=message("the same percentage in both"),
        fix=proposal(message("make the value {value} %", value=new), Edit(path, row.target, new)),
    )
