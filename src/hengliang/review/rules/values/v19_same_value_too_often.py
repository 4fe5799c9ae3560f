"""
## What it checks

One value with its unit stands in more than half of the rows (share and least number of rows are set in the
profile).

## Why

Seventeen times 100 % is no breakdown: the values were filled in, not worked out.

## Example

100 % in 17 of 25 rows

## Instead

Values that follow from the work: 60 家, 95 %, 12 个月, 0.8 万元/处.

## Basis

财预〔2015〕88号, 细化量化 (recalled, to be checked against the official text). The line is a choice of this
project.

---

## 查什么

同一指标值（含单位）出现在半数以上的行（比例和最少行数见规则集）。

## 为什么

25行中17行都是100%，谈不上细化：值是填上去的，不是测算出来的。

## 示例

25行中17行为100%

## 应改为

按工作测算的值：60家、95%、12个月、0.8万元/处。

## 依据

财预〔2015〕88号“细化量化”（凭记忆转述，待与正式文本核对）。界线为本项目选定。
"""

from collections import Counter
from collections.abc import Iterator

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.place import Spot
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="V19",
    name="same-value-too-often",
    zh="同值过多",
    en="same value too often",
    severity=Severity.ADVICE,
    basis=("88:细化量化",),
    reads=("indicators.target", "indicators.unit"),
)


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    profile = context.profile
    values = [(row.number or row.target, row.unit_text) for row in context.rows]
    filled = [value for value in values if value[0] is not None]
    if len(filled) < profile.number("values.same_value_rows"):
        return
    value, times = Counter(filled).most_common(1)[0]
    if times <= len(filled) * profile.number("values.same_value_share"):
        return
    printed = f"{value[0]}{value[1] or ''}"
    same = [Spot(row.path("target")) for row, own in zip(context.rows, values, strict=True) if own == value]
    yield rule.finds(
        (Spot("indicators"), *same),
        message(
            "the value {value} stands in {times} of {rows} rows", value=printed, times=times, rows=len(filled)
        ),
        observed=f"{times}/{len(filled)}",
        expected=message("values worked out for each indicator"),
    )
