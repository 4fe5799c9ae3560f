"""Measurements as a workbook: texts that people typed stay texts, in every office program."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from hengliang.measure.catalogue import all_ledgers
from hengliang.measure.form import measure_form
from hengliang.measure.load.run import Loading, load
from hengliang.measure.period import fiscal_year
from hengliang.measure.store import Store
from hengliang.report import measured_xlsx
from tests.report.office import convert, needs_office
from tests.report.package.packages import LOADED_AT, VECTORS, binding_of, example

FORMULAS = ("=1+1", "+2*3", "-cmd", "@SUM(A1)", '=HYPERLINK("http://x","y")')


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """The measurements of a store whose checks are called like formulas."""
    lines = (VECTORS / "I01_green_mine_check.csv").read_text(encoding="utf-8").splitlines()
    changed = [f'"{formula.replace(chr(34), chr(34) * 2)}"' for formula in FORMULAS]
    for number, formula in enumerate(changed, 1):
        lines[number] = formula + lines[number][len("GC-001") :]
    records = tmp_path / "=records.csv"
    records.write_text("\n".join(lines) + "\n", encoding="utf-8")
    store = tmp_path / "store"
    loading = Loading(2023, "430400", "=who", LOADED_AT)
    load(records, all_ledgers()["green_mine_check"], Store(store), loading, fiscal_year(2023))
    form = example()
    measured = measure_form(form, binding_of(form, {1: "M01"}), store, fiscal_year(2023), all_ledgers())
    path = tmp_path / "measured.xlsx"
    path.write_bytes(measured_xlsx.to_bytes(measured, "zh_Hans"))
    assert measured_xlsx.to_bytes(measured, "zh_Hans") == path.read_bytes()
    return path


def test_nothing_is_a_formula(workbook: Path) -> None:
    cells = [
        cell for sheet in load_workbook(workbook) for row in sheet.iter_rows() for cell in row if cell.value
    ]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    texts = {cell.value: cell for cell in cells if isinstance(cell.value, str)}
    for text in (*FORMULAS, "=records.csv", "=who"):
        assert texts[text].quotePrefix


def test_sheets_are_called_in_the_language_asked_for(workbook: Path) -> None:
    assert load_workbook(workbook).sheetnames == ["计量值", "计入的行", "未计入的行", "参数表", "批次表"]


@pytest.mark.parametrize("program", [pytest.param("office", marks=needs_office)])
def test_an_office_program_shows_the_texts(workbook: Path, program: str) -> None:
    del program
    shown = load_workbook(convert(workbook, "xlsx"), data_only=True)
    rows = [
        row
        for name in ("计入的行", "未计入的行")
        for row in shown[name].iter_rows(min_row=2, values_only=True)
    ]
    assert {row[1] for row in rows} >= {*FORMULAS}
    assert shown["计量值"]["E2"].value == 3
