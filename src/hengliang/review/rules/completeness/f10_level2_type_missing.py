"""
## What it checks

Output is measured in number and in quality: at least one row under 数量指标 and one under 质量指标. The
lack of 时效 (and in the tree of 2015 of 成本) is advice. Effects are asked as they apply, and their kinds
are not checked.

## Why

Numbers alone reward doing much badly; quality alone hides how little was done.

## Example

All output rows under 数量指标.

## Instead

数量指标: 变更调查图斑数; 质量指标: 变更调查成果验收合格率

## Basis

财预〔2021〕101号, requirements on output (recalled, to be checked against the official text).

---

## 查什么

产出既要有数量也要有质量：数量指标、质量指标各不少于一个。缺时效指标（2015年体系下还有成本指标）的作为建议提
示。效益各类按实际设置，不查。

## 为什么

只有数量，多而不好也能得分；只有质量，做得再少也看不出来。

## 示例

产出指标全部为数量指标。

## 应改为

数量指标：变更调查图斑数；质量指标：变更调查成果验收合格率

## 依据

财预〔2021〕101号关于产出指标的要求（凭记忆转述，待与正式文本核对）。
"""

from collections.abc import Iterator

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.place import Spot
from hengliang.form.levels import Level1
from hengliang.form.model import Purpose
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="F10",
    name="level2-type-missing",
    zh="二级指标缺类",
    en="level-2 type missing",
    severity=Severity.WARNING,
    basis=("101:产出要求",),
    reads=("indicators.level1", "indicators.level2"),
)


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    if context.form.purpose is Purpose.MONITORING:
        yield rule.not_applicable(message("a monitoring table lists only the indicators that are followed"))
        return
    profile = context.profile
    types = {row.level2 for row in context.rows}
    required = profile.words("completeness.level2_required")
    is_declared = context.form.purpose is Purpose.DECLARATION
    advised = profile.words("completeness.level2_advised") if is_declared else ()
    missing = [level for level in (*required, *advised) if level not in types]
    if not missing:
        return
    unknown = [
        Spot(row.path("level2"))
        for row in context.rows
        if row.level2 is None and row.level1 in (None, Level1.OUTPUT)
    ]
    if unknown:
        yield rule.undecidable(
            tuple(unknown),
            message("the level 2 of some rows is empty or not known, so types may be hidden there"),
        )
        return
    if not any(row.level1 is Level1.OUTPUT for row in context.rows):
        yield rule.not_applicable(message("the form has no output indicators"))
        return
    for level in missing:
        word = profile.text(f"tree.words.level2.{level}")
        finding = rule.finds(
            "indicators",
            message("the output has no indicator under {level}", level=word),
            expected=message("at least one indicator under {level}", level=word),
        )
        yield finding if level in required else finding._replace(severity=Severity.ADVICE)
