"""The year that the texts of a form speak of."""

import pytest

from hengliang.form.model import Form, Indicator, Kind, Purpose
from hengliang.review.texts import Texts
from hengliang.review.year import year_of, year_of_texts


def _form(*explanations: str, year: int | None = None) -> Form:
    return Form(
        kind=Kind.DEPARTMENT,
        purpose=Purpose.DECLARATION,
        fiscal_year=year,
        duties=("2019年机构改革后承担确权登记。",),
        indicators=tuple(Indicator(name="核查数量", explanation=text) for text in explanations),
    )


@pytest.mark.parametrize(
    ("explanations", "year"),
    [
        (("2023年底完成", "2023年度任务", "2022年立项"), 2023),
        (("2023年底完成", "2022年立项"), None),
        (("2018年以来每年一次", "2020年版标准", "〔2021〕5号"), None),
        (("12023年",), None),
        ((), None),
    ],
)
def test_most_texts_agree(explanations: tuple[str, ...], year: int | None) -> None:
    assert year_of_texts(Texts(_form(*explanations))) == year


def test_own_year_goes_first() -> None:
    form = _form("2023年底完成", year=2024)
    assert year_of(form, Texts(form)) == 2024
    form = _form("2023年底完成")
    assert year_of(form, Texts(form)) == 2023
