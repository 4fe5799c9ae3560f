"""
## What it checks

The indicators have every level-1 type that the form must have: 产出 and 效益; 满意度 unless the profile
says that the unit does not serve the public; 成本 when the profile asks for it. A satisfaction row counts
wherever it stands. Monitoring tables list only what is followed and are not checked.

## Why

Output without effect counts work, not what came of it; and those who are served are the ones who can say
whether it was good.

## Example

A form with 产出 rows only.

## Instead

Rows under 产出指标, 效益指标 and 满意度指标.

## Basis

The types of 财预〔2021〕101号 and the tree of 财预〔2015〕88号 (both recalled, to be checked against the
official texts).

---

## 查什么

绩效指标应包含规定的一级指标：产出、效益；直接服务公众的单位应有满意度（规则集可关闭）；规则集要求时应有成
本。满意度指标列在其他一级指标之下的，也算有。监控表只列监控内容，不查。

## 为什么

只有产出没有效益，只说明做了多少事，说明不了事情办成什么样；办得好不好，还要由服务对象来评价。

## 示例

全表只有产出指标。

## 应改为

产出指标、效益指标、满意度指标均有。

## 依据

财预〔2021〕101号的指标类型、财预〔2015〕88号的指标体系（均凭记忆转述，待与正式文本核对）。
"""

from collections.abc import Iterator

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.place import Spot
from hengliang.form.levels import Level1, Level2
from hengliang.form.model import Purpose
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="F09",
    name="level1-type-missing",
    zh="一级指标缺类",
    en="level-1 type missing",
    severity=Severity.ERROR,
    basis=("101:指标类型", "88:指标体系"),
    reads=("indicators.level1", "indicators.level2"),
)

_COSTS = {Level2.COST, Level2.ECONOMIC_COST, Level2.SOCIAL_COST, Level2.ECOLOGICAL_COST}


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    if context.form.purpose is Purpose.MONITORING:
        yield rule.not_applicable(message("a monitoring table lists only the indicators that are followed"))
        return
    types: set[Level1 | None] = {row.level1 for row in context.rows}
    seconds = {row.level2 for row in context.rows}
    if Level2.SATISFACTION in seconds:
        types.add(Level1.SATISFACTION)
    if not _COSTS.isdisjoint(seconds):
        types.add(Level1.COST)
    required = [Level1.OUTPUT, Level1.BENEFIT]
    if context.profile.flag("completeness.satisfaction_required"):
        required.append(Level1.SATISFACTION)
    if context.profile.flag("completeness.cost_required"):
        required.append(Level1.COST)
    missing = [level for level in required if level not in types]
    if missing and None in types:
        yield rule.undecidable(
            tuple(Spot(row.path("level1")) for row in context.rows if row.level1 is None),
            message("the level 1 of some rows is empty or not known, so types may be hidden there"),
        )
        return
    for level in missing:
        word = context.profile.text(f"tree.words.level1.{level}")
        yield rule.finds(
            "indicators",
            message("the form has no indicator under {level}", level=word),
            expected=message("at least one indicator under {level}", level=word),
        )
