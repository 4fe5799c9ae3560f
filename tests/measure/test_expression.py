"""Expressions over the columns of a row: the same on every engine, nothing but what the language allows."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import duckdb
import narwhals as nw
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.measure.expression import expression
from hengliang.measure.functions import ExpressionError
from hengliang.measure.period import fiscal_year

YEAR = fiscal_year(2023)
ROWS = """
select date '2023-02-01' a, date '2023-03-04' b, timestamp '2023-07-05 09:00:00' s,
       timestamp '2023-07-05 09:40:00' e, 'OPEN' m, cast(5 as decimal(18, 2)) x, cast(null as varchar) z
union all select null, date '2024-01-01', null, null, 'DEEP', 1.5, 'q'
"""


def values(text: str, **parameters: Any) -> list[Any]:
    """What an expression comes to on the two rows."""
    with duckdb.connect() as connection:
        frame = nw.from_native(connection.sql(ROWS))
        return [row[0] for row in frame.select(v=expression(text).build(YEAR, parameters)).collect().rows()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in_fy(b)", [True, False]),
        ("a <= b", [True, None]),
        ("m in ('OPEN', 'MIXED')", [True, False]),
        ("m not in ('OPEN', 'MIXED')", [False, True]),
        ("implies(m == 'OPEN', given(z))", [False, True]),
        ("days(a, b)", [31, None]),
        ("minutes(s, e)", [40, None]),
        ("abs(x - 7.25) <= largest(0.1, x * 0.001)", [False, False]),
        ("both_or_none(a, s)", [True, True]),
        ("day(s)", [date(2023, 7, 5), None]),
        ("not (a <= b)", [False, None]),
        ("-x", [Decimal("-5.00"), Decimal("-1.50")]),
        ("or_else(a, fy_end)", [date(2023, 2, 1), date(2023, 12, 31)]),
        ("fy_start <= b <= fy_end", [True, False]),
        ("missing(z)", [True, False]),
        ("within(b, '2023-03')", [True, False]),
        ("within(b, '2023-Q2')", [False, False]),
        ("within(b, '')", [True, False]),
        ("hours_of('2023-02')", [672, 672]),
        ("hours_of('2024-02')", [696, 696]),
        ("hours_of('2024-13')", [None, None]),
        ("hours_of(z)", [None, None]),
        ("choose(a <= b, x, -x)", [Decimal("5.00"), Decimal("-1.50")]),
    ],
)
def test_what_an_expression_comes_to(text: str, expected: list[Any]) -> None:
    assert values(text) == expected


def test_parameters_are_asked_for_by_name() -> None:
    assert expression("x >= p.least and x <= p.most").parameters == ("least", "most")
    assert values("x >= p.least", least=2) == [True, False]
    with pytest.raises(ExpressionError, match="least"):
        values("x >= p.least")


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os')",
        "x.real",
        "open('f')",
        "[x]",
        "lambda: 1",
        "x if y else z",
        "x / 3",
        "a <=",
        "f'{x}'",
        "",
    ],
)
def test_nothing_else_of_python_is_allowed(text: str) -> None:
    with pytest.raises(ExpressionError):
        expression(text).build(YEAR, {})


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        expression(text)
    except ExpressionError as error:
        assert str(error)


def test_an_instant_is_one_of_beijing() -> None:
    assert values("s") == [datetime(2023, 7, 5, 9, 0), None]  # noqa: DTZ001 (kept without a zone, as a column)
