"""The cells of a printed row of an indicator table by what their columns hold: its yearly half and its
whole-term (中期) half."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from hengliang.form.document import Cell
from hengliang.form.understand.columns import Columns
from hengliang.form.understand.rows import Row, clean
from hengliang.form.understand.words import Head

_OWN_NUMBER = re.compile(r"^指标\s*(?:\d{1,2}|[一二三四五六七八九十]{1,2})\s*[:：、.．]\s*|^指标\d{1,2}$")
_NO_NAME = re.compile(r"[/／无—－\-…．.·\s、。]*|[\d.]+[%％‰]?|百分比|百分点")
_NAMING = (Head.LEVEL1, Head.LEVEL2, Head.NAME)
Record = Mapping[Head, Cell]
"""The cells of one printed row of the table, by what their column holds."""


class Halves(NamedTuple):
    """One printed row: its yearly half and its whole-term half."""

    annual: Record
    midterm: Record


def halves_of(row: Row, columns: Columns) -> Halves:
    """The cells of a table row under each head; a merged cell stands under all the heads it covers."""
    grid = row.grid
    width = len(grid)

    def pick(heads: Mapping[Head, int]) -> Record:
        return {
            head: cell
            for head, column in heads.items()
            if column < width and (cell := under(column)) is not None and cell.text
        }

    def under(column: int) -> Cell | None:
        cell = grid[column]
        if column not in columns.ends or (cell is not None and cell.text and cell.column == column):
            return cell
        # Below a merged head a text may begin in any of its columns.
        further = (other for other in grid[column + 1 : columns.ends[column]] if other is not None)
        return next((other for other in further if other.text and other.column > column), cell)

    annual = pick(columns.annual)
    name = annual.get(Head.NAME)
    if name is not None and name.column_span > 1:
        # A name merged over further columns says nothing of these.
        annual = {head: cell for head, cell in annual.items() if cell is not name or head in _NAMING}
    halves = Halves(annual, pick(columns.midterm) if columns.midterm else {})
    return _name_beside_number(halves, row, columns)


def _name_beside_number(halves: Halves, row: Row, columns: Columns) -> Halves:
    """Where 指标1 has a column of its own below the head of the names, the name stands in the next one."""
    name = halves.annual.get(Head.NAME)
    beside = columns.annual.get(Head.NAME, -1) + 1
    if name is None or not 0 < beside < len(row.grid) or indicator_name(name.text) is not None:
        return halves
    other = row.grid[beside]
    taken = {*columns.annual.values(), *columns.midterm.values(), *columns.other}
    if other is None or not other.text or other is name or beside in taken:
        return halves
    return Halves({**halves.annual, Head.NAME: other}, halves.midterm)


def indicator_name(text: str) -> str | None:
    """The name as the model holds it; None when the cell names nothing (`/`, 无, only 指标1：, 10.5)."""
    name = _OWN_NUMBER.sub("", clean(text))
    return None if _NO_NAME.fullmatch(name) else name
