"""
## What it checks

A monitoring table or self-evaluation whose rows differ from the declaration of the same year: another sign,
target or unit, a declared row that is gone, a new row. A row that says it was adjusted (调整, 调减, 追加 …
in 备注 or the reasons) passes. Changed points are W12.

## Why

Targets are not changed once they are approved, except by the procedure of adjustment. A report against
quietly lowered targets is always met.

## Example

Declared ≥ 60 家; the self-evaluation says ≥ 50 家, actual 52, full points.

## Instead

≥ 60 家; or 备注: 经批复调整为50家, with the document.

## Basis

财预〔2015〕88号 article 28: in general not changed once fixed, adjusted by the path of the budget
(confirmed).

---

## 查什么

监控表、自评表的指标与同年度申报表不一致：符号、指标值、计量单位不同，申报的指标不见了，或者多出指标。备注或
原因栏写明已调整（调整、调减、追加等）的不提示。分值变化由W12检查。

## 为什么

绩效目标批复后一般不予调整，确需调整的应履行程序。悄悄调低指标值再报告，自然项项完成。

## 示例

申报≥60家，自评表写≥50家，实际52家，得满分。

## 应改为

≥60家；或者备注写明“经批复调整为50家”及文号。

## 依据

财预〔2015〕88号第二十八条：绩效目标确定后一般不予调整，调整按预算调整流程报批（已核实）。
"""

from collections.abc import Iterator

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.unit import unit_of
from hengliang.form.model import Indicator
from hengliang.review.attained import NO_REPORT, is_report
from hengliang.review.past import NO_DECLARATION, by_name, same_name
from hengliang.review.row import Row
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="P06",
    name="changed-without-adjustment",
    zh="擅自调整",
    en="change without adjustment",
    severity=Severity.ERROR,
    basis=("88:第28条",),
    reads=(
        "indicators.name",
        "indicators.operator",
        "indicators.target",
        "indicators.unit",
        "indicators.remark",
    ),
)


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    if not is_report(context.form):
        yield rule.not_applicable(NO_REPORT)
        return
    declaration = context.past.declaration
    if declaration is None:
        yield rule.not_applicable(NO_DECLARATION)
        return
    declared = by_name(declaration)
    adjusted = context.profile.pattern("procedure.adjusted")
    cut = any(
        "name" in indicator.truncated for indicator in (*declaration.indicators, *context.form.indicators)
    )
    seen: set[str] = set()
    for row in context.rows:
        key = same_name(row.name)
        seen.add(key)
        if adjusted.search(f"{row.remark or ''}{row.reason or ''}"):
            continue
        if key in declared:
            yield from _changes(row, declared[key])
        elif not cut:
            yield rule.finds(
                row.path("name"),
                message("this indicator was not declared"),
                observed=row.name,
                expected=message("the approved indicators, or a note of the adjustment"),
            )
    gone = [indicator.name for key, indicator in declared.items() if key not in seen]
    if gone and not cut:
        yield rule.finds(
            "indicators",
            message(
                "{count} declared indicators are missing here: {names}",
                count=len(gone),
                names=tuple(gone),
            ),
            expected=message("the approved indicators, or a note of the adjustment"),
        )


def _changes(row: Row, declared: Indicator) -> Iterator[Outcome]:
    now = row.indicator
    before, after = _promise(declared), _promise(now)
    if before != after:
        yield rule.finds(
            row.path("target"),
            message("declared as {before}, reported against {after}", before=before, after=after),
            observed=after,
            expected=message("{before}, or a note of the adjustment", before=before),
        )


def _promise(indicator: Indicator) -> str:
    """Sign, value and unit as one text; a spelling of the unit makes no difference."""
    unit = unit_of(indicator.unit)
    return " ".join(
        filter(None, (indicator.operator, indicator.target, unit.symbol if unit else indicator.unit))
    )
