"""Which metrics are proposed for an indicator, and why."""

import pytest

from hengliang.form.model import Indicator
from hengliang.measure.catalogue import all_ledgers
from hengliang.measure.propose import Confidence, Proposer

PROPOSER = Proposer(all_ledgers())


def indicator(
    name: str, unit: str | None, level2: str = "数量指标", explanation: str | None = None
) -> Indicator:
    return Indicator(name=name, unit=unit, level2=level2, explanation=explanation)


@pytest.mark.parametrize(
    ("asked", "metric"),
    [
        (indicator("界桩定位核查合格率", "%", "质量指标"), "M04"),
        (indicator("重点地段城市设计完成率", "%"), "M20"),
        (indicator("国土变更调查图斑通过率", "%", "质量指标"), "M22"),
        (indicator("绿色矿山核查数量", "家"), "M01"),
        (indicator("公众满意度", "%", "服务对象满意度指标"), "satisfied_share"),
    ],
)
def test_the_likeliest_stands_first(asked: Indicator, metric: str) -> None:
    assert PROPOSER.of(asked)[0].metric.id == metric


def test_reasons_are_told() -> None:
    first = PROPOSER.of(indicator("界桩定位核查合格率", "%", "质量指标"))[0]
    said = [str(reason) for reason in first.reasons]
    assert said[0].startswith("words in common: 界桩定位核查")
    assert said[1:] == ["the same unit: %", "it suits 质量指标", "the first metric of its ledger"]
    assert first.confidence is Confidence.HIGH


def test_another_unit_is_never_proposed() -> None:
    assert all(each.metric.unit != "%" for each in PROPOSER.of(indicator("界桩定位核查", "万元"), most=50))


def test_nothing_like_it_gets_nothing() -> None:
    assert PROPOSER.of(indicator("幼儿园新增学位", "个")) == []


def test_it_goes_down() -> None:
    found = PROPOSER.of(indicator("绿色矿山核查", None), most=20)
    assert [each.likeness for each in found] == sorted((each.likeness for each in found), reverse=True)
