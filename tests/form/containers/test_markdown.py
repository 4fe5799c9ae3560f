"""Markdown."""

from pathlib import Path

import pytest

from tests.form.containers.build import drawn, lines_of, opened, table_of

FORM = r"""# 项目支出绩效自评表

**单位**：*某局*  `编码` [网址](http://x)

- 1\. 第一项目标
> 说明

| 一级指标 | 指标值 | 备注 |
|:---|---:|---|
| **产出指标** | ≥95% | 一<br>二 |
| | 3\|4 |

---
"""


def test_marks_are_taken_off_and_tables_read(tmp_path: Path) -> None:
    document = opened(tmp_path, "a.md", FORM)
    assert lines_of(document) == ["项目支出绩效自评表", "单位：某局  编码 网址", "1. 第一项目标", "说明"]
    table = table_of(document)
    assert drawn(table) == ["一级指标|指标值|备注", ".|.|.", "产出指标|≥95%|一/二", "|3|4|."]
    cell = table.rows[2][1]
    assert cell is not None
    assert table.place(cell).row == 10


def test_stars_that_mark_core_indicators_stay(tmp_path: Path) -> None:
    assert lines_of(opened(tmp_path, "a.md", "* 一级指标 * 二级指标\n★完成率 5*3\n")) == [
        "一级指标 * 二级指标",
        "★完成率 5*3",
    ]


def test_lines_of_millions_of_marks_end_quickly(tmp_path: Path) -> None:
    document = opened(tmp_path, "a.md", "名称\n" + "|" * 1_000_000 + "\n|---|\n" + "**" * 500_000 + "\n")
    assert lines_of(document)[0] == "名称"


@pytest.mark.parametrize("marks", ["[", "**a ", "[a](", "*a ", "`a", "__"])
def test_marks_that_are_never_closed_end_quickly(tmp_path: Path, marks: str) -> None:
    line = "值" + (marks * 19_000)[:19_000]
    assert opened(tmp_path, "a.md", f"{line}\n" * 20).blocks
