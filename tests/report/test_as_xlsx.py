"""Marked workbooks: the original's cells commented, nothing else in it changed, and a list of findings."""

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.place import Place
from hengliang.report.as_xlsx import write
from tests.factories import finding, form, indicator, verdict
from tests.report.reviewed import FINDINGS, PLACES, reviewed


@pytest.fixture
def original(tmp_path: Path) -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "申报表"
    for row in range(8, 12):
        for column in range(1, 8):
            sheet.cell(row, column).value = f"{row}/{column}"
    sheet.merge_cells("A8:A11")
    sheet["E9"].comment = Comment("原有批注", "单位")
    sheet["G8"].value = "=1+1"
    book.create_sheet("Findings")
    path = tmp_path / "form.xlsx"
    book.save(path)
    return path


def test_cells_are_marked_by_the_heaviest_finding(original: Path, tmp_path: Path) -> None:
    before = original.read_bytes()
    out = tmp_path / "marked.xlsx"
    assert write([reviewed(PLACES, str(original))], original, out, "zh_Hans")
    assert original.read_bytes() == before
    sheet = load_workbook(out)["申报表"]
    comment = sheet["E9"].comment
    assert comment is not None
    assert comment.text.startswith("原有批注")
    assert "V98 错误: the value is text, but 100 is a number" in comment.text
    assert "建议: decide on it" in comment.text
    assert sheet["E9"].fill.fgColor.rgb == "00F8CBAD"
    assert sheet["C8"].fill.fgColor.rgb == "00FFE699"
    assert sheet["E11"].fill.fgColor.rgb == "00DDEBF7"
    assert sheet["B10"].comment is None
    assert sheet["G8"].value == "=1+1"


def test_of_merged_cells_the_first_is_marked(original: Path, tmp_path: Path) -> None:
    of = form(indicator("甲"))
    places = {"indicators/0/level1": Place("form.xlsx", sheet="申报表", row=10, column=1)}
    out = tmp_path / "marked.xlsx"
    write([verdict(of, [finding("I98", "indicators/0/level1")], places=places)], original, out, "en")
    assert load_workbook(out)["申报表"]["A8"].comment is not None


def test_the_list_names_every_finding_and_links_to_its_cell(original: Path, tmp_path: Path) -> None:
    out = tmp_path / "marked.xlsx"
    write([reviewed(PLACES, str(original))], original, out, "en")
    book = load_workbook(out)
    assert book.sheetnames == ["申报表", "Findings", "Findings 2"]
    sheet = book["Findings 2"]
    assert [sheet.cell(row, 3).value for row in range(5, sheet.max_row + 1)] == [
        "F98", "V98", "V98", "T98", "I98", "W98", "T97", "T97", "V97",
    ]  # fmt: skip
    linked = sheet["A6"]
    assert linked.value == "申报表!E9"
    assert linked.hyperlink is not None
    assert linked.hyperlink.location == "'申报表'!E9"
    assert sheet.auto_filter.ref == f"A4:L{4 + len(FINDINGS)}"


def test_another_document_gets_the_list_alone(tmp_path: Path) -> None:
    out = tmp_path / "findings.xlsx"
    assert not write([reviewed(), reviewed()], None, out, "zh_Hans")
    assert load_workbook(out).sheetnames == ["审核发现", "审核发现 2"]


def test_a_workbook_that_does_not_open_gets_the_list_alone(tmp_path: Path) -> None:
    broken = tmp_path / "form.xlsx"
    broken.write_bytes(b"PK\x03\x04 no workbook")
    assert not write([reviewed(PLACES, str(broken))], broken, tmp_path / "out.xlsx", "en")
    assert (tmp_path / "out.xlsx").is_file()


def test_texts_stay_texts(tmp_path: Path) -> None:
    of = form(indicator("=1+1\x01"), organisation="=2")
    said = message("{what} is odd", what="=3\ud800")
    found = [finding("I98", "indicators/0/name", said=said, severity=Severity.ADVICE)]
    write([verdict(of, found)], None, tmp_path / "out.xlsx", "en")
    cells = [cell for row in load_workbook(tmp_path / "out.xlsx").worksheets[0].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    assert "=1+1\ufffd" in {cell.value for cell in cells}
