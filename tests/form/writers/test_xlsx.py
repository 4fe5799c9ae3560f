"""The workbook: typed cells that show what was printed, no formulas, print set-up, lists to choose from."""

from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from hengliang.base.profile import load_profile
from hengliang.form.model import Form, Kind, Purpose
from hengliang.form.writers import xlsx
from hengliang.form.writers.blank import blank_form
from hengliang.form.writers.errors import UnwritableForm
from tests.form.strategies import any_forms
from tests.form.writers.samples import DECLARATION, SELF_EVALUATION, row


def sheet_of(form: Form) -> Worksheet:
    return load_workbook(BytesIO(xlsx.to_bytes(form))).worksheets[0]


def cell_of(sheet: Worksheet, value: object):
    return next(cell for cells in sheet.iter_rows() for cell in cells if cell.value == value)


def columns_of(sheet: Worksheet) -> dict[str, int]:
    head = cell_of(sheet, "三级指标").row
    return {str(cell.value): cell.column for cell in sheet[head] if cell.value}


def test_numbers_are_numbers_shown_as_they_were_printed() -> None:
    sheet = sheet_of(DECLARATION)
    target = columns_of(sheet)["指标值"]
    first = cell_of(sheet, "绿色矿山核查").row
    shown = [
        (sheet.cell(first + offset, target).value, sheet.cell(first + offset, target).number_format)
        for offset in range(4)
    ]
    assert shown == [(60, "0"), (1.5, "0.00"), (98, "0"), ("有效推进", "General")]


def test_money_has_thousands_commas_and_rates_are_percents() -> None:
    sheet = sheet_of(SELF_EVALUATION)
    assert cell_of(sheet, 2513.48).number_format == "#,##0.00"
    assert cell_of(sheet, 0.76).number_format == "0.00%"


def test_codes_stay_texts() -> None:
    assert cell_of(sheet_of(SELF_EVALUATION), "430400230000000012345").data_type == "s"


def test_a_number_with_more_digits_than_a_workbook_keeps_stays_a_text() -> None:
    form = DECLARATION.model_copy(update={"indicators": (row("甲", target="1234567890123456.7"),)})
    assert cell_of(sheet_of(form), "1234567890123456.7").data_type == "s"


@pytest.mark.parametrize("text", ["=1+1", "+86", "-5℃", "@所有人", '=HYPERLINK("http://x","y")', "#N/A"])
def test_texts_that_look_like_formulas_stay_texts(text: str) -> None:
    form = DECLARATION.model_copy(update={"indicators": (row(text, explanation=text),)})
    sheet = sheet_of(form)
    cells = [cell for cells in sheet.iter_rows() for cell in cells if cell.value == text]
    assert [(cell.data_type, cell.quotePrefix) for cell in cells] == [("s", text[0] in "=+-@")] * 2


@given(any_forms())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_form_is_written_without_formulas(form: Form) -> None:
    for cells in sheet_of(form).iter_rows():
        assert all(cell.data_type != "f" for cell in cells)


def test_level_cells_are_merged_over_their_rows() -> None:
    sheet = sheet_of(DECLARATION)
    columns = columns_of(sheet)
    first = cell_of(sheet, "绿色矿山核查").row
    merged = {
        (area.min_col, area.min_row - first, area.max_row - first)
        for area in sheet.merged_cells.ranges
        if area.min_row >= first and area.min_col == area.max_col
    }
    assert merged == {(columns["一级指标"], 0, 2), (columns["二级指标"], 0, 1)}


def test_equal_level2_words_under_two_level1_are_not_merged() -> None:
    rows = (row("甲", "产出指标", "成本指标"), row("乙", "成本指标", "成本指标"))
    sheet = sheet_of(DECLARATION.model_copy(update={"indicators": rows}))
    first = cell_of(sheet, "甲").row
    assert [
        area for area in sheet.merged_cells.ranges if area.min_row >= first and area.size["rows"] > 1
    ] == []


def test_it_prints_on_a4_landscape_with_repeated_heads() -> None:
    sheet = sheet_of(DECLARATION)
    head = cell_of(sheet, "三级指标").row
    assert sheet.page_setup.orientation == "landscape"
    assert int(sheet.page_setup.paperSize or 0) == 9
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == f"${head}:${head}"
    assert "&P" in (sheet.oddFooter.center.text or "")


def test_cells_offer_their_lists() -> None:
    sheet = sheet_of(blank_form(Kind.DEPARTMENT, Purpose.DECLARATION, load_profile("national-2015")))
    columns = columns_of(sheet)
    first = cell_of(sheet, "三级指标").row + 1
    lists = {}
    for rule in sheet.data_validations.dataValidation:
        area = next(iter(rule.sqref.ranges))
        assert area.min_row == first
        lists[area.min_col] = rule
    assert lists[columns["指标值类型"]].formula1 == '"≥,>,=,<,≤,定性"'
    assert "服务对象满意度指标" in lists[columns["二级指标"]].formula1
    assert lists[columns["一级指标"]].formula1 == '"产出指标,效益指标,满意度指标"'
    assert "万元" in lists[columns["计量单位"]].formula1
    assert len(lists[columns["计量单位"]].formula1) <= 257
    assert lists[columns["指标值类型"]].errorStyle == "warning"
    assert lists[columns["三级指标"]].prompt


@pytest.mark.parametrize("profile", ["national-2015", "national-2021"])
def test_lists_come_from_the_profile(profile: str) -> None:
    data = xlsx.to_bytes(DECLARATION, load_profile(profile))
    rules = load_workbook(BytesIO(data)).worksheets[0].data_validations.dataValidation
    assert any("经济成本指标" in (rule.formula1 or "") for rule in rules) is (profile == "national-2021")


def test_cut_texts_are_marked() -> None:
    sheet = sheet_of(DECLARATION)
    for text in ("完成可研、实施…", "（一）保障项目用地。\n（二）推进资源保护…"):
        cell = cell_of(sheet, text)
        assert "截断" in cell.comment.text
        assert cell.fill.fgColor.rgb == "00FFF2CC"
    assert cell_of(sheet, "绿色矿山核查").comment is None


def test_long_texts_fit_into_the_tallest_row() -> None:
    goals = ("负责全市自然资源调查监测评价工作，" * 200,)
    sheet = sheet_of(DECLARATION.model_copy(update={"goals": goals, "goal_marks": (), "truncated": ()}))
    cell = cell_of(sheet, goals[0])
    assert 300 < (sheet.row_dimensions[cell.row].height or 0) <= 409
    assert cell.font.size < 10.5


def test_a_text_beyond_the_limit_of_a_cell_is_refused_with_its_path() -> None:
    form = DECLARATION.model_copy(update={"indicators": (row("甲", explanation="长" * 40_000),)})
    with pytest.raises(UnwritableForm, match="indicators/0/explanation"):
        xlsx.to_bytes(form)


def test_points_in_the_remark_have_no_column_of_their_own() -> None:
    rows = (row("甲", points=Decimal(3), points_in="remark", remark="3分"),)
    columns = columns_of(sheet_of(DECLARATION.model_copy(update={"indicators": rows})))
    assert "分值" not in columns
    assert "备注" in columns


def test_points_that_the_remark_does_not_say_get_a_column() -> None:
    rows = (row("甲", points=Decimal(3), points_in="remark", remark="按季考核"),)
    sheet = sheet_of(DECLARATION.model_copy(update={"indicators": rows}))
    assert sheet.cell(cell_of(sheet, "甲").row, columns_of(sheet)["分值"]).value == 3


def test_the_same_form_gives_the_same_bytes() -> None:
    assert xlsx.to_bytes(SELF_EVALUATION) == xlsx.to_bytes(SELF_EVALUATION)


def test_the_second_sheet_tells_how_to_fill_in() -> None:
    book = load_workbook(BytesIO(xlsx.to_bytes(SELF_EVALUATION)))
    assert book.sheetnames == ["绩效自评表", "填表说明"]
    assert "实际完成值" in " ".join(str(cell.value) for cell in book.worksheets[1]["A"])
