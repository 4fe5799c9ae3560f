"""
## What it checks

The form tells the overall goals of the year (年度总体目标), in 30 characters at least.

## Why

Indicators measure a goal. A form that says only 完成全年工作 promises nothing that an indicator could
measure.

## Example

年度总体目标: 完成全年工作

## Instead

完成绿色矿山核查60家，新建矿山全部达到绿色矿山标准；地质灾害监测预警点建成100处。

## Basis

The field is starred on the form, that is required; 财预〔2015〕88号, dimension 完整性 (recalled, to be
checked against the official text). The length of 30 is a choice of this project.

---

## 查什么

申报表写明年度总体目标，不少于30字。

## 为什么

指标是用来衡量目标的。只写“完成全年工作”，等于没有作出任何可以衡量的承诺。

## 示例

年度总体目标：完成全年工作

## 应改为

完成绿色矿山核查60家，新建矿山全部达到绿色矿山标准；地质灾害监测预警点建成100处。

## 依据

表中该栏带*号，为必填项；财预〔2015〕88号“完整性”审核（凭记忆转述，待与正式文本核对）。30字为本项目选定。
"""

from collections.abc import Iterator

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.text import is_cut
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="F05",
    name="goals-missing",
    zh="年度总体目标缺失",
    en="overall goals missing",
    severity=Severity.ERROR,
    basis=("form:starred", "88:规范完整性"),
    reads=("goals",),
)


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    goals = context.form.goals
    least = int(context.profile.number("completeness.goals_length"))
    length = sum(map(len, goals))
    if length >= least:
        return
    if goals and is_cut(goals[-1]):
        yield rule.undecidable("goals", message("the goals are cut off"))
    elif not length:
        yield rule.finds(
            "goals",
            message("the form tells no overall goals of the year"),
            expected=message("the overall goals of the year"),
        )
    else:
        yield rule.finds(
            "goals",
            message("the overall goals of the year are told in {length} characters only", length=length),
            observed="".join(goals),
            expected=message("goals of at least {least} characters that indicators can measure", least=least),
        )
