"""Layouts of forms, each a small document under `layouts/`, and what must be read from them."""

from decimal import Decimal
from pathlib import Path

import pytest

from hengliang.form.model import Form, Indicator
from hengliang.form.read import read_document
from hengliang.form.source import Reading

LAYOUTS = Path(__file__).parent / "layouts"


def _read(name: str) -> Reading:
    return read_document(LAYOUTS / name)


def _form(name: str) -> Form:
    (read,) = _read(name).forms
    return read.form


def _targets(form: Form) -> list[tuple[str, str | None, str | None, str | None]]:
    return [(row.name, row.operator, row.target, row.unit) for row in form.indicators]


def _left(reading: Reading) -> list[str]:
    return [left.text for left in reading.not_understood]


def test_columns_for_term_and_year() -> None:
    form = _form("term_and_year_values.html")
    assert _targets(form) == [
        ("养护里程", "≥", "300", "公里"),
        ("通行条件改善", "定性", "有所改善", None),
        ("群众满意度", "≥", "85", "%"),
    ]
    midterm = form.indicators[0].midterm
    assert midterm is not None
    assert (midterm.operator, midterm.target, midterm.unit) == ("≥", "900", "公里")
    assert form.goals == ("完成养护300公里；", "保障畅通。")
    assert form.midterm_goals == ("完成养护900公里",)
    assert form.money is not None
    assert [(row.name, row.budget) for row in form.money.rows] == [
        ("年度资金总额", Decimal(300)),
        ("财政拨款", Decimal(300)),
        ("其他资金", Decimal(0)),
    ]
    assert (form.supervisor, form.codes.department) == ("某县交通运输局", "215")
    # A row whose yearly cell is empty is no yearly indicator, and is said to be left.
    assert "优良路率" in _left(_read("term_and_year_values.html"))


def test_halves_for_term_and_year() -> None:
    form = _form("term_and_year_halves.html")
    assert _targets(form) == [("监测断面数", None, "10", "个"), ("数据有效率", "≥", "98", "%")]
    assert form.goals == ("全年水质达标。",)
    assert form.organisation == "某市生态环境局"
    assert form.fiscal_year == 2020
    assert _left(_read("term_and_year_halves.html")) == ["优良水体比例", "≥90%"]


def test_money_line_without_a_name() -> None:
    form = _form("money_without_names.html")
    assert form.money is not None
    (row,) = form.money.rows
    assert (row.budget, row.executed, row.rate, row.points, row.score) == (
        Decimal(100),
        Decimal("95.5"),
        Decimal("95.50"),
        Decimal(10),
        Decimal("9.55"),
    )
    assert [row.points for row in form.indicators] == [Decimal(20), Decimal(20), Decimal(20), Decimal(10)]
    assert form.totals is not None
    assert form.totals.points == 70
    assert form.achieved == "已完成。"


def test_department_with_money_split_by_income_and_spending() -> None:
    form = _form("department_with_income_split.html")
    assert form.kind == "department"
    assert form.money is not None
    assert [row.name for row in form.money.rows] == [
        "资金总额",
        "一般公共预算",
        "基本支出",
        "政府性基金拨款",
        "项目支出",
        "纳入专户管理的非税收入拨款",
        "其他资金",
    ]
    assert form.duties == ("贯彻落实国家卫生健康法律法规。", "组织深化医药卫生体制改革。")
    assert _targets(form)[:2] == [
        ("★家庭医生签约人数", "≥", "30", "万人"),
        ("其中：老年人", None, "5", "万人"),
    ]
    assert form.signoff is not None
    assert (form.signoff.preparer, form.signoff.head, form.signoff.date) == ("张三", "李四", "2022年1月5日")


def test_flattened_self_evaluation() -> None:
    form = _form("flattened_self_evaluation.txt")
    assert form.money is not None
    assert [row.name for row in form.money.rows] == ["年度资金总额", "当年财政拨款", "其他资金"]
    assert form.money.unit == "万元"
    assert [(row.level2, row.name, row.actual, row.score) for row in form.indicators] == [
        ("数量指标", "居民健康档案", "37442", Decimal(3)),
        ("数量指标", "发放健康教育资料", "14", Decimal(1)),
        ("数量指标", "早孕建册", "69", Decimal(1)),
        ("质量指标", "疫苗接种率", "97.30", Decimal("1.9")),
        ("服务对象满意度指标", "群众满意度", "95", Decimal(10)),
    ]
    assert form.indicators[2].reason == "孕妇多在县级医院建册"
    assert _left(_read("flattened_self_evaluation.txt")) == []


def test_cell_to_a_line() -> None:
    reading = _read("cell_to_a_line.txt")
    form = reading.forms[0].form
    assert _targets(form) == [
        ("河道治理长度", "≥", "20", "公里"),
        ("巡河次数", "≥", "12", "次"),
        ("工程验收合格率", "=", "100", "%"),
        ("群众满意度", "≥", "90", "%"),
    ]
    assert [row.level1 for row in form.indicators] == ["产出指标", "产出指标", "产出指标", "满意度指标"]
    assert reading.not_understood == ()


@pytest.mark.parametrize("name", sorted(path.name for path in LAYOUTS.glob("no_form_*")))
def test_other_tables_are_no_forms(name: str) -> None:
    reading = _read(name)
    assert reading.forms == ()
    assert reading.coverage == 0
    assert reading.not_understood


def test_a_line_that_fits_in_two_ways_is_left(tmp_path: Path) -> None:
    path = tmp_path / "form.txt"
    path.write_text(
        "部门整体绩效目标申报表\n部门名称 某局\n"
        "一级指标 二级指标 三级指标 指标值 指标解释 评分标准\n"
        "产出指标 数量指标 检查次数 12次 全年检查 每少一次扣1分\n"
        "完成 情况 良好 较好 部分 已做\n",
        encoding="utf-8",
    )
    reading = read_document(path)
    rows: tuple[Indicator, ...] = reading.forms[0].form.indicators
    assert [row.name for row in rows] == ["检查次数"]
    assert _left(reading) == ["完成 情况 良好 较好 部分 已做"]


def test_goals_row_by_row_end_at_the_head_of_the_indicators(tmp_path: Path) -> None:
    path = tmp_path / "form.csv"
    path.write_text(
        "项目支出绩效自评表,,,,\n项目名称,,养护,,\n年度目标,,年初设定目标,,全年实际完成情况\n"
        ",,目标1：养护300公里。,,完成\n,,目标2：保障畅通。,,完成\n"
        ",一级指标,二级指标,三级指标,指标值,分值\n,产出指标,数量指标,养护里程,≥300公里,10分\n"
        ",预算执行,预算执行率,预算执行率,100%,10分\n",
        encoding="utf-8",
    )
    form = read_document(path).forms[0].form
    assert form.goals == ("养护300公里。", "保障畅通。")
    assert [(row.level1, row.name, row.points) for row in form.indicators] == [
        ("产出指标", "养护里程", Decimal(10)),
        ("预算执行", "预算执行率", Decimal(10)),
    ]


def test_rows_whose_cells_go_on_in_the_next_line_are_put_together(tmp_path: Path) -> None:
    path = tmp_path / "form.txt"
    path.write_text(
        "部门整体绩效目标申报表\n部门名称  某局\n"
        "一级指标     二级指标    三级指标    指标值类型   指标值      度量单位\n"
        "产出指标     数量指标    艾滋病高危   ≥       3200     人次\n"
        "                 人群干预数\n"
        "         质量指标    检查合格率   ≥      99       %\n",
        encoding="utf-8",
    )
    rows = read_document(path).forms[0].form.indicators
    assert [(row.level2, row.name) for row in rows] == [
        ("数量指标", "艾滋病高危人群干预数"),
        ("质量指标", "检查合格率"),
    ]
