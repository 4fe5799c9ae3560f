"""The same indicators in the years before."""

from decimal import Decimal
from typing import Any

import pytest

from hengliang.form.model import Form
from hengliang.review.past import Past, by_name, same_name, year_name
from hengliang.review.row import Row


def form(year: int | None, *indicators: dict[str, Any], **fields: Any) -> Form:
    data = {
        "kind": "department",
        "purpose": "declaration",
        "fiscal_year": year,
        "indicators": list(indicators),
    }
    return Form.model_validate({**data, **fields})


CHECKS = {"name": "绿色矿山核查数量", "operator": "≥", "target": "60", "unit": "家"}
NOW = form(2023, CHECKS)


def first(form: Form) -> Row:
    return Row(0, form.indicators[0])


@pytest.mark.parametrize(
    "name", ["2022年度绿色矿山核查数量", "★绿色矿山 核查数量", "绿色矿山核查数量：", "绿色矿山核查数量"]
)
def test_years_marks_and_blanks_make_no_difference(name: str) -> None:
    assert same_name(name) == "绿色矿山核查数量"


def test_declaration_and_report_of_one_year_are_one() -> None:
    report = form(2022, {**CHECKS, "actual": "75", "points": "3", "score": "3"}, purpose="self_evaluation")
    declared = form(2022, {**CHECKS, "target": "50"})
    (one,) = Past(NOW, [report, declared]).of(first(NOW))
    assert (one.year, one.target("家"), one.actual("家")) == (2022, Decimal(50), Decimal(75))


def test_years_come_newest_first_and_only_earlier_ones() -> None:
    past = Past(NOW, [form(year, CHECKS) for year in (2024, 2022, 2021)])
    assert [one.year for one in past.of(first(NOW))] == [2022, 2021]
    assert [one.fiscal_year for one in past.forms] == [2022, 2021]


def test_units_are_converted_or_declined() -> None:
    now = form(2023, {"name": "修复面积", "operator": "≥", "target": "30", "unit": "公顷"})
    area = {"name": "修复面积", "operator": "≥", "target": "300", "unit": "亩", "actual": "20公顷"}
    then = form(2022, area, purpose="self_evaluation")
    (one,) = Past(now, [then]).of(first(now))
    assert (one.target("公顷"), one.actual("亩")) == (20, 300)
    assert one.target("家") is None


def test_other_projects_and_kinds_are_no_history() -> None:
    now = form(2023, CHECKS, kind="project", project="绿色矿山")
    others = [form(2022, CHECKS, kind="project", project="污染源普查"), form(2022, CHECKS)]
    assert Past(now, others).of(first(now)) == ()
    assert Past(now, [form(2022, CHECKS, kind="project", project="绿色矿山 ")]).forms


def test_cut_and_repeated_names_match_nothing() -> None:
    cut = form(2023, {**CHECKS, "truncated": ("name",)})
    assert Past(cut, [form(2022, CHECKS)]).of(first(cut)) == ()
    twice = form(2023, CHECKS, CHECKS)
    assert by_name(twice) == {}
    assert Past(twice, [form(2022, CHECKS)]).of(first(twice)) == ()
    assert Past(NOW, [form(2022, CHECKS, CHECKS)]).of(first(NOW)) == ()


def test_the_declaration_of_the_same_year_is_no_history() -> None:
    report = form(2023, {**CHECKS, "actual": "60"}, purpose="self_evaluation")
    past = Past(report, [NOW, form(2022, CHECKS)])
    assert past.declaration is NOW
    assert [one.year for one in past.of(first(report))] == [2022]


def test_forms_without_a_year_keep_their_order() -> None:
    now = form(None, CHECKS)
    past = Past(now, [form(None, {**CHECKS, "target": target}) for target in ("55", "50")])
    assert [one.target("家") for one in past.of(first(now))] == [55, 50]


def test_year_in_both_languages() -> None:
    assert [year_name(2022).say(language) for language in ("en", "zh_Hans")] == ["the year 2022", "2022年"]
    assert year_name(None).say("zh_Hans") == "上年"
