"""
## What it checks

The name or the explanation of an indicator has routine management as its object: 管理体系, 制度健全,
预算编制 and other words of the profile. Rows under 管理, 过程 or 决策 on level 1 are made for it and
pass.

## Why

Indicators point to output, effect and cost. That an office has rules and makes a budget is expected of
any.

## Example

质量指标 违建测绘, explained as 建立质量管理体系建设

## Instead

图斑整改率, 整改验收合格图斑 ÷ 下发图斑

## Basis

财预〔2021〕101号, principle 高度关联: no indicators on routine management that have nothing to do with
output, effect and cost (recalled, to be checked against the official text).

---

## 查什么

指标名称或解释以日常管理为对象：管理体系、制度健全、预算编制等（词表由规则集设定）。一级指标为管理、过程、
决策的，本来就是衡量管理，通过。

## 为什么

指标要指向产出、效益和成本。建制度、编预算是任何单位的本分。

## 示例

质量指标“违建测绘”，解释为“建立质量管理体系建设”

## 应改为

图斑整改率，整改验收合格图斑÷下发图斑

## 依据

财预〔2021〕101号“高度关联”原则：不设与产出、效益、成本无关的常规管理指标（凭记忆转述，待与正式文本核对）。
"""

from collections.abc import Iterator

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.place import Spot
from hengliang.form.levels import Level1
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="I22",
    name="routine-management",
    zh="管理性指标",
    en="routine management indicator",
    severity=Severity.ADVICE,
    basis=("101:高度关联",),
    reads=("indicators.level1", "indicators.name", "indicators.explanation"),
)

_EXPECTED = message("an output, an effect or a cost of the work")


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    texts = context.texts
    objects = context.profile.pattern("indicators.management.objects")
    seen: set[int] = set()
    for field in ("name", "explanation"):
        for found in texts.find(objects, field):
            index = int(found.path.split("/")[1])
            row = context.rows[index]
            if index in seen or row.level1 is Level1.MANAGEMENT:
                continue
            seen.add(index)
            yield rule.finds(
                tuple(Spot(*spot) for spot in found.spots),
                message("the object is routine management: {word}", word=found.words[0]),
                observed=found.text,
                expected=_EXPECTED,
            )
