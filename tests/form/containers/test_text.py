"""Plain text: lines as printed, and tables in it."""

from pathlib import Path

from tests.form.containers.build import drawn, lines_of, opened, table_of

FORM = """部门整体绩效目标申报表

名称 | 某局

一级指标 | 二级指标 | 指标值
产出指标 | 数量指标 | 1
 | 质量指标 | ≥95%

    备注：无
"""


def test_runs_with_bars_are_tables_whose_rows_count_lines(tmp_path: Path) -> None:
    document = opened(tmp_path, "a.txt", FORM)
    table = table_of(document)
    assert lines_of(document) == ["部门整体绩效目标申报表", "名称 | 某局", "    备注：无"]
    assert drawn(table) == ["一级指标|二级指标|指标值", "产出指标|数量指标|1", "|质量指标|≥95%"]
    cell = table.rows[1][2]
    assert cell is not None
    assert table.place(cell).row == 6


def test_tabs_part_columns_but_indents_do_not(tmp_path: Path) -> None:
    document = opened(tmp_path, "a.txt", "\t\t一、职责\n\t\t二、目标\n名称\t单位\t值\n甲\t个\t1\n")
    assert lines_of(document) == []
    assert drawn(table_of(document)) == ["||一、职责", "||二、目标", "名称|单位|值", "甲|个|1"]


def test_lines_without_separators_stay_as_printed(tmp_path: Path) -> None:
    text = " 部门 衡阳市\r\n\r\n产出指标\r数量指标 ≥ 60 家\n"
    assert lines_of(opened(tmp_path, "a.txt", text)) == [" 部门 衡阳市", "产出指标", "数量指标 ≥ 60 家"]


def test_a_boxed_table_keeps_the_lines_of_its_cells(tmp_path: Path) -> None:
    box = """┌────┬────┬──┐
│ 名称 │ 目标 │ 值 │
├────┼────┼──┤
│ 造林 │ 完成 │ 1 │
│ 面积 │      │   │
└────┴────┴──┘
"""
    assert drawn(table_of(opened(tmp_path, "a.txt", box))) == [
        ".|.|.",
        "名称|目标|值",
        ".|.|.",
        "造林/面积|完成|1",
    ]


def test_a_rule_under_the_head_is_no_row(tmp_path: Path) -> None:
    table = table_of(opened(tmp_path, "a.txt", "名称 | 单位 | 值\n---+---+---\n甲 | 个 | 1\n乙 | 个 | 2\n"))
    assert drawn(table) == ["名称|单位|值", ".|.|.", "甲|个|1", "乙|个|2"]


def test_single_bars_on_every_line_are_looked_at_once(tmp_path: Path) -> None:
    lines = ["名称 | 值"] * 100_000
    assert lines_of(opened(tmp_path, "a.txt", "\n".join(lines))) == lines
