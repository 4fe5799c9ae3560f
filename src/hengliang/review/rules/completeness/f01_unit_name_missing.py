"""
## What it checks

The name of the unit (部门（单位）名称) stands on the form: it is not empty, not a placeholder (×××局,
某单位, the label of the cell), and, where the profile knows a register of units, it is in the register.

## Why

A target belongs to the unit that promises it. Without the name it can be neither approved nor held against
anybody.

## Example

部门（单位）名称: (empty)

## Instead

部门（单位）名称: 云溪市水利局

## Basis

财预〔2015〕88号, review point 规范完整性 (recalled, to be checked against the official text).

---

## 查什么

申报表写明部门（单位）名称：不能空白，不能是“×××局”“某单位”等占位文字；规则集中列有单位名录的，名称应在名录
之内。

## 为什么

绩效目标由哪个单位承诺，就由哪个单位负责。没有单位名称，目标既无法批复，也无从考核。

## 示例

部门（单位）名称：（空白）

## 应改为

部门（单位）名称：云溪市水利局

## 依据

财预〔2015〕88号“规范完整性”审核要点（凭记忆转述，待与正式文本核对）。
"""

import re
from collections.abc import Iterator

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="F01",
    name="unit-name-missing",
    zh="单位名称缺失",
    en="unit name missing",
    severity=Severity.ERROR,
    basis=("88:规范完整性",),
    reads=("organisation",),
)

_BLANK = re.compile(r".*[×＊*_＿Xx]{2,}.*|\W*")


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    name = (context.form.organisation or "").strip()
    register = context.profile.words("completeness.units")
    if _BLANK.fullmatch(name) or name in context.profile.words("completeness.no_name"):
        yield rule.finds(
            "organisation",
            message("the form does not name the unit that declares it"),
            observed=name,
            expected=message("the full name of the unit"),
        )
    elif register and name not in register:
        yield rule.finds(
            "organisation",
            message("{name} is not in the register of units", name=name),
            observed=name,
            expected=message("the name of a unit as the register has it"),
        )
