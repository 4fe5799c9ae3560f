"""Cells of neighbouring columns that touch, in tables without rules: told by the places of the other rows."""

from pathlib import Path

from tests.form.containers.build import drawn, opened, pdf, printed, table_of

COLUMNS = (50, 130, 230, 310, 400, 480)
HEAD = ("一级指标", "二级指标", "三级指标", "目标值", "分值", "得分")


def row(y: float, *texts: str) -> str:
    return "".join(printed(x, y, text) for x, text in zip(COLUMNS, texts, strict=True) if text)


def test_a_name_and_the_value_behind_it(tmp_path: Path) -> None:
    page = (
        row(70, *HEAD)
        + row(100, "产出", "数量", "造林面积", "2万亩", "30", "30")
        + row(130, "产出", "质量", "林木种子质量抽检", "明显改善", "20", "20")
        + row(160, "产出", "质量", "成活率", "85%", "20", "18")
    )
    assert drawn(table_of(opened(tmp_path, "a.pdf", pdf(page)))) == [
        "一级指标|二级指标|三级指标|目标值|分值|得分",
        "产出|数量|造林面积|2万亩|30|30",
        "产出|质量|林木种子质量抽检|明显改善|20|20",
        "产出|质量|成活率|85%|20|18",
    ]


def test_a_merged_cell_is_no_fused_one(tmp_path: Path) -> None:
    page = (
        printed(50, 40, "项目名称")
        + printed(130, 40, "县域造林绿化与森林抚育补助资金项目")
        + row(70, *HEAD)
        + row(100, "产出", "数量", "造林面积", "2万亩", "30", "30")
        + row(130, "产出", "质量", "抽检", "合格", "20", "20")
    )
    first = drawn(table_of(opened(tmp_path, "a.pdf", pdf(page))))[0]
    assert first.startswith("项目名称|县域造林绿化与森林抚育补助资金项目")
