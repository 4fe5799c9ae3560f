"""`hengliang ledger`: what there is, and test vectors."""

import json
import shutil
from pathlib import Path

from openpyxl import load_workbook

from hengliang.measure.catalogue import all_ledgers
from tests.cli.calling import call

VECTORS = Path(__file__).parents[1] / "measure" / "vectors"


def one_vector(tmp_path: Path, **changes: object) -> Path:
    """A folder with the vector I01 only, changed as said."""
    data = json.loads((VECTORS / "expected.json").read_text(encoding="utf-8"))
    vector = {**data["vectors"][0], **changes}
    kept = {**data, "vectors": [vector], "rule_vectors": [], "code_vectors": []}
    (tmp_path / "expected.json").write_text(json.dumps(kept), encoding="utf-8")
    shutil.copy(VECTORS / "I01_green_mine_check.csv", tmp_path)
    return tmp_path


def test_the_list() -> None:
    out = call("ledger", "list", "--lang", "zh").out
    assert all(ledger.name in out and ledger.zh in out for ledger in all_ledgers().values())
    assert {each["name"] for each in json.loads(call("ledger", "list", "--json").out)} == {*all_ledgers()}


def test_a_page_by_either_name() -> None:
    page = call("ledger", "describe", "绿色矿山核查台账", "--lang", "zh")
    assert page.code == 0
    assert "核查日期" in page.out
    assert page.out == call("ledger", "describe", "green_mine_check", "--lang", "zh").out
    schema = json.loads(call("ledger", "describe", "green_mine_check", "--json").out)
    assert schema["primaryKey"] == ["mine_id", "round_no", "fiscal_year"]


def test_a_ledger_that_there_is_not() -> None:
    wrong = call("ledger", "describe", "green_mine_chek")
    assert wrong.code == 2
    assert "green_mine_check" in wrong.err


def test_vectors_that_come_out(tmp_path: Path) -> None:
    run = call("ledger", "test", one_vector(tmp_path))
    assert (run.code, run.out) == (0, "10 compared, 0 different\n")


def test_vectors_that_do_not(tmp_path: Path) -> None:
    folder = one_vector(tmp_path, metrics={"M01": 4})
    run = call("ledger", "test", folder)
    assert run.code == 1
    assert "I01 M01: expected 4, found 3" in run.out
    data = json.loads(call("ledger", "test", folder, "--json").out)
    assert (data["different"], data["comparisons"][0]["found"]) == (1, "3")


def test_a_vector_of_an_unknown_ledger_is_a_difference(tmp_path: Path) -> None:
    run = call("ledger", "test", one_vector(tmp_path, ledger="no_such_ledger"))
    assert run.code == 1
    assert "no_such_ledger" in run.out


def test_a_folder_without_vectors(tmp_path: Path) -> None:
    run = call("ledger", "test", tmp_path)
    assert run.code == 2
    assert "expected.json" in run.err


def test_a_template_is_filled_in_loaded_and_recognised(tmp_path: Path) -> None:
    blank = tmp_path / "template.xlsx"
    assert call("ledger", "template", "work_item", "-o", blank, "--lang", "zh").code == 0
    book = load_workbook(blank)
    sheet = book.worksheets[0]
    headings = {str(cell.value): cell.column for cell in sheet[1]}
    for heading, value in (
        ("事项编号", "W1"),
        ("是否列入年度计划", "是"),
        ("计划完成日期", "2023-06-30"),
        ("数量", 3),
    ):
        sheet.cell(2, headings[heading], value)
    filled = tmp_path / "filled.xlsx"
    book.save(filled)
    store = tmp_path / "store"
    first = call(
        "ledger", "load", filled, "--ledger", "work_item", "--store", store, "--year", 2023, "--org", "430400"
    )
    assert "1 rows stored" in first.out
    again = call(
        "ledger", "load", filled, "--ledger", "work_item", "--store", store, "--year", 2023, "--org", "430400"
    )
    assert "loaded before" in again.out
    listed = json.loads(call("ledger", "batches", "--store", store, "--json").out)
    assert [(batch["rows"], batch["source_file"]) for batch in listed] == [(1, "filled.xlsx")]


def test_bad_cells_are_marked_in_the_own_layout(tmp_path: Path) -> None:
    path = tmp_path / "records.csv"
    path.write_text("核查编号,采矿许可证号,核查日期,备注\nG1,C123,2023-13-01,=1+1\n", encoding="gb18030")
    marked = tmp_path / "marked.xlsx"
    run = call(
        "ledger", "check", path, "--ledger", "green_mine_check", "--year", 2023, "--errors", marked, "--json"
    )
    assert run.code == 1
    assert {finding["code"] for finding in json.loads(run.out)["findings"]} == {"Q02", "Q10"}
    sheet = load_workbook(marked).worksheets[0]
    assert [cell.value for cell in sheet[1]][:4] == ["核查编号", "采矿许可证号", "核查日期", "备注"]
    assert (sheet["D2"].value, sheet["D2"].data_type) == ("=1+1", "s")
    assert "Q02" in sheet["B2"].comment.text
    assert "Q10" in sheet["E2"].value


def test_a_file_without_headings_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "records.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    run = call("ledger", "check", path, "--ledger", "work_item", "--year", 2023)
    assert run.code == 2
    assert "template" in run.err


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    given = ("--store", tmp_path / "none", "--year", 2023, "--org", "430400")
    for words, said in (
        (("template", "green_mine_check", "-o", tmp_path / "mines.xls"), "ends in .xlsx"),
        (("batches", "--store", tmp_path / "none"), "there is no store"),
        (("load-folder", tmp_path / "none", *given), "there is no folder"),
    ):
        run = call("ledger", *words)
        assert (run.code, said in run.err) == (2, True), run.err
    assert list(tmp_path.iterdir()) == []
