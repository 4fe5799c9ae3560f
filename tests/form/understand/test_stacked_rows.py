"""Lines that are each one cell, folded into rows."""

from hengliang.form.understand.stacked_rows import fold
from hengliang.form.understand.words import Head

COLUMNS = (
    Head.LEVEL1,
    Head.LEVEL2,
    Head.NAME,
    Head.TARGET,
    Head.ACTUAL,
    Head.POINTS,
    Head.SCORE,
    Head.REASON,
)


def _rows(texts: list[str], blanks: list[int] | None = None) -> list[dict[Head, str]]:
    found = fold(texts, COLUMNS, blanks or [0] * len(texts))
    return [
        {COLUMNS[column]: texts[row.first + index] for index, column in enumerate(row.columns)}
        for row in found
        if row.sure
    ]


def test_an_empty_cell_at_the_end_leaves_the_next_row_whole() -> None:
    texts = ["产出指标", "数量指标", "养护里程", "≥300公里", "310公里", "10", "10", "统计口径调整"]
    texts += ["检查次数", "12次", "12次", "10", "9"]
    texts += ["质量指标", "合格率", "100%", "98%", "20", "19.5", "资金下达较晚"]
    rows = _rows(texts)
    assert [(row[Head.NAME], row[Head.SCORE], row.get(Head.REASON)) for row in rows] == [
        ("养护里程", "10", "统计口径调整"),
        ("检查次数", "9", None),
        ("合格率", "19.5", "资金下达较晚"),
    ]


def test_a_row_behind_lines_of_no_row_is_not_sure() -> None:
    rows = _rows(["养护里程", "≥300公里", "310公里", "10", "10", "优", "≥95%", "≥90%", "检查次数", "12次"])
    assert all(row[Head.NAME] != "优" for row in rows)


def test_nothing_comes_of_nothing() -> None:
    assert fold([], COLUMNS, []) == []
    assert _rows(["第一页", "第二页"]) == []
