"""The head block of a form: labels with their values, and where they end a table."""

import re
from collections.abc import Iterator, Sequence

from hengliang.base.message import message
from hengliang.form.document import Cell
from hengliang.form.understand.columns import Columns
from hengliang.form.understand.draft import Draft
from hengliang.form.understand.fields import set_field
from hengliang.form.understand.inline import Inline, inline_labels
from hengliang.form.understand.levels import is_level1_word
from hengliang.form.understand.line_words import is_total
from hengliang.form.understand.rows import Account, Row
from hengliang.form.understand.words import Head, Label, key, label_of

NO_FIELD = message("a label that the form model has no field for")
ALREADY = message("the form has this already, from another place")
WEAK = frozenset(
    {"单位", "部门", "日期", "审核", "电话", "职责", "年度", "其他", "备注", "说明", "年份", "项目目标"}
)
"""Words that are labels only where a colon or the place in a head block says so."""
_OPINION = re.compile(r"(?:审核|审查|审批|评审|部门|单位|股室|科室|领导)意见$")
"""Below a table: what an office says to it, with a seal and a date in the further cells."""
_ENDS_TABLE = frozenset(
    {
        Label.ORGANISATION,
        Label.SUPERVISOR,
        Label.PROJECT,
        Label.DUTIES,
        Label.GOALS,
        Label.MONEY,
        Label.PREPARER,
        Label.HEAD,
        Label.PHONE,
        Label.DATE,
        Label.SEAL,
        Label.TASKS,
        Label.OTHER,
    }
)


def begins_label(row: Row, first: Cell, columns: Columns) -> bool:
    """Whether a row below an indicator head is no indicator but a labelled field (填报人, 联系电话)."""
    if is_level1_word(first.text) or is_total(first.text):
        return False
    if first.column != columns.annual.get(Head.NAME) and _OPINION.search(key(first.text)):
        return True
    if inline := inline_labels(first.text):
        label = inline[0].label
        if label.value.startswith("signoff/") or first.column != columns.annual.get(Head.NAME):
            return label in _ENDS_TABLE
    label = label_of(first.text)
    if label not in _ENDS_TABLE or key(first.text) in WEAK:
        return False
    signs = label is not None and label.value.startswith("signoff/")
    if not signs and first.column == columns.annual.get(Head.LEVEL1) and _has_indicator(row, first, columns):
        return False  # 预算执行 may be a level word as well
    if first.column == columns.annual.get(Head.NAME) and (
        columns.has_levels
        or (label is Label.MONEY and len(row.cells) > 3 and _has_value(row, first, columns))
    ):
        return False  # 项目总投资 is the name of an indicator as well
    if first.column == 0 or first.column_span > 1:
        return True
    return len(row.cells) <= 2


def _has_indicator(row: Row, first: Cell, columns: Columns) -> bool:
    """Whether a name and a value or points stand in their columns of the row."""
    return _is_filled(row, first, columns, Head.NAME) and _has_value(row, first, columns)


def _has_value(row: Row, first: Cell, columns: Columns) -> bool:
    return any(_is_filled(row, first, columns, head) for head in (Head.TARGET, Head.POINTS))


def _is_filled(row: Row, first: Cell, columns: Columns, head: Head) -> bool:
    """Whether a cell other than `first` has text in the column of `head`."""
    column = columns.annual.get(head, len(row.grid))
    cell = row.grid[column] if column < len(row.grid) else None
    return cell is not None and cell is not first and bool(cell.text)


def read_label_row(draft: Draft, row: Row, account: Account) -> bool:
    """Read a row of labels and values. False when no label begins it."""
    return read_label_cells(draft, row, row.cells, account)


def read_label_cells(draft: Draft, row: Row, cells: Sequence[Cell], account: Account) -> bool:
    """Read labels and values among the cells of a row. False when no label begins them."""
    labelled = False
    position = 0
    while position < len(cells):
        cell = cells[position]
        label = label_of(cell.text)
        if label is None and (inline := inline_labels(cell.text)):
            labelled = True
            read_inline(draft, inline, row, cell, account)
            position += 1
            continue
        if label is None or (key(cell.text) in WEAK and not _is_label_place(row, cell, cells, position)):
            if not labelled:
                if not _is_labelled_later(row, cells[position + 1 :]):
                    return False
                labelled = True  # a field that is not known stands before one that is
                position += 1
            position += 1
            continue
        labelled = True
        account.use(cell)
        following = cells[position + 1] if position + 1 < len(cells) else None
        if following is None or label_of(following.text) is not None or inline_labels(following.text):
            draft.heads.add(label.value)
            position += 1
            continue
        if set_field(draft, label, key(cell.text), following.text, row, following):
            account.use(following)
        else:
            account.leave(following, NO_FIELD if label is Label.OTHER else ALREADY)
        position += 2
    return labelled


_WHO_AND_WHEN = (Label.ORGANISATION, Label.SUPERVISOR, Label.PROJECT, Label.YEAR)


def _is_labelled_later(row: Row, cells: Sequence[Cell]) -> bool:
    """Whether a field known here follows one that is not, in the same row of a table."""
    return row.table is not None and any(
        label_of(cell.text) in _WHO_AND_WHEN and key(cell.text) not in WEAK for cell in cells[1:-1]
    )


def _is_label_place(row: Row, cell: Cell, cells: Sequence[Cell], position: int) -> bool:
    return position + 1 < len(cells) and (cell.text.rstrip().endswith((":", "：")) or row.table is not None)


def read_inline(draft: Draft, pairs: Sequence[Inline], row: Row, cell: Cell, account: Account) -> None:
    """Read `label：value` pairs of one cell; what has no field is left, the whole cell if nothing has."""
    lost = [pair for pair in pairs if not set_field(draft, pair.label, key(pair.word), pair.value, row, cell)]
    if len(lost) == len(pairs):
        account.leave(cell, NO_FIELD)
        return
    account.use(cell)
    for pair in lost:
        reason = NO_FIELD if pair.label is Label.OTHER else ALREADY
        account.leave_part(row, cell, f"{pair.word}：{pair.value}", reason)


def labels_in(row: Row) -> Iterator[Label]:
    """The labels that a row holds."""
    for cell in row.cells:
        if (label := label_of(cell.text)) is not None:
            yield label
        for pair in inline_labels(cell.text):
            yield pair.label
