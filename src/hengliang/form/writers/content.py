"""What a printed form says, in order: labels, texts and tables, before any format is chosen.

The words are those of the official layouts for declaration, monitoring and self-evaluation (sections 2.8,
3.6, 5.2 and 8.1 of the regulations digest). A label stands in a cell of its own to the left of its value, so
that the document is read back without a guess.
"""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from hengliang.form.model import Form, Indicator, Kind, Money, MoneyRow, Purpose

_PLAIN_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


class Look(StrEnum):
    """How a cell is set."""

    LABEL = "label"  # words of the form itself
    TEXT = "text"  # running text, flush left
    SHORT = "short"  # a word, a sign or a unit, centred
    NUMBER = "number"  # a figure, centred
    MONEY = "money"  # an amount, flush right with thousands commas
    PERCENT = "percent"  # a figure in percent


class Cell(NamedTuple):
    """One printed value: its text, how it is set, the field it shows, and whether the source cut it off."""

    text: str = ""
    look: Look = Look.TEXT
    path: str = ""
    cut: bool = False

    @property
    def number(self) -> Decimal | None:
        """The number that is printed here, None when the cell is text. A rate of 98 % is 98."""
        if self.look not in (Look.NUMBER, Look.MONEY, Look.PERCENT):
            return None
        return Decimal(self.text) if _PLAIN_NUMBER.fullmatch(self.text) else None

    @property
    def shown(self) -> str:
        """The text as people see it: amounts with thousands commas, rates with %."""
        if self.look is Look.MONEY and self.number is not None:
            return f"{self.number:,f}"
        return f"{self.text}%" if self.look is Look.PERCENT and self.text else self.text


class Column(NamedTuple):
    """A column of a table: its head, its field in the model, and its share of the page's width in mm."""

    head: str
    field: str
    width: int


class Fields(NamedTuple):
    """A line of labels, each with its value."""

    pairs: tuple[tuple[str, Cell], ...]


class Texts(NamedTuple):
    """A label with one running text, or with several under their own heads (预期目标, 实际完成情况)."""

    label: str
    texts: tuple[tuple[str, Cell], ...]


class Grid(NamedTuple):
    """A table with a label beside it, and rows of sums below it, whose label spans to the first figure."""

    label: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    name: str
    """`money`, `tasks` or `indicators`."""
    sums: tuple[tuple[Cell, ...], ...] = ()


Section = Fields | Texts | Grid


class Content(NamedTuple):
    """A printed form: its title, the line under it, and its sections from top to bottom."""

    title: str
    subtitle: str
    sections: tuple[Section, ...]


TITLES = {
    (Kind.DEPARTMENT, Purpose.DECLARATION): "部门（单位）整体支出绩效目标申报表",
    (Kind.DEPARTMENT, Purpose.MONITORING): "部门（单位）整体支出绩效目标执行监控表",
    (Kind.DEPARTMENT, Purpose.SELF_EVALUATION): "部门（单位）整体支出绩效自评表",
    (Kind.PROJECT, Purpose.DECLARATION): "项目支出绩效目标申报表",
    (Kind.PROJECT, Purpose.MONITORING): "项目支出绩效目标执行监控表",
    (Kind.PROJECT, Purpose.SELF_EVALUATION): "项目支出绩效自评表",
}
"""The titles of forms that have none of their own."""


def content_of(form: Form) -> Content:
    """The form as it is printed."""
    sections = (
        *_fields(form),
        *_duties(form),
        *_money(form),
        *_tasks(form),
        *_goals(form),
        indicator_table(form),
        *_signoff(form),
    )
    return Content(clean(form.title or TITLES[form.kind, form.purpose]), _subtitle(form), sections)


def clean(text: str) -> str:
    """`text` without control characters, which no office format can hold."""
    return _CONTROLS.sub("", text)


def _cell(value: str | Decimal | None, look: Look, path: str, cut: bool = False) -> Cell:
    if isinstance(value, Decimal):
        return Cell(format(value, "f"), look, path, cut)
    return Cell(clean(value or ""), look, path, cut)


def _subtitle(form: Form) -> str:
    year = f"{form.fiscal_year}年度" if form.fiscal_year else ""
    if form.title and year and re.search(rf"{form.fiscal_year}年", form.title):
        year = ""
    months = _months(form)
    return f"（{year}{months}）" if year or months else ""


def _months(form: Form) -> str:
    """The months of a monitoring table as heads print them: 1—7月."""
    return f"{clean(form.months).replace('-', '—').removesuffix('月')}月" if form.months else ""


def _fields(form: Form) -> Iterable[Fields]:
    codes = form.codes
    organisation = ("organisation", form.organisation)
    department_code = ("部门（单位）代码", "codes/department", codes.department)
    region = ("财政区划代码", "codes/region", codes.region)
    if form.kind is Kind.PROJECT:
        lines = (
            (("项目名称", "project", form.project), ("项目代码", "codes/project", codes.project)),
            (("主管部门", "supervisor", form.supervisor), ("实施单位", *organisation)),
            (department_code, region),
        )
        always = {"project", "supervisor", "organisation"}
    else:
        lines = (
            (("部门（单位）名称", *organisation), department_code),
            (("主管部门", "supervisor", form.supervisor), region),
            (
                ("项目名称", "project", form.project),
                ("项目代码", "codes/project", codes.project),
            ),
        )
        always = {"organisation"}
    for line in lines:
        pairs = tuple(
            (label, _cell(value, Look.TEXT, path))
            for label, path, value in line
            if value is not None or path in always
        )
        if pairs:
            yield Fields(pairs)


def _numbered(items: Sequence[str], marks: Sequence[str], path: str, cuts: Iterable[str]) -> Cell:
    """Items one per line with their marks. Several without marks are numbered, so that they stay several."""
    if len(marks) != len(items):
        marks = (
            [f"{number}、" for number in range(1, len(items) + 1)] if len(items) > 1 else [""] * len(items)
        )
    text = "\n".join(_line(mark, item) for mark, item in zip(marks, items, strict=True))
    return Cell(clean(text), Look.TEXT, path, any(cut.startswith(path) for cut in cuts))


def _line(mark: str, item: str) -> str:
    # 1. and 3个 without a blank between them would be 1.3个.
    gap = " " if mark.endswith((".", "．")) and item[:1].isdigit() else ""
    return f"{mark}{gap}{item}"


def _duties(form: Form) -> Iterable[Texts]:
    if form.duties or form.kind is Kind.DEPARTMENT:
        yield Texts(
            "部门（单位）职责",
            (("", _numbered(form.duties, form.duty_marks, "duties", form.truncated)),),
        )


def _goals(form: Form) -> Iterable[Texts]:
    goals = _numbered(form.goals, form.goal_marks, "goals", form.truncated)
    achieved = _cell(form.achieved, Look.TEXT, "achieved", "achieved" in form.truncated)
    midterm = _numbered(form.midterm_goals, (), "midterm_goals", form.truncated)
    reported = form.achieved is not None or form.purpose is Purpose.SELF_EVALUATION
    if midterm.text:
        texts = [("中期目标", midterm), ("年度目标", goals)]
    elif reported:
        texts = [("预期目标", goals)]
    else:
        texts = [("", goals)]
    if reported:
        texts.append(("实际完成情况", achieved))
    yield Texts("总体目标" if midterm.text else "年度总体目标", tuple(texts))


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


def _money(form: Form) -> Iterable[Grid]:
    money = form.money
    if money is None:
        return
    shown = [
        (field, head, look, width)
        for field, head, look, width in _MONEY_COLUMNS
        if field in _MONEY_ALWAYS[form.purpose] or any(getattr(row, field) is not None for row in money.rows)
    ]
    months = _months(form)
    heads = {"executed": f"{months}执行数", "rate": f"{months}执行率"} if months else {}
    if form.purpose is Purpose.DECLARATION:
        heads["budget"] = "预算金额"
    columns = (
        Column("资金来源", "name", 50),
        *(Column(heads.get(field, head), field, width) for field, head, _, width in shown),
    )
    rows = tuple(
        (
            Cell(_money_name(money, index, row), Look.TEXT, f"money/rows/{index}/name"),
            *(_cell(getattr(row, field), look, f"money/rows/{index}/{field}") for field, _, look, _ in shown),
        )
        for index, row in enumerate(money.rows)
    )
    label = _MONEY_LABELS[form.kind, form.purpose]
    yield Grid(f"{label}\n（{clean(money.unit)}）" if money.unit else label, columns, rows, "money")


def _money_name(money: Money, index: int, row: MoneyRow) -> str:
    """The line's name; the first part of a whole is introduced by 其中, as forms print it."""
    part = index == 1 and _WHOLE.search(money.rows[0].name) and not _WHOLE.search(row.name)
    return f"其中：{clean(row.name)}" if part else clean(row.name)


def _tasks(form: Form) -> Iterable[Grid]:
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
            _cell(task.name, Look.TEXT, f"tasks/{index}/name"),
            _cell(task.content, Look.TEXT, f"tasks/{index}/content"),
            _cell(task.amount, Look.MONEY, f"tasks/{index}/amount"),
            _cell(task.fiscal, Look.MONEY, f"tasks/{index}/fiscal"),
            _cell(task.other, Look.MONEY, f"tasks/{index}/other"),
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
    "score": Look.NUMBER,
    "remark": Look.SHORT,
}
_ALWAYS = {
    Purpose.DECLARATION: {"explanation", "criterion", "points", "remark"},
    Purpose.MONITORING: {"actual", "forecast", "reason", "remark"},
    Purpose.SELF_EVALUATION: {"actual", "points", "score", "reason"},
}
_TREE = {"level1", "level2", "name", "operator", "target", "unit"}


def _columns(form: Form) -> tuple[Column, ...]:
    """The columns of the indicator table: those of the form's kind, and any other that holds something."""
    months = _months(form)
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
        Column("分值", "points", 15),
        Column("得分", "score", 15),
        Column("偏差原因分析及改进措施" if evaluated else "偏差原因分析", "reason", 44),
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
            _cell(
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
        "points": _cell(totals.points, Look.NUMBER, "totals/points"),
        "score": _cell(totals.score, Look.NUMBER, "totals/score"),
    }
    row = [values.get(column.field, Cell()) for column in columns]
    row[0] = Cell("总分", Look.LABEL)
    if totals.grade is not None:
        row[-1] = _cell(totals.grade, Look.SHORT, "totals/grade")
    return (tuple(row),)


def _signoff(form: Form) -> Iterable[Fields]:
    signoff = form.signoff
    pairs = (("填表人", "preparer"), ("单位负责人", "head"), ("联系电话", "phone"), ("填报日期", "date"))
    yield Fields(
        tuple(
            (label, _cell(getattr(signoff, field) if signoff else None, Look.TEXT, f"signoff/{field}"))
            for label, field in pairs
        )
    )
    if signoff and signoff.seal is not None:
        yield Fields((("单位盖章", _cell(signoff.seal, Look.TEXT, "signoff/seal")),))
