"""Fields by path: read, and written on a copy."""

from decimal import Decimal

import pytest
from hypothesis import given

from hengliang.form.field import NoSuchField, text_at, value_at, with_texts
from hengliang.form.model import Form
from tests.factories import form, indicator
from tests.form.strategies import any_forms


def test_text_is_as_the_form_writes_it() -> None:
    of = form(indicator(points="2.50"), goals=("甲", "乙"))
    assert text_at(of, "indicators/0/points") == "2.50"
    assert text_at(of, "fiscal_year") == "2026"
    assert text_at(of, "goals/1") == "乙"


@pytest.mark.parametrize(
    "path", ["goals/5", "indicators/9/name", "nothing", "organisation/x", "money/unit", "goals"]
)
def test_what_is_not_there_is_none(path: str) -> None:
    assert text_at(form(), path) is None


def test_the_empty_path_is_the_form() -> None:
    of = form()
    assert value_at(of, "") is of


def test_texts_are_set_on_a_copy() -> None:
    of = form(indicator(points="3"), goals=("甲",))
    other = with_texts(of, {"indicators/0/points": "2.50", "goals/0": "乙", "signoff/preparer": "张三"})
    assert other.indicators[0].points == Decimal("2.50")
    assert other.goals == ("乙",)
    assert other.signoff is not None
    assert other.signoff.preparer == "张三"
    assert of.goals == ("甲",)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("goals/3", "x"),
        ("indicators/0/points", "many"),
        ("indicators/0/nothing", "x"),
        ("organisation/x", "y"),
    ],
)
def test_what_does_not_fit_is_refused(path: str, text: str) -> None:
    with pytest.raises(NoSuchField):
        with_texts(form(), {path: text})


@given(any_forms())
def test_setting_what_is_there_changes_nothing(of: Form) -> None:
    paths = [
        f"indicators/{number}/{name}" for number in range(len(of.indicators)) for name in ("name", "points")
    ]
    paths += [f"duties/{number}" for number in range(len(of.duties))]
    assert with_texts(of, {path: text_at(of, path) for path in paths}) == of
