"""
## What it checks

填表人 and 负责人 are the same person, by name.

## Why

Who fills a form in does not release it: a second person answers for what is promised or reported.

## Example

填表人: 李明; 负责人: 李明.

## Instead

填表人: 李明; 负责人: 王芳.

## Basis

Separation of preparing and reviewing: 财预〔2015〕88号 article 26, review inside the department
(confirmed); separate duties in GB/T 22239—2019 (recalled, to be checked against the official text).

---

## 查什么

填表人与负责人姓名相同。

## 为什么

填表与审签应当分开，承诺或报告的内容须由第二人负责。

## 示例

填表人：李明；负责人：李明。

## 应改为

填表人：李明；负责人：王芳。

## 依据

填报与审核分离：财预〔2015〕88号第二十六条，部门内部逐级审核（已核实）；GB/T 22239—2019职责分离（凭记忆转述，
待与正式文本核对）。
"""

from collections.abc import Iterator

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.place import Spot
from hengliang.base.text import compact
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="P01",
    name="self-review",
    zh="自审自批",
    en="self review",
    severity=Severity.ERROR,
    basis=("88:第26条", "等保:职责分离"),
    reads=("signoff",),
)


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    signoff = context.form.signoff
    if signoff is None or not signoff.preparer or not signoff.head:
        yield rule.not_applicable(
            message("the form does not name both who filled it in and who answers for it")
        )
        return
    if compact(signoff.preparer) == compact(signoff.head):
        yield rule.finds(
            (Spot("signoff/head"), Spot("signoff/preparer")),
            message("{name} filled the form in and answers for it", name=signoff.head),
            observed=signoff.head,
            expected=message("two persons: one who prepares, one who reviews"),
        )
