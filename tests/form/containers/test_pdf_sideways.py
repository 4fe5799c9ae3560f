"""Sheets wider than the page: the pages of their further columns put beside the first."""

from pathlib import Path

from hengliang.form.document import Table
from tests.form.containers.build import drawn, lines_of, opened, pdf, printed, ruled, table_of

HEIGHTS = (100, 130, 175, 200, 260)
ROWS = (118, 155, 190, 230)


def seen(left: float, right: float, text: str) -> str:
    """`text` printed, but seen only between two places from left to right."""
    return f"q {left} 0 {right - left} 800 re W n\n{text}Q\n"


def column(x: float, *texts: str) -> str:
    return "".join(printed(x, y, text) for y, text in zip(ROWS, texts, strict=True) if text)


def test_a_text_cut_between_two_pages_tells_that_they_lie_side_by_side(tmp_path: Path) -> None:
    # The name of the project reaches from the first page, which ends at 300, to the second from 50 on.
    first = ruled((50, 150, 300), HEIGHTS) + column(60, "项目名称", "三级指标", "甲", "乙")
    first += column(160, "", "目标值", "1家", "2家") + seen(
        150, 300, printed(250, 118, "森林生态保护补助项目")
    )
    second = ruled((50, 150, 250), HEIGHTS) + seen(50, 250, printed(0, 118, "森林生态保护补助项目"))
    second += column(60, "", "分值", "40", "60") + column(160, "", "得分", "30", "50")
    document = opened(tmp_path, "a.pdf", pdf(first, second))
    rows = drawn(table_of(document))
    assert rows[1:] == ["三级指标|目标值|分值|得分", "甲|1家|40|30", "乙|2家|60|50"]
    assert rows[0].replace("|", "") == "项目名称森林生态保护补助项目"


def test_uneven_rows_of_the_same_heights_are_one_sheet(tmp_path: Path) -> None:
    first = ruled((50, 150, 300), HEIGHTS) + column(60, "名称", "三级指标", "甲", "乙")
    second = ruled((50, 150), HEIGHTS) + column(60, "说明", "分值", "40", "60")
    document = opened(tmp_path, "a.pdf", pdf(first, second))
    assert [row.replace(".", "") for row in drawn(table_of(document))] == [
        "名称||说明",
        "三级指标||分值",
        "甲||40",
        "乙||60",
    ]


def test_even_rows_go_on_below(tmp_path: Path) -> None:
    heights = (100, 130, 160, 190, 220)
    first = ruled((50, 150, 300), heights) + printed(60, 118, "三级指标") + printed(60, 148, "甲")
    second = ruled((50, 150, 300), heights) + printed(60, 118, "乙") + printed(60, 148, "丙")
    assert (
        len(
            [
                block
                for block in opened(tmp_path, "a.pdf", pdf(first, second)).blocks
                if isinstance(block, Table)
            ]
        )
        == 2
    )


def test_a_text_that_runs_out_of_its_cell_stays_in_it(tmp_path: Path) -> None:
    page = ruled((50, 150, 300), HEIGHTS) + seen(50, 150, printed(60, 118, "全年完成造林任务和抚育任务"))
    page += column(160, "已完成", "", "", "") + column(60, "", "三级指标", "甲", "乙")
    document = opened(tmp_path, "a.pdf", pdf(page))
    assert drawn(table_of(document))[0] == "全年完成造林任务和抚育任务|已完成"
    assert lines_of(document) == []
