"""When a form was filled in, and up to which month it reports."""

from datetime import date

import pytest

from hengliang.form.model import Form
from hengliang.review.signed import last_month, signed_on


def form(day: str | None) -> Form:
    return Form.model_validate({"kind": "project", "purpose": "monitoring", "signoff": {"date": day}})


@pytest.mark.parametrize("text", ["2023年7月31日", "2023-07-31", "2023.7.31"])
def test_days(text: str) -> None:
    assert signed_on(form(text)) == date(2023, 7, 31)


@pytest.mark.parametrize("text", [None, "2023年7月", "7月31日", "即日", ""])
def test_no_whole_day(text: str | None) -> None:
    assert signed_on(form(text)) is None


def test_no_sign_off() -> None:
    assert signed_on(Form.model_validate({"kind": "project", "purpose": "monitoring"})) is None


@pytest.mark.parametrize(
    ("text", "month"), [("1-7", 7), ("1—12", 12), ("7", 7), ("1-13", None), ("", None), (None, None)]
)
def test_last_month(text: str | None, month: int | None) -> None:
    assert last_month(text) == month
