"""Bands, quarters, lateness and the laying of indicators side by side, as plain functions."""

from datetime import date
from decimal import Decimal
from statistics import quantiles

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.base.profile import load_profile
from hengliang.review.catalogue import FAMILIES as LETTERS
from hengliang.web.declarations.models import Declaration
from hengliang.web.insight.bands import SCORES, SIZES, band_of
from hengliang.web.insight.compare import aligned
from hengliang.web.insight.models import Line, Noted
from hengliang.web.insight.scores import fifths
from hengliang.web.insight.stages import DEADLINES, FAMILIES, STEP_OF, STEPS, late_with
from hengliang.web.workflow.states import State

_NUMBERS = st.decimals(0, 100, places=2)


@given(_NUMBERS)
def test_each_value_lies_in_one_band(value: Decimal) -> None:
    for bands in (SCORES, SIZES):
        assert [band for band in bands if band.holds(value)] == [band_of(bands, value)]


@given(st.lists(_NUMBERS, min_size=2, max_size=40))
def test_quarters_are_those_of_the_textbook(numbers: list[Decimal]) -> None:
    five = fifths(sorted(numbers))
    assert (five[0], five[-1]) == (min(numbers), max(numbers))
    assert list(five[1:4]) == pytest.approx(quantiles(numbers, n=4, method="inclusive"))


def test_one_number_is_all_its_quarters() -> None:
    assert fifths([Decimal(3)]) == (3,) * 5


def test_each_state_stands_in_one_step_and_each_family_has_words() -> None:
    assert set(STEP_OF) == set(State)
    assert sum(len(step.states) for step in STEPS) == len(State)
    assert list(FAMILIES) == list(LETTERS)


@pytest.mark.parametrize(
    ("state", "has_stage", "late"),
    [
        (State.DRAFT, False, ("declare",)),
        (State.SUBMITTED, False, ("review",)),
        (State.APPROVED, False, ("monitor", "self")),
        (State.APPROVED, True, ("self",)),
        (State.SELF_EVALUATED, True, ()),
    ],
)
def test_what_is_late(state: State, has_stage: bool, late: tuple[str, ...]) -> None:
    day = date(2023, 5, 1)
    by: dict[str, date | None] = {one.field: day for one in DEADLINES}
    assert late_with(state, has_stage, by, date(2023, 5, 2)) == late
    assert late_with(state, has_stage, by, day) == ()
    assert late_with(state, has_stage, dict.fromkeys(by), date(2024, 1, 1)) == ()


def test_indicators_that_mean_the_same_stand_in_one_row() -> None:
    forms = [Noted(declaration=Declaration(pk=pk)) for pk in (1, 2, 3)]
    names = (
        (0, "output", "道路养护里程"),
        (0, "output", "校舍维修面积"),
        (1, "output", "道路养护里程"),
        (1, "benefit", "校舍维修面积"),
        (2, "output", "道路养护总里程"),
    )
    lines = [
        Line(noted=forms[at], number=number, level1=level, name=name)
        for number, (at, level, name) in enumerate(names)
    ]
    groups = aligned(lines, load_profile("national-2015"))
    found = [{form: line.name for form, line in group.items()} for group in groups]
    assert found == [
        {1: "道路养护里程", 2: "道路养护里程", 3: "道路养护总里程"},
        {1: "校舍维修面积"},
        {2: "校舍维修面积"},
    ]
