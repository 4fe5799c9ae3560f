"""
## What it checks

The points are gone within 5 percent or 5 units (line of the profile): points ÷ deduction × step is less
than 5. A deduction in proportion to the target (3 家, 3 分, 每少1家扣1分) is not steep, and single cases
such as accidents are left out.

## Why

财预〔2020〕10号 scores what is missed by proportion. With 3 points gone at 97 % there is no difference
between 96 % and nothing.

## Example

100 %, 3分: 每降低1%扣1分

## Instead

100 %, 3分: 每降低1%扣0.3分

## Basis

财预〔2020〕10号, points by ratio (recalled, to be checked against the official text). The line is a choice
of this project.

---

## 查什么

分值在5个百分点或5个单位以内扣完（界线见规则集）：分值÷每次扣分×步长小于5。与指标值成比例的扣分（3家、3分、每少1家扣1分）不算过陡，事故等个案不查。

## 为什么

财预〔2020〕10号对未完成部分按比例计分。3分在97%时就扣完，96%与完全没做没有区别。

## 示例

100%，3分：每降低1%扣1分

## 应改为

100%，3分：每降低1%扣0.3分

## 依据

财预〔2020〕10号按比例计分（凭记忆转述，待与正式文本核对）。界线为本项目选定。
"""

from collections.abc import Iterator

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.place import Spot
from hengliang.base.profile import Profile
from hengliang.review.row import Row
from hengliang.review.rule import Context, Outcome, Rule
from hengliang.review.sentence import NO_STANDARDS, STANDARD_CUT, Step
from hengliang.review.steps import figure, in_unit_of

rule = Rule(
    code="S04",
    name="deduction-too-steep",
    zh="扣分过陡",
    en="deduction too steep",
    severity=Severity.ADVICE,
    basis=("10:计分",),
    reads=("indicators.criterion", "indicators.points", "indicators.target"),
)


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    if not context.scored:
        yield rule.not_applicable(NO_STANDARDS)
        return
    least = context.profile.number("scoring.least_steps")
    for row, sentence in context.scored:
        points = row.indicator.points
        if not sentence.steps or not points:
            continue
        path = row.path("criterion")
        for step in sentence.steps:
            amount = step.amount
            if step.then != "loss":
                continue
            if amount is None:
                if sentence.lost_amount:
                    yield rule.undecidable(path, STANDARD_CUT)
                continue
            if amount.is_range or not amount.number or _is_proportional(row, step):
                continue
            lasting = points / amount.number * step.size
            if lasting >= least or _is_case(sentence.text, context.profile):
                continue
            yield rule.finds(
                (Spot(path, step.start, amount.end), Spot(row.path("points"))),
                message(
                    "{points} points are gone after {lasting} {unit}",
                    points=f"{points:f}",
                    lasting=figure(lasting),
                    unit=step.unit or message("steps"),
                ),
                observed=sentence.text[step.start : amount.end + 1],
                expected=message("a smaller deduction, so that the points last longer"),
            )
            break


def _is_proportional(row: Row, step: Step) -> bool:
    """Whether all points are gone only when nothing of the target is there."""
    points, target = row.indicator.points, row.number
    if step.way != "short" or step.amount is None or not points or target is None:
        return False
    size = in_unit_of(row, step)
    return size is not None and step.amount.number * target / size <= points


def _is_case(text: str, profile: Profile) -> bool:
    return profile.pattern("scoring.single_cases").search(text) is not None
