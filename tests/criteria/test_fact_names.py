"""What facts are called."""

import pytest

from hengliang.criteria.fact_names import fact_name, facts_said
from hengliang.criteria.variable import Kind


@pytest.mark.parametrize("kind", Kind)
def test_a_fact_that_goes_by_its_kind_has_a_chinese_name(kind: Kind) -> None:
    assert not fact_name(kind.value).say("zh_Hans").isascii()


def test_a_fact_keeps_the_name_that_its_sentence_has_for_it() -> None:
    assert fact_name("通过验收").say("en") == fact_name("通过验收").say("zh_Hans") == "通过验收"


def test_facts_stand_in_one_line() -> None:
    facts = {"delay": "1", "通过验收": "是"}
    assert facts_said(facts, "zh_Hans") == "延迟时间：1；通过验收：是"
    assert facts_said(facts, "en") == "delay: 1; 通过验收: 是"
