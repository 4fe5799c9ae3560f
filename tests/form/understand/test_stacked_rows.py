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


def test_blank_lines_stand_for_empty_cells() -> None:
    texts = ["产出指标", "数量指标", "养护里程", "≥300公里", "310公里", "10", "10", "统计口径调整"]
    texts += ["检查次数", "12次", "10", "9"]
    texts += ["质量指标", "合格率", "100%", "98%", "20", "19.5", "资金下达较晚"]
    blanks = [0] * 8 + [0, 0, 1, 0] + [1, 0, 0, 0, 0, 0, 0]
    rows = _rows(texts, blanks)
    assert [(row[Head.NAME], row.get(Head.ACTUAL), row.get(Head.REASON)) for row in rows] == [
        ("养护里程", "310公里", "统计口径调整"),
        ("检查次数", None, None),
        ("合格率", "98%", "资金下达较晚"),
    ]


def test_a_row_with_blank_lines_elsewhere_is_not_sure() -> None:
    texts = ["产出指标", "数量指标", "养护里程", "≥300公里", "310公里", "10", "10"]
    assert _rows(texts, [0, 0, 0, 0, 2, 0, 0]) == []


def test_a_row_behind_lines_of_no_row_is_not_sure() -> None:
    texts = ["养护里程", "≥300公里", "310公里", "10", "10", "优", "≥95%", "≥90%", "检查次数", "12次"]
    assert _rows(texts) == []


def test_nothing_comes_of_nothing() -> None:
    assert fold([], COLUMNS, []) == []
