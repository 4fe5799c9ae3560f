"""A block of goals whose texts stand below sub-heads: 预期目标 and 实际完成情况, 中期目标 and 年度目标."""

from collections.abc import Sequence
from typing import NamedTuple

from hengliang.form.document import Cell
from hengliang.form.understand.draft import Draft
from hengliang.form.understand.fields import LIST_LABELS, add_list
from hengliang.form.understand.inline import inline_labels
from hengliang.form.understand.labels import WEAK
from hengliang.form.understand.rows import Account, Row
from hengliang.form.understand.words import Label, head_of, key, label_of

_PAIRED = ({Label.GOALS, Label.ACHIEVED}, {Label.EXPECTED, Label.ACHIEVED})
_HEADING_LISTS = {*LIST_LABELS} - {Label.ACHIEVED}
"""Labels that are no name of the block beside its sub-heads, as 总体目标完成情况 is."""


class GoalColumns(NamedTuple):
    """A block of goals whose texts stand below sub-heads (预期目标, 实际完成情况, 中期目标, 年度目标)."""

    label: Cell | None
    spans: tuple[tuple[Label, int, int], ...]
    """Label and columns (first, one past the last) of each sub-head."""


def goal_columns(row: Row) -> GoalColumns | None:
    """The sub-heads of a goal block that begins in this row, None when the row is no such head."""
    cells = list(row.cells)
    if row.table is None or not cells:
        return None
    labels = [label_of(cell.text) for cell in cells]
    before = 0
    if labels[0] in (Label.GOALS, Label.MIDTERM_GOALS) and len(cells) > 1:
        before = 1
    elif len(cells) > 2 and {*labels[-2:]} in _PAIRED and not {*labels[:-2]} & _HEADING_LISTS:
        before = len(cells) - 2  # the sub-heads stand behind labels of a larger block (项目基本情况)
    first = cells[before - 1] if before else None
    cells, labels = cells[before:], labels[before:]
    if not all(label in LIST_LABELS and label is not Label.DUTIES for label in labels):
        return None
    if first is None and len(cells) < 2 and Label.EXPECTED not in labels:
        return None
    width = len(row.grid)
    starts = [*(cell.column for cell in cells[1:]), width]
    spans = tuple(
        (label, cell.column, max(start, cell.column + cell.column_span))
        for label, cell, start in zip(labels, cells, starts, strict=True)
        if label is not None
    )
    return GoalColumns(first, spans)


def read_goal_rows(
    rows: Sequence[Row], start: int, columns: GoalColumns, draft: Draft, account: Account
) -> int:
    """Read the texts below the sub-heads of a goal block. Gives the position of the first row not read."""
    account.use(*rows[start].cells)
    draft.heads.add("goals")
    if any(label is Label.MIDTERM_GOALS for label, *_ in columns.spans):
        draft.heads.add("midterm")
    position = start + 1
    table = rows[start].table
    has_expected = any(label in (Label.EXPECTED, Label.GOALS) for label, *_ in columns.spans)
    while position < len(rows) and rows[position].table is table:
        row = rows[position]
        inside = columns.label is not None and any(cell is columns.label for cell in row.grid)
        # Where cells are not merged, further rows go on with the block while the label's column is empty.
        goes_on = columns.label is not None and row.cells[0].column >= columns.spans[0][1] > 0
        is_head = sum(1 for cell in row.cells if head_of(cell.text) is not None) > 1
        if is_head or _begins_other(row) or not (inside or goes_on or position == start + 1):
            break
        for cell in row.cells:
            if (label := _head_over(cell, columns)) is not None:
                if label is Label.MIDTERM_GOALS and not has_expected:
                    label = Label.GOALS
                add_list(draft, label, cell.text, row, cell)
                account.use(cell)
        position += 1
    return position


def _head_over(cell: Cell, columns: GoalColumns) -> Label | None:
    """The sub-head over a text: the one over its begin, or over most of it where it begins left of all."""

    def shared(span: tuple[Label, int, int]) -> int:
        return min(cell.column + cell.column_span, span[2]) - max(cell.column, span[1])

    for label, first, end in columns.spans:
        if first <= cell.column < end:
            return label
    widest = max(columns.spans, key=shared)
    return widest[0] if 2 * shared(widest) > cell.column_span else None


def _begins_other(row: Row) -> bool:
    return any(
        label_of(cell.text) is not None and key(cell.text) not in WEAK for cell in row.cells[:2]
    ) or bool(inline_labels(row.cells[0].text))
