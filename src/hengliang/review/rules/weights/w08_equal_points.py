"""
## What it checks

60 % of the rows or more carry the same points, on forms with five rows or more (profile).

## Why

Points go by importance. Three points everywhere say that nothing was weighed.

## Example

18 of 25 rows have 3 points

## Instead

16, 14, 12, 10, 10, 10, 10, 8

## Basis

财预〔2020〕10号: levels 2 and 3 by importance (recalled, to be checked against the official text). The line
is a choice of this project.

---

## 查什么

五行以上的表中，60%及以上的行分值相同（见规则集）。

## 为什么

分值应按重要程度确定。到处都是3分，说明没有权衡。

## 示例

25行中18行为3分

## 应改为

16、14、12、10、10、10、10、8

## 依据

财预〔2020〕10号：二、三级指标按重要程度确定权重（凭记忆转述，待与正式文本核对）。界线为本项目选定。
"""

from collections import Counter
from collections.abc import Iterator

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.place import Spot
from hengliang.review.points import NO_POINTS
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="W08",
    name="equal-points",
    zh="平均分配",
    en="equal points",
    severity=Severity.ADVICE,
    basis=("10:权重",),
    reads=("indicators.points",),
)


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    if not context.weighted:
        yield rule.not_applicable(NO_POINTS)
        return
    rows, profile = context.weighted, context.profile
    if len(rows) < profile.number("weights.same_points_rows"):
        return
    points, times = Counter(weight.points for weight in rows).most_common(1)[0]
    if times < len(rows) * profile.number("weights.same_points_share"):
        return
    same = [Spot(row.path("points")) for row, own in rows if own == points]
    yield rule.finds(
        (Spot("indicators"), *same),
        message(
            "{times} of {rows} rows have {points} points", times=times, rows=len(rows), points=f"{points:f}"
        ),
        f"{times}/{len(rows)}",
        message("points by importance"),
    )
