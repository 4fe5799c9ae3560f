"""
## What it checks

The same level-3 name stands on two rows of the form; blanks, marks and width do not count. Where names
that are equal as far as they are printed are cut off, the rule cannot say.

## Why

A result is reported, scored and compared by the name of its indicator. Two rows of one name cannot be
told apart.

## Example

地下水资源常规监测 under 成本 and again under 生态效益.

## Instead

A name for each aspect: 地下水监测次数, 地下水水质达标率. As a stopgap the kind is added in brackets:
地下水资源常规监测（生态效益）.

## Basis

财预〔2015〕88号, review point 指标科学性 (recalled, to be checked against the official text).

---

## 查什么

同一张表上两行三级指标名称相同（空格、标点、全半角不计）。名称被截断且可见部分相同的，不作判断。

## 为什么

完成值、得分和同比都按指标名称对应，重名的两行无法区分。

## 示例

“地下水资源常规监测”在成本指标下出现，在生态效益指标下又出现。

## 应改为

按所反映的方面分别命名，如“地下水监测次数”“地下水水质达标率”。暂不能改名的，可在名称后注明类别，如“地下
水资源常规监测（生态效益）”。

## 依据

财预〔2015〕88号“指标科学性”审核要点（凭记忆转述，待与正式文本核对）。
"""

from collections.abc import Iterator

from hengliang.base.finding import Edit, Fix, Severity
from hengliang.base.message import message
from hengliang.base.place import Spot
from hengliang.review.names import plain_name
from hengliang.review.row import Row
from hengliang.review.rule import Context, Outcome, Rule, proposal

rule = Rule(
    code="I01",
    name="duplicate-name",
    zh="三级指标重名",
    en="duplicate name",
    severity=Severity.WARNING,
    basis=("88:指标科学性",),
    reads=("indicators.name",),
    fix="proposal",
)

_EXPECTED = message("a name for each indicator that tells which aspect it measures")


# So many others are named with each, and no more: a form of a thousand equal rows is read by nobody.
_SHOWN = 12


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    groups: dict[str, list[Row]] = {}
    for row in context.rows:
        groups.setdefault(plain_name(row.name), []).append(row)
    if len(groups) == len(context.rows):
        return
    for name, rows in groups.items():
        if len(rows) < 2 or not name:
            continue
        if any(row.is_cut("name") for row in rows):
            yield rule.undecidable(
                tuple(Spot(row.path("name")) for row in rows),
                message("the names are equal as far as they are printed, but are cut off"),
            )
            continue
        kinds = {row.indicator.level2 for row in rows}
        for row in rows:
            others = [other for other in rows[:_SHOWN] if other is not row]
            yield rule.finds(
                (Spot(row.path("name")), *(Spot(other.path("name")) for other in others)),
                message(
                    "indicator no. {others} has the same name",
                    others=", ".join(str(other.index + 1) for other in others),
                ),
                observed=row.name,
                expected=_EXPECTED,
                fix=_fix(row) if len(kinds) == len(rows) else None,
            )


def _fix(row: Row) -> Fix | None:
    level2 = (row.indicator.level2 or "").removesuffix("指标")
    if not level2:
        return None
    name = f"{row.name}（{level2}）"
    return proposal(message("Add the aspect: {name}", name=name), Edit(row.path("name"), row.name, name))
