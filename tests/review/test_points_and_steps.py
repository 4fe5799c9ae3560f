"""Points of a form, bounds of targets, grades and steps as rules ask them."""

from decimal import Decimal
from typing import Any

import pytest

from hengliang.base.profile import load_profile
from hengliang.form.model import Form, Indicator
from hengliang.review.bounds import (
    fitting_sign,
    full_line_percent,
    is_bounded,
    is_cost,
    is_numeric,
    is_satisfaction,
    is_yes_no,
    less_is_better,
)
from hengliang.review.grades import has_three_grades, named_grades
from hengliang.review.points import execution_points, is_execution, total, weighted
from hengliang.review.row import Row
from hengliang.review.sentence import read_sentence
from hengliang.review.steps import figure, in_unit_of, is_single_case

PROFILE = load_profile("national-2015")


def _row(**fields: Any) -> Row:
    return Row(0, Indicator(**{"name": "核查", **fields}))


def _weights(*points: str | None, name: str = "核查") -> list[Row]:
    return [
        Row(index, Indicator(name=name, points=None if one is None else Decimal(one)))
        for index, one in enumerate(points)
    ]


@pytest.mark.parametrize(
    ("points", "sum_"),
    [
        (("50", "30", "10"), "90"),
        (("50", None, "10"), "60"),
        (("0.5", "0.3", "0.2"), "100"),
        (("0.5", "0.3", "0.1"), "90"),
        (("0.5", "0.5"), "1.0"),
        (("0.5", "3", "5"), "8.5"),
    ],
)
def test_sum_of_points(points: tuple[str | None, ...], sum_: str) -> None:
    assert total(weighted(_weights(*points))) == Decimal(sum_)


def test_sub_rows_weigh_nothing() -> None:
    assert weighted(_weights("3", name="其中：新建矿山")) == ()


def test_points_of_the_money_block() -> None:
    rows = [{"name": "年度资金总额", "points": "10"}, {"name": "财政拨款"}]
    form = Form.model_validate({"kind": "project", "purpose": "self_evaluation", "money": {"rows": rows}})
    assert execution_points(form) == 10
    assert execution_points(form.model_copy(update={"money": None})) is None


def test_names_of_execution() -> None:
    assert is_execution("年度预算执行率", PROFILE)
    assert not is_execution("采购计划执行率", PROFILE)


@pytest.mark.parametrize(
    ("name", "unit", "bounded"),
    [
        ("验收合格率", "%", True),
        ("案件查处", "百分比", True),
        ("收入增长率", "%", False),
        ("核查矿山", "家", False),
    ],
)
def test_shares_of_a_whole(name: str, unit: str, bounded: bool) -> None:
    assert is_bounded(_row(name=name, target="100", unit=unit), PROFILE) is bounded


@pytest.mark.parametrize(
    ("fields", "sign"),
    [
        ({"level2": "成本指标", "target": "80", "unit": "万元"}, "≤"),
        ({"level2": "成本指标", "name": "成本节约率", "target": "5", "unit": "%"}, "≥"),
        ({"level2": "时效指标", "target": "12", "unit": "个月"}, "≤"),
        ({"level2": "时效指标", "name": "开放天数", "target": "300", "unit": "天"}, "≥"),
        ({"level2": "时效指标", "target": "12月底"}, "≤"),
        ({"level2": "质量指标", "target": "100", "unit": "%"}, "="),
        ({"level2": "质量指标", "target": "100", "unit": "%", "criterion": "达到90%得满分"}, "≥"),
        ({"level2": "数量指标", "target": "60", "unit": "家"}, "≥"),
    ],
)
def test_sign_by_kind(fields: dict[str, Any], sign: str) -> None:
    assert fitting_sign(_row(**fields), PROFILE) == sign


def test_levels_of_a_row() -> None:
    assert is_cost(_row(level1="成本指标"))
    assert is_cost(_row(level1="产出指标", level2="成本指标"))
    assert not is_cost(_row(level1="效益指标", level2="经济效益指标"))
    assert is_satisfaction(_row(level1="效益指标", level2="服务对象满意度指标"))
    assert not less_is_better(_row(level2="数量指标", target="1", unit="年"), PROFILE)


@pytest.mark.parametrize("target", ["100", "80%以上", "50-60", "12月底前", "百分之九十"])
def test_numbers_in_other_dress(target: str) -> None:
    assert is_numeric(_row(operator="定性", target=target))


@pytest.mark.parametrize("target", [None, "有效推进", "12345热线群众满意", "是"])
def test_words(target: str | None) -> None:
    assert not is_numeric(_row(operator="定性", target=target))


@pytest.mark.parametrize(
    ("target", "unit", "yes_no"),
    [
        ("是", None, True),
        ("1", "份", True),
        ("0", "起", True),
        ("1", "年", False),
        ("0", "%", False),
        ("2", "份", False),
    ],
)
def test_yes_or_no(target: str, unit: str | None, yes_no: bool) -> None:
    assert is_yes_no(_row(target=target, unit=unit), PROFILE) is yes_no


def test_a_single_case_has_nothing_between() -> None:
    row = _row(target="100", unit="%")
    assert is_single_case(row, read_sentence("发生安全事故不得分"), PROFILE)
    assert not is_single_case(row, read_sentence("未完成不得分"), PROFILE)


def test_full_line_only_in_percent() -> None:
    assert full_line_percent(_row(criterion="达到90%得满分")) == 90
    assert full_line_percent(_row(criterion="完成50家以上得满分")) is None
    assert full_line_percent(_row()) is None


@pytest.mark.parametrize(
    ("unit", "criterion", "size"),
    [
        ("家", "每少1家扣1分", "1"),
        ("家", "每少1个扣1分", "1"),
        ("%", "每低1个百分点扣1分", "1"),
        ("万亩", "每少100亩扣1分", "0.01"),
        ("年", "每超过1个月扣1分", "0.08333333333333333333333333333"),
        ("家", "每超过1天扣1分", None),
        (None, "每少1家扣1分", None),
    ],
)
def test_step_in_the_unit_of_the_target(unit: str | None, criterion: str, size: str | None) -> None:
    row = _row(target="100", unit=unit, criterion=criterion)
    assert row.sentence is not None
    assert in_unit_of(row, row.sentence.steps[0]) == (Decimal(size) if size else None)


@pytest.mark.parametrize(
    ("text", "grades"),
    [
        ("达成得3分，部分达成得2分，未达成不得分", 3),
        ("分优、良、中、差四档", 4),
        ("显著计6分，一般计3分，较差不计分", 3),
        ("做好优化工作，不得出现偏差", 0),
        ("未达成不得分", 1),
    ],
)
def test_grades_that_a_text_names(text: str, grades: int) -> None:
    assert named_grades(text, PROFILE) == grades


def test_three_grades_by_points() -> None:
    assert has_three_grades(read_sentence("≥90%得10分，80%–90%得8分，低于80%不得分"), PROFILE)
    assert not has_three_grades(read_sentence("完成得10分，未完成不得分"), PROFILE)


@pytest.mark.parametrize(
    ("number", "text"), [("12", "12"), ("0.050", "0.05"), ("33.3333", "33.33"), ("120", "120")]
)
def test_figures_as_people_write_them(number: str, text: str) -> None:
    assert figure(Decimal(number)) == text
