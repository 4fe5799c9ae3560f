"""The form (部门（单位）整体绩效目标申报表 and its project-level twin) as frozen data.

One model serves declaration (申报), monitoring (监控) and self-evaluation (自评), of departments and of
projects. It holds what the form says; where it was said is kept beside it, in `form.source.Source`, so that
two forms are equal when they say the same. Field names are those of the exchange JSON; their Chinese terms
and the ministry's column names stand in `docs/reference/form.md`.

Texts are as printed, without the line breaks and blanks that the layout put into a cell. Numbers are exact.
`None` means that the document has nothing there: missing is never zero and never the empty text.
"""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer


class Kind(StrEnum):
    """Whose targets they are."""

    DEPARTMENT = "department"  # 部门（单位）整体
    PROJECT = "project"  # 项目


class Purpose(StrEnum):
    """The stage of the yearly cycle that the form belongs to."""

    DECLARATION = "declaration"  # 目标申报
    MONITORING = "monitoring"  # 运行监控
    SELF_EVALUATION = "self_evaluation"  # 自评


Likelihood = Literal["确定能", "有可能", "完全不可能"]
"""完成目标可能性, 财预〔2019〕136号, annexed table: whether the year's target will be reached."""

Operator = Literal["≥", ">", "=", "<", "≤", "定性"]
"""指标值类型: the sign of the target. 定性 is a text target, to be graded; a field holds None when nothing
gives it."""

OPERATORS: tuple[Operator, ...] = ("≥", ">", "=", "<", "≤", "定性")

Exact = Annotated[
    Decimal, PlainSerializer(lambda number: format(number, "f"), return_type=str, when_used="json")
]
"""A decimal number, written to JSON as a plain decimal string: `2300.00`, never `2.3E+3`."""


class Record(BaseModel):
    """The base of all records: frozen, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=False)


class Codes(Record):
    """Codes printed on the form, as printed."""

    region: str | None = None
    """财政区划代码 (mof_div_code), 9 digits."""
    department: str | None = None
    """部门 or 单位 code (dept_code)."""
    project: str | None = None
    """项目代码 (pro_code)."""


class SignOff(Record):
    """填报信息: who filled the form in and who answers for it."""

    preparer: str | None = None
    head: str | None = None
    phone: str | None = None
    date: str | None = None
    seal: str | None = None


class Task(Record):
    """年度主要任务: one main task of the year with its budget."""

    name: str
    content: str | None = None
    amount: Exact | None = None
    fiscal: Exact | None = None
    other: Exact | None = None


class MoneyRow(Record):
    """One printed line of the money block. Amounts are in the block's unit, `rate` in percent."""

    name: str
    initial: Exact | None = None
    """年初预算数."""
    budget: Exact | None = None
    """全年（调整）预算数, 预算数, 下达额度; on a declaration the amount applied for."""
    executed: Exact | None = None
    """全年执行数, 1-7月执行数, 实际支出金额."""
    expected: Exact | None = None
    """全年预计执行数."""
    rate: Exact | None = None
    """执行率, without the % sign."""
    points: Exact | None = None
    score: Exact | None = None


class Money(Record):
    """预算执行情况 or 资金总额: the money block."""

    unit: str | None = None
    """万元 or 元 as printed."""
    rows: tuple[MoneyRow, ...] = ()


class Target(Record):
    """A target beside the yearly one: the 中期 half of a form that has both."""

    operator: Operator | None = None
    target: str | None = None
    unit: str | None = None


class Indicator(Record):
    """One row of the indicator table (三级指标 with its columns)."""

    level1: str | None = None
    level2: str | None = None
    name: str
    operator: Operator | None = None
    target: str | None = None
    """指标值: a plain decimal string when it is one number, else the text (dates and deadlines included)."""
    unit: str | None = None
    explanation: str | None = None
    """指标解释."""
    criterion: str | None = None
    """评（扣）分标准."""
    points: Exact | None = None
    points_in: Literal["column", "remark"] | None = None
    """Where the points stood: in a column of their own, or as `3分` in 备注. None when there are none."""
    remark: str | None = None
    """备注, as printed."""
    midterm: Target | None = None
    """The 中期 (whole-term) target where the form has both."""
    basis: str | None = None
    """指标值设定依据."""
    evidence: str | None = None
    """佐证资料要求 or 数据来源."""
    actual: str | None = None
    """实际完成值; on a monitoring table the value reached so far."""
    score: Exact | None = None
    forecast: str | None = None
    """全年预计完成情况 of a monitoring table."""
    likelihood: Likelihood | None = None
    """完成目标可能性 of a monitoring table."""
    reason: str | None = None
    """偏差原因分析及改进措施."""
    truncated: tuple[str, ...] = ()
    """Names of the fields whose printed text ends with … (the source cut them off)."""


class Totals(Record):
    """The total row (总分, 合计) and the grade, as printed."""

    points: Exact | None = None
    score: Exact | None = None
    grade: str | None = None


class Form(Record):
    """A whole form."""

    title: str | None = None
    kind: Kind
    purpose: Purpose
    organisation: str | None = None
    supervisor: str | None = None
    """主管部门, where it is named beside the organisation."""
    project: str | None = None
    fiscal_year: Annotated[int, Field(ge=1990, le=2100)] | None = None
    months: str | None = None
    """The months a monitoring table covers, as printed: `1-7`."""
    codes: Codes = Codes()
    duties: tuple[str, ...] = ()
    """部门职责: one entry per numbered item, without its number."""
    duty_marks: tuple[str, ...] = ()
    """The numbers of the duties as printed (`1、`); empty, or one per duty."""
    goals: tuple[str, ...] = ()
    """年度总体目标: the expected ones, one entry per numbered item."""
    goal_marks: tuple[str, ...] = ()
    """The numbers of the goals as printed (`（一）`); empty, or one per goal."""
    midterm_goals: tuple[str, ...] = ()
    achieved: str | None = None
    """全年目标实际完成情况: the text on what was reached."""
    tasks: tuple[Task, ...] = ()
    money: Money | None = None
    indicators: tuple[Indicator, ...] = ()
    totals: Totals | None = None
    signoff: SignOff | None = None
    truncated: tuple[str, ...] = ()
    """Fields outside the indicators that the source cut off, as paths: `goals/5`."""
