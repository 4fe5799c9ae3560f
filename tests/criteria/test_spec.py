"""Every row of the spec suite."""

from decimal import Decimal

import pytest

from hengliang.base.profile import load_profile
from hengliang.criteria.read import read_criterion
from tests.criteria.spec import Case, cases

PROFILE = load_profile("national-2015")


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case.page}-{case.sentence}-{case.given}")
def test_row(case: Case) -> None:
    reading = read_criterion(
        case.sentence,
        Decimal(case.points),
        case.operator or None,
        case.target or None,
        case.unit or None,
        PROFILE,
    )
    score = reading.score_at(case.given)
    if case.score == "unread":
        assert score is None
        assert reading.unread
        return
    assert score is not None, reading.unread
    low, _, high = case.score.partition(" to ")
    assert (score.low, score.high) == (Decimal(low), Decimal(high or low))
    if score.outcome is not None:
        assert reading.steps_at(case.given)
