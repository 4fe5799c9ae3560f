"""
## What it checks

Two indicators that measure the same kind of thing (the last word of their names is the same: 收入, 面积,
成本) stand in units of different size: 亩 and 公顷, 元 and 万元. Amounts for one of something (人均, 每,
单位成本) are left out.

## Why

5 万元 beside 80 000 元 reads as if the second were the larger by far. Sums and comparisons go wrong.

## Example

培训支出 5 万元, 会议支出 80000 元

## Instead

培训支出 5 万元, 会议支出 8 万元. The rarer unit is converted with `--fix` where the result is exact and
nothing else of the row speaks in the old unit.

## Basis

Comparability; a choice of this project.

---

## 查什么

两个同类指标（名称末尾相同：收入、面积、成本等）使用大小不同的单位：亩与公顷、元与万元。单价类（人均、每、单位成本）不查。

## 为什么

5万元旁边写80000元，看上去后者大得多，合计和比较都会出错。

## 示例

培训支出5万元，会议支出80000元

## 应改为

培训支出5万元，会议支出8万元。换算结果精确、且本行其他栏没有使用原单位的，可自动换算较少用的单位。

## 依据

可比性要求，本项目选定。
"""

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from hengliang.base.finding import Edit, Fix, Severity
from hengliang.base.message import message
from hengliang.base.place import Spot
from hengliang.base.profile import Profile
from hengliang.base.unit import Dimension, Unit, convert, convertible, exact_decimal
from hengliang.review.row import Row
from hengliang.review.rule import Context, Outcome, Rule, safe_fix

rule = Rule(
    code="V24",
    name="mixed-units",
    zh="单位换算冲突",
    en="mixed units",
    severity=Severity.ADVICE,
    basis=("88:规范完整性",),
    reads=("indicators.name", "indicators.target", "indicators.unit"),
    fix="safe",
)
_MEASURED = (Dimension.MONEY, Dimension.AREA, Dimension.LENGTH, Dimension.MASS, Dimension.VOLUME)
_BRACKETS = re.compile(r"[（(][^（()）]*[)）]$")


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    groups: dict[tuple[str, str], list[tuple[Row, Unit, Decimal]]] = {}
    for row in context.rows:
        unit, number = row.unit, row.number
        if unit is None or number is None or unit.dimension not in _MEASURED or row.is_cut("name"):
            continue
        if context.profile.pattern("values.words.for_each").search(row.name):
            continue
        head = _BRACKETS.sub("", row.name)[-2:]
        groups.setdefault((head, unit.base), []).append((row, unit, number))
    for rows in groups.values():
        if len(rows) > 1:
            yield from _mixed(rows, context.profile)


def _mixed(rows: list[tuple[Row, Unit, Decimal]], profile: Profile) -> Iterator[Outcome]:
    scales = Counter(unit.scale for _, unit, _ in rows)
    if len(scales) < 2:
        return
    # The usual unit stays; of two as usual, the one that stands first.
    usual_row, usual, _ = max(rows, key=lambda one: scales[one[1].scale])
    for row, unit, number in rows:
        if unit.scale == usual.scale or not convertible(unit, usual):
            continue
        value = f"{row.target}{row.unit_text}"
        yield rule.finds(
            (Spot(row.path("unit")), Spot(usual_row.path("unit"))),
            message(
                "{value} beside {other}: two units for the same kind of thing",
                value=value,
                other=f"{usual_row.target}{usual_row.unit_text}",
            ),
            observed=value,
            expected=message("one unit, such as {unit}", unit=usual.canonical),
            fix=_fix(row, unit, usual, number, profile),
        )


def _fix(row: Row, unit: Unit, usual: Unit, number: Decimal, profile: Profile) -> Fix | None:
    """The conversion, where it is exact and no other text or number of the row speaks in the old unit."""
    new = exact_decimal(convert(number, unit, usual))
    if new is None or len(f"{new:f}".partition(".")[2]) > profile.number("values.most_decimals"):
        return None
    if row.actual or row.forecast or row.midterm or not row.unit_text:
        return None
    if row.unit_text in f"{row.explanation or ''}{row.criterion or ''}{row.remark or ''}":
        return None
    written = f"{new:f}"
    return safe_fix(
        message("write {number}{unit}", number=written, unit=usual.canonical),
        Edit(row.path("target"), row.target, written),
        Edit(row.path("unit"), row.unit_text, usual.canonical),
    )
