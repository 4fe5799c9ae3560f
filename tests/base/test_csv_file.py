"""Tables as comma separated values: whatever a cell says, a spreadsheet program takes it for text."""

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.base.csv_file import csv_bytes, csv_stream, inert


@pytest.mark.parametrize(
    "text", ["=1+1", "@SUM(A1)", "+86 731", "-1+1", "\tx", "\r=1", '=HYPERLINK("x")', "--5"]
)
def test_what_begins_like_a_formula_is_guarded(text: str) -> None:
    assert inert(text) == "'" + text


@pytest.mark.parametrize("text", ["", "-", "+", "=", "-5", "+3.2", "-1,234.50", "≥80", "湘1=2", " =1"])
def test_numbers_and_signs_are_themselves(text: str) -> None:
    assert inert(text) == text


@given(st.lists(st.lists(st.text() | st.integers() | st.none(), min_size=1), min_size=1))
def test_no_cell_of_a_file_begins_a_formula(rows: list[list[object]]) -> None:
    text = csv_bytes(rows).decode("utf-8-sig")
    read = list(csv.reader(StringIO(text, newline="")))
    assert not [cell for row in read for cell in row if inert(cell) != cell]


def test_excel_knows_the_file_for_utf_8() -> None:
    assert csv_bytes([["衡阳", None, 3]]) == "\ufeff衡阳,,3\r\n".encode()


@given(st.lists(st.lists(st.text() | st.integers() | st.none())), st.integers(1, 4))
def test_a_stream_has_the_bytes_of_the_file(rows: list[list[object]], together: int) -> None:
    assert b"".join(csv_stream(iter(rows), together=together)) == csv_bytes(rows)
