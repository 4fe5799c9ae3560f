"""Lights: what was reached against what is due by a month, worked out by hand."""

from fractions import Fraction

import pytest

from hengliang.base.profile import load_profile
from hengliang.form.model import Indicator
from hengliang.score import phased
from hengliang.web.evaluation.lights import light_of

ADDED, RATE = phased.due(phased.even(), adding=True), phased.due(phased.even(), adding=False)


@pytest.mark.parametrize(
    ("operator", "target", "unit", "value", "due", "light"),
    [
        ("≥", "60", "家", "30", ADDED, "green"),
        ("≥", "60", "家", "36", ADDED, "blue"),
        ("≥", "60", "家", "17", ADDED, "red"),
        ("≥", "95", "%", "50%", RATE, "red"),
        ("≥", "95", "%", "70%", RATE, "yellow"),
        ("≥", "95", "%", "95%", RATE, "green"),
        ("≥", "95", "%", "0%", phased.due(phased.milestone(12), adding=False), "green"),
        ("≥", "60", "家", "0", phased.milestone(12), "green"),
        ("≤", "5", "%", "4%", RATE, "green"),
        ("≤", "5", "%", "6%", RATE, "red"),
        ("=", "0", "起", "0", ADDED, "green"),
        ("=", "0", "起", "3", ADDED, "red"),
        ("=", "100", "%", "100%", RATE, "green"),
        ("≥", "-5", "%", "-3%", RATE, "green"),
        ("≥", "-5", "%", "-8%", RATE, "red"),
        ("≥", "95", "%", "", RATE, "open"),
        ("≥", "95", "%", "很多", RATE, "open"),
    ],
)
def test_in_june(operator: str, target: str, unit: str, value: str, due: phased.Shares, light: str) -> None:
    indicator = Indicator.model_validate(
        {"name": "指标", "operator": operator, "target": target, "unit": unit}
    )
    assert light_of(indicator, value, 6, load_profile("national-2021"), due).light == light


def test_the_share_is_said_exactly() -> None:
    indicator = Indicator.model_validate({"name": "指标", "operator": "≥", "target": "0.01", "unit": "家"})
    lit = light_of(indicator, "30000", 6, load_profile("national-2021"), ADDED)
    assert lit.share == Fraction(600_000_000)
    assert "600000000 %" in lit.reason.say("en")
