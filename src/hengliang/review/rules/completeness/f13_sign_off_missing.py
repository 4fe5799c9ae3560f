"""
## What it checks

At declaration the form tells who filled it in (填报人), who answers for it (负责人) and when (填报日期),
and carries a seal or signature. A seal is a picture: when only it is not seen, the rule cannot decide.

## Why

A declaration is a promise. Somebody must be asked about its figures, and somebody must answer for them.

## Example

A form that ends with its last indicator.

## Instead

填报人：李某 负责人：王某 填报日期：2022年11月20日 （公章）

## Basis

财预〔2015〕88号, declaration tables; 财预〔2021〕101号 on evidence (recalled, to be checked against the
official texts).

---

## 查什么

申报时应有填报人、单位负责人、填报日期，并加盖公章或签字。公章是图像，文字中读不到；仅缺公章时判为“无法判
定”。

## 为什么

申报表是承诺：数字要有人可问，结果要有人负责。

## 示例

表格到最后一个指标为止，没有任何填报信息。

## 应改为

填报人：李某 负责人：王某 填报日期：2022年11月20日（公章）

## 依据

财预〔2015〕88号所附申报表；财预〔2021〕101号关于佐证资料的要求（凭记忆转述，待与正式文本核对）。
"""

from collections.abc import Iterator

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.place import Spot
from hengliang.form.model import Purpose
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="F13",
    name="sign-off-missing",
    zh="填报信息缺失",
    en="sign-off data missing",
    severity=Severity.ADVICE,
    basis=("88:申报表", "101:佐证资料"),
    reads=("signoff",),
)


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    if context.form.purpose is not Purpose.DECLARATION:
        yield rule.not_applicable(message("the sign-off is asked when the targets are declared"))
        return
    signoff = context.form.signoff
    missing = [
        name for name in ("preparer", "head", "date") if not (getattr(signoff, name, None) or "").strip()
    ]
    if len(missing) == 3:
        yield rule.finds(
            "signoff",
            message("the form does not say who filled it in, who answers for it, and when"),
            expected=message("preparer, head, date, and a seal or signature"),
        )
    elif missing:
        yield rule.finds(
            tuple(Spot(f"signoff/{name}") for name in missing),
            message("{count} of preparer, head and date are missing", count=len(missing)),
            expected=message("preparer, head, date, and a seal or signature"),
        )
    elif signoff is None or not signoff.seal:
        yield rule.undecidable(
            "signoff/seal", message("a seal or signature is a picture and cannot be read as text")
        )
