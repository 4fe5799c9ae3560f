"""
## What it checks

The required cells of every indicator are filled: level 1, level 2, value, and on the declaration of a
department or unit also explanation and scoring standard (the starred columns of the form). Elsewhere a
column that the form has must be filled in every row. A column that is empty in all rows is one finding on
the form, not one for each row. A row that only heads its 其中 rows needs no value.

## Why

An indicator without value cannot be reached or missed; one without standard cannot be scored.

## Example

绿色矿山核查数量 ≥ 60 家, with an empty 评（扣）分标准.

## Instead

评（扣）分标准: 每少1家扣0.05分，扣完为止

## Basis

The starred columns of the form are the required fields of the standard tables (kpi_lv1 to kpi_lv3, kpi_val,
kpi_content, kpi_evalstd).

---

## 查什么

每条指标的必填栏都已填写：一级指标、二级指标、指标值；部门（单位）整体申报表还包括指标解释和评（扣）分标准
（即表中带*号的列）。其他表式，凡表中设有的上述列，每行都应填写。某一列全表空白的，只提示一次。只作为“其中”
各行总项的行，可以没有指标值。

## 为什么

没有指标值，就谈不上完成或未完成；没有评分标准，就无法打分。

## 示例

绿色矿山核查数量 ≥ 60 家，评（扣）分标准空白。

## 应改为

评（扣）分标准：每少1家扣0.05分，扣完为止

## 依据

表中带*号的列，即标准表的必填字段（kpi_lv1至kpi_lv3、kpi_val、kpi_content、kpi_evalstd）。
"""

from collections.abc import Iterator
from operator import attrgetter

from hengliang.base.finding import Severity
from hengliang.base.message import Message, message
from hengliang.base.place import Spot
from hengliang.form.model import Form, Kind, Purpose
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="F06",
    name="required-cell-empty",
    zh="必填列空",
    en="required cell empty",
    severity=Severity.ERROR,
    basis=("form:starred", "standard-tables:required"),
    reads=(
        "indicators.level1",
        "indicators.level2",
        "indicators.name",
        "indicators.target",
        "indicators.explanation",
        "indicators.criterion",
    ),
)

COLUMNS: dict[str, Message] = {
    "level1": message("level 1"),
    "level2": message("level 2"),
    "name": message("level 3"),
    "target": message("target value"),
    "explanation": message("explanation"),
    "criterion": message("scoring standard"),
}
_CELLS = attrgetter(*COLUMNS)


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    form = context.form
    rows = [_CELLS(indicator) for indicator in form.indicators]
    if all(map(all, rows)):
        return
    columns = dict(zip(COLUMNS, zip(*rows, strict=True), strict=True))
    unused = {name for name, cells in columns.items() if not any(cells)}
    for name in columns:
        if name in unused and name in _required(form):
            yield rule.finds(
                "indicators",
                message(
                    "the column {column} is empty in every row, or the form does not have it",
                    column=COLUMNS[name],
                ),
                expected=message("a filled column {column}", column=COLUMNS[name]),
            )
    for row in context.rows:
        empty = [name for name in columns if name not in unused and not getattr(row.indicator, name)]
        if "target" in empty and _heads_others(form, row.index):
            empty.remove("target")
        if empty:
            yield rule.finds(
                tuple(Spot(row.path(name)) for name in empty),
                message("the required cell {column} is empty", column=COLUMNS[empty[0]])
                if len(empty) == 1
                else message("{count} required cells of this row are empty", count=len(empty)),
                expected=message("every starred column filled"),
            )


def _required(form: Form) -> tuple[str, ...]:
    """The columns that the form must have at all."""
    if form.purpose is not Purpose.DECLARATION:
        return ("name", "target")
    if form.kind is Kind.PROJECT:
        return ("level1", "level2", "name", "target")
    return tuple(COLUMNS)


def _heads_others(form: Form, index: int) -> bool:
    following = form.indicators[index + 1 : index + 2]
    return (
        bool(following)
        and following[0].name.startswith("其中")
        and not form.indicators[index].name.startswith("其中")
    )
