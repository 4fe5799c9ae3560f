"""The duties, and which rules check them."""

from hengliang.base.finding import Severity
from hengliang.review.obligations import duties, obligations, unwritten
from hengliang.review.rule import Rule


def rule(code: str, *basis: str) -> Rule:
    return Rule(code, "some-fault", "某问题", "some fault", Severity.ERROR, basis, ("goals",))


def test_duties_know_their_rules() -> None:
    table = obligations([rule("X02", "88:第28条"), rule("X01", "88:第28条", "10:等级")])
    by_id = {one.duty.id: one.rules for one in table}
    assert by_id["88:第28条"] == ("X02", "X01")
    assert by_id["10:等级"] == ("X01",)
    assert by_id["88:第25条"] == ()
    assert list(by_id) == list(duties())


def test_a_duty_tells_its_document_and_source() -> None:
    duty = duties()["88:第28条"]
    assert duty.document.zh.startswith("财预〔2015〕88号")
    assert duty.confirmed
    assert duty.source
    assert duties()["88:资金匹配性"].source is None


def test_unwritten_rules_have_reasons_in_both_languages() -> None:
    assert {one.code for one in unwritten()} == {"P02", "P03", "P04", "P08", "P09", "P10"}
    assert all(one.reason.zh and one.reason.en and one.name.zh for one in unwritten())
