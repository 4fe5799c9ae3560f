"""The rows below the head of an indicator table, one after the other, until something else begins."""

import re
from collections.abc import Sequence

from hengliang.base.message import Message, message
from hengliang.form.document import Cell
from hengliang.form.understand.columns import Columns, match_columns
from hengliang.form.understand.doubtful import doubtful_rows
from hengliang.form.understand.draft import Draft
from hengliang.form.understand.halves import Halves, Record, halves_of, indicator_name
from hengliang.form.understand.indicators import NOTHING, add_indicator, read_levels, read_total
from hengliang.form.understand.labels import begins_label
from hengliang.form.understand.levels import is_level1_word, is_level2_word, level_word
from hengliang.form.understand.likelihood import marked_likelihood
from hengliang.form.understand.line_words import is_note, is_title, is_total
from hengliang.form.understand.rows import Account, Row, clean
from hengliang.form.understand.words import Head, Label, head_of, label_of

NO_FIELD = message("the form model has no field for this column")
NO_NAME = message("the row has values but no indicator name")
NOTE = message("a note below the table")
NO_VALUE = message("a text in the column of the names without any value beside it")
_SERIAL = re.compile(r"\d{1,3}")
_NUMBERS = (Head.NUMBER, False)
_VALUES = (Head.OPERATOR, Head.TARGET, Head.UNIT, Head.POINTS, Head.ACTUAL, Head.SCORE)
_DEEPEST_HEAD = 8
"""Rows that a page may print again above the head of the indicators, and that head."""


def read_table(rows: Sequence[Row], start: int, columns: Columns, draft: Draft, account: Account) -> int:
    """Read the rows below a head until something else begins. Gives the position after them."""
    account.use(*columns.cells)
    draft.heads.update(head.value for head in columns.annual)
    draft.columns = columns
    position = start + columns.rows
    doubtful = doubtful_rows(rows, start, columns)
    while position < len(rows):
        row = rows[position]
        if row.table is None:
            break
        if row.table is not rows[position - 1].table and (again := _printed_again(rows, position)):
            for other in rows[position : position + again]:
                account.use(*other.cells)
            position += again
            continue
        if match := match_columns(rows, position):
            columns = draft.columns = match
            account.use(*columns.cells)
            position += columns.rows
            continue
        if row.table is not rows[start].table and len(row.grid) != len(rows[start].grid):
            break
        if row.text and is_title(row.text):
            break
        own = [cell for cell in row.cells if not _is_side(cell, columns)]
        if not own:
            account.use(*row.cells)
            position += 1
            continue
        if begins_label(row, own[0], columns):
            break
        if row in doubtful:
            _leave_doubtful(draft, row, own, columns, account, doubtful[row])
            position += 1
            continue
        halves = halves_of(row, columns)
        if not _read_row(draft, halves, row, own, account, columns):
            break
        position += 1
    return position


def _leave_doubtful(
    draft: Draft, row: Row, own: Sequence[Cell], columns: Columns, account: Account, reason: Message
) -> None:
    """Leave a row unread but for words of levels, which hold for the rows below as well."""
    record = halves_of(row, columns).annual
    known = {Head.LEVEL1: is_level1_word, Head.LEVEL2: is_level2_word}
    levels = {head: cell for head, cell in record.items() if head in known and known[head](cell.text)}
    read_levels(draft, levels, account, row)
    for cell in own:
        if all(cell is not level for level in levels.values()):
            account.leave(cell, reason)


def _is_torn(row: Row, record: Record, columns: Columns) -> bool:
    """Whether a row of a PDF is what is left of a row, or of a note: a name, and in none of the columns of
    values a cell, not even an empty one as rules make it."""
    if row.table is None or row.table.origin.page is None:
        return False
    places = [columns.annual[head] for head in _VALUES if head in columns.annual]
    return bool(places) and all(
        column >= len(row.grid) or (cell := row.grid[column]) is None or cell is record.get(Head.NAME)
        for column in places
    )


def _printed_again(rows: Sequence[Row], position: int) -> int:
    """How many rows at the top of a page stand above the heads on the page before as well, with these: a page
    prints the first rows of a table again."""
    depth = 0
    for row in rows[position : position + _DEEPEST_HEAD]:
        if row.table is not rows[position].table:
            return 0
        if match_columns(rows, position + depth):
            break
        depth += 1
    else:
        return 0
    first = [_texts(row) for row in rows[position : position + depth]]
    is_again = depth and any(
        [_texts(row) for row in rows[start : start + depth]] == first for start in range(position - depth)
    )
    return depth if is_again else 0


def _texts(row: Row) -> tuple[str, ...]:
    return tuple(clean(cell.text) for cell in row.cells)


def _is_side(cell: Cell, columns: Columns) -> bool:
    """Whether a cell stands beside the table (绩效指标 printed upright): not a line across it, nor a note."""
    return (
        cell.column in columns.side
        and (cell.column_span == 1 or cell.column + cell.column_span - 1 in columns.side)
        and (
            label_of(cell.text) is Label.INDICATORS
            or ((head := head_of(cell.text)) is not None and head.head is Head.SIDE)
            or len(clean(cell.text)) <= 2
        )
    )


def _read_row(
    draft: Draft, halves: Halves, row: Row, own: Sequence[Cell], account: Account, columns: Columns
) -> bool:
    record = halves.annual
    if any(is_total(cell.text) for cell in row.cells[:2]):
        read_total(draft, record, row, account)
        return True
    if len(own) == 1 and is_note(own[0].text):
        return False
    if len(own) == 1 and (is_level1_word(own[0].text) or is_level2_word(own[0].text)):
        _read_level_line(draft, own[0], columns, account)
        return True
    if len(own) == 1 and own[0].column_span > 2 and own[0].column_span >= columns.width - 1:
        return False
    read_levels(draft, record, account, row)
    name = record.get(Head.NAME)
    levels = (record.get(Head.LEVEL1), record.get(Head.LEVEL2))
    if name is not None and name in levels and any(name is level for level in levels):
        record = {head: cell for head, cell in record.items() if cell is not name or head is Head.LEVEL1}
        halves = Halves(record, halves.midterm)
    account.use(*(cell for cell in row.cells if _is_side(cell, columns)))
    if _is_torn(row, record, columns):
        for cell in own:
            if cell not in levels:
                account.leave(cell, NO_VALUE)
        return True
    if Head.LIKELIHOOD not in record and (marked := marked_likelihood(own, columns.other)) is not None:
        cell, likelihood = marked
        account.use(cell)
        record = {**record, Head.LIKELIHOOD: cell._replace(text=likelihood)}
        halves = Halves(record, halves.midterm)
    if add_indicator(draft, halves, row, account):
        for cell in own:
            if cell.column in columns.other:
                if _SERIAL.fullmatch(cell.text.strip()) and head_of(columns.other[cell.column]) == _NUMBERS:
                    account.use(cell)  # 1, 2, 3 before the rows say nothing
                else:
                    account.leave(cell, NO_FIELD)
        return True
    for cell in own:
        if clean(cell.text) in NOTHING or indicator_name(cell.text) is None:
            account.use(cell)
        else:
            account.leave(cell, NO_NAME)
    return True


def _read_level_line(draft: Draft, cell: Cell, columns: Columns, account: Account) -> None:
    word = level_word(cell.text)
    in_level2 = cell.column == columns.annual.get(Head.LEVEL2, -1)
    if not is_level1_word(word):
        is_level2 = in_level2 or cell.column_span == 1
    else:
        # Where level 1 has no column of its own its words stand as lines in that of level 2.
        is_level2 = in_level2 and columns.has_levels
    if is_level2:
        draft.level2 = word
    else:
        draft.level1, draft.level2 = word, None
    account.use(cell)
