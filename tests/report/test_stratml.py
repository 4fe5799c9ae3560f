"""StratML Part 2: element order, types and identifiers as the published schemas ask."""

from decimal import Decimal

import pytest
from lxml import etree

from hengliang import api
from hengliang.form.actual import Actual
from hengliang.form.model import Codes, Form, Indicator, Kind, Purpose
from hengliang.report.stratml import NAMESPACE, published, to_bytes
from hengliang.score.sheet import ScoreSheet

N = {"s": NAMESPACE}


def _sheet(reported: bool = False) -> ScoreSheet:
    form = Form(
        kind=Kind.DEPARTMENT,
        purpose=Purpose.DECLARATION,
        organisation="某局",
        fiscal_year=2023,
        duties=("负责甲。", "负责乙。"),
        goals=("推进资源保护。保护耕地。",),
        indicators=(
            Indicator(
                level1="产出指标", level2="数量指标", name="核查矿山", operator="≥", target="60", unit="家",
                criterion="每少1家扣0.05分", points=Decimal(3),
            ),
            Indicator(
                level1="效益指标", level2="社会效益指标", name="秩序", operator="定性", target="有效推进",
                points=Decimal(2),
            ),
        ),
    )  # fmt: skip
    given = {0: Actual("57家"), 1: Actual("达成")} if reported else None
    return api.score(form, given)


def test_a_plan_and_a_report() -> None:
    plan = etree.fromstring(to_bytes(_sheet()))
    report = etree.fromstring(
        published(to_bytes(_sheet(reported=True)), "2024-03-01", "https://example.org/1")
    )
    assert plan.get("Type") == "Performance_Plan"
    assert report.get("Type") == "Performance_Report"
    assert plan.find(".//s:ActualResult", N) is None
    actual = report.findall(".//s:ActualResult", N)
    assert actual[0].findtext("s:NumberOfUnits", namespaces=N) == "57"
    assert actual[0].findtext("s:Description", namespaces=N) == "score=2.85"
    target = report.findall(".//s:TargetResult", N)
    assert target[0].findtext("s:Description", namespaces=N) == "operator=ge; points=3"
    assert target[1].findtext("s:Descriptor/s:DescriptorValue", namespaces=N) == "有效推进"
    assert [
        (etree.QName(one).localname, one.text) for one in report.find("s:AdministrativeInformation", N)
    ] == [
        ("StartDate", "2023-01-01"),
        ("EndDate", "2023-12-31"),
        ("PublicationDate", "2024-03-01"),
        ("Source", "https://example.org/1"),
    ]


def test_what_the_schema_insists_on() -> None:
    root = etree.fromstring(to_bytes(_sheet(reported=True)))
    identifiers = [one.text for one in root.iter(f"{{{NAMESPACE}}}Identifier")]
    assert len(set(identifiers)) == len(identifiers)
    assert all(one and not one[0].isdigit() for one in identifiers)
    assert root.find(".//s:Place", N) is None
    for indicator in root.iter(f"{{{NAMESPACE}}}PerformanceIndicator"):
        names = [etree.QName(child).localname for child in indicator]
        order = [
            "SequenceIndicator", "MeasurementDimension", "UnitOfMeasurement", "Identifier",
            "MeasurementInstance", "OtherInformation",
        ]  # fmt: skip
        assert names == [name for name in order if name in names]
        assert {"MeasurementDimension", "UnitOfMeasurement"} <= set(names)
    for goal in root.iter(f"{{{NAMESPACE}}}Goal"):
        assert goal.findtext("s:Description", namespaces=N)


_VALUES = [
    (Indicator(name="a", target="60家", unit="家"), Actual("57 家"), "Quantitative", "家", "60", "57"),
    (Indicator(name="b", target="95", unit=None), Actual("1e2"), "Quantitative", "无单位", "95", None),
    (Indicator(name="c", target="1_000", unit="元"), Actual("-3.50元"), "Qualitative", "元", None, "-3.50"),
    (Indicator(name="d", target="有效", unit=None), Actual("２３"), "Qualitative", "等级", None, None),
]


@pytest.mark.parametrize(("indicator", "actual", "kind", "unit", "target", "reached"), _VALUES)
def test_a_number_is_one_with_or_without_its_unit(
    indicator: Indicator, actual: Actual, kind: str, unit: str, target: str | None, reached: str | None
) -> None:
    form = Form(kind=Kind.PROJECT, purpose=Purpose.DECLARATION, indicators=(indicator,))
    made = etree.fromstring(to_bytes(api.score(form, {0: actual}))).find(".//s:PerformanceIndicator", N)
    assert made is not None
    assert made.get("PerformanceIndicatorType") == kind
    assert made.findtext("s:UnitOfMeasurement", namespaces=N) == unit
    assert made.findtext(".//s:TargetResult/s:NumberOfUnits", namespaces=N) == target
    assert made.findtext(".//s:ActualResult/s:NumberOfUnits", namespaces=N) == reached
    told = made.findtext(".//s:ActualResult/s:Descriptor/s:DescriptorValue", namespaces=N)
    assert told == (None if reached else actual.text)


def test_what_forms_say_in_their_own_way() -> None:
    form = Form(
        kind=Kind.DEPARTMENT,
        purpose=Purpose.DECLARATION,
        fiscal_year=2023,
        codes=Codes(region="430400000", department="305 甲/乙"),
        indicators=(
            Indicator(level1="产出", name="甲\ufffe\x00\ud800", explanation="一\n二", criterion="三\n四"),
            Indicator(level1="社会效益", name="乙"),
            Indicator(level1="过程", name="丙"),
        ),
    )
    root = etree.fromstring(to_bytes(api.score(form, {0: Actual(None, {"甲": "3", "乙": "4"})})))
    assert root.findtext(".//s:Organization/s:Identifier", namespaces=N) == "_430400000305_甲_乙"
    made = root.findall(".//s:PerformanceIndicator", N)
    assert [one.get("ValueChainStage") for one in made] == ["Output", "Outcome", None]
    assert made[0].findtext("s:MeasurementDimension", namespaces=N) == "甲"
    assert made[0].findtext("s:OtherInformation", namespaces=N) == "一 二\n三 四"
    assert root.get("Type") == "Performance_Report"
    assert made[0].findtext(".//s:ActualResult//s:DescriptorValue", namespaces=N) == "甲：3；乙：4"
    assert made[0].findtext(".//s:ActualResult/s:EndDate", namespaces=N) == "2023-12-31"
