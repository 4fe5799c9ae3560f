"""Running heads and feet are taken off; the ends of long cells at the foot of every page are not."""

from pathlib import Path

from hengliang.form.document import Table
from tests.form.containers.build import drawn, opened, pdf, printed

COLUMNS = (50, 150, 260, 400, 480)


def row(y: float, *texts: str) -> str:
    return "".join(printed(x, y, text) for x, text in zip(COLUMNS, texts, strict=True) if text)


def tables(folder: Path, *pages: str) -> list[str]:
    blocks = opened(folder, "a.pdf", pdf(*pages)).blocks
    return [line for block in blocks if isinstance(block, Table) for line in drawn(block)]


def page(name: str, foot: str = "") -> str:
    """A row of which one cell has a second line, and a row above it."""
    head = row(70, "一级指标", "二级指标", "三级指标", "评分标准", "分值")
    cells = row(130, "产出", "数量", name, "每少一处", "") + printed(400, 144, "扣完为止")
    return head + row(100, "产出", "质量", name, "合格", "9") + cells + printed(480, 130, "30") + foot


def test_the_same_last_line_of_a_cell_on_every_page(tmp_path: Path) -> None:
    found = tables(tmp_path, page("甲"), page("乙"), page("丙"))
    assert [line for line in found if "数量" in line] == [
        f"产出|数量|{name}|每少一处/扣完为止|30" for name in "甲乙丙"
    ]


def test_a_foot_apart_from_the_table_is_no_cell(tmp_path: Path) -> None:
    foot = printed(400, 800, "财政局编")
    found = tables(tmp_path, page("甲", foot), page("乙", foot))
    assert not any("财政局" in line for line in found)
