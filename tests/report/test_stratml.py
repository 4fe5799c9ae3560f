"""StratML Part 2: element order, types and identifiers as the published schemas ask."""

from decimal import Decimal

from lxml import etree

from hengliang import api
from hengliang.form.actual import Actual
from hengliang.form.model import Form, Indicator, Kind, Purpose
from hengliang.report.stratml import NAMESPACE, to_bytes
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
    report = etree.fromstring(to_bytes(_sheet(reported=True), "2024-03-01", "https://example.org/1"))
    assert plan.get("Type") == "Performance_Plan"
    assert report.get("Type") == "Performance_Report"
    assert plan.find(".//s:ActualResult", N) is None
    actual = report.findall(".//s:ActualResult", N)
    assert actual[0].findtext("s:NumberOfUnits", namespaces=N) == "57"
    assert actual[0].findtext("s:Description", namespaces=N) == "score=2.85"
    target = report.findall(".//s:TargetResult", N)
    assert target[0].findtext("s:Description", namespaces=N) == "operator=ge; points=3"
    assert target[1].findtext("s:Descriptor/s:DescriptorValue", namespaces=N) == "有效推进"
    assert report.findtext("s:AdministrativeInformation/s:PublicationDate", namespaces=N) == "2024-03-01"


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
