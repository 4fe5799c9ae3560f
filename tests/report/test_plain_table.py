"""Tables as files: what is read back is what was shown, and nothing in it is a formula."""

import csv
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from hengliang.report.plain_table import to_csv, to_xlsx

HEADS = ("指标", "得分")
ROWS = (
    ("绿色矿山核查", Decimal("2.85")),
    ("=1+1", None),
    ("-0.5", Decimal(0)),
    ("@SUM(A1)", Decimal("1E+2")),
)


def test_csv_is_read_back() -> None:
    made = to_csv(HEADS, ROWS)
    assert made.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(StringIO(made.decode("utf-8-sig"))))
    assert read == [
        ["指标", "得分"],
        ["绿色矿山核查", "2.85"],
        ["'=1+1", ""],
        ["-0.5", "0"],
        ["'@SUM(A1)", "100"],
    ]


def test_a_workbook_keeps_texts_and_numbers_apart() -> None:
    sheet = load_workbook(BytesIO(to_xlsx("表", HEADS, ROWS))).worksheets[0]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert cells == [["绿色矿山核查", 2.85], ["=1+1", None], ["-0.5", 0], ["@SUM(A1)", 100]]
    assert [row[0].data_type for row in sheet.iter_rows(min_row=2)] == ["s"] * 4


@pytest.mark.parametrize("rows", [(), ROWS])
def test_the_same_table_is_the_same_file(rows: tuple[tuple[str, Decimal | None], ...]) -> None:
    assert to_xlsx("表", HEADS, rows) == to_xlsx("表", HEADS, rows)
