"""`hengliang score` as people and programs call it."""

import json
from pathlib import Path

import pytest
from docx import Document
from jsonschema import Draft202012Validator
from openpyxl import load_workbook

from hengliang.form.actuals import read_actuals
from hengliang.report.sheet_schema import sheet_schema
from tests.cli.calling import EXAMPLE, call, written
from tests.factories import form, indicator
from tests.snapshots import same_as

ACTUALS = EXAMPLE.with_name("hengyang-2023-actuals.csv")
SNAPSHOTS = Path(__file__).parent / "snapshots"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Two indicators, one of them with actual value and points of its own."""
    rows = (
        indicator("核查家数", criterion="每少1家扣0.5分", points="60"),
        indicator("合格率", operator="≥", target="90", unit="%", criterion=None, points="30", actual="81%"),
    )
    return written(form(*rows), tmp_path / "small.json")


def _without_folder(text: str) -> str:
    return text.replace(f"{EXAMPLE.parent}/", "")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_worked_example_is_scored_with_every_reason(language: str) -> None:
    shown = call("score", EXAMPLE, "--actuals", ACTUALS, "--lang", language)
    assert shown.code == 0
    assert not shown.err
    assert same_as(SNAPSHOTS / f"score-example.{language}.txt", _without_folder(shown.out))


def test_json_keeps_to_its_schema() -> None:
    called = call("score", EXAMPLE, "--actuals", ACTUALS, "--json", "--need", "优")
    data = json.loads(called.out)
    Draft202012Validator.check_schema(sheet_schema())
    Draft202012Validator(sheet_schema()).validate(data)
    row = data["sheets"][0]["rows"][0]
    assert (row["low"], row["high"], row["weight"], row["lost"]) == ("2.85", "2.85", "3.00", "0.15")
    assert row["actual"]["where"].endswith("hengyang-2023-actuals.csv:t1!E2")
    assert data["needed"]["total"]["goal"] == "85.50"
    assert len(data["actuals"]["matched"]) == 25


def test_the_forms_own_column_is_taken_without_a_file(small: Path) -> None:
    rows = json.loads(call("score", small, "--json").out)["sheets"][0]["rows"]
    assert [row["state"] for row in rows] == ["not_reported", "scored"]
    assert (rows[1]["low"], rows[1]["method"], rows[1]["actual"]["origin"]) == ("27.00", "X1", "form")


def test_values_that_were_not_used_are_told_and_make_exit_code_1(small: Path, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("指标名称,实际值\n核查家数,57\n别的指标,3\n", encoding="utf-8")
    called = call("score", small, "--actuals", tmp_path / "a.csv")
    assert called.code == 1
    assert "no indicator of the form is called “别的指标”" in called.out
    assert "58.50" in called.out


@pytest.mark.parametrize("ending", ["xlsx", "csv", "json"])
def test_a_template_is_read_back_as_a_file_of_actual_values(ending: str, tmp_path: Path) -> None:
    out = tmp_path / f"actuals.{ending}"
    assert call("score", EXAMPLE, "--template", out).code == 0
    stated = read_actuals(out)
    assert {row.number for row in stated.rows} == set(range(1, 26))
    assert not stated.not_used
    assert all(row.actual is None and row.applicable for row in stated.rows)
    again = call("score", EXAMPLE, "--actuals", out, "--json")
    assert again.code == 0
    assert {row["state"] for row in json.loads(again.out)["sheets"][0]["rows"]} == {"not_reported"}


def test_a_template_offers_the_answers_that_a_sentence_has(tmp_path: Path) -> None:
    rows = (
        indicator(
            "巡查",
            operator="定性",
            target="完成",
            unit=None,
            criterion="优得5分，良得3分，差得0分",
            points="5",
        ),
        indicator("验收", operator="定性", target="通过", unit=None, criterion="通过验收得满分，否则不得分"),
    )
    call("score", written(form(*rows), tmp_path / "f.json"), "--template", tmp_path / "t.xlsx")
    sheet = load_workbook(tmp_path / "t.xlsx").worksheets[0]
    lists = {one.formula1: str(one.sqref) for one in sheet.data_validations.dataValidation}
    assert next(cells for words, cells in lists.items() if words.startswith('"优,良,')) == "G2"
    assert lists['"是,否"'] == "G3"


def test_profiles_are_compared_where_they_differ(small: Path, tmp_path: Path) -> None:
    folder = tmp_path / "passing"
    folder.mkdir()
    (folder / "profile.toml").write_text(
        'name = "passing"\nzh = "及格线"\nen = "pass line"\ninherits = "national-2015"\n'
        'valid_from = "2021-08-18"\nsource = "test"\n',
        encoding="utf-8",
    )
    (folder / "criteria.toml").write_text('[fallback]\nmore = "G2"\n')
    (tmp_path / "a.json").write_text('[{"index": 1, "actual": 60}, {"index": 2, "actual": "81%"}]')
    arguments = ("score", small, "--actuals", tmp_path / "a.json", "--profile", "national-2015")
    data = json.loads(call(*arguments, "--profile", folder, "--json").out)
    assert [one["number"] for one in data["differences"]] == [2]
    assert [one["low"] for one in data["differences"][0]["scores"]] == ["27.00", "22.50"]
    shown = call(*arguments, "--profile", folder).out
    assert "Profiles compared:" in shown
    assert "22.50" in shown


@pytest.mark.parametrize(
    ("need", "said"),
    [
        ("full", "60.00 points: ≥ 60家"),
        ("1:58.5", "58.5 points: ≥ 57家"),
        ("优", "87.00 points"),
        ("80", "80.00 of the points"),
        ("101", "cannot be reached"),
    ],
)
def test_what_is_needed_is_said(need: str, said: str, tmp_path: Path) -> None:
    rows = (
        indicator("核查家数", criterion="每少1家扣0.5分", points="60", actual="50"),
        indicator("合格率", unit="%", target="90", points="40", actual="81%"),
    )
    path = written(form(*rows), tmp_path / "f.json")
    shown = call("score", path, "--need", need)
    assert shown.code == 0
    if need == "优":
        assert "reached for certain" in shown.out
    else:
        assert said in shown.out


@pytest.mark.parametrize(
    "arguments",
    [
        ("--need", "very good"),
        ("--need", "99:1"),
        ("--need", "-1"),
        ("-o", "sheet.odt"),
        ("--template", "a.pdf"),
        ("--actuals", "none.csv"),
        ("--form", "2"),
        ("--profile", "nowhere"),
    ],
)
def test_what_cannot_be_done_is_refused(arguments: tuple[str, ...], small: Path) -> None:
    called = call("score", small, *arguments)
    assert called.code == 2
    assert called.err.startswith("error: ")
    assert called.err.count("\n") <= 2


def test_an_input_is_never_overwritten(small: Path) -> None:
    before = small.read_bytes()
    assert call("score", small, "-o", small).code == 2
    assert small.read_bytes() == before


@pytest.mark.parametrize(("ending", "magic"), [("xlsx", b"PK"), ("docx", b"PK"), ("pdf", b"%PDF")])
def test_the_self_evaluation_table_and_the_explanation_are_written(
    ending: str, magic: bytes, small: Path, tmp_path: Path
) -> None:
    out, why = tmp_path / f"table.{ending}", tmp_path / ("why.pdf" if ending == "pdf" else "why.docx")
    called = call("score", small, "-o", out, "--explain", why)
    assert (called.code, called.err) == (0, "")
    assert called.out.splitlines() == [f"written: {out}", f"written: {why}"]
    assert out.read_bytes().startswith(magic)
    assert why.read_bytes()[:2] in (b"PK", b"%P")


def test_the_explanation_is_written_as_a_page(small: Path, tmp_path: Path) -> None:
    out, why = tmp_path / "page.html", tmp_path / "why.html"
    called = call("score", small, "-o", out, "--explain", why)
    assert (called.code, called.err) == (0, "")
    assert out.read_bytes() == why.read_bytes()
    assert out.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_a_layout_that_is_none_is_refused(small: Path, tmp_path: Path) -> None:
    called = call("score", small, "-o", tmp_path / "t.xlsx", "--layout", "nowhere")
    assert called.code == 2
    assert "national-project" in called.err
    assert not (tmp_path / "t.xlsx").exists()


def _words(path: Path) -> str:
    document = Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_the_report_in_words_is_written(small: Path, tmp_path: Path) -> None:
    said, out = tmp_path / "said.csv", tmp_path / "report.docx"
    said.write_text("三级指标,实际完成值,说明\n核查家数,50,汛期停工\n合格率,95%,高于预期\n", encoding="utf-8")
    called = call("score", small, "--actuals", said, "--report", out, "--lang", "zh")
    assert (called.code, called.err) == (0, "")
    assert str(out) in called.out
    text = _words(out)
    assert "绩效自评报告" in text
    assert "汛期停工" in text
    assert "高于预期" not in text


@pytest.mark.parametrize(("grade", "shown"), [("", "良"), ("中", "中")])
def test_findings_from_outside_make_the_evaluation_report(
    grade: str, shown: str, small: Path, tmp_path: Path
) -> None:
    found, out = tmp_path / "findings.toml", tmp_path / "report.docx"
    lines = ['evaluator = "某会计师事务所"', "score = 85.5", 'findings = "台账齐全"']
    found.write_text("\n".join([*lines, f'grade = "{grade}"']), encoding="utf-8")
    assert call("score", small, "--report", out, "--findings", found, "--lang", "zh").code == 0
    text = _words(out)
    for said in ("绩效评价报告", "某会计师事务所", "台账齐全", "85.5", f"等级为{shown}"):
        assert said in text


@pytest.mark.parametrize("text", ["", "evaluator = 1", 'evaluator = "甲"\nscore = 101\nfindings = "乙"'])
def test_findings_that_say_too_little_are_refused(text: str, small: Path, tmp_path: Path) -> None:
    found, out = tmp_path / "findings.toml", tmp_path / "report.docx"
    found.write_text(text, encoding="utf-8")
    called = call("score", small, "--report", out, "--findings", found)
    assert (called.code, "findings.toml" in called.err, out.exists()) == (2, True, False)


@pytest.mark.parametrize(
    "arguments",
    [("--findings", "x.toml"), ("--report", "r.pdf"), ("--report", "r.docx", "--findings", "none.toml")],
)
def test_a_report_that_cannot_be_written_is_refused(arguments: tuple[str, ...], small: Path) -> None:
    called = call("score", small, *arguments)
    assert called.code == 2
    assert called.err.startswith("error: ")
