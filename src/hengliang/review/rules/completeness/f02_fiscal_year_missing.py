"""
## What it checks

The form has a year (年度) of its own: in its title, in a line below it, or in a field. Years inside goals
and indicators do not count. When most of those texts name one and the same year, that year is proposed.

## Why

Targets, money and points are approved for one budget year. A year that stands only in the texts leaves it
to the reader to guess which year the form is for, and a machine cannot file it.

## Example

部门（单位）整体绩效目标申报表, without a year; 2023年 stands only in the indicators.

## Instead

部门（单位）整体绩效目标申报表（2023年度）

## Basis

财预〔2015〕88号, review point 规范完整性 (recalled, to be checked against the official text); the field
fiscal_year of the standard tables.

---

## 查什么

申报表在标题、标题下一行或专门栏目中写明预算年度。目标、指标文字中出现的年份不算。若文字中的年份大多为同一
年，则建议填写该年度。

## 为什么

绩效目标、资金和分值都是按预算年度批复的。年份只出现在指标文字里，只能靠猜，系统也无法归档。

## 示例

“部门（单位）整体绩效目标申报表”未写年度，只有指标中写“2023年”。

## 应改为

部门（单位）整体绩效目标申报表（2023年度）

## 依据

财预〔2015〕88号“规范完整性”审核要点（凭记忆转述，待与正式文本核对）；标准表字段 fiscal_year（预算年度）。
"""

from collections.abc import Iterator

from hengliang.base.finding import Edit, Severity
from hengliang.base.message import message
from hengliang.review.rule import Context, Outcome, Rule, proposal
from hengliang.review.year import year_of_texts

rule = Rule(
    code="F02",
    name="fiscal-year-missing",
    zh="年度缺失",
    en="year missing",
    severity=Severity.ERROR,
    basis=("88:规范完整性", "standard-tables:fiscal_year"),
    reads=("fiscal_year", "goals", "indicators"),
    fix="proposal",
)


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    if context.form.fiscal_year is not None:
        return
    year = year_of_texts(context.texts)
    fix = None
    if year is not None:
        fix = proposal(
            message("enter {year}, the year that most texts of the form name", year=year),
            Edit("fiscal_year", None, str(year)),
        )
    yield rule.finds(
        "fiscal_year",
        message("the form has no year; years inside its texts do not count"),
        expected=message("the budget year in the title or in a field of its own"),
        fix=fix,
    )
