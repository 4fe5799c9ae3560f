"""One line a finding, which no spreadsheet program takes for anything but text."""

import csv
from io import StringIO

from hengliang.report.as_csv import piece, whole
from tests.factories import finding, form, indicator, verdict
from tests.report.reviewed import FINDINGS, PLACES, reviewed


def _rows(text: str) -> list[list[str]]:
    return list(csv.reader(StringIO(text, newline="")))


def test_a_line_for_every_finding_that_counts() -> None:
    rows = _rows("".join(whole([piece(reviewed(PLACES, "form.xlsx"), "zh_Hans")], "zh_Hans")))
    assert len(rows) == 1 + len(FINDINGS)
    assert len({len(row) for row in rows}) == 1
    line = dict(zip(rows[0], next(row for row in rows if "V98" in row), strict=True))
    assert line["文件"] == "form.xlsx"
    assert line["文件中位置"] == "申报表!E9"
    assert line["程度"] == "错误"
    assert line["表中位置"] == "指标2 界桩定位核查 · 指标值"
    assert line["原文"] == "100"
    assert line["修正方式"] == "修改建议"


def test_a_rule_has_its_name_and_basis() -> None:
    (row,) = _rows(piece(verdict(form(), [finding("V06", "indicators/0/target")]), "zh_Hans"))
    assert "百分比不可达" in row
    assert row[-1].startswith("财预〔")


def test_a_formula_is_written_as_text() -> None:
    of = form(indicator("=HYPERLINK(1)"), organisation="@SUM(A1)")
    (row,) = _rows(piece(verdict(of, [finding("I98", "indicators/0/name")]), "en"))
    assert "'=HYPERLINK(1)" in row
    assert "'@SUM(A1)" in row


def test_line_breaks_stay_in_their_cell() -> None:
    of = form(indicator('甲\n乙,丙"丁'))
    (row,) = _rows(piece(verdict(of, [finding("I98", "indicators/0/name")]), "en"))
    assert '甲\n乙,丙"丁' in row
