"""
## What it checks

Full marks are given, or the deduction begins, at a line that is easier than the target: target 100 %,
standard 未达到90%…扣. Between the two nothing is lost. Line and target must be in the same unit. A cut
standard is read as far as it is visible.

## Why

The target that counts is the line of the standard. The promised 100 % is for show.

## Example

100 %; 未达到90%任务每降低1%扣1分: ten points of percent free of loss

## Instead

90 %; 未达到90%任务每降低1%扣1分. Proposed is the line as value, as in V14; to raise the line to the target
mends it as well.

## Basis

财预〔2020〕10号, points by ratio to the target (recalled, to be checked against the official text).

---

## 查什么

满分线或起扣线比指标值宽松：指标值100%，评分标准“未达到90%……扣”。两者之间不扣分。界线与指标值须为同一单位。评分标准被截断的，按可见部分判断。

## 为什么

真正起作用的目标是评分标准中的线，承诺的100%只是摆设。

## 示例

100%；未达到90%任务每降低1%扣1分：10个百分点不扣分

## 应改为

90%；未达到90%任务每降低1%扣1分。与V14一致，建议以该线为指标值；把线提高到指标值也可以。

## 依据

财预〔2020〕10号按与目标的比例计分（凭记忆转述，待与正式文本核对）。
"""

from hengliang.base.finding import Edit, Severity
from hengliang.base.message import message
from hengliang.base.place import Spot
from hengliang.base.profile import Profile
from hengliang.review.by_row import RowOutcome
from hengliang.review.kinds import with_standard
from hengliang.review.reading import full_line
from hengliang.review.row import Row
from hengliang.review.rule import Rule, proposal
from hengliang.review.sentence import NO_STANDARDS

rule = Rule(
    code="S05",
    name="dead-zone",
    zh="阈值死区",
    en="dead zone",
    severity=Severity.ADVICE,
    basis=("10:计分",),
    reads=("indicators.criterion", "indicators.target", "indicators.unit", "indicators.operator"),
    fix="proposal",
)


@rule.check_rows(with_standard, none=NO_STANDARDS)
def check(row: Row, profile: Profile) -> RowOutcome | None:
    sentence = row.sentence
    number, unit = row.number, row.unit
    if not sentence.lines or number is None or unit is None:
        return None
    line = full_line(row, profile)
    if line is None or line.unit not in (unit.symbol, unit.canonical):
        return None
    less = row.operator in ("≤", "<")
    if not (line.number > number if less else line.number < number):
        return None
    target, new = row.path("target"), f"{line.number:f}"
    return rule.finds(
        (Spot(row.path("criterion"), line.number_start, line.number_end + len(line.unit)), Spot(target)),
        message(
            "nothing is lost between {line} {unit} and the target {value} {unit}",
            line=new,
            value=f"{number:f}",
            unit=line.unit,
        ),
        observed=sentence.text[line.start : line.end],
        expected=message("full marks only at the target"),
        fix=proposal(
            message("make the target {line} {unit}", line=new, unit=line.unit),
            Edit(target, row.target, new),
        ),
    )
