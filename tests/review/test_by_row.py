"""What is said of rows by themselves is remembered, and is what would be said anew."""

from decimal import Decimal

from hypothesis import HealthCheck, given, settings

from hengliang.base.finding import NotApplicable
from hengliang.base.profile import load_profile
from hengliang.form.model import Form
from hengliang.review.by_row import ByRow
from hengliang.review.catalogue import all_rules, rule_by_code
from hengliang.review.row import Row, rows_of
from hengliang.review.rule import Context
from tests.factories import form, indicator
from tests.form.strategies import any_forms

PROFILE = load_profile("national-2015")
CODES = [rule.code for rule in all_rules()]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(any_forms())
def test_remembered_rows_say_what_new_rows_say(form: Form) -> None:
    anew = ByRow([Row(index, row) for index, row in enumerate(form.indicators)], PROFILE)
    for _ in range(3):
        remembered = ByRow(rows_of(form.indicators), PROFILE)
        for code in CODES:
            assert remembered.outcomes(code) == anew.outcomes(code)


def test_equal_cells_at_one_place_are_one_row() -> None:
    row = indicator("两次所见的指标数量")
    seen_once, seen_twice, seen_again = (rows_of((row,)) for _ in range(3))
    assert seen_once != seen_twice == seen_again
    assert rows_of((row, row))[1] is not seen_again[0]
    assert rows_of((row.model_copy(update={"explanation": "核查的矿山数"}),)) != seen_again


def test_points_printed_otherwise_are_another_row() -> None:
    (one,), (other,) = [rows_of((indicator(points=points),)) for points in ("3", "3.0") * 3][-2:]
    assert (str(one.points), str(other.points)) == ("3", "3.0")
    assert one.points == other.points == Decimal(3)


def test_rows_with_long_texts_are_not_kept() -> None:
    long = indicator(explanation="反映核查的进展" * 1000)
    assert len({rows_of((long,)) for _ in range(3)}) == 3


def test_another_profile_is_asked_for_itself() -> None:
    rule = rule_by_code()["S12"]
    row = indicator(criterion="每少1家扣1分")
    national, hunan = (
        list(rule.run(Context(form(row), load_profile(name)))) for name in ("national-2015", "hunan")
    )
    assert isinstance(national[0], NotApplicable)
    assert not isinstance(hunan[0], NotApplicable)


def test_form_without_a_row_of_the_kind() -> None:
    (outcome,) = rule_by_code()["V17"].run(Context(form(), PROFILE))
    assert isinstance(outcome, NotApplicable)
