"""`hengliang export`: the form in another format, whole or not at all."""

import json
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from hengliang import api
from hengliang.form.model import Money, MoneyRow, Purpose
from tests.cli.calling import EXAMPLE, call, written
from tests.factories import form, indicator


@pytest.mark.parametrize("name", ["json", "xlsx", "docx", "csv", "md"])
def test_the_worked_example_survives(tmp_path: Path, name: str) -> None:
    out = tmp_path / f"form.{name}"
    called = call("export", EXAMPLE, "--as", name, "-o", out)
    assert called.code == 0
    assert called.out == f"written: {out}\n"
    (read,) = api.read(out).forms
    (original,) = api.read(EXAMPLE).forms
    assert [row.name for row in read.form.indicators] == [row.name for row in original.form.indicators]
    assert read.form.goals == original.form.goals


def test_the_ministrys_records(tmp_path: Path) -> None:
    out = tmp_path / "records.json"
    assert call("export", EXAMPLE, "--as", "mof", "-o", out).code == 0
    assert "公众满意度" in out.read_text(encoding="utf-8")
    json.loads(out.read_text(encoding="utf-8"))


def test_of_several_forms_one_is_named(tmp_path: Path) -> None:
    both = tmp_path / "both.json"
    forms = [json.loads(written(form(indicator(name)), tmp_path / "x.json").read_text()) for name in "甲乙"]
    both.write_text(json.dumps({"forms": forms}), encoding="utf-8")
    out = tmp_path / "out.json"
    called = call("export", both, "--as", "json", "-o", out)
    assert called.code == 2
    assert "there are 2 forms in it" in called.err
    assert call("export", both, "--as", "json", "-o", out, "--form", "2").code == 0
    assert api.read(out).forms[0].form.indicators[0].name == "乙"
    assert call("export", both, "--as", "json", "-o", out, "--form", "3").code == 2


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    called = call("export", tmp_path / "none.txt", "--as", "json", "-o", tmp_path / "out.json")
    assert called.code == 2
    assert "none.txt" in called.err
    assert not (tmp_path / "out.json").exists()


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    called = call("export", EXAMPLE, "--as", "json", "-o", tmp_path / "file" / "out.json")
    assert called.code == 2
    assert "cannot write" in called.err


def test_into_a_folder(tmp_path: Path) -> None:
    called = call("export", EXAMPLE, "--as", "mof-zip", "-o", f"{tmp_path}/out/")
    assert called.code == 0
    with ZipFile(tmp_path / "out" / f"{EXAMPLE.stem}.mof.zip") as archive:
        assert {"BGT_PERF_GOAL_INFO.csv", "BGT_PERF_INDICATOR.csv", "notices.csv"} <= set(archive.namelist())
    # The worked example is cut off in many places; nobody takes its records for complete.
    assert "not complete" in called.err


@pytest.mark.parametrize("purpose", ["declaration", "monitoring", "self_evaluation"])
@pytest.mark.parametrize("kind", ["department", "project"])
def test_empty_forms(tmp_path: Path, kind: str, purpose: str) -> None:
    called = call("export", "--blank", kind, "--purpose", purpose, "--as", "xlsx", "-o", tmp_path)
    out = tmp_path / f"{kind}-{purpose}.xlsx"
    assert (called.code, called.out) == (0, f"written: {out}\n")
    words = {cell.value for row in load_workbook(out).worksheets[0] for cell in row}
    assert {"一级指标", "三级指标", "满意度指标"} <= words
    assert all(not read.form.indicators for read in api.read(out).forms)


def test_an_empty_form_or_a_document(tmp_path: Path) -> None:
    out = tmp_path / "blank.docx"
    assert "say which document" in call("export", "--as", "docx", "-o", out).err
    assert "needs no document" in call("export", EXAMPLE, "--blank", "project", "--as", "docx", "-o", out).err
    assert "--blank is one of" in call("export", "--blank", "county", "--as", "docx", "-o", out).err
    assert "--as is one of" in call("export", "--blank", "project", "--as", "mof", "-o", out).err
    assert not out.exists()


MONTH = ("--monitoring", "7", "--as", "xlsx")


@pytest.fixture
def declared(tmp_path: Path) -> Path:
    """A declaration with a budget of 300 万元."""
    money = Money(unit="万元", rows=(MoneyRow(name="年度资金总额", budget=Decimal(300)),))
    rows = (indicator("核查家数"), indicator("合格率", operator="≥", target="90", unit="%"))
    return written(form(*rows, money=money), tmp_path / "declared.json")


def test_the_monitoring_table_of_a_month(declared: Path, tmp_path: Path) -> None:
    said, out = tmp_path / "july.csv", tmp_path / "table.xlsx"
    said.write_text("三级指标,实际完成值,说明\n核查家数,31,汛期停工\n", encoding="utf-8")
    called = call("export", declared, *MONTH, "--actuals", said, "--spent", "100", "-o", out)
    assert (called.code, called.out, called.err) == (0, f"written: {out}\n", "")
    (read,) = api.read(out).forms
    assert (read.form.purpose, read.form.months) == (Purpose.MONITORING, "1-7")
    assert [(row.actual, row.reason) for row in read.form.indicators] == [("31", "汛期停工"), (None, None)]
    assert read.form.money is not None
    assert read.form.money.rows[0].rate == Decimal("33.33")


def test_values_that_no_monitoring_table_takes_are_told(declared: Path, tmp_path: Path) -> None:
    said, out = tmp_path / "july.csv", tmp_path / "table.xlsx"
    said.write_text("三级指标,实际完成值\n无此指标,31\n", encoding="utf-8")
    called = call("export", declared, *MONTH, "--actuals", said, "-o", out)
    assert called.code == 1
    assert called.err.startswith("1 rows of actual values were not used")
    assert api.read(out).forms[0].form.money is None


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("--as", "xlsx", "--spent", "3"), "go with --monitoring"),
        ((*MONTH, "--spent", "-3"), "--spent is an amount"),
        ((*MONTH, "--spent", "viel"), "--spent is an amount"),
        (("--monitoring", "13", "--as", "xlsx"), "--monitoring"),
        ((*MONTH, "--blank", "project"), "needs a document"),
    ],
)
def test_a_monitoring_table_that_cannot_be_made_is_refused(
    arguments: tuple[str, ...], why: str, declared: Path, tmp_path: Path
) -> None:
    document = () if "--blank" in arguments else (declared,)
    called = call("export", *document, *arguments, "-o", tmp_path / "out.xlsx")
    assert called.code == 2
    assert why in called.err
    assert not (tmp_path / "out.xlsx").exists()


@pytest.mark.parametrize(
    ("money", "why"),
    [
        (None, "states no budget"),
        (Money(unit="元", rows=(MoneyRow(name="年度资金总额", budget=Decimal(300)),)), "in another unit"),
    ],
)
def test_money_that_cannot_be_held_against_the_form_is_refused(
    money: Money | None, why: str, tmp_path: Path
) -> None:
    declared = written(form(indicator("核查家数"), money=money), tmp_path / "declared.json")
    called = call("export", declared, *MONTH, "--spent", "3", "-o", tmp_path / "out.xlsx")
    assert (called.code, why in called.err) == (2, True)
