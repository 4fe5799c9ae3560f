"""What holds of every target cell, whatever stands in it."""

import re
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from hengliang.base.number import find_quantities, read_number, read_numeral
from hengliang.base.text import clean, compact
from hengliang.form.model import OPERATORS
from hengliang.form.target import read_actual, read_target

WORDS = """≥ ≤ > < = 不低于 不超过 以上 以内 内 前 之前 底 每 约 余 第 % 万元 亩 元/亩 个 次 年 月 日 季度
完成 达到 （含） 、 ， . - / （ ） 一 十二 百分之 增长"""
CELLS = st.lists(
    st.one_of(
        st.sampled_from([*WORDS.split(), "\n"]),
        st.integers(0, 99999).map(str),
        st.decimals(0, 9999, places=2).map(str),
        st.text(max_size=3),
    ),
    max_size=6,
).map("".join)


@given(st.one_of(st.none(), st.text()), CELLS, st.one_of(st.none(), st.text()), st.one_of(st.none(), CELLS))
def test_reading_never_fails_and_never_invents(
    sign: str | None, cell: str, unit: str | None, name: str | None
) -> None:
    reading = read_target(sign, cell, unit, name)
    assert reading.operator in (*OPERATORS, None)
    if reading.target is None:
        return
    assert reading.target
    printed = compact(cell)
    number = read_number(reading.target)
    if number is None:
        # A text target is the printed text, at most without its sign or its 前.
        assert len(printed) - len(compact(reading.target)) <= 4
        rest = iter(printed)
        assert all(char in rest for char in compact(reading.target))
    elif re.search("[0-9]", printed):
        unbroken = re.sub("(?<![0-9]) | (?![0-9])|[,，]", "", clean(cell))
        figures = [figure.strip(".") for figure in re.findall("[0-9.]+", unbroken) if figure.strip(".")]
        assert number.copy_abs() in [read_number(figure) for figure in figures]
    else:
        parts = {
            printed[start:end] for start in range(len(printed)) for end in range(start + 1, len(printed) + 1)
        }
        assert number in {read_numeral(part) for part in parts}


@given(
    st.sampled_from(["≥", ">", "=", "<", "≤"]),
    st.decimals(0, 10**9, places=2),
    st.sampled_from(
        ["%", "万元", "亩", "人次", "元/亩", "次/年", "个工作日", "台（套）", "km²", "‰", "个百分点"]
    ),
    st.sampled_from(["", " ", "\n"]),
)
def test_what_is_written_is_read_back(sign: str, number: Decimal, unit: str, blank: str) -> None:
    assert read_target(None, f"{sign}{blank}{number}{blank}{unit}", None, None) == (sign, str(number), unit)
    assert read_target(sign, f"{number:,f}", unit, None) == (sign, str(number), unit)
    assert read_actual(f"{number}{unit}", unit) == str(number)


@given(CELLS)
def test_what_was_read_is_read_the_same_again(cell: str) -> None:
    once = read_target(None, cell, None, None)
    assert read_target(once.operator, once.target, once.unit, None) == once


@given(CELLS, st.one_of(st.none(), st.sampled_from(["%", "人", "万元"])))
def test_an_actual_value_is_printed(cell: str, unit: str | None) -> None:
    actual = read_actual(cell, unit)
    if actual is not None and re.search("[0-9]", actual):
        # Commas and leading zeros go, nothing comes.
        assert re.sub("[ ,，0]", "", actual) in re.sub("[,，0]", "", compact(cell))


@given(CELLS)
def test_quantities_of_a_cell_are_found_in_it(cell: str) -> None:
    reading = read_target(None, f"完成{compact(cell)}", None, None)
    number = read_number(reading.target or "")
    if number is not None and re.search("[0-9]", cell):
        mentions = find_quantities(compact(cell))
        assert not mentions or number.copy_abs() in [one.quantity.number for one in mentions]
