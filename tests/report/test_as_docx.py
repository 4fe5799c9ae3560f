"""The draft of the opinion: eight points, proposed grades with their derivation, room for the reviewer."""

from pathlib import Path

import pytest
from docx import Document

from hengliang.base.finding import Finding, Severity
from hengliang.base.profile import load_profile
from hengliang.report.as_docx import write
from hengliang.review.catalogue import all_rules
from hengliang.review.verdict import Verdict
from tests.factories import finding, form, indicator, verdict
from tests.report.reviewed import reviewed

PROFILE = load_profile("national-2015")


def _tables(made: Verdict, tmp_path: Path, language: str) -> list[list[list[str]]]:
    out = tmp_path / "opinion.docx"
    write([made], PROFILE, out, language)
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in Document(str(out)).tables]


def _passing(*found: Finding) -> Verdict:
    codes = {one.code for one in found}
    made = verdict(form(indicator(), project="测试项目"), found)
    return made._replace(passed=tuple(rule.code for rule in all_rules() if rule.code not in codes))


def test_eight_points_with_their_dimensions(tmp_path: Path) -> None:
    opinion, _ = _tables(reviewed(), tmp_path, "zh_Hans")
    points = [row[1].split("\n")[0] for row in opinion[1:9]]
    assert points == [
        "规范完整性",
        "明确清晰性",
        "目标相关性",
        "指标科学性",
        "绩效合理性",
        "资金匹配性",
        "实现可能性",
        "条件充分性",
    ]
    assert [row[0] for row in opinion[1:9:2]] == ["完整性", "相关性", "适当性", "可行性"]
    assert all("□优" in row[4] and "□差" in row[4] for row in opinion[1:9])


def test_findings_lead_to_grades(tmp_path: Path) -> None:
    found = [
        finding("F02", "fiscal_year"),
        finding("F03", "codes/region", severity=Severity.WARNING),
        finding("F14", "indicators/0/name"),
    ]
    opinion, _ = _tables(_passing(*found), tmp_path, "zh_Hans")
    regular = opinion[1]
    assert "F02 错误 年度缺失" in regular[2]
    assert "F14 错误 文字被截断 #1" in regular[2]
    assert regular[3] == "中"
    assert opinion[2][3] == "优"


def test_the_overall_grade_says_how_it_came_about(tmp_path: Path) -> None:
    opinion, _ = _tables(reviewed(), tmp_path, "zh_Hans")
    overall = {row[0]: row[1] for row in opinion[9:]}
    text = overall["综合评定等级（建议）"]
    assert text.split("\n")[0] == "差至优之间"
    assert "未判定：规范完整性、" in text
    assert "优：8个要点中至少6个为优及以上且没有中、差。" in text
    assert "评为差的：不得进入下一步预算安排流程。" in text
    assert overall["总体意见"] == ""


def test_it_says_that_it_is_a_draft(tmp_path: Path) -> None:
    write([reviewed(), reviewed()], PROFILE, tmp_path / "opinion.docx", "zh_Hans")
    texts = [paragraph.text for paragraph in Document(str(tmp_path / "opinion.docx")).paragraphs]
    assert texts.count("绩效目标审核意见表（草案）") == 2
    assert any("所列等级均为建议，由审核人审定" in text for text in texts)


def test_the_annex_lists_findings_and_open_checks(tmp_path: Path) -> None:
    _, annex = _tables(reviewed(), tmp_path, "en")
    assert [row[0] for row in annex[1:]] == ["F98", "V98", "T98", "I98", "W98", "T97", "V97", "I97", "G98"]
    assert annex[2][2] == "#2 #3"
    assert annex[2][4] == "decide on it"


@pytest.mark.parametrize("language", ["zh_Hans", "en"])
def test_any_text_can_be_written(tmp_path: Path, language: str) -> None:
    of = form(indicator("甲\x00\x0b乙\ud800\uffff"), organisation="\x1b")
    made = verdict(of, [finding("T98", "indicators/0/name")], file="a/\x02.txt")
    write([made], PROFILE, tmp_path / "opinion.docx", language)
    assert Document(str(tmp_path / "opinion.docx")).tables
