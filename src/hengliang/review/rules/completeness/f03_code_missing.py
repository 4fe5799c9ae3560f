"""
## What it checks

A declaration carries the code of the unit (dept_code); that of a department or unit also the code of the
region (mof_div_code), which has nine digits. Of a region code of six digits the form with nine is proposed.

## Why

Names of offices repeat and change. The tables of the integrated budget system know a unit by these two
codes only.

## Example

单位名称: 云溪市水利局, without a code.

## Instead

单位编码: 201001; 财政区划: 439900000

## Basis

The fields mof_div_code and dept_code of the standard tables of 预算管理一体化 (column names seen in a
published module, to be checked against the official volume).

---

## 查什么

申报表列有单位（部门）代码；部门（单位）整体申报表还应列财政区划代码，共9位。区划代码只有6位的，建议补足为9
位。

## 为什么

单位名称会重名、会变更，预算管理一体化系统只凭这两个代码识别单位。

## 示例

单位名称：云溪市水利局（未填代码）

## 应改为

单位编码：201001；财政区划：439900000

## 依据

预算管理一体化标准表字段 mof_div_code、dept_code（字段名见于公开的模块，待与正式文本核对）。
"""

import re
from collections.abc import Iterator

from hengliang.base.finding import Edit, Fix, Severity
from hengliang.base.message import message
from hengliang.base.place import Spot
from hengliang.form.model import Kind, Purpose
from hengliang.review.rule import Context, Outcome, Rule, proposal

rule = Rule(
    code="F03",
    name="code-missing",
    zh="单位代码缺失",
    en="unit or region code missing",
    severity=Severity.WARNING,
    basis=("standard-tables:mof_div_code", "standard-tables:dept_code"),
    reads=("codes",),
    fix="proposal",
)

_DIGITS = re.compile(r"[0-9]+")


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    form = context.form
    if form.purpose is not Purpose.DECLARATION:
        yield rule.not_applicable(message("codes are asked at declaration; later stages know the unit by it"))
        return
    codes = form.codes
    asks_region = form.kind is Kind.DEPARTMENT
    missing = [
        name
        for name, code, asked in (
            ("department", codes.department, True),
            ("region", codes.region, asks_region),
        )
        if asked and not (code or "").strip()
    ]
    if len(missing) == 1 + asks_region:
        yield rule.finds(
            "codes",
            message("the form carries no code of the unit or its region"),
            expected=message(
                "the code of the unit, and of the region with {digits} digits", digits=_digits(context)
            ),
        )
    elif missing:
        yield rule.finds(
            tuple(Spot(f"codes/{name}") for name in missing),
            message("the form lacks one of its two codes, that of the unit and that of the region"),
            expected=message(
                "the code of the unit, and of the region with {digits} digits", digits=_digits(context)
            ),
        )
    region = (codes.region or "").strip()
    if region and not (_DIGITS.fullmatch(region) and len(region) == _digits(context)):
        yield rule.finds(
            "codes/region",
            message(
                "the region code {code} does not have {digits} digits", code=region, digits=_digits(context)
            ),
            observed=region,
            expected=message("a region code of {digits} digits", digits=_digits(context)),
            fix=_longer(region, codes.region, _digits(context)),
        )


def _digits(context: Context) -> int:
    return int(context.profile.number("completeness.region_digits"))


def _longer(region: str, printed: str | None, digits: int) -> Fix | None:
    # Six digits are the code of GB/T 2260; the places behind count streets and villages, 000 is the whole.
    if not _DIGITS.fullmatch(region) or len(region) != 6 or digits < 6:
        return None
    full = region.ljust(digits, "0")
    return proposal(message("write {code}", code=full), Edit("codes/region", printed, full))
