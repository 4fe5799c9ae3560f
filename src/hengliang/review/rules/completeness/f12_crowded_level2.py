"""
## What it checks

No level 2 holds more than four indicators (the number is set in the profile). Rows that only detail another
one (其中：…) do not count. Monitoring tables are not checked.

## Why

Seven counts under 数量指标 list the work of the year; they do not say which of it matters.

## Example

Seven indicators under 数量指标.

## Instead

The three that show the main output, with more points each.

## Basis

财预〔2021〕101号, principle 重点突出 (recalled, to be checked against the official text). The number is a
choice of this project.

---

## 查什么

同一二级指标下的三级指标不超过4个（由规则集设定）。“其中：”各分项行不计。监控表不查。

## 为什么

数量指标列了七个，等于罗列全年工作，看不出哪些是重点。

## 示例

数量指标下有7个三级指标。

## 应改为

保留最能反映主要产出的3个，相应提高分值。

## 依据

财预〔2021〕101号“重点突出”原则（凭记忆转述，待与正式文本核对）。个数为本项目选定。
"""

from collections import defaultdict
from collections.abc import Iterator

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.place import Spot
from hengliang.form.model import Purpose
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="F12",
    name="crowded-level2",
    zh="单类指标过多",
    en="too many in one level 2",
    severity=Severity.ADVICE,
    basis=("101:重点突出",),
    reads=("indicators.level1", "indicators.level2"),
)


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    if context.form.purpose is Purpose.MONITORING:
        yield rule.not_applicable(message("a monitoring table lists only the indicators that are followed"))
        return
    groups: defaultdict[tuple[str | None, str], list[int]] = defaultdict(list)
    for index, indicator in enumerate(context.form.indicators):
        if indicator.level2 and not indicator.name.startswith("其中"):
            groups[indicator.level1, indicator.level2].append(index)
    most = int(context.profile.number("completeness.most_in_level2"))
    for (_, level2), indexes in groups.items():
        if len(indexes) > most:
            yield rule.finds(
                tuple(Spot(f"indicators/{index}/level2") for index in indexes),
                message("{level} has {count} indicators", level=level2, count=len(indexes)),
                observed=str(len(indexes)),
                expected=message("at most {most} indicators under one level 2", most=most),
            )
