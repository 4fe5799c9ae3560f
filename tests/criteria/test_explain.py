"""The steps of a score name what applied, and what would have decided and did not apply."""

from decimal import Decimal

import pytest

from hengliang.base.profile import load_profile
from hengliang.criteria.read import read_criterion

PROFILE = load_profile("national-2015")


def steps(text: str, given: str, operator: str | None = None, target: str | None = None) -> list[str]:
    reading = read_criterion(text, Decimal(3), operator, target, "个" if target else None, PROFILE)
    return [str(step.text) for step in reading.steps_at(given)]


@pytest.mark.parametrize(
    ("text", "given", "said"),
    [
        ("未完成指标值不计分", "12", "“未完成指标值” does not apply"),
        ("每低于95%0.1个百分点扣0.01分，低于60%不得分", "94", "actual 94%: “<60” does not apply"),
    ],
)
def test_a_gate_that_stayed_open_is_named(text: str, given: str, said: str) -> None:
    assert said in steps(text, given, *(("≥", "12") if given == "12" else ()))


def test_a_gate_that_closed_is_not_said_to_be_open() -> None:
    said = steps("未完成指标值不计分", "11", "≥", "12")
    assert said[0] == "“未完成指标值”: no points"
    assert not any("does not apply" in step for step in said)
