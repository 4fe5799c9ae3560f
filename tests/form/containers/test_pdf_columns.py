"""PDF pages whose tables no rules enclose, printed as programs print them: cell by cell, row by row."""

import shutil
import subprocess
from pathlib import Path

import docx
import pytest

from hengliang.form.document import Line
from tests.form.containers.build import drawn, lines_of, opened, pdf, printed, table_of

LINE = 12.0
COLUMNS = (50, 130, 230, 400, 480)


def cell(column: int, center: float, text: str) -> str:
    """The lines of a cell in the middle of its row, the text in the middle of its column."""
    lines = text.split("/")
    top = center - LINE * (len(lines) - 1) / 2
    out = ""
    for number, line in enumerate(lines):
        out += printed(COLUMNS[column] + 30 - 5 * len(line), top + LINE * number + 5, line)
    return out


def row(center: float, *texts: str, first: int = 0) -> str:
    return "".join(cell(first + index, center, text) for index, text in enumerate(texts) if text)


def test_rows_columns_and_cells_of_several_lines(tmp_path: Path) -> None:
    page = (
        printed(200, 60, "绩效目标表", 18)
        + row(100, "一级指标", "二级指标", "三级指标", "目标值", "分值")
        + row(130, "产出", "数量", "开展绿色矿山/核查露天开采", "60家", "3")
        + row(160, "产出", "质量", "界桩核查", "100%", "5")
        + row(190, "效益", "社会效益/指标", "满意", "不低于/95%", "2")
    )
    document = opened(tmp_path, "a.pdf", pdf(page))
    assert lines_of(document) == ["绩效目标表"]
    assert drawn(table_of(document)) == [
        "一级指标|二级指标|三级指标|目标值|分值",
        "产出|数量|开展绿色矿山/核查露天开采|60家|3",
        "产出|质量|界桩核查|100%|5",
        "效益|社会效益/指标|满意|不低于/95%|2",
    ]
    place = table_of(document).place(next(table_of(document).cells()))
    assert (place.page, place.row, place.column) == (1, 1, 1)


def test_merged_level_cells_belong_to_their_first_row(tmp_path: Path) -> None:
    page = (
        row(100, "一级指标", "二级指标", "三级指标", "目标值", "分值")
        + row(175, "产出/指标")  # printed with the first of its rows, but set in their middle
        + row(145, "数量", first=1)
        + row(130, "甲", "1", "2", first=2)
        + row(160, "乙", "1", "2", first=2)
        + row(190, "质量", "丙", "1", "2", first=1)
        + row(220, "时效", "丁", "1", "2", first=1)
        + row(250, "效益", "社会", "戊", "1", "2")
    )
    assert drawn(table_of(opened(tmp_path, "a.pdf", pdf(page)))) == [
        "一级指标|二级指标|三级指标|目标值|分值",
        "产出/指标|数量|甲|1|2",
        "^|^|乙|1|2",
        "^|质量|丙|1|2",
        "^|时效|丁|1|2",
        "效益|社会|戊|1|2",
    ]


def test_merged_cells_alone_between_two_rows_belong_to_the_first(tmp_path: Path) -> None:
    page = (
        row(100, "一级指标", "二级指标", "三级指标", "目标值", "分值")
        + row(130, "产出", "数量", "甲", "1", "2")
        + row(160, "", "", "乙", "1", "2")
        + row(205, "", "", "丙", "1", "2")
        + row(182.5, "效益", "社会")
    )
    assert drawn(table_of(opened(tmp_path, "a.pdf", pdf(page))))[2:] == ["效益|社会|乙|1|2", "^|^|丙|1|2"]


def test_cells_right_under_each_other_are_told_apart_by_their_lines(tmp_path: Path) -> None:
    page = (
        row(100, "一级指标", "二级指标", "三级指标", "目标值", "分值")
        + row(130, "产出", "数量", "甲", "", "2")
        + row(160, "产出", "质量", "乙", "", "2")
        + "".join(printed(COLUMNS[3], top, "开展核查") for top in (128, 142, 158, 172))
    )
    assert drawn(table_of(opened(tmp_path, "a.pdf", pdf(page))))[1:] == [
        "产出|数量|甲|开展核查/开展核查|2",
        "产出|质量|乙|开展核查/开展核查|2",
    ]


def test_heads_that_come_close_are_cut_between_their_columns(tmp_path: Path) -> None:
    page = (
        row(100, "一级指标", "三级指标", "", "", "分值")
        + printed(250, 105, "年初目标值年初")
        + printed(325, 105, "实际完成值和完成的情况")
        + row(130, "产出", "甲", "1", "2", "3")
        + row(160, "产出", "乙", "1", "2", "3")
    )
    assert drawn(table_of(opened(tmp_path, "a.pdf", pdf(page))))[0].split("|") == [
        "一级指标", "三级指标", "年初目标值年初", "实际完成值和完成的情况", "分值",
    ]  # fmt: skip


def test_a_head_merged_over_two_rows(tmp_path: Path) -> None:
    page = (
        row(100, "", "绩效指标", "", "年度指标值")
        + row(107, "分值", first=4)
        + row(114, "一级指标", "二级指标", "三级指标", "目标值")
        + row(140, "产出", "数量", "甲", "1", "2")
    )
    assert drawn(table_of(opened(tmp_path, "a.pdf", pdf(page)))) == [
        ".|绩效指标|.|年度指标值|分值",
        "一级指标|二级指标|三级指标|目标值|^",
        "产出|数量|甲|1|2",
    ]


def test_empty_cells_leave_rows_and_columns_in_place(tmp_path: Path) -> None:
    page = (
        row(100, "一级指标", "二级指标", "三级指标", "目标值", "分值")
        + row(130, "产出", "数量", "", "", "")
        + row(160, "", "质量", "乙", "", "2")
        + row(190, "", "", "丙", "≥1", "")
    )
    assert drawn(table_of(opened(tmp_path, "a.pdf", pdf(page)))) == [
        "一级指标|二级指标|三级指标|目标值|分值",
        "产出|数量|.|.|.",
        ".|质量|乙|.|2",
        ".|.|丙|≥1|.",
    ]


def test_wide_text_is_a_merged_cell(tmp_path: Path) -> None:
    page = (
        row(100, "年度目标")
        + printed(120, 105, "完成造林一千二百亩、森林经营面积稳步扩大、成活率八成五以上")
        + row(130, "一级指标", "二级指标", "三级指标", "目标值", "分值")
        + row(160, "产出", "数量", "甲", "1", "2")
    )
    assert drawn(table_of(opened(tmp_path, "a.pdf", pdf(page))))[0] == (
        "年度目标|完成造林一千二百亩、森林经营面积稳步扩大、成活率八成五以上|<|.|."
    )


def test_a_short_head_is_as_wide_as_the_text_under_it(tmp_path: Path) -> None:
    page = (
        row(120, "年度/目标")
        + printed(230, 105, "预期目标")
        + printed(130, 135, "完成造林一千二百亩、森林经营面积稳步扩大")
        + row(170, "一级指标", "二级指标", "三级指标", "目标值", "分值")
        + row(200, "产出", "数量", "甲", "1", "2")
    )
    assert drawn(table_of(opened(tmp_path, "a.pdf", pdf(page))))[:2] == [
        "年度/目标|预期目标|<|.|.",
        "^|完成造林一千二百亩、森林经营面积稳步扩大|<|.|.",
    ]


def test_letters_of_another_font_are_put_back_in_order(tmp_path: Path) -> None:
    # The bar is printed before the text in whose middle it stands, as programs do with letters a font lacks.
    page = (
        row(100, "一级", "二级", "三级", "目标", "分值")
        + row(130, "产出", "数量")
        + printed(260, 135, "“")
        + printed(240, 135, "推进")
        + printed(270, 135, "田长制")
        + row(130, "100%", "3", first=3)
        + row(160, "产出", "质量", "乙", "1", "2")
    )
    assert drawn(table_of(opened(tmp_path, "a.pdf", pdf(page))))[1] == "产出|数量|推进“田长制|100%|3"


def test_paragraphs_and_single_fields_are_lines(tmp_path: Path) -> None:
    page = (
        printed(50, 100, "单位名称：某局")
        + printed(350, 100, "填报日期：三月")
        + printed(50, 140, "一、负责全区林业生态保护修复和造林绿化工作的监督管理，组织实施林木采伐限额，")
        + printed(50, 155, "指导林业产业发展。")
    )
    document = opened(tmp_path, "a.pdf", pdf(page))
    assert all(isinstance(block, Line) for block in document.blocks)
    assert lines_of(document)[0].split() == ["单位名称：某局", "填报日期：三月"]
    assert len(lines_of(document)) == 3


def test_a_larger_title_parts_two_tables(tmp_path: Path) -> None:
    def form(top: float) -> str:
        return row(top, "一级", "二级", "三级", "目标", "分值") + row(
            top + 30, "产出", "数量", "甲", "1", "2"
        )

    page = form(100) + printed(220, 190, "第二张表", 18) + form(240)
    document = opened(tmp_path, "a.pdf", pdf(page))
    assert [type(block).__name__ for block in document.blocks] == ["Table", "Line", "Table"]


@pytest.mark.office
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
@pytest.mark.parametrize("vertical", [0, 1], ids=["top", "middle"])
def test_a_table_without_rules_from_libreoffice(tmp_path: Path, vertical: int) -> None:
    rows = [
        ["一级指标", "二级指标", "三级指标", "指标值", "评分标准"],
        [
            "产出指标",
            "数量指标",
            "建设“普适性”监测预警点（含地质灾害隐患点）",
            "≥100处",
            "完成可研、实施方案得满分，否则不得分",
        ],
        ["", "", "储量动态监管", "50家", "按比例"],
        ["", "质量指标", "界桩定位核查", "定性", "每降低1%扣1分"],
        ["满意度指标", "服务对象满意度指标", "公众满意度", "95%以上", "未达到不得分"],
    ]
    made = docx.Document()
    table = made.add_table(len(rows), 5)
    for index, texts in enumerate(rows):
        for column, text in enumerate(texts):
            table.cell(index, column).text = text
            table.cell(index, column).vertical_alignment = vertical  # type: ignore[assignment]
    for start, end, column in ((1, 3, 0), (1, 2, 1)):
        text = table.cell(start, column).text
        table.cell(start, column).merge(table.cell(end, column)).text = text
    made.add_paragraph("备注")
    made.save(str(tmp_path / "a.docx"))
    profile = (tmp_path / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "a.docx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    read = table_of(opened(tmp_path, "a.pdf", (tmp_path / "a.pdf").read_bytes()))
    assert [line.replace("/", "").replace(".", "").replace("^", "") for line in drawn(read)] == [
        "|".join(texts) for texts in rows
    ]
