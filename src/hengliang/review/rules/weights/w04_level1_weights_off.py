"""
## What it checks

The points of a level 1 differ from those of the profile by more than 5: 产出 50, 效益 30, 满意度 10; with
cost on level 1 20, 40, 20, 10; without satisfaction its points go to the effects. Where the money block
takes more than 10 points, the rest is scaled. Forms without known level-1 words, or with 决策 and 过程, are
not checked.

## Why

The division says that output is half of a year's work, and effects a third of it. 43 points on effects that
nobody can measure turn this round.

## Example

效益 43 (+13)

## Instead

48, 32 and 10

## Basis

财预〔2020〕10号, weights of self-evaluation; 财预〔2021〕101号 (recalled, to be checked against the
official text). The tolerance is a choice of this project.

---

## 查什么

某一级指标的分值与规则集相差超过5分：产出50、效益30、满意度10；一级指标有成本的为20、40、20、10；不设满意度的，其分值归效益。资金栏分值超过10分的，其余按比例折算。没有一级指标、或含决策、过程的表不查。

## 为什么

这个比例说明产出占一年工作的一半，效益占三分之一。把43分放在难以衡量的效益上，就颠倒了主次。

## 示例

效益43分（多13分）

## 应改为

48、32、10

## 依据

财预〔2020〕10号自评权重；财预〔2021〕101号（凭记忆转述，待与正式文本核对）。允许误差为本项目选定。
"""

from collections.abc import Collection, Iterator
from decimal import Decimal

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.place import Spot
from hengliang.base.profile import Profile
from hengliang.form.levels import Level1, Level2
from hengliang.review.points import NO_POINTS, Weighted, execution_points, is_execution, total
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="W04",
    name="level1-weights-off",
    zh="一级权重偏离",
    en="level-1 weights off",
    severity=Severity.WARNING,
    basis=("10:权重", "101:权重"),
    reads=("indicators.points", "indicators.level1", "money.points"),
)


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    if not context.weighted:
        yield rule.not_applicable(NO_POINTS)
        return
    profile = context.profile
    levels: dict[str, list[Weighted]] = {}
    for weight in context.weighted:
        row = weight.row
        if is_execution(row.name, profile):
            continue
        # Satisfaction printed under 效益 is satisfaction all the same.
        level = Level1.SATISFACTION if row.level2 is Level2.SATISFACTION else row.level1
        if level is None or level is Level1.MANAGEMENT:
            yield rule.not_applicable(message("the points are not spread over 产出, 效益, 满意度 and 成本"))
            return
        levels.setdefault(level.value, []).append(weight)
    tolerance = profile.number("weights.level_tolerance")
    wanted = _wanted(context, levels, profile)
    for level, rows in levels.items():
        found, due = total(rows), wanted.get(level)
        if due is None or abs(found - due) <= tolerance:
            continue
        name = profile.text(f"tree.words.level1.{level}")
        yield rule.finds(
            (Spot("indicators"), *(Spot(row.path("points")) for row, _ in rows)),
            message(
                "{level} has {points} points, {due} are usual ({difference})",
                level=name,
                points=f"{found:f}",
                due=f"{due:f}",
                difference=f"{found - due:+f}",
            ),
            f"{found:f}",
            message(
                "{due} points, at most {tolerance} more or less", due=f"{due:f}", tolerance=f"{tolerance:f}"
            ),
        )


def _wanted(context: Context, levels: Collection[str], profile: Profile) -> dict[str, Decimal]:
    """The points of each level 1 for a form with these levels."""
    name = "with_cost" if Level1.COST.value in levels else "without_cost"
    if Level1.SATISFACTION.value not in levels:
        name += "_without_satisfaction" if Level1.COST.value in levels else "_and_satisfaction"
    whole = profile.number("weights.sum_with_execution")
    scale = (whole - (execution_points(context.form) or 0)) / profile.number("weights.sum")
    return {
        level: profile.number(f"weights.levels.{name}.{level}") * min(scale, Decimal(1))
        for level in profile.table(f"weights.levels.{name}")
    }
