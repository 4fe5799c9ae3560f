"""A published score differs only where nothing that is allowed gives it."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.base.profile import load_profile
from hengliang.form.actual import Actual
from hengliang.form.model import Form, Indicator, Money, MoneyRow, Purpose, Totals
from hengliang.score.audit import Finding, Verdict, audit_row
from hengliang.score.audit_sums import audit
from hengliang.score.policy import policy_of
from hengliang.score.run import score
from tests.factories import form, indicator

PROFILE = load_profile("national-2015")
POLICY = policy_of(PROFILE)


def row(printed: str | None, **fields: Any) -> Indicator:
    """100 个 with 10 points, `printed` of them."""
    plain: dict[str, Any] = {"target": "100", "unit": "个", "points": "10", "operator": "≥", "score": printed}
    return indicator("检查次数", **plain | fields)


def found(one: Indicator) -> Finding:
    return audit_row(0, one, 2023, PROFILE, POLICY)


AGREES, DIFFERS, UNDECIDED = Verdict.AGREES, Verdict.DIFFERS, Verdict.UNDECIDED


@pytest.mark.parametrize(
    ("one", "verdict"),
    [
        (row("10", actual="100"), AGREES),
        (row("10", actual="110个"), AGREES),
        (row("9", actual="90"), AGREES),  # in proportion
        (row("7.5", actual="90"), AGREES),  # with a pass line of 60 %
        (row("0", actual="90"), AGREES),  # all or nothing
        (row("9.3", actual="93.4"), AGREES),  # rounded to 0.1
        (row("9", actual="93.4"), AGREES),  # rounded to a whole point
        (row("9", actual="98"), DIFFERS),  # cut down, not rounded
        (row("10", actual="97"), DIFFERS),  # rounding makes no full marks
        (row("8.4", actual="90"), DIFFERS),
        (row("8", actual="90"), UNDECIDED),  # a pass line and rounding to a whole point together
        (row("9", actual="100"), DIFFERS),
        (row("9", actual="150"), UNDECIDED),  # far above: a deduction is allowed
        (row("9", actual="100", reason="资料归档不及时"), UNDECIDED),
        (row("9", actual="100", reason="无"), DIFFERS),
        (row("11", actual="100"), DIFFERS),
        (row("-1", actual="100"), DIFFERS),
        (row(None, actual="100"), UNDECIDED),
        (row("10"), UNDECIDED),
        (row("10", actual="100", points=None), UNDECIDED),
        (row("10", actual="完成"), UNDECIDED),
        (row("10", actual="不适用"), UNDECIDED),
        (row("10", actual="100", target=None), UNDECIDED),
        (row("10", actual="100", operator=">"), AGREES),
        (row("0", actual="100", operator=">"), AGREES),
    ],
)
def test_more_is_better(one: Indicator, verdict: Verdict) -> None:
    assert found(one).verdict is verdict


@pytest.mark.parametrize(
    ("printed", "actual", "verdict"),
    [
        ("10", "100", AGREES),
        ("8", "120", AGREES),  # linear to the double
        ("8.33", "120", AGREES),  # inverse
        ("0", "120", AGREES),
        ("10", "120", DIFFERS),
        ("9.5", "120", DIFFERS),
        ("9", "80", DIFFERS),
    ],
)
def test_less_is_better(printed: str, actual: str, verdict: Verdict) -> None:
    assert found(row(printed, actual=actual, operator="≤")).verdict is verdict


def test_a_cost_without_a_sign_can_be_meant_either_way() -> None:
    spent: dict[str, Any] = {"operator": None, "level2": "成本指标", "unit": "万元"}
    assert found(row("10", actual="80", **spent)).verdict is AGREES
    assert found(row("8", actual="80", **spent)).verdict is UNDECIDED
    assert found(row("6.5", actual="80", **spent)).verdict is DIFFERS


@pytest.mark.parametrize(
    ("printed", "actual", "verdict"),
    [
        ("10", "有序推进", AGREES),
        ("8", "达成预期指标", AGREES),
        ("7", "达成预期指标", DIFFERS),
        ("7", "部分完成", AGREES),
        ("5", "部分完成", AGREES),  # the bands of Hubei
        ("8", "部分完成", UNDECIDED),  # the edge itself
        ("9", "部分完成", DIFFERS),
        ("9", "未达成", DIFFERS),
        ("9", "开展了两轮工作", UNDECIDED),
    ],
)
def test_words_have_bands(printed: str, actual: str, verdict: Verdict) -> None:
    one = row(printed, actual=actual, operator="定性", target="有序推进", unit=None)
    assert found(one).verdict is verdict


def test_satisfaction_has_bands_too() -> None:
    one: dict[str, Any] = {"level1": "满意度指标", "target": "95", "unit": "%"}
    assert found(row("10", actual="91%", **one)).verdict is AGREES
    assert found(row("8", actual="85%", **one)).verdict is AGREES
    assert found(row("9.9", actual="85%", **one)).verdict is DIFFERS


@pytest.mark.parametrize(
    ("printed", "actual", "verdict"),
    [
        ("10", "2023年11月30日", AGREES),
        ("9", "2023年11月30日", DIFFERS),
        ("10", "2023年12月31日", DIFFERS),
        ("8", "2023年12月31日", UNDECIDED),
        ("8", "已完成", UNDECIDED),
    ],
)
def test_days_are_held_against_days(printed: str, actual: str, verdict: Verdict) -> None:
    one = row(printed, actual=actual, operator="≤", target="2023年11月30日", unit=None)
    assert found(one).verdict is verdict


@pytest.mark.parametrize(
    ("criterion", "printed", "actual", "verdict"),
    [
        ("每少1个扣0.5分，扣完为止", "8.5", "97", AGREES),
        ("每少1个扣0.5分，扣完为止", "9", "97", AGREES),  # rounded to a whole point
        ("每少1个扣0.5分，扣完为止", "9.2", "97", DIFFERS),
        ("每少10个扣1分，扣完为止", "9", "85", AGREES),  # whole steps
        ("每少10个扣1分，扣完为止", "8", "85", AGREES),  # steps begun
        ("每少10个扣1分，扣完为止", "8.5", "85", AGREES),  # in proportion
        ("每少10个扣1分，扣完为止", "7", "85", DIFFERS),
        ("视完成情况酌情扣分", "7", "85", UNDECIDED),
        ("按照完成质量综合评定", "7", "85", UNDECIDED),
    ],
)
def test_a_printed_sentence_decides_with_every_convention_it_leaves_open(
    criterion: str, printed: str, actual: str, verdict: Verdict
) -> None:
    assert found(row(printed, actual=actual, criterion=criterion)).verdict is verdict


def test_what_differs_comes_with_the_arithmetic() -> None:
    finding = found(row("8.4", actual="90"))
    assert finding.reason.say("en") == "printed 8.4; in proportion to the target: 9.00"
    assert [one.method for one in finding.candidates] == ["X1", "G2", "X12"]
    assert finding.candidates[0].steps


@given(st.decimals(0, 150, places=1), st.sampled_from(["≥", "≤"]), st.booleans())
def test_a_score_that_the_scorer_gives_always_agrees(actual: Decimal, operator: str, sentence: bool) -> None:
    one = indicator(
        "检查", operator=operator, target="100", unit="个", points="10",
        criterion="每超过1个扣0.2分" if sentence and operator == "≤" else None,
    )  # fmt: skip
    sheet = score(form(one), {0: Actual(f"{actual}")}, PROFILE)
    printed = one.model_copy(update={"actual": f"{actual}", "score": sheet.rows[0].low})
    assert found(printed).verdict is AGREES


def whole(**fields: Any) -> Form:
    """A self-evaluation with two rows of 45 points and 10 for the execution."""
    rows = tuple(row("45", actual="100", points="45") for _ in range(2))
    return form(*rows, purpose=Purpose.SELF_EVALUATION, **fields)


def money(**fields: Any) -> Money:
    plain: dict[str, Any] = {
        "name": "年度资金总额",
        "budget": "100",
        "executed": "80",
        "points": "10",
        "score": "8",
    }
    return Money(rows=(MoneyRow(**plain | fields),))


def verdicts(one: Form) -> dict[str, Verdict]:
    return {each.figure: each.finding.verdict for each in audit(one, PROFILE).sums}


@pytest.mark.parametrize(
    ("fields", "verdict"),
    [
        ({}, AGREES),
        ({"score": "7"}, AGREES),  # in bands
        ({"score": "9"}, DIFFERS),
        ({"score": "11"}, DIFFERS),
        ({"executed": "120", "score": "10"}, AGREES),
        ({"executed": "120", "score": "6"}, UNDECIDED),
        ({"budget": "0", "executed": "0", "score": "0"}, UNDECIDED),
        ({"initial": "160", "score": "5"}, AGREES),
        ({"budget": None, "executed": None, "rate": "80"}, AGREES),
        ({"points": None}, UNDECIDED),
    ],
)
def test_the_execution_of_the_budget(fields: dict[str, Any], verdict: Verdict) -> None:
    assert verdicts(whole(money=money(**fields)))["execution"] is verdict


def test_rates_are_held_against_their_amounts() -> None:
    assert verdicts(whole(money=money(rate="80.0")))["rate"] is AGREES
    assert verdicts(whole(money=money(rate="100")))["rate"] is DIFFERS


@pytest.mark.parametrize(
    ("totals", "expected"),
    [
        (Totals(points=Decimal(100), score=Decimal(98), grade="优"), [AGREES, AGREES, AGREES]),
        (Totals(points=Decimal(90), score=Decimal(90)), [AGREES, AGREES]),
        (Totals(points=Decimal(95), score=Decimal(97), grade="良"), [DIFFERS, DIFFERS, DIFFERS]),
        (Totals(score=Decimal(98), grade="甲"), [AGREES, UNDECIDED]),
    ],
)
def test_sums_and_grade(totals: Totals, expected: list[Verdict]) -> None:
    found = verdicts(whole(money=money(), totals=totals))
    assert [found[figure] for figure in ("points", "score", "grade") if figure in found] == expected


def test_a_declaration_has_nothing_to_recompute() -> None:
    assert not audit(form(), PROFILE).has_scores
    assert audit(whole(), PROFILE).has_scores
