"""
## What it checks

An actual value on the wrong side of its target, with nothing in the column of causes and remedies. On a
monitoring table the expected result of the year is compared, not the value so far. Numbers without a sign
are read as "more is better", but for costs, durations and names such as 控制率; dates are compared as
dates. A value equal to the target passes. Words beside a number cannot be compared: the rule cannot say.

## Why

Every miss needs its cause and a remedy, or it will be missed again.

## Example

高血压规范管理: target 3807 人, actual 3224 人, score 1.9 of 2, cause empty.

## Instead

Cause and remedy: 部分患者外出务工，随访不到；下年起电话随访.

## Basis

财预〔2020〕10号: cause of the deviation and remedy (recalled, to be checked against the official text; the
column stands in published forms).

---

## 查什么

实际完成值未达到指标值，而偏差原因及改进措施栏没有说明。监控表比较全年预计完成情况，而不是阶段完成值。没有符
号的数值按越大越好理解，成本、时限以及“控制率”等指标除外；日期按日期比较。等于指标值的通过。指标值为数字而完
成值为文字的无法比较，不作判断。

## 为什么

没有完成就应当说明原因和改进措施，否则下一年还会完不成。

## 示例

“高血压规范管理”指标值3807人，实际3224人，2分得1.9分，原因为空。

## 应改为

原因及措施：部分患者外出务工，随访不到；下年起改为电话随访。

## 依据

财预〔2020〕10号：未完成或偏离较大的应说明原因和改进措施（凭记忆转述，待与正式文本核对；公开的自评表均有此栏）。
"""

from collections.abc import Iterator

from hengliang.base.finding import Finding, Severity
from hengliang.base.message import message
from hengliang.form.model import Purpose
from hengliang.form.reached import Direction, TextGrade, text_grade
from hengliang.form.value import NumberValue
from hengliang.review.attained import NO_REPORT, Reached, is_blank, is_report, reached, with_unit
from hengliang.review.row import Row
from hengliang.review.rule import Context, Outcome, Rule

rule = Rule(
    code="R05",
    name="deviation-unexplained",
    zh="偏差未分析",
    en="deviation without cause",
    severity=Severity.ERROR,
    basis=("10:偏差分析", "136:监控表"),
    reads=(
        "indicators.actual",
        "indicators.forecast",
        "indicators.target",
        "indicators.reason",
    ),
)


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    if not is_report(context.form):
        yield rule.not_applicable(NO_REPORT)
        return
    field = "forecast" if context.form.purpose is Purpose.MONITORING else "actual"
    for row in context.rows:
        if not is_blank(row.reason, context.profile):
            continue
        value = row.forecast if field == "forecast" else row.actual
        if value is None:
            continue
        result = reached(row, value, context.profile)
        grade = text_grade(value, context.profile) if result is None else None
        if result is not None and result.short:
            yield _of_number(row, field, value, result)
        elif grade in (TextGrade.PARTLY, TextGrade.MISSED):
            yield rule.finds(
                row.path(field),
                message("{value}, and neither cause nor remedy is given", value=value),
                observed=value,
                expected=message("the cause of the deviation and the remedy"),
            )
        elif (
            result is None and grade is None and isinstance(row.value, NumberValue) and not row.is_qualitative
        ):
            yield rule.undecidable(
                row.path(field),
                message(
                    "{value} cannot be compared with a target of {target}",
                    value=value,
                    target=with_unit(str(row.target), row.unit_text),
                ),
            )


def _of_number(row: Row, field: str, value: str, result: Reached) -> Finding:
    target = with_unit(str(row.target), row.unit_text)
    if row.operator is None and result.direction is Direction.UP and field == "actual":
        say = message(
            "{value} of {target} (no sign: more is taken as better), and neither cause nor remedy is given",
            value=value,
            target=target,
        )
    else:
        say = message(
            "{value} of {target}, and neither cause nor remedy is given", value=value, target=target
        )
    return rule.finds(
        row.path(field),
        say,
        observed=value,
        expected=message("the cause of the deviation and the remedy"),
    )
