"""Rows of PDF tables that may have been cut in two are left unread; the same rows of other files are read."""

from textwrap import dedent

from hengliang.base.place import Place
from hengliang.form.document import Cell, Document, Table
from hengliang.form.source import Reading
from hengliang.form.understand.doubtful import RUN_TOGETHER, TORN
from hengliang.form.understand.forms import understand

HEAD = """
    序号 | 一级指标 | 二级指标 | 三级指标 | 指标值 | 分值
    1 | 产出指标 | 数量指标 | 造林面积 | 2万亩 | 10
    2 | 产出指标 | 数量指标 | 抚育面积 | 3万亩 | 10
    3 | 产出指标 | 质量指标 | 成活率 | 85% | 10
    4 | 产出指标 | 时效指标 | 完成时间 | 12月底前 | 10
    """


def read(*pages: str, kind: str = "pdf") -> Reading:
    """What is read from tables, one a page, `^` where the cell before goes on and `/` where a line ends."""
    return understand(Document(f"a.{kind}", kind, tuple(_tables(pages, kind == "pdf"))))


def _tables(pages: tuple[str, ...], is_pdf: bool) -> list[Table]:
    made: list[Table] = []
    for number, text in enumerate(pages, 1):
        rows: list[list[Cell | None]] = []
        for index, line in enumerate(dedent(text).strip().splitlines()):
            row: list[Cell | None] = []
            for column, part in enumerate(line.split("|")):
                word = part.strip().replace("/", "\n")
                row.append(row[-1] if word == "^" else Cell(word, index, column) if word else None)
            spans = {cell: cell._replace(column_span=row.count(cell)) for cell in row if cell is not None}
            rows.append([spans[cell] if cell is not None else None for cell in row])
        place = Place("a.pdf", page=number) if is_pdf else Place("a.xlsx", sheet="1")
        made.append(Table(rows, place))
    return made


def names(reading: Reading) -> list[str]:
    return [row.name for read in reading.forms for row in read.form.indicators]


def reasons(reading: Reading) -> set[str]:
    return {str(cell.reason) for cell in reading.not_understood}


def test_two_rows_that_lack_what_the_other_has() -> None:
    cut = HEAD + "    5 | 效益指标 | 生态效益指标 | 下游河道 | | \n     | | | 达标情况 | 达标 | 10\n"
    found = read(cut)
    assert names(found) == ["造林面积", "抚育面积", "成活率", "完成时间"]
    assert reasons(found) == {str(TORN)}
    assert "达标情况" in names(read(cut, kind="xlsx"))


def test_the_first_row_of_a_page_and_the_one_before() -> None:
    found = read(HEAD + "    5 | 效益指标 | 生态效益指标 | 森林 | 63% | 10\n", " | | | 覆盖率 | 以上 | \n")
    assert names(found) == ["造林面积", "抚育面积", "成活率", "完成时间"]
    assert reasons(found) == {str(TORN)}


def test_a_row_alone_may_lack_a_value() -> None:
    lacks = HEAD + "    5 | 效益指标 | 生态效益指标 | 森林覆盖率 | | 10\n"
    assert names(read(lacks))[-1] == "森林覆盖率"


def test_two_names_in_one_cell_beside_a_row_without_a_name() -> None:
    found = read(
        HEAD
        + "    5 | 效益指标 | 生态效益指标 | 森林覆盖率/受益人口 | 63% | 10\n"
        + "    6 | 效益指标 | 社会效益指标 | | 900人 | 10\n"
    )
    assert names(found) == ["造林面积", "抚育面积", "成活率", "完成时间"]


def test_a_name_over_the_column_of_values() -> None:
    found = read(HEAD + "    5 | 效益指标 | 生态效益指标 | 森林覆盖率63% | ^ | 10\n")
    assert names(found) == ["造林面积", "抚育面积", "成活率", "完成时间"]
    assert reasons(found) == {str(RUN_TOGETHER)}


def test_level_words_of_a_row_in_doubt_hold_for_the_rows_below() -> None:
    found = read(
        HEAD + "    5 | 效益指标 | 生态效益指标 | 森林覆盖率63% | ^ | 10\n" + "    6 | | | 水质 | 达标 | 10\n"
    )
    (form,) = (read.form for read in found.forms)
    assert (form.indicators[-1].level1, form.indicators[-1].level2) == ("效益指标", "生态效益指标")
