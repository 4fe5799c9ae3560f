"""
## What it checks

The declaration of a department or unit tells its duties (部门（单位）职责), in 20 characters at least.
Project forms have no such field.

## Why

Duties are the measure of relevance: a goal outside of them, or a duty without a goal, can only be seen when
they are there.

## Example

职责: 略

## Instead

1、负责自然资源调查监测评价。 2、负责自然资源统一确权登记工作。 …

## Basis

The field is starred on the form, that is required; 财预〔2015〕88号, review point 目标相关性 (recalled, to
be checked against the official text). The length of 20 is a choice of this project.

---

## 查什么

部门（单位）整体绩效目标申报表写明部门（单位）职责，不少于20字。项目申报表无此栏，不查。

## 为什么

职责是判断“目标相关性”的尺子：目标有没有超出职责、职责有没有对应目标，都要对照职责才能看出来。

## 示例

职责：略

## 应改为

1、负责自然资源调查监测评价。2、负责自然资源统一确权登记工作。……

## 依据

表中该栏带*号，为必填项；财预〔2015〕88号“目标相关性”审核要点（凭记忆转述，待与正式文本核对）。20字为本项目
选定。
"""

from collections.abc import Iterator

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.text import is_cut
from hengliang.form.model import Kind, Purpose
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="F04",
    name="duties-missing",
    zh="部门职责缺失",
    en="duties missing",
    severity=Severity.ERROR,
    basis=("form:starred", "88:目标相关性"),
    reads=("duties",),
)


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    form = context.form
    if form.kind is not Kind.DEPARTMENT or form.purpose is not Purpose.DECLARATION:
        yield rule.not_applicable(message("duties stand on the declaration of a department or unit only"))
        return
    least = int(context.profile.number("completeness.duties_length"))
    length = sum(map(len, form.duties))
    if length >= least:
        return
    if form.duties and is_cut(form.duties[-1]):
        yield rule.undecidable("duties", message("the duties are cut off"))
    elif not length:
        yield rule.finds(
            "duties",
            message("the form tells no duties of the unit"),
            expected=message("the duties of the unit"),
        )
    else:
        yield rule.finds(
            "duties",
            message("the duties of the unit are told in {length} characters only", length=length),
            observed="".join(form.duties),
            expected=message("the duties of the unit in at least {least} characters", least=least),
        )
