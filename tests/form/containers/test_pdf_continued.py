"""A table over two pages: one set of columns, and the row that the page cut made whole."""

from hengliang.base.place import Box, Place
from hengliang.form.containers.limits import Limits
from hengliang.form.containers.pdf_columns import Loose
from hengliang.form.containers.pdf_continued import joined
from hengliang.form.containers.pdf_passages import passages_of
from hengliang.form.containers.pdf_rows import Row
from hengliang.form.containers.pdf_text import Glyph
from hengliang.form.document import Block, Cell, Line, Table

LIMITS = Limits()
EDGES = [0, 40, 80, 160, 200, 240, 280]


def _table(page: int, rows: list[list[tuple[str, int, int]]]) -> Table:
    """A ruled table; each cell is its text and the numbers of the edges it stands between."""
    starts = sorted({first for row in rows for _, first, _ in row})
    ends = sorted({last for row in rows for _, _, last in row})
    edges = sorted({*starts, *ends})
    grid: list[list[Cell | None]] = []
    for number, row in enumerate(rows):
        line: list[Cell | None] = [None] * (len(edges) - 1)
        for text, first, last in row:
            column, end = edges.index(first), edges.index(last)
            box = Box(EDGES[first], 20 * number, EDGES[last], 20 * number + 20)
            cell = Cell(text, number, column, 1, end - column, box)
            line[column:end] = [cell] * (end - column)
        grid.append(line)
    return Table(grid, Place("form.pdf", page=page))


FIRST = _table(
    1,
    [
        [("项目名称", 0, 2), ("养护", 2, 6)],
        [("一级指标", 0, 1), ("二级指标", 1, 2), ("三级指标", 2, 3), ("指标值", 3, 5), ("分值", 5, 6)],
        [("产出指标", 0, 1), ("数量", 1, 2), ("养护里", 2, 3), ("≥300", 3, 5), ("10", 5, 6)],
    ],
)


def _texts(block: Block) -> list[list[str]]:
    assert isinstance(block, Table)
    return [
        [cell.text for cell in dict.fromkeys(row) if cell is not None and cell.text] for row in block.rows
    ]


def test_rest_of_a_row_goes_back_to_it() -> None:
    second = _table(
        2,
        [
            [("", 0, 1), ("指标", 1, 2), ("程", 2, 3), ("公里", 3, 5), ("", 5, 6)],
            [("", 0, 1), ("质量", 1, 2), ("优良路率", 2, 3), ("≥85%", 3, 5), ("5", 5, 6)],
        ],
    )
    before, after = joined([FIRST, second], LIMITS)
    assert _texts(before)[-1] == ["产出指标", "数量\n指标", "养护里\n程", "≥300\n公里", "10"]
    assert _texts(after) == [["质量", "优良路率", "≥85%", "5"]]


def test_parts_get_one_set_of_columns() -> None:
    second = _table(
        2, [[("效益指标", 0, 1), ("社会效益", 1, 2), ("就业", 2, 3), ("≥50人", 3, 5), ("8", 5, 6)]]
    )
    assert len(FIRST.rows[0]) == len(joined([FIRST, second], LIMITS)[1].rows[0])  # type: ignore[union-attr]
    before, after = joined([FIRST, second], LIMITS)
    assert before == FIRST
    assert isinstance(after, Table)
    assert [cell.column if cell else None for cell in after.rows[0]] == [
        cell.column if cell else None for cell in FIRST.rows[2]
    ]


def test_a_whole_row_is_no_rest() -> None:
    second = _table(2, [[("", 0, 1), ("质量", 1, 2), ("优良路率", 2, 3), ("≥85%", 3, 5), ("5", 5, 6)]])
    before, after = joined([FIRST, second], LIMITS)
    assert before == FIRST
    assert _texts(after) == [["质量", "优良路率", "≥85%", "5"]]


def _line(text: str, page: int, left: float) -> Loose:
    """A line of letters ten points wide."""
    glyphs = [Glyph(left + 10 * n, 5, left + 10 * n + 10, 15, letter) for n, letter in enumerate(text)]
    return Loose((Row(tuple(passages_of(glyphs))),), Place("form.pdf", page=page))


def _inside(box: Box | None) -> Box | None:
    return box and Box(box.left + 5, box.top, box.right - 5, box.bottom)


def test_a_line_that_the_page_cut_off_goes_back_to_its_cell() -> None:
    second = _table(2, [[("", 0, 1), ("质量", 1, 2), ("优良路率", 2, 3), ("≥85%", 3, 5), ("5", 5, 6)]])
    bare = [[cell and cell._replace(box=_inside(cell.box)) for cell in row] for row in FIRST.rows]
    before, after = joined([FIRST._replace(rows=bare), _line("程", 2, EDGES[2] + 5), second], LIMITS)
    assert _texts(before)[-1][2] == "养护里\n程"
    assert _texts(after) == [["质量", "优良路率", "≥85%", "5"]]


def test_running_heads_are_kept_once() -> None:
    second = _table(2, [[("", 0, 1), ("质量", 1, 2), ("优良路率", 2, 3), ("≥85%", 3, 5), ("5", 5, 6)]])
    heads = [_line("某局部门决算", page, 90)._replace(is_margin=True) for page in (1, 2)]
    kinds = [type(block) for block in joined([heads[0], FIRST, heads[1], second], LIMITS)]
    assert kinds == [Line, Table, Table]


def test_text_between_parts_them() -> None:
    second = _table(2, [[("", 0, 1), ("指标", 1, 2), ("程", 2, 3), ("", 3, 5), ("", 5, 6)]])
    before, between, after = joined([FIRST, _line("二、其他情况", 2, 0), second], LIMITS)
    assert (before, after) == (FIRST, second)
    assert isinstance(between, Line) and between.text == "二、其他情况"


def test_page_numbers_do_not_part_them() -> None:
    second = _table(2, [[("", 0, 1), ("指标", 1, 2), ("程", 2, 3), ("", 3, 5), ("", 5, 6)]])
    before = joined([FIRST, _line("第 1 页，共 2 页", 1, 0), second], LIMITS)[0]
    assert _texts(before)[-1][1] == "数量\n指标"
