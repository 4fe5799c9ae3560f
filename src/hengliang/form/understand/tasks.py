"""The table of main tasks (年度主要任务) of a department's declaration."""

from collections.abc import Sequence
from typing import Any

from hengliang.base.number import read_number
from hengliang.base.text import narrow
from hengliang.form.model import Task
from hengliang.form.understand.draft import Draft
from hengliang.form.understand.line_words import is_total
from hengliang.form.understand.money import unit_in
from hengliang.form.understand.rows import Account, Row, clean
from hengliang.form.understand.words import Label, TaskHead, label_of, task_head_of

_MONEY = (TaskHead.AMOUNT, TaskHead.FISCAL, TaskHead.OTHER_MONEY)


def match_tasks(rows: Sequence[Row], start: int) -> tuple[int, dict[TaskHead, int]] | None:
    """The columns of the task table whose head begins at `rows[start]`, and how many rows the head has."""
    row = rows[start]
    if row.table is None:
        return None
    columns = _columns(row)
    if TaskHead.NAME not in columns or len(columns) < 2:
        return None
    if not any("任务" in cell.text or "重点工作" in cell.text for cell in row.cells):
        return None
    below = rows[start + 1] if start + 1 < len(rows) else None
    if below is not None and below.table is row.table and below.cells:
        deeper = _columns(below)
        if deeper and all(task_head_of(cell.text) is not None for cell in below.cells):
            columns.pop(TaskHead.AMOUNT, None)
            return 2, {**columns, **deeper}
    return 1, columns


def _columns(row: Row) -> dict[TaskHead, int]:
    found: dict[TaskHead, int] = {}
    for cell in row.cells:
        head = task_head_of(cell.text)
        if head is not None and head is not TaskHead.UNKNOWN:
            if head is TaskHead.NAME and label_of(cell.text) is Label.TASKS and TaskHead.NAME not in found:
                # 年度主要任务 may only stand beside the table; a column called 任务名称 overrules it.
                found[head] = cell.column
            elif head is TaskHead.NAME or head not in found:
                found[head] = cell.column
    return found


def read_tasks(
    rows: Sequence[Row], start: int, head: tuple[int, dict[TaskHead, int]], draft: Draft, account: Account
) -> int:
    """Read the tasks below a head. Gives the position of the first row not read."""
    height, columns = head
    draft.heads.add("tasks")
    for row in rows[start : start + height]:
        account.use(*(cell for cell in row.cells if task_head_of(cell.text) or label_of(cell.text)))
        if draft.money_unit is None:
            draft.money_unit = next((unit for cell in row.cells if (unit := unit_in(cell.text))), None)
    position = start + height
    while position < len(rows) and rows[position].table is rows[start].table:
        row = rows[position]
        cell = row.grid[columns[TaskHead.NAME]]
        if any(is_total(other.text) or other.text.strip() == "金额合计" for other in row.cells[:2]):
            account.use(*row.cells)
            position += 1
            continue
        if cell is None or cell not in row.cells or label_of(cell.text) not in (None, Label.TASKS):
            break
        if any(label_of(other.text) not in (None, Label.TASKS) for other in row.cells[:1]):
            break
        _add(draft, row, columns, account)
        position += 1
    return position


def _add(draft: Draft, row: Row, columns: dict[TaskHead, int], account: Account) -> None:
    fields: dict[str, Any] = {}
    path = f"tasks/{len(draft.tasks)}"
    for head, column in columns.items():
        cell = row.grid[column]
        if cell is None or cell not in row.cells:
            continue
        text = clean(cell.text)
        value: Any = read_number(narrow(text)) if head in _MONEY else text
        if value is not None:
            fields[head.value] = value
            draft.places[f"{path}/{head.value}"] = row.place(cell)
            account.use(cell)
    if fields.get("name"):
        draft.places[path] = draft.places[f"{path}/name"]
        draft.tasks.append(Task.model_validate(fields))
