"""The rules on money, history, reports and procedure bear any form with any past."""

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hengliang.base.finding import Finding, NotApplicable, Undecidable
from hengliang.base.profile import load_profile
from hengliang.form.model import OPERATORS, Form, Indicator, Purpose
from hengliang.review.catalogue import all_rules
from hengliang.review.rule import Context, Rule
from tests.form.strategies import any_forms

PROFILE = load_profile("national-2015")
RULES = [rule for rule in all_rules() if rule.code[0] in "MHRP"]
FIGURES = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15)


def _number_rows() -> st.SearchStrategy[Indicator]:
    text = (
        st.none()
        | FIGURES.map(lambda number: f"{number:f}")
        | st.sampled_from(["达成", "未完成", "12月底", "≥90%", "/"])
    )
    return st.builds(
        Indicator,
        name=st.sampled_from(["绿色矿山核查数量", "公用经费控制率", "预算执行率", "案件结案率"]),
        level2=st.sampled_from([None, "数量指标", "时效指标", "成本指标"]),
        operator=st.none() | st.sampled_from(OPERATORS),
        unit=st.sampled_from([None, "家", "%", "万元", "元/亩", "年"]),
        points=st.none() | FIGURES,
        score=st.none() | FIGURES,
        target=text,
        actual=text,
        forecast=text,
    )


def _year(year: int, form: Form, rows: Sequence[Indicator], purpose: Purpose) -> Form:
    return form.model_copy(update={"fiscal_year": year, "indicators": tuple(rows), "purpose": purpose})


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    form=any_forms(),
    purpose=st.sampled_from(Purpose),
    rows=st.lists(_number_rows(), max_size=4),
    before=st.lists(_number_rows(), max_size=4),
)
def test_any_form_with_any_past_is_borne(
    form: Form, purpose: Purpose, rows: list[Indicator], before: list[Indicator]
) -> None:
    previous = (
        _year(2023, form, before, Purpose.DECLARATION),
        _year(2022, form, before, Purpose.SELF_EVALUATION),
        _year(2021, form, rows, Purpose.SELF_EVALUATION),
    )
    context = Context(_year(2023, form, rows, purpose), PROFILE, previous=previous)
    for rule in RULES:
        outcomes = list(rule.run(context))
        assert list(rule.run(context)) == outcomes
        for outcome in outcomes:
            assert outcome.code == rule.code
            if isinstance(outcome, Finding):
                assert outcome.spots
                assert outcome.message.say("zh_Hans")
                assert outcome.fix is None or rule.fix != "none"
            elif isinstance(outcome, Undecidable):
                assert outcome.reason.say("zh_Hans")
            else:
                assert isinstance(outcome, NotApplicable)
                assert len(outcomes) == 1, f"{rule.code} does not apply and says more"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_an_empty_declaration_is_not_objected_to(rule: Rule) -> None:
    form = Form.model_validate({"kind": "department", "purpose": "declaration"})
    assert not [outcome for outcome in rule.run(Context(form, PROFILE)) if isinstance(outcome, Finding)]
