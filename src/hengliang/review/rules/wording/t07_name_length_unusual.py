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

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.profile import Profile
from hengliang.review.by_row import RowOutcome
from hengliang.review.row import Row
from hengliang.review.rule import Rule

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


@rule.check_rows()
def check(row: Row, profile: Profile) -> RowOutcome | None:
    least = int(profile.number("wording.shortest_name"))
    most = int(profile.number("wording.longest_name"))
    length = len(row.name)
    if row.is_cut("name") and length <= most:
        return rule.undecidable(row.path("name"), _CUT)
    if least <= length <= most:
        return None
    return rule.finds(
        row.path("name"),
        message("the name has {length} characters", length=length),
        observed=row.name,
        expected=message("a name of {least} to {most} characters", least=least, most=most),
    )
