"""Which facts follow from the actual cell, and which have a cell of their own."""

from decimal import Decimal
from fractions import Fraction

import pytest

from hengliang.base.profile import load_profile
from hengliang.form.actual import Actual
from hengliang.form.model import Indicator
from hengliang.report.answers import actual_value, linked
from hengliang.score.policy import policy_of
from hengliang.score.row import Scorer
from hengliang.score.sheet import RowScore
from tests.report.scored import row

PROFILE = load_profile("national-2015")


def scored(indicator: Indicator, actual: Actual | None) -> RowScore:
    return Scorer(PROFILE, policy_of(PROFILE), 2023).score(0, indicator, actual)


@pytest.mark.parametrize(
    ("unit", "text", "number", "is_rate"),
    [
        ("家", "57", "57", False),
        ("家", "57家", "57", False),
        ("%", "95", "95", True),
        ("%", "95.50%", "95.50", True),
        ("万元", "1.2亿元", None, False),
        ("家", "≥57", None, False),
        ("家", "基本完成", None, False),
    ],
)
def test_what_stands_in_the_actual_cell(unit: str, text: str, number: str | None, is_rate: bool) -> None:
    value = actual_value(scored(row("核查数量", "≥", "60", unit, "3", None), Actual(text)))
    assert value.number == (Decimal(number) if number is not None else None)
    assert value.is_rate is is_rate
    assert value.text == text


@pytest.mark.parametrize(
    ("indicator", "actual", "factor"),
    [
        (row("核查数量", "≥", "60", "家", "3", "每少1家扣0.05分"), Actual("57"), Fraction(1)),
        (row("合格率", "≥", "95", "%", "3", "每降低1个百分点扣0.5分"), Actual("94%"), Fraction(100)),
        (
            row("核查数量", "≥", "60", "家", "3", "完成率100%得3分，每降低1个百分点扣0.1分"),
            Actual("57"),
            Fraction(100, 60),
        ),
    ],
)
def test_facts_that_follow_from_the_actual(indicator: Indicator, actual: Actual, factor: Fraction) -> None:
    found = scored(indicator, actual)
    assert found.tree is not None
    links = linked(found.tree, found, actual_value(found), "E9")
    asked = links[found.tree.variables[0]]
    assert asked.cell == "E9"
    assert asked.factor == factor
    assert asked.known * factor == found.facts[found.tree.variables[0]]


def test_a_fact_that_was_stated_apart_is_not_linked() -> None:
    found = scored(
        row("安全生产", "定性", "无事故", None, "3", "每发生1起事故扣1分"), Actual("2", facts={"事故": "2"})
    )
    assert found.tree is not None
    assert linked(found.tree, found, actual_value(found), "E9") == {}


def test_yes_and_no_in_the_actual_cell_are_offered() -> None:
    found = scored(row("方案编制", "定性", "完成", None, "3", "编制方案的得3分，否则不得分"), Actual("是"))
    assert found.tree is not None
    assert actual_value(found).words == ("是", "否")
    assert linked(found.tree, found, actual_value(found), "E9")[found.tree.variables[0]].cell == "E9"
