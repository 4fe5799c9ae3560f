"""Workbooks: what a person sees in the cells, and where they stand."""

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from hengliang.form.containers.limits import Limits
from hengliang.form.errors import Damaged, NoText, TooLarge
from tests.form.containers.build import (
    archive,
    counted,
    drawn,
    opened,
    sheet,
    table_of,
    workbook,
    written,
)


def test_numbers_are_shown_in_their_format(tmp_path: Path) -> None:
    cells = (
        counted("A1", "0.95", 1)
        + counted("B1", "2300", 2)
        + counted("C1", "44927", 3)
        + counted("D1", "0.30000000000000004")
    )
    data = workbook(sheet(f"<row r='1'>{cells}</row>"), formats=("0%", "#,##0.00", 'yyyy"年"m"月"'))
    assert drawn(table_of(opened(tmp_path, "a.xlsx", data))) == ["95%|2,300.00|2023年1月|0.3"]


def test_merged_cells_are_one_object_at_all_their_places(tmp_path: Path) -> None:
    data = workbook(
        sheet(
            f"<row r='2'>{written('B2', '产出指标')}{written('C2', '数量')}</row>"
            f"<row r='3'>{written('C3', '质量')}</row>"
            f"<row r='4'>{written('B4', '合计')}{written('C4', '1')}</row>",
            tail='<mergeCells><mergeCell ref="B2:B3"/><mergeCell ref="B4:F9"/></mergeCells>',
        )
    )
    table = table_of(opened(tmp_path, "a.xlsx", data))
    assert drawn(table) == ["产出指标|数量", "^|质量", "合计|<"]
    assert table.rows[0][0] is table.rows[1][0]
    assert (table.first_row, table.first_column) == (2, 2)
    cell = table.rows[1][1]
    assert cell is not None
    assert table.place(cell).within == "表1!C3"


def test_a_workbook_of_openpyxl(tmp_path: Path) -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = "自评表"
    page["A1"] = "项目支出绩效自评表"
    page["A1"].font = Font(bold=True)
    page.merge_cells("A1:C1")
    page["A2"], page["B2"], page["C2"] = "指标 & <名称>", 0.5256, True
    page["B2"].number_format = "0.00%"
    page["A3"] = "两行\n文字"
    stream = BytesIO()
    book.save(stream)
    table = table_of(opened(tmp_path, "a.xlsx", stream.getvalue()))
    assert drawn(table) == ["项目支出绩效自评表|<|<", "指标 & <名称>|52.56%|TRUE", "两行/文字|.|."]
    assert table.origin.sheet == "自评表"


@pytest.mark.parametrize(
    "cells",
    [
        "<row><c t='s'><v>0</v></c><c/><c><v>7</v></c></row>",
        '<row r="1"><c t="s" r="A1"><v>0</v></c><c r="C1" cm="1"><v>7</v></c></row>',
        '<row r="1"><c r="A1" t="s"><!-- x --><v>0</v></c><c r="C1"><v><![CDATA[7]]></v></c></row>',
        '<row r="1"><c r="A1" t="s"><f>B1&amp;"x"</f><v>0</v></c><c r="C1"><f/><v>7</v></c></row>',
    ],
    ids=["no references", "other attributes", "comments and CDATA", "formulas"],
)
def test_any_spelling_of_cells(tmp_path: Path, cells: str) -> None:
    runs = '<r><t>绩</t></r><r><t xml:space="preserve">效 </t></r>'
    strings = f'<si>{runs}<rPh sb="0" eb="1"><t>jixiao</t></rPh></si>'
    data = workbook(sheet(cells), strings=strings)
    assert drawn(table_of(opened(tmp_path, "a.xlsx", data))) == ["绩效|.|7"]


def test_tags_may_have_a_prefix(tmp_path: Path) -> None:
    plain = workbook(sheet(f"<row r='1'>{counted('A1', '7')}</row>"))
    part = (
        '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>'
        '<x:row r="1"><x:c r="A1"><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )
    assert drawn(table_of(opened(tmp_path, "a.xlsx", plain))) == ["7"]
    assert drawn(table_of(opened(tmp_path, "b.xlsx", workbook(part)))) == ["7"]


def test_escapes_and_line_breaks(tmp_path: Path) -> None:
    text = "<c r='A1' t='inlineStr'><is><t>一_x000D_\n二&#10;&#19977;&amp;lt;</t></is></c>"
    table = table_of(opened(tmp_path, "a.xlsx", workbook(sheet(f"<row r='1'>{text}</row>"))))
    assert drawn(table) == ["一/二/三&lt;"]


def test_errors_and_logical_values_are_shown(tmp_path: Path) -> None:
    cells = "<c r='A1' t='e'><v>#DIV/0!</v></c><c r='B1' t='b'><v>1</v></c><c r='C1' t='str'><v>优</v></c>"
    data = workbook(sheet(f"<row r='1'>{cells}</row>"))
    assert drawn(table_of(opened(tmp_path, "a.xlsx", data))) == ["#DIV/0!|TRUE|优"]


def test_what_is_hidden_is_left_out_and_said(tmp_path: Path) -> None:
    shown = sheet(
        f"<row r='1'>{written('A1', '名称')}{written('B1', '编码')}{written('C1', '值')}</row>"
        f'<row r="2" hidden="1">{written("A2", "旧")}</row>'
        f"<row r='3'>{written('A3', '甲')}{written('B3', 'x')}{counted('C3', '1')}</row>",
        head='<cols><col min="2" max="2" hidden="1"/></cols>',
    )
    document = opened(
        tmp_path,
        "a.xlsx",
        workbook(shown, sheet(f"<row r='1'>{written('A1', '字典')}</row>"), states=("", "hidden")),
    )
    assert len(document.blocks) == 1
    assert drawn(table_of(document)) == ["名称|.|值", ".|.|.", "甲|.|1"]
    assert [remark.text for remark in document.remarks] == [
        "the hidden rows and columns of the sheet {name} were left out",
        "the hidden sheet {name} was left out",
    ]


def test_a_merged_cell_is_seen_when_only_its_first_column_is_hidden(tmp_path: Path) -> None:
    part = sheet(
        f"<row r='1'>{written('A1', '标题')}</row><row r='2'>{written('A2', 'x')}{written('B2', '值')}</row>",
        head='<cols><col min="1" max="1" hidden="true"/></cols>',
        tail='<mergeCells><mergeCell ref="A1:B1"/></mergeCells>',
    )
    assert drawn(table_of(opened(tmp_path, "a.xlsx", workbook(part)))) == ["标题|<", ".|值"]


def test_zeros_are_not_shown_where_the_sheet_hides_them(tmp_path: Path) -> None:
    part = sheet(
        f"<row r='1'>{counted('A1', '0')}{counted('B1', '10')}</row>",
        head='<sheetViews><sheetView showZeros="0" workbookViewId="0"/></sheetViews>',
    )
    assert drawn(table_of(opened(tmp_path, "a.xlsx", workbook(part)))) == ["10"]


def test_formulas_without_a_result_are_said(tmp_path: Path) -> None:
    part = sheet("<row r='1'><c r='A1'><f>SUM(B1:B2)</f></c><c r='B1'><v>1</v></c></row>")
    document = opened(tmp_path, "a.xlsx", workbook(part))
    assert drawn(table_of(document)) == ["1"]
    assert "no stored result" in document.remarks[0].text


def test_several_sheets_are_several_tables(tmp_path: Path) -> None:
    part = sheet(f"<row r='1'>{counted('A1', '1')}</row>")
    document = opened(tmp_path, "a.xlsx", workbook(part, sheet(""), part))
    assert [block.origin.sheet for block in (table_of(document, 0), table_of(document, 1))] == ["表1", "表3"]


def test_a_cell_in_the_last_corner_is_refused_by_name(tmp_path: Path) -> None:
    far = f"<row r='1'>{counted('A1', '1')}</row><row r='1048576'>{counted('XFD1048576', '2')}</row>"
    with pytest.raises(TooLarge, match="XFD1048576"):
        opened(tmp_path, "a.xlsx", workbook(sheet(far)))


def test_millions_of_empty_rows_cost_little(tmp_path: Path) -> None:
    part = sheet("<row/>" * 2_000_000 + f"<row r='9'>{counted('A9', '1')}</row>")
    table = table_of(opened(tmp_path, "a.xlsx", workbook(part)))
    assert table.first_row == 9


@pytest.mark.parametrize("cells", ["<c r='A1'><v>1" * 50_000, '<c r="A1">' * 50_000, "<c><v>" * 50_000])
def test_cells_that_are_never_closed_end_quickly(tmp_path: Path, cells: str) -> None:
    with pytest.raises(NoText):
        opened(tmp_path, "a.xlsx", workbook(sheet(f"<row r='1'>{cells}</row>")))
    mixed = f"<row r='1'><c x='' r='B1'><v>7</v></c>{cells}<c r='C1'><v>8</v></c></row>"
    assert table_of(opened(tmp_path, "b.xlsx", workbook(sheet(mixed)))).first_row == 1


def test_millions_of_cells_of_odd_shape_are_refused(tmp_path: Path) -> None:
    many = "<row><c x=''><v>7</v></c>" + "<c/>" * 100 + "</row>"
    with pytest.raises(TooLarge):
        opened(tmp_path, "a.xlsx", workbook(sheet(many)), Limits(tags=99))


def test_overlapping_merges_end_quickly(tmp_path: Path) -> None:
    rows = f"<row r='1'>{counted('A1', '1')}</row><row r='900'>{counted('CV900', '2')}</row>"
    many = "<mergeCells>" + '<mergeCell ref="B2:CV900"/>' * 50_000 + "</mergeCells>"
    assert len(table_of(opened(tmp_path, "a.xlsx", workbook(sheet(rows, tail=many)))).rows) == 900


ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY e SYSTEM "file:///etc/passwd">]>'
)


@pytest.mark.parametrize("entity", ["&c;", "&e;"])
def test_entities_are_neither_expanded_nor_fetched(tmp_path: Path, entity: str) -> None:
    part = sheet(f"<row r='1'><c r='A1' t='inlineStr'><is><t>{entity}</t></is></c></row>")
    with pytest.raises(Damaged, match="declares entities"):
        opened(tmp_path, "a.xlsx", workbook(ENTITIES + part))


def test_a_sheet_that_breaks_off_is_damaged(tmp_path: Path) -> None:
    part = sheet(f"<row r='1'>{counted('A1', '1')}</row>")[:-20]
    with pytest.raises(Damaged, match="breaks off"):
        opened(tmp_path, "a.xlsx", workbook(part))


def test_a_workbook_without_sheets_is_said_to_be_empty(tmp_path: Path) -> None:
    with pytest.raises(NoText):
        opened(tmp_path, "a.xlsx", archive({"xl/workbook.xml": "<workbook/>"}))


@pytest.mark.parametrize("style", ["x", "-1", "99999999999", "٣", ""])
def test_a_style_that_does_not_exist_shows_the_plain_number(tmp_path: Path, style: str) -> None:
    part = sheet(f'<row r="1"><c t="n" r="A1" s="{style}"><v>0.5</v></c></row>')
    assert drawn(table_of(opened(tmp_path, "a.xlsx", workbook(part, formats=("0%",))))) == ["0.5"]
