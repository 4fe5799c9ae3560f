"""`hengliang review`: findings in every format, mends, baselines, suppressions, many files, exit codes."""

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from docx import Document
from jsonschema import Draft202012Validator
from openpyxl import load_workbook

from hengliang import api
from hengliang.form.model import Form
from hengliang.report.schema import review_schema
from tests.cli.calling import EXAMPLE, call, written
from tests.factories import form, indicator

# Rules that no finished form trips over, so that a small form can be without findings.
FEW = ("--select", "T01,V06,F02,H01")


def _good(**fields: object) -> Form:
    return form(indicator("绿色矿山核查数量", explanation="核查家数", criterion="按完成比例计分"), **fields)


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return written(_good(), tmp_path / "good.json")


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """A form without a year (an error), and with doubled punctuation (a safe fix)."""
    return written(_good(fiscal_year=None, goals=("完成全年工作。。",)), tmp_path / "bad.json")


def test_exit_codes(good: Path, bad: Path, tmp_path: Path) -> None:
    assert call("review", good, *FEW).code == 0
    assert call("review", bad, *FEW).code == 1
    assert call("review", bad, "--select", "T01").code == 0
    assert call("review", bad, tmp_path / "none.txt", *FEW).code == 2
    assert call("review").code == 2


def test_the_worked_example() -> None:
    called = call("review", EXAMPLE)
    assert called.code == 1
    lines = called.out.splitlines()
    assert lines[0].startswith(f"{EXAMPLE}  衡阳市自然资源和规划局")
    heads = [line for line in lines if line.startswith(str(EXAMPLE)) and " error: " in line]
    assert any(line.startswith(f"{EXAMPLE}:") and " V01 error: " in line for line in heads)
    errors = [number for number, line in enumerate(lines) if " error: " in line]
    warnings = [number for number, line in enumerate(lines) if " warning: " in line]
    assert max(errors) < min(warnings)
    assert any("^^^" in line for line in lines)
    assert lines[-3].split(" · ")[0].endswith("errors")


def test_it_speaks_chinese() -> None:
    called = call("review", EXAMPLE, "--lang", "zh")
    assert " V01 错误：" in called.out
    assert "个错误 · " in called.out


def test_quiet_and_statistics(bad: Path) -> None:
    quiet = call("review", bad, "-q")
    assert " F02 error: " in quiet.out
    assert " warning: " not in quiet.out
    statistics = call("review", bad, "--statistics", *FEW)
    assert [line.split()[:2] for line in statistics.out.splitlines()[:2]] == [["1", "F02"], ["1", "T01"]]
    assert statistics.code == 1


def test_json_keeps_to_its_schema(bad: Path, good: Path, tmp_path: Path) -> None:
    called = call("review", bad, good, tmp_path / "none.txt", "--format", "json")
    data = json.loads(called.out)
    Draft202012Validator(review_schema()).validate(data)
    assert [Path(one["file"]).name for one in data["forms"]] == ["bad.json", "good.json"]
    assert [Path(one["file"]).name for one in data["unreadable"]] == ["none.txt"]
    assert data["counts"]["errors"] == sum(one["counts"]["errors"] for one in data["forms"])


def test_sarif_and_csv(bad: Path) -> None:
    log = json.loads(call("review", bad, *FEW, "--format", "sarif").out)
    assert {result["ruleId"] for result in log["runs"][0]["results"]} == {"F02", "T01"}
    rows = list(csv.reader(StringIO(call("review", bad, *FEW, "--format", "csv").out)))
    assert [row[4] for row in rows] == ["Code", "F02", "T01"]


def test_a_table_for_excel_has_a_byte_order_mark(bad: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "findings.csv"
    called = call("review", bad, *FEW, "--format", "csv", "-o", out)
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    assert f"written: {out}" in called.out
    assert "1 error · 1 warning" in called.out


def test_a_marked_workbook(tmp_path: Path) -> None:
    original = written(_good(goals=("完成全年工作。。",)), tmp_path / "form.xlsx")
    before = original.read_bytes()
    called = call("review", original, "--select", "T01", "--format", "xlsx")
    assert called.code == 0
    assert original.read_bytes() == before
    book = load_workbook(tmp_path / "form.reviewed.xlsx")
    comments = [cell.comment.text for row in book.worksheets[0].iter_rows() for cell in row if cell.comment]
    assert any(text.startswith("T01 warning: ") for text in comments)
    assert "Findings" in book.sheetnames
    # A second time the first result is kept.
    call("review", original, "--select", "T01", "--format", "xlsx")
    assert (tmp_path / "form-2.reviewed.xlsx").is_file()


def test_opinions_for_many_go_to_a_folder(good: Path, bad: Path, tmp_path: Path) -> None:
    called = call("review", good, bad, "--format", "docx", "-o", tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "bad.opinion.docx",
        "good.opinion.docx",
    ]
    assert Document(str(tmp_path / "out" / "bad.opinion.docx")).tables
    assert called.out.count("written: ") == 2


def test_diff_writes_nothing(bad: Path) -> None:
    called = call("review", bad, *FEW, "--diff", "--lang", "zh")
    assert called.out.splitlines()[2:] == ["@@ 年度总体目标 1 @@ T01", "-完成全年工作。。", "+完成全年工作。"]
    assert [path.name for path in bad.parent.iterdir()] == ["bad.json"]


def test_fix_writes_a_new_file(bad: Path) -> None:
    before = bad.read_bytes()
    called = call("review", bad, *FEW, "--fix")
    mended = bad.with_name("bad.fixed.json")
    assert f"1 mended (T01×1), written to {mended}" in called.out
    assert " T01 " not in called.out
    assert called.code == 1
    assert bad.read_bytes() == before
    assert api.read(mended).forms[0].form.goals == ("完成全年工作。",)
    assert "Nothing could be mended" in call("review", mended, *FEW, "--fix").out
    assert not bad.with_name("bad.fixed.fixed.json").exists()


@pytest.mark.parametrize("ending", [".xlsx", ".docx", ".csv", ".json", ".md"])
def test_fix_writes_what_was_asked_for(bad: Path, tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"mended{ending}"
    assert call("review", bad, *FEW, "--fix", "-o", out).code == 1
    (read,) = api.read(out).forms
    assert read.form.goals == ("完成全年工作。",)


def test_fix_into_an_unknown_format_is_refused(bad: Path, tmp_path: Path) -> None:
    called = call("review", bad, *FEW, "--fix", "-o", tmp_path / "mended.pdf")
    assert called.code == 2
    assert "-o is one of json, xlsx" in called.err
    assert not (tmp_path / "mended.pdf").exists()


def test_proposals_are_listed_and_never_applied(tmp_path: Path) -> None:
    path = written(form(indicator("结案率", operator=">", target="100", unit="%")), tmp_path / "form.json")
    called = call("review", path, "--select", "V06", "--propose")
    assert called.out.startswith(f"{path}: V06 indicator 1 结案率 · ")
    out = tmp_path / "proposals.json"
    call("review", path, "--select", "V06", "--propose", "-o", out)
    assert [one["code"] for one in json.loads(out.read_text(encoding="utf-8"))["proposals"]] == ["V06"]
    call("review", path, "--select", "V06", "--fix")
    assert not path.with_name("form.fixed.json").exists()


def test_a_baseline_lets_only_new_findings_fail(bad: Path, tmp_path: Path) -> None:
    known = tmp_path / "known.json"
    assert call("review", bad, *FEW, "--write-baseline", known).code == 0
    called = call("review", bad, *FEW, "--baseline", known)
    assert called.code == 0
    assert "Nothing found. (0 suppressed, 2 in the baseline)" in called.out
    assert call("review", bad, "--select", "F01,F02,F05", "--baseline", known).code == 1


def test_a_suppression_needs_a_reason(bad: Path) -> None:
    beside = bad.with_name("bad.json.hengliang.toml")
    beside.write_text('[[suppress]]\ncode = "F02"\nplace = "fiscal_year"\nby = "张三"\n', encoding="utf-8")
    called = call("review", bad, *FEW)
    assert called.code == 2
    assert "entry 1 has no reason" in called.err
    with beside.open("a", encoding="utf-8") as stream:
        stream.write('reason = "年度见封面"\nuntil = 2999-12-31\n')
    called = call("review", bad, *FEW)
    assert called.code == 0
    assert "(1 suppressed, 0 in the baseline)" in called.out


def test_suppressions_run_out_and_go_unused(bad: Path, tmp_path: Path) -> None:
    path = tmp_path / "s.toml"
    path.write_text(
        '[[suppress]]\ncode = "F02"\nplace = "*"\nreason = "r"\nby = "b"\nuntil = 2020-01-01\n'
        '[[suppress]]\ncode = "V06"\nplace = "*"\nreason = "r"\nby = "b"\n',
        encoding="utf-8",
    )
    called = call("review", bad, *FEW, "--suppressions", path)
    assert called.code == 1
    assert "the suppression of F02 at * ran out on 2020-01-01" in called.err
    assert "the suppression of V06 at * overrules nothing" in called.err


def test_a_suppression_for_many_forms_is_unused_when_none_needs_it(
    bad: Path, good: Path, tmp_path: Path
) -> None:
    path = tmp_path / "s.toml"
    path.write_text(
        '[[suppress]]\ncode = "F02"\nplace = "*"\nreason = "r"\nby = "b"\n'
        '[[suppress]]\ncode = "V06"\nplace = "*"\nreason = "r"\nby = "b"\n',
        encoding="utf-8",
    )
    called = call("review", good, bad, *FEW, "--suppressions", path)
    assert called.code == 0
    assert called.err == "the suppression of V06 at * overrules nothing: take it out\n"


def test_forms_of_earlier_years_are_compared_with(tmp_path: Path) -> None:
    def report(year: int, target: str, actual: str | None) -> Form:
        purpose = "self_evaluation" if actual else "declaration"
        return form(indicator(target=target, actual=actual), fiscal_year=year, purpose=purpose)

    last = written(report(2025, "60", "75"), tmp_path / "2025.json")
    this = written(report(2026, "60", None), tmp_path / "2026.json")
    alone = json.loads(call("review", this, "--select", "H01", "--format", "json").out)
    both = json.loads(call("review", this, last, "--select", "H01", "--format", "json").out)
    assert alone["forms"][0]["not_applicable"][0]["code"] == "H01"
    assert [one["code"] for one in both["forms"][0]["findings"]] == ["H01"]


def test_the_order_is_that_of_the_files(tmp_path: Path) -> None:
    for number in range(12):
        written(_good(fiscal_year=2000 + number), tmp_path / f"{number:02}.json")
    outs = {call("review", tmp_path, "--format", "json", "-j", jobs).out for jobs in (1, 2)}
    (out,) = outs
    assert [one["fiscal_year"] for one in json.loads(out)["forms"]] == list(range(2000, 2012))


def test_a_document_without_a_form(tmp_path: Path, good: Path) -> None:
    letter = tmp_path / "letters" / "letter.txt"
    letter.parent.mkdir()
    letter.write_text("关于召开会议的通知\n请各单位准时参加。\n", encoding="utf-8")
    named = call("review", letter, good, *FEW)
    assert named.code == 2
    assert "there is no declaration, monitoring or self-evaluation form in it" in named.err
    found = call("review", letter.parent, good, *FEW)
    assert found.code == 0
    assert "letter.txt" in found.err


def test_a_profile_may_be_a_folder(bad: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "profile.toml").write_text('name = "own"\ninherits = "national-2015"\nvalid_from = "2026-01-01"\n')
    data = json.loads(call("review", bad, *FEW, "--profile", own, "--format", "json").out)
    assert Path(data["profile"]["name"]).name == "own"


def test_text_into_a_file_has_no_colour(bad: Path, tmp_path: Path) -> None:
    assert "\x1b[" in call("review", bad, *FEW, FORCE_COLOR="1").out
    assert "\x1b[" not in call("review", bad, *FEW, FORCE_COLOR="1", NO_COLOR="1").out
    out = tmp_path / "out.txt"
    call("review", bad, *FEW, "-o", out, FORCE_COLOR="1")
    assert "\x1b[" not in out.read_text(encoding="utf-8")
    assert " F02 error: " in out.read_text(encoding="utf-8")


def test_indicators_on_several_forms_are_told(tmp_path: Path) -> None:
    names = [written(_good(organisation=who), tmp_path / f"{who}.json") for who in ("甲局", "乙局")]
    called = call("review", *names, *FEW)
    assert (
        "Indicators that stand on several forms: 1\n  绿色矿山核查数量  2 forms, the same name\n"
        in called.out
    )
    (group,) = json.loads(call("review", *names, *FEW, "--format", "json").out)["duplicates"]
    assert [member["form"] for member in group["members"]] == [str(name) for name in names]


def test_the_years_of_one_organisation_are_no_duplicates(tmp_path: Path) -> None:
    names = [written(_good(fiscal_year=year), tmp_path / f"{year}.json") for year in (2025, 2026)]
    assert "Indicators that stand on several forms" not in call("review", *names, *FEW).out


def test_every_form_of_a_file_is_mended_into_a_file_of_its_own(tmp_path: Path) -> None:
    forms = [
        json.loads(written(_good(goals=(f"{goal}。。",)), tmp_path / "x.json").read_text(encoding="utf-8"))
        for goal in ("目标一", "目标二")
    ]
    both = tmp_path / "both.json"
    both.write_text(json.dumps({"forms": forms}), encoding="utf-8")
    assert call("review", both, *FEW, "--fix", "-o", tmp_path / "out").code == 0
    mended = [api.read(tmp_path / "out" / f"both.{number}.fixed.json").forms[0].form for number in (1, 2)]
    assert [form.goals for form in mended] == [("目标一。",), ("目标二。",)]


def test_a_diff_may_go_to_a_file(bad: Path, tmp_path: Path) -> None:
    out = tmp_path / "changes.diff"
    call("review", bad, *FEW, "--diff", "-o", out)
    assert out.read_text(encoding="utf-8").startswith(
        f"--- {bad}\n+++ {bad.with_name('bad.fixed.json')}\n@@ "
    )


def test_standard_input_is_reviewed(bad: Path) -> None:
    called = call("review", "-", "--stdin-format", "json", *FEW, given=bad.read_bytes())
    assert called.code == 1
    assert "\n-: F02 error: " in called.out
