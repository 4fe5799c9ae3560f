"""Several forms on one sheet: under each other, and side by side."""

from hengliang.base.place import Place
from hengliang.form.document import Cell, Document, Table
from hengliang.form.source import Reading
from hengliang.form.understand.forms import understand

FIRST = """
2023年度项目支出绩效自评表
项目名称 | 路灯维护 | ^ | 实施单位 | 路灯管理所
一级指标 | 二级指标 | 三级指标 | 指标值 | 分值
产出指标 | 数量指标 | 维护盏数 | ≥5260盏 | 60
满意度指标 | 服务对象满意度指标 | 居民满意度 | ≥90% | 40
"""
SECOND = """
2023年度项目支出绩效自评表 | ^ | ^ | ^
项目名称 | 免费开放 | 实施单位 | 图书馆
一级指标 | 三级指标 | 指标值 | 分值
产出指标 | 开馆天数 | ≥330天 | 50
效益指标 | 读者满意度 | ≥92% | 50
"""


def _grid(text: str) -> list[list[str]]:
    rows = [[part.strip() for part in line.split("|")] for line in text.strip().splitlines()]
    width = max(map(len, rows))
    return [row + [""] * (width - len(row)) for row in rows]


def read(grid: list[list[str]]) -> Reading:
    width = max(map(len, grid))
    rows: list[list[Cell | None]] = []
    for index, line in enumerate(grid):
        row: list[Cell | None] = []
        for column in range(width):
            word = line[column] if column < len(line) else ""
            row.append(row[-1] if word == "^" else Cell(word, index, column) if word else None)
        spans = {cell: cell._replace(column_span=row.count(cell)) for cell in row if cell is not None}
        rows.append([spans[cell] if cell is not None else None for cell in row])
    return understand(Document("a.xlsx", "xlsx", (Table(rows, Place("a.xlsx", sheet="1")),)))


def names(reading: Reading) -> list[list[str]]:
    return [[row.name for row in read.form.indicators] for read in reading.forms]


EXPECTED = [["维护盏数", "居民满意度"], ["开馆天数", "读者满意度"]]


def test_a_title_narrower_than_the_table_above_begins_another_form() -> None:
    assert names(read([*_grid(FIRST), [], *_grid(SECOND)])) == EXPECTED


def test_side_by_side() -> None:
    left, right = _grid(FIRST), _grid(SECOND)
    found = read([[*one, "", *other] for one, other in zip(left, right, strict=True)])
    assert names(found) == EXPECTED
    form, source = found.forms[1]
    assert form.organisation == "图书馆"
    place = source.place_of("indicators/0/name")
    assert place is not None and (place.row, place.column) == (4, 8)


def test_an_empty_column_inside_one_table() -> None:
    grid = [[*row[:3], "", *row[3:]] for row in _grid(FIRST)]
    assert names(read(grid)) == EXPECTED[:1]
