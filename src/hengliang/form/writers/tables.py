"""The tables of a printed form (money, main tasks, indicators): which columns they have, and their heads."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from hengliang.form.model import Form, Indicator, Kind, Money, MoneyRow, Purpose
from hengliang.form.writers.content import Cell, Column, Grid, Look, cell_of, clean


def months_of(form: Form) -> str:
    """The months of a monitoring table as heads print them: 1—7月."""
    return f"{clean(form.months).replace('-', '—').removesuffix('月')}月" if form.months else ""


_MONEY_COLUMNS = (
    ("initial", "年初预算数", Look.MONEY, 28),
    ("budget", "全年预算数", Look.MONEY, 28),
    ("executed", "全年执行数", Look.MONEY, 28),
    ("expected", "全年预计执行数", Look.MONEY, 28),
    ("points", "分值", Look.NUMBER, 15),
    ("rate", "执行率", Look.PERCENT, 20),
    ("score", "得分", Look.NUMBER, 15),
)
_MONEY_ALWAYS = {
    Purpose.DECLARATION: {"budget"},
    Purpose.MONITORING: {"initial", "executed", "rate", "expected"},
    Purpose.SELF_EVALUATION: {"initial", "budget", "executed", "points", "rate", "score"},
}
_MONEY_LABELS = {
    (Kind.PROJECT, Purpose.DECLARATION): "项目资金",
    (Kind.PROJECT, Purpose.MONITORING): "项目资金",
    (Kind.PROJECT, Purpose.SELF_EVALUATION): "项目资金",
    (Kind.DEPARTMENT, Purpose.DECLARATION): "年度预算申请",
    (Kind.DEPARTMENT, Purpose.MONITORING): "预算执行情况",
    (Kind.DEPARTMENT, Purpose.SELF_EVALUATION): "预算执行情况",
}
_WHOLE = re.compile(r"总额|总金额|合计|总计")


def money_table(form: Form) -> Iterable[Grid]:
    """The money block, where the form has one."""
    money = form.money
    if money is None:
        return
    shown = [
        (field, head, look, width)
        for field, head, look, width in _MONEY_COLUMNS
        if field in _MONEY_ALWAYS[form.purpose] or any(getattr(row, field) is not None for row in money.rows)
    ]
    months = months_of(form)
    heads = {"executed": f"{months}执行数", "rate": f"{months}执行率"} if months else {}
    if form.purpose is Purpose.DECLARATION:
        heads["budget"] = "预算金额"
    columns = (
        Column("资金来源", "name", 50),
        *(Column(heads.get(field, head), field, width) for field, head, _, width in shown),
    )
    rows = tuple(
        (
            Cell(money_name(money, index, row), Look.TEXT, f"money/rows/{index}/name"),
            *(
                cell_of(getattr(row, field), look, f"money/rows/{index}/{field}")
                for field, _, look, _ in shown
            ),
        )
        for index, row in enumerate(money.rows)
    )
    label = _MONEY_LABELS[form.kind, form.purpose]
    yield Grid(f"{label}\n（{clean(money.unit)}）" if money.unit else label, columns, rows, "money")


def money_name(money: Money, index: int, row: MoneyRow) -> str:
    """The line's name; the first part of a whole is introduced by 其中, as forms print it."""
    part = index == 1 and _WHOLE.search(money.rows[0].name) and not _WHOLE.search(row.name)
    return f"其中：{clean(row.name)}" if part else clean(row.name)


def task_table(form: Form) -> Iterable[Grid]:
    """The main tasks of the year, where the form has any."""
    if not form.tasks:
        return
    unit = f"（{clean(form.money.unit)}）" if form.money and form.money.unit else ""
    columns = (
        Column("任务名称", "name", 45),
        Column("主要内容", "content", 90),
        Column(f"预算金额{unit}", "amount", 25),
        Column("财政拨款", "fiscal", 25),
        Column("其他资金", "other", 25),
    )
    rows = tuple(
        (
            cell_of(task.name, Look.TEXT, f"tasks/{index}/name"),
            cell_of(task.content, Look.TEXT, f"tasks/{index}/content"),
            cell_of(task.amount, Look.MONEY, f"tasks/{index}/amount"),
            cell_of(task.fiscal, Look.MONEY, f"tasks/{index}/fiscal"),
            cell_of(task.other, Look.MONEY, f"tasks/{index}/other"),
        )
        for index, task in enumerate(form.tasks)
    )
    yield Grid("年度主要任务", columns, rows, "tasks")


_LOOKS = {
    "level1": Look.SHORT,
    "level2": Look.SHORT,
    "operator": Look.SHORT,
    "midterm/operator": Look.SHORT,
    "target": Look.NUMBER,
    "midterm/target": Look.NUMBER,
    "unit": Look.SHORT,
    "midterm/unit": Look.SHORT,
    "points": Look.NUMBER,
    "actual": Look.NUMBER,
    "forecast": Look.NUMBER,
    "likelihood": Look.SHORT,
    "score": Look.NUMBER,
    "remark": Look.SHORT,
}
_ALWAYS = {
    Purpose.DECLARATION: {"explanation", "criterion", "points", "remark"},
    Purpose.MONITORING: {"actual", "forecast", "reason", "likelihood", "remark"},
    Purpose.SELF_EVALUATION: {"actual", "points", "score", "reason"},
}
_TREE = {"level1", "level2", "name", "operator", "target", "unit"}


def _columns(form: Form) -> tuple[Column, ...]:
    """The columns of the indicator table: those of the form's kind, and any other that holds something."""
    months = months_of(form)
    declared = form.purpose is Purpose.DECLARATION
    evaluated = form.purpose is Purpose.SELF_EVALUATION
    columns = (
        Column("一级指标", "level1", 22),
        Column("二级指标", "level2", 25),
        Column("三级指标", "name", 54),
        Column("中期指标值类型", "midterm/operator", 21),
        Column("中期指标值", "midterm/target", 21),
        Column("中期计量单位", "midterm/unit", 18),
        Column("指标值类型", "operator", 21),
        Column("指标值" if declared else "年度指标值", "target", 21),
        Column("计量单位", "unit", 18),
        Column("指标解释", "explanation", 54),
        Column("评（扣）分标准", "criterion", 54),
        Column(f"{months}执行情况" if months else "实际完成值", "actual", 25),
        Column("全年预计完成情况", "forecast", 22),
        Column("分值", "points", 16),
        Column("得分", "score", 16),
        Column("偏差原因分析及改进措施" if evaluated else "偏差原因分析", "reason", 44),
        Column("完成目标可能性", "likelihood", 22),
        Column("指标值设定依据", "basis", 30),
        Column("佐证资料", "evidence", 30),
        Column("备注", "remark", 22),
    )
    wanted = _TREE | _ALWAYS[form.purpose]
    if form.totals:
        wanted |= {field for field in ("points", "score") if getattr(form.totals, field) is not None}
    if any(map(_points_in_remark, form.indicators)):
        wanted -= {"points"}
    return tuple(
        column
        for column in columns
        if column.field in wanted or any(_value(row, column.field) is not None for row in form.indicators)
    )


def _points_in_remark(row: Indicator) -> bool:
    """Whether the row's points are printed as 3分 in 备注 (unless the remark says something else)."""
    if row.points_in != "remark" or row.points is None:
        return False
    return row.remark is None or format(row.points, "f") in row.remark


def _value(row: Indicator, field: str) -> str | Decimal | None:
    if field in ("points", "remark") and _points_in_remark(row):
        return None if field == "points" else row.remark or f"{row.points:f}分"
    if field.startswith("midterm/"):
        return getattr(row.midterm, field.removeprefix("midterm/")) if row.midterm else None
    return getattr(row, field)


def indicator_table(form: Form) -> Grid:
    """The indicator table. Level words stand in every row; a format may merge equal ones."""
    columns = _columns(form)
    rows = tuple(
        tuple(
            cell_of(
                _value(row, column.field),
                _LOOKS.get(column.field, Look.TEXT),
                f"indicators/{index}/{column.field}",
                column.field in row.truncated,
            )
            for column in columns
        )
        for index, row in enumerate(form.indicators)
    )
    return Grid("绩效指标", columns, rows, "indicators", _sums(form, columns))


def _sums(form: Form, columns: Sequence[Column]) -> tuple[tuple[Cell, ...], ...]:
    totals = form.totals
    if totals is None:
        return ()
    values = {
        "points": cell_of(totals.points, Look.NUMBER, "totals/points"),
        "score": cell_of(totals.score, Look.NUMBER, "totals/score"),
    }
    row = [values.get(column.field, Cell()) for column in columns]
    row[0] = Cell("总分", Look.LABEL)
    if totals.grade is not None:
        row[-1] = cell_of(totals.grade, Look.SHORT, "totals/grade")
    return (tuple(row),)
