"""
## What it checks

Heavy rows (more than twice the mean points, profile) that measure no goal directly, when together they
carry more than all rows that do. Which rows measure a goal is worked out by key words, as for G01 and G02.
Forms without goals are not checked.

## Why

The points should stand where the goals are. Otherwise a year can be excellent on paper with every goal
missed.

## Example

Three rows with 27 of 95 points measure no goal; those that do carry 6.

## Instead

The heaviest rows on what the goals promise

## Basis

财预〔2021〕101号, 重点突出 (recalled, to be checked against the official text). The line is a choice of
this project.

---

## 查什么

分值大的行（超过平均分值两倍，见规则集）没有直接衡量任何目标，而其分值合计超过直接衡量目标的各行之和。是否衡量目标按关键词判断，与G01、G02相同。没有目标的表不查。

## 为什么

分值应放在目标上，否则目标一项没完成，得分也可能是优。

## 示例

三行共27分（总分95分）未直接衡量目标，直接衡量目标的行只有6分

## 应改为

把最大的分值放在目标承诺的事项上

## 依据

财预〔2021〕101号“重点突出”（凭记忆转述，待与正式文本核对）。界线为本项目选定。
"""

from collections.abc import Iterator

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.review.points import NO_POINTS, total
from hengliang.review.rule import Context, Outcome, Rule
from hengliang.review.topics import Coverage

rule = Rule(
    code="W09",
    name="points-not-on-core",
    zh="重点倒置",
    en="points not on the core",
    severity=Severity.ADVICE,
    basis=("101:重点突出",),
    reads=("indicators.points", "indicators.name", "goals"),
)


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    if not context.weighted:
        yield rule.not_applicable(NO_POINTS)
        return
    if not context.form.goals:
        yield rule.not_applicable(message("the form states no goals that points could stand on"))
        return
    rows = context.weighted
    line = context.profile.number("weights.heavy") * context.points / len(rows)
    heavy = [weight for weight in rows if weight.points > line]
    if not heavy:
        return
    tasks = context.alignment.tasks
    core = {index for task in tasks if task.coverage is Coverage.DIRECT for index in task.own}
    outside = [weight for weight in heavy if weight.row.index not in core]
    on_core = total([weight for weight in rows if weight.row.index in core])
    if not tasks or total(outside) <= on_core:
        return
    for row, points in outside:
        yield rule.finds(
            row.path("points"),
            message(
                "{points} points on a row that measures no goal; all rows that do have {core}",
                points=f"{points:f}",
                core=f"{on_core:f}",
            ),
            f"{points:f}",
            message("the heaviest rows on the goals"),
        )
