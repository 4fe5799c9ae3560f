"""Every rule says of its drawn cases what they ask, and has both sides drawn."""

import pytest

from hengliang.base.finding import Finding, NotApplicable, Undecidable
from hengliang.review.catalogue import all_rules, rule_by_code
from tests.rules.cases import Case, all_cases

CASES = list(all_cases())
KINDS = {"fails": Finding, "undecidable": Undecidable, "not applicable": NotApplicable}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(case: Case) -> None:
    outcomes = list(rule_by_code()[case.code].run(case.context))
    if case.outcome == "passes":
        assert outcomes == []
        return
    kind = KINDS[case.outcome]
    found = [outcome for outcome in outcomes if isinstance(outcome, kind)]
    assert found, f"{case.code} said {outcomes}"
    if kind is not NotApplicable:
        assert case.paths is not None, "a case that finds something names its paths"
        assert sorted(outcome.spots[0].path for outcome in found) == sorted(case.paths)
    if kind is not Finding:
        assert not [outcome for outcome in outcomes if isinstance(outcome, Finding)]


@pytest.mark.parametrize("code", sorted(rule_by_code()))
def test_rule_has_both_sides(code: str) -> None:
    outcomes = {case.outcome for case in CASES if case.code == code}
    assert {"fails", "passes"} <= outcomes


def test_every_case_belongs_to_a_rule() -> None:
    assert {case.code for case in CASES} <= {rule.code for rule in all_rules()}
