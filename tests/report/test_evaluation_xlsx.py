"""The self-evaluation workbook: read back, counted again by LibreOffice, and counted anew after a change."""

import re
from collections.abc import Mapping
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from hengliang.base.profile import load_profile
from hengliang.form.actual import Actual
from hengliang.form.model import Kind, Purpose
from hengliang.form.read import read_document
from hengliang.report.evaluation_layout import layout_for, load_layout
from hengliang.report.evaluation_xlsx import to_bytes
from hengliang.score.run import score
from hengliang.score.sheet import ScoreSheet
from tests.report.office import convert_all, needs_office
from tests.report.scored import CERTAIN, DEPARTMENT, LEFT_OPEN, PROFILE, PROJECT, certain, left_open

LAYOUTS = ("national-project", "national-department", "hunan-department", "sichuan-project")
SHEETS = {"certain": certain, "open": left_open}


def book_of(sheet: ScoreSheet, layout: str = "national-project", values: bool = False) -> Workbook:
    data = to_bytes(sheet, load_layout(layout), "zh_Hans")
    return load_workbook(BytesIO(data), data_only=values)


def without_values(data: bytes) -> bytes:
    """The workbook with nothing but its formulas, so that whoever opens it must count."""
    result = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(result, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                text = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", text)
            new.writestr(name, text)
    return result.getvalue()


def shown(book: Workbook) -> dict[tuple[str, str], object]:
    """What every formula cell shows."""
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book
        for cells in sheet.iter_rows()
        for cell in cells
        if cell.value is not None
    }


def formulas(book: Workbook) -> list[tuple[str, str]]:
    return [place for place, value in shown(book).items() if isinstance(value, str) and value.startswith("=")]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_read_back_the_scores_are_the_same(layout: str, tmp_path: Path) -> None:
    form = PROJECT if "project" in layout else DEPARTMENT
    sheet = certain(form)
    path = tmp_path / "table.xlsx"
    path.write_bytes(to_bytes(sheet, load_layout(layout), "zh_Hans"))
    again = read_document(path).forms[0].form
    assert again.purpose is Purpose.SELF_EVALUATION
    assert again.kind is form.kind
    assert [(row.name, row.score) for row in again.indicators] == [
        (row.indicator.name, row.low) for row in sheet.rows
    ]
    assert [row.points for row in again.indicators] == [row.points for row in form.indicators]
    assert again.totals is not None
    assert again.totals.score == sheet.total.low
    assert again.totals.grade == "优"
    assert again.money is not None
    assert sheet.execution is not None
    assert again.money.rows[0].score == sheet.execution.low


def test_actual_values_are_read_back() -> None:
    sheet = certain()
    data = BytesIO(to_bytes(sheet, load_layout("national-project"), "zh_Hans"))
    table = load_workbook(data).worksheets[0]
    values = {cell.value for cells in table.iter_rows() for cell in cells}
    assert {57, 0.947, 113, 0.032, 12.49, "无事故"} <= values


@pytest.mark.parametrize("name", SHEETS)
def test_every_score_is_a_formula(name: str) -> None:
    book = book_of(SHEETS[name]())
    table, about = book.worksheets
    head = next(cell for cells in table.iter_rows() for cell in cells if cell.value == "三级指标")
    scores = next(cell.column for cell in table[head.row] if cell.value == "得分")
    for row in range(head.row + 1, head.row + 1 + len(PROJECT.indicators)):
        value = table.cell(row, scores).value
        assert value == "不适用" or str(value).startswith("="), (row, value)
    assert about.title == "得分说明"
    assert ("最低得分" in {cell.value for cell in table[head.row]}) == (name == "open")


def test_what_may_be_chosen_is_offered() -> None:
    book = book_of(left_open())
    rules = [rule for sheet in book for rule in sheet.data_validations.dataValidation]
    assert any(rule.formula1 == '"是,否"' for rule in rules)


def test_the_same_sheet_gives_the_same_bytes() -> None:
    layout = layout_for(Kind.PROJECT, load_profile(PROFILE))
    assert to_bytes(certain(), layout, "zh_Hans") == to_bytes(certain(), layout, "zh_Hans")


class TestOffice:
    """LibreOffice counts."""

    pytestmark = needs_office

    def test_counted_again_nothing_differs(self, tmp_path: Path) -> None:
        written: dict[Path, bytes] = {}
        for layout in LAYOUTS:
            for name, made in SHEETS.items():
                sheet = made(PROJECT if "project" in layout else DEPARTMENT)
                data = to_bytes(sheet, load_layout(layout), "zh_Hans")
                path = tmp_path / f"{layout}-{name}.xlsx"
                path.write_bytes(without_values(data))
                written[path] = data
        for (path, data), again in zip(written.items(), convert_all([*written], "xlsx"), strict=True):
            counted = shown(load_workbook(again, data_only=True))
            stored = shown(load_workbook(BytesIO(data), data_only=True))
            cells = formulas(load_workbook(BytesIO(data)))
            assert len(cells) > 15
            different = [
                (cell, stored.get(cell), counted.get(cell))
                for cell in cells
                if not same(stored.get(cell), counted.get(cell))
            ]
            assert different == [], path.name

    def test_a_changed_actual_changes_the_scores(self, tmp_path: Path) -> None:
        profile = load_profile(PROFILE)
        paths: list[Path] = []
        for number, (before, changed) in enumerate(CHANGES):
            sheet = score(PROJECT, before, profile)
            book = load_workbook(BytesIO(to_bytes(sheet, load_layout("national-project"), "zh_Hans")))
            table = book.worksheets[0]
            actual = columns_of(table)["实际完成值"]
            for index, text in changed.items():
                value = Decimal(text.rstrip("%")) / (100 if text.endswith("%") else 1)
                table.cell(row_of(table, index), actual).value = float(value)
            paths.append(tmp_path / f"changed-{number}.xlsx")
            book.save(paths[-1])
        for (before, changed), again in zip(CHANGES, convert_all(paths, "xlsx"), strict=True):
            counted = load_workbook(again, data_only=True).worksheets[0]
            points = columns_of(counted)["得分"]
            wanted = score(PROJECT, {**before, **{at: Actual(text) for at, text in changed.items()}}, profile)
            for index in changed:
                row = wanted.rows[index]
                value = counted.cell(row_of(counted, index), points).value
                assert row.low == row.high
                assert value == float(row.low or 0), (row.indicator.name, value, row.low)
            total = next(cell for cells in counted.iter_rows() for cell in cells if cell.value == "总分")
            value = counted.cell(total.row, points).value
            low, high = wanted.total.low, wanted.total.high
            assert value == (float(low) if low == high else f"{low} – {high}")


CHANGES: tuple[tuple[Mapping[int, Actual], Mapping[int, str]], ...] = (
    (CERTAIN, {0: "40", 1: "94.1%", 2: "120", 3: "5%", 4: "7.5", 6: "89.9%"}),
    (CERTAIN, {0: "60", 1: "95%", 2: "119.99", 3: "3%", 4: "12.5", 6: "90%"}),
    (CERTAIN, {0: "59.5", 1: "94.85%", 2: "0", 3: "5.01%", 4: "7.51", 6: "80.05%"}),
    (LEFT_OPEN, {0: "40", 1: "94.1%", 3: "5%", 4: "7.5", 6: "89.9%"}),
)


def columns_of(table: Worksheet) -> dict[object, int]:
    """The columns by their heads."""
    head = next(cell for cells in table.iter_rows() for cell in cells if cell.value == "三级指标")
    return {cell.value: int(cell.column) for cell in table[head.row]}


def row_of(table: Worksheet, index: int) -> int:
    """The row of an indicator."""
    name = PROJECT.indicators[index].name
    return next(int(cell.row) for cells in table.iter_rows() for cell in cells if cell.value == name)


def same(one: object, other: object) -> bool:
    if isinstance(one, int | float) and isinstance(other, int | float):
        return abs(one - other) < 1e-12
    return (one or "") == (other or "")
