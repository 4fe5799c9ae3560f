"""Separated values."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.form.containers.csv import read_csv
from hengliang.form.containers.limits import Limits
from hengliang.form.document import Table
from hengliang.form.errors import NoText, TooLarge
from tests.form.containers.build import drawn, opened, table_of


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    rows = [["一级指标", "二级指标", "指标值"], ["产出", "数量", "1"], ["", "质量", "95%"]]
    text = "\n".join(delimiter.join(row) for row in rows)
    assert drawn(table_of(opened(tmp_path, "a.csv", text))) == [
        "一级指标|二级指标|指标值",
        "产出|数量|1",
        ".|质量|95%",
    ]


def test_quotes_line_breaks_and_ragged_rows(tmp_path: Path) -> None:
    text = '自评表\r\n名称,"一,二",\r\n\r\n目标,"第一行\r\n""第二""行",x,y\r\n'
    table = table_of(opened(tmp_path, "a.csv", text.encode("gb18030")))
    assert drawn(table) == ["自评表|.|.|.", "名称|一,二|.|.", ".|.|.|.", '目标|第一行/"第二"行|x|y']
    cell = table.rows[3][1]
    assert cell is not None
    assert table.place(cell).within == "t1!B4"


def test_a_quote_that_is_never_closed_swallows_nothing(tmp_path: Path) -> None:
    assert drawn(table_of(opened(tmp_path, "a.csv", '名称,"值\n甲,1\n乙,2\n'))) == [
        '名称|"值',
        "甲|1",
        "乙|2",
    ]


def test_text_in_a_file_named_xls_is_read(tmp_path: Path) -> None:
    document = opened(tmp_path, "a.xls", "名称\t值\n甲\t1\n".encode("utf-16"))
    assert document.format == "csv"
    assert drawn(table_of(document)) == ["名称|值", "甲|1"]


def test_millions_of_empty_rows(tmp_path: Path) -> None:
    table = table_of(opened(tmp_path, "a.csv", ",,,\n" * 1_000_000 + "a,b\n" * 2))
    assert table.first_row == 1_000_001
    with pytest.raises(NoText):
        opened(tmp_path, "b.csv", ",,,\n" * 1_000_000)


def test_too_many_cells_are_refused(tmp_path: Path) -> None:
    with pytest.raises(TooLarge):
        opened(tmp_path, "a.csv", "a,b\n" * 60, Limits(cells=100))


@given(st.lists(st.lists(st.text(alphabet='甲乙 ,"\n\r;', max_size=4), max_size=4), max_size=6))
def test_no_text_is_lost(rows: list[list[str]]) -> None:
    text = "\r\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    blocks = read_csv(text, "a.csv", Limits())
    held = "".join(cell.text for block in blocks if isinstance(block, Table) for cell in block.cells())
    assert sorted(held.replace("\n", "").replace(" ", "")) == sorted(
        "".join(cell for row in rows for cell in row).replace("\n", "").replace("\r", "").replace(" ", "")
    )
