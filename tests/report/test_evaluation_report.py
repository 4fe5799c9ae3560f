"""The reports say what the sheet says, leave blank what nobody told, and open in an office program."""

import subprocess
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from hengliang.form.model import Form
from hengliang.report import evaluation_report_docx
from hengliang.report.evaluation_report import Findings, Told, blocks_of
from tests.report.office import convert, needs_office
from tests.report.scored import DEPARTMENT, PROJECT, certain, left_open

TOLD = Told(date="2024-03-01", causes={0: ("工作滞后", "加快推进")})
OUTSIDE = Told(
    date="2024-05-01", findings=Findings("某会计师事务所", "总体较好", "补全标准", Decimal("85.5"), "良")
)


def words(data: bytes) -> str:
    document = Document(BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


@pytest.mark.parametrize("form", [PROJECT, DEPARTMENT], ids=["project", "department"])
def test_it_says_what_the_sheet_says(form: Form) -> None:
    sheet = left_open(form)
    text = words(evaluation_report_docx.to_bytes(sheet, TOLD))
    for row in sheet.rows:
        assert row.indicator.name in text
    assert f"{sheet.total.low:f}" in text
    assert "工作滞后" in text
    assert "加快推进" in text
    assert "2024-03-01" in text
    assert "自评报告" in text
    assert "单位自评" in text


def test_the_report_from_outside_says_who_and_what() -> None:
    text = words(evaluation_report_docx.to_bytes(certain(DEPARTMENT), OUTSIDE))
    for said in ("绩效评价报告", "某会计师事务所", "总体较好", "补全标准", "85.5", "良"):
        assert said in text
    assert "绩效自评报告" not in text


def test_the_same_sheet_gives_the_same_bytes_in_both_languages() -> None:
    sheet = certain(PROJECT)
    for language in ("zh_Hans", "en"):
        made = evaluation_report_docx.to_bytes(sheet, TOLD, language)
        assert made == evaluation_report_docx.to_bytes(sheet, TOLD, language)
        assert list(blocks_of(sheet, TOLD, language))


@pytest.mark.parametrize("told", [TOLD, OUTSIDE], ids=["self", "outside"])
@pytest.mark.office
@needs_office[1]
def test_an_office_program_opens_it(told: Told, tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(evaluation_report_docx.to_bytes(left_open(PROJECT), told))
    made = convert(path, "pdf")
    text = subprocess.run(["pdftotext", str(made), "-"], capture_output=True, check=True).stdout.decode()
    assert "七、其他需要说明的情况" in text
