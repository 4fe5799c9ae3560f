"""Heads of borderless tables printed again on each page, several rows deep."""

from pathlib import Path

from hengliang.form.document import Table
from tests.form.containers.build import drawn, opened, pdf, printed

COLUMNS = (50, 150, 260, 400, 480)


def row(y: float, *texts: str) -> str:
    return "".join(printed(x, y, text) for x, text in zip(COLUMNS, texts, strict=True) if text)


HEAD = ("一级指标", "二级指标", "三级指标", "目标值", "分值")


def head(y: float) -> str:
    return row(y, "项目名称", "", "造林补助", "实施单位", "林场") + row(y + 30, *HEAD)


def test_the_head_is_left_out_on_the_next_page(tmp_path: Path) -> None:
    first = printed(250, 60, "绩效目标表", 18) + head(100)
    first += row(160, "产出", "数量", "造林面积", "2万亩", "30") + row(
        190, "产出", "质量", "成活率", "85%", "20"
    )
    second = head(70) + row(130, "效益", "生态", "覆盖率", "63%", "50")
    third = head(70) + row(130, "满意", "群众", "满意度", "90%", "10") + row(160, "", "", "户数", "9户", "5")
    tables = [
        block
        for block in opened(tmp_path, "a.pdf", pdf(first, second, third)).blocks
        if isinstance(block, Table)
    ]
    assert [row for table in tables[1:] for row in drawn(table)] == [
        "效益|生态|覆盖率|63%|50",
        "满意|群众|满意度|90%|10",
        ".|.|户数|9户|5",
    ]


def test_rows_that_are_alike_stay(tmp_path: Path) -> None:
    first = (
        row(70, *HEAD)
        + row(100, "产出", "数量", "甲", "2万亩", "30")
        + row(130, "产出", "数量", "乙", "1", "2")
    )
    second = row(70, "产出", "数量", "抚育面积", "2万亩", "30") + row(100, "产出", "质量", "丁", "1", "2")
    tables = [
        block for block in opened(tmp_path, "a.pdf", pdf(first, second)).blocks if isinstance(block, Table)
    ]
    assert drawn(tables[-1]) == ["产出|数量|抚育面积|2万亩|30", "产出|质量|丁|1|2"]


def test_single_letters_that_end_long_names_are_no_word_printed_upright(tmp_path: Path) -> None:
    def name(y: float, first: str, last: str) -> str:
        return printed(260, y, first) + printed(260 + 10 * (len(first) - 1) / 2, y + 14, last)

    first = printed(250, 60, "绩效目标表", 18) + head(100)
    for number, last in enumerate("率量数度"):
        first += name(160 + 40 * number, "林业产业", last) + row(167 + 40 * number, "", "数量", "", "2", "3")
    second = head(70) + name(130, "群众满意", "度") + row(137, "", "满意", "", "90%", "10")
    tables = [
        block for block in opened(tmp_path, "a.pdf", pdf(first, second)).blocks if isinstance(block, Table)
    ]
    assert "群众满意/度" in drawn(tables[-1])[0]
