"""The money block: its total, its lines, what it comes to."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.base.profile import load_profile
from hengliang.form.model import Form
from hengliang.review.funds import (
    Funds,
    funds_of,
    one_quantity,
    planned_in_yuan,
    split_sums,
    tolerance_in,
    yuan,
)

PROFILE = load_profile("national-2015")


def form(*rows: dict[str, Any], unit: str | None = "万元") -> Form:
    money = {"unit": unit, "rows": list(rows)}
    return Form.model_validate({"kind": "project", "purpose": "self_evaluation", "money": money})


def funds(*rows: dict[str, Any]) -> Funds | None:
    return funds_of(form(*rows), PROFILE)


def test_no_money() -> None:
    assert funds_of(Form.model_validate({"kind": "project", "purpose": "declaration"}), PROFILE) is None
    assert funds() is None


def test_one_line_is_the_total() -> None:
    found = funds({"name": "本年财政拨款", "budget": "10"})
    assert found is not None
    assert (found.total, found.parts, found.planned) == (0, (), Decimal(10))


def test_lines_without_a_total() -> None:
    assert funds({"name": "基本支出", "budget": "10"}, {"name": "项目支出", "budget": "5"}) is None


def test_total_at_the_head_or_at_the_foot() -> None:
    head = funds({"name": "年度资金总额", "budget": "15"}, {"name": "财政拨款", "budget": "15"})
    foot = funds({"name": "财政拨款", "budget": "15"}, {"name": "合计", "budget": "15"})
    assert head is not None and foot is not None
    assert (head.total, head.parts) == (0, (1,))
    assert (foot.total, foot.parts) == (1, (0,))


def test_a_second_total_begins_another_block() -> None:
    found = funds(
        {"name": "资金总额", "budget": "15"},
        {"name": "财政拨款", "budget": "15"},
        {"name": "中期资金总额", "budget": "45"},
        {"name": "其他资金", "budget": "45"},
    )
    assert found is not None
    assert found.parts == (1,)


def test_total_left_at_nothing_is_worked_out() -> None:
    found = funds(
        {"name": "年度资金总额", "budget": "0", "executed": "0", "rate": "0"},
        {"name": "本年财政拨款", "budget": "90", "executed": "89.974"},
        {"name": "其他资金", "budget": "10", "executed": "0"},
    )
    assert found is not None
    assert (found.budget, found.executed) == (Decimal(100), Decimal("89.974"))
    assert found.rate == Decimal("89.974")


def test_lines_that_may_nest_are_not_summed() -> None:
    found = funds(
        {"name": "年度资金总额", "budget": "0"},
        {"name": "财政拨款", "budget": "90"},
        {"name": "中央财政", "budget": "50"},
    )
    assert found is not None
    assert found.budget == 0


def test_rate_is_printed_only_where_amounts_are_missing() -> None:
    amounts = funds({"name": "资金总额", "budget": "200", "executed": "100", "rate": "99"})
    printed = funds({"name": "资金总额", "rate": "99"})
    assert amounts is not None and printed is not None
    assert (amounts.rate, printed.rate) == (Decimal(50), Decimal(99))


@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=4))
def test_splits_add_up(amounts: list[int]) -> None:
    rows = form(
        {"name": "资金总额"},
        *({"name": f"其他资金{index}", "budget": str(amount)} for index, amount in enumerate(amounts)),
    ).money
    assert rows is not None
    sums = split_sums(rows.rows, tuple(range(1, len(rows.rows))), "budget", PROFILE)
    assert sums == {"source": Decimal(sum(amounts))}


def test_yuan() -> None:
    assert yuan(Decimal("2.5"), "万元") == 25000
    assert yuan(Decimal("2.5"), "元") == Decimal("2.5")
    assert yuan(Decimal("2.5"), "家") is None
    assert yuan(None, "元") is None
    assert planned_in_yuan(form({"name": "资金总额", "initial": "3"}), PROFILE) == 30000
    assert planned_in_yuan(form({"name": "资金总额", "initial": "3"}, unit=None), PROFILE) is None


def test_tolerance_is_a_hundred_yuan() -> None:
    assert tolerance_in("万元", PROFILE) == Decimal("0.01")
    assert tolerance_in("元", PROFILE) == 100
    assert tolerance_in("", PROFILE) == Decimal("0.01")


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("核查露天矿山60家", (Decimal(60), "家")),
        ("修复面积1,200.5亩，2023年完成", (Decimal("1200.5"), "亩")),
        ("核查60家，建设100处", None),
        ("全年完成率100%", None),
        ("2023年完成", None),
        (None, None),
    ],
)
def test_one_quantity(text: str | None, quantity: tuple[Decimal, str] | None) -> None:
    assert one_quantity(text) == quantity
