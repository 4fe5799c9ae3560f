"""
## What it checks

The name of an indicator has 4 to 30 characters (the range is set in the profile). Tables can hold 300 at
most. Of a name that was cut off only what is too long already can be told.

## Why

Three characters (就业率) leave open whose; forty are a sentence that belongs into the explanation.

## Example

1290.3平方米冷库仓储建设及配套生产设备、配套电力设施购置安装

## Instead

冷库仓储建设面积

## Basis

Lengths of the standard tables (30, later 300 characters; seen in a published module). The range is a choice
of this project.

---

## 查什么

三级指标名称为4至30字（由规则集设定），标准表最长300字。被截断的名称，只能判断是否已经过长。

## 为什么

三个字（就业率）说不清是谁的；四十个字是一句话，应写进指标解释。

## 示例

1290.3平方米冷库仓储建设及配套生产设备、配套电力设施购置安装

## 应改为

冷库仓储建设面积

## 依据

标准表字段长度（30字，后为300字，见公开的模块）。4至30字为本项目选定。
"""

from collections.abc import Iterator

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="T07",
    name="name-length-unusual",
    zh="名称长度",
    en="name length",
    severity=Severity.ADVICE,
    basis=("standard-tables:lengths",),
    reads=("indicators.name",),
)

_CUT = message("the name is cut off, its length is not known")


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    least = int(context.profile.number("wording.shortest_name"))
    most = int(context.profile.number("wording.longest_name"))
    for index, indicator in enumerate(context.form.indicators):
        length = len(indicator.name)
        cut = "name" in indicator.truncated
        if cut and length <= most:
            yield rule.undecidable(f"indicators/{index}/name", _CUT)
        elif not least <= length <= most:
            yield rule.finds(
                f"indicators/{index}/name",
                message("the name has {length} characters", length=length),
                observed=indicator.name,
                expected=message("a name of {least} to {most} characters", least=least, most=most),
            )
