"""What a printed form says, in order: labels, texts and tables, before any format is chosen.

The words are those of the official layouts for declaration, monitoring and self-evaluation (sections 2.8,
3.6, 5.2 and 8.1 of the regulations digest). A label stands in a cell of its own to the left of its value, so
that the document is read back without a guess.
"""

import re
from collections.abc import Iterable, Sequence

from hengliang.form.model import Form, Kind, Purpose
from hengliang.form.writers.content import Cell, Content, Fields, Look, Texts, cell_of, clean
from hengliang.form.writers.tables import indicator_table, money_table, months_of, task_table

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
        *money_table(form),
        *task_table(form),
        *_goals(form),
        indicator_table(form),
        *_signoff(form),
    )
    return Content(clean(form.title or TITLES[form.kind, form.purpose]), _subtitle(form), sections)


def _subtitle(form: Form) -> str:
    year = f"{form.fiscal_year}年度" if form.fiscal_year else ""
    if form.title and year and re.search(rf"{form.fiscal_year}年", form.title):
        year = ""
    months = months_of(form)
    return f"（{year}{months}）" if year or months else ""


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
            (label, cell_of(value, Look.TEXT, path))
            for label, path, value in line
            if value is not None or path in always
        )
        if pairs:
            yield Fields(pairs)


def numbered(items: Sequence[str], marks: Sequence[str], path: str, cuts: Iterable[str]) -> Cell:
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
            (("", numbered(form.duties, form.duty_marks, "duties", form.truncated)),),
        )


def _goals(form: Form) -> Iterable[Texts]:
    goals = numbered(form.goals, form.goal_marks, "goals", form.truncated)
    achieved = cell_of(form.achieved, Look.TEXT, "achieved", "achieved" in form.truncated)
    midterm = numbered(form.midterm_goals, (), "midterm_goals", form.truncated)
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


def _signoff(form: Form) -> Iterable[Fields]:
    signoff = form.signoff
    pairs = (("填表人", "preparer"), ("单位负责人", "head"), ("联系电话", "phone"), ("填报日期", "date"))
    yield Fields(
        tuple(
            (label, cell_of(getattr(signoff, field) if signoff else None, Look.TEXT, f"signoff/{field}"))
            for label, field in pairs
        )
    )
    if signoff and signoff.seal is not None:
        yield Fields((("单位盖章", cell_of(signoff.seal, Look.TEXT, "signoff/seal")),))
