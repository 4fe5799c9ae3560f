"""The head block of a form that was copied out with every cell on a line of its own.

A label is read with the line below it where nothing else can be meant: the line before is no label, and
behind the value comes a label or a column head again. Where labels run on in a row (the text of a PDF in the
order of its columns), nothing tells which value is whose, and all of them are left.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from hengliang.base.text import narrow
from hengliang.form.model import MoneyRow
from hengliang.form.understand.draft import Draft
from hengliang.form.understand.fields import set_field
from hengliang.form.understand.flat import lay_money
from hengliang.form.understand.inline import inline_labels
from hengliang.form.understand.line_words import is_money_name, is_title
from hengliang.form.understand.money import (
    MIDTERM_AMOUNT,
    is_midterm_name,
    money_name,
    number_in,
    unit_in,
)
from hengliang.form.understand.rows import Account, Row, clean
from hengliang.form.understand.words import Label, MoneyHead, head_of, key, label_of, money_head_of

_VALUED = (Label.ORGANISATION, Label.SUPERVISOR, Label.PROJECT, Label.YEAR)
_SHORTEST = 4
"""A name with fewer characters may be a piece of one that the layout broke."""
_DASHES = frozenset({"-", "—", "——", "－", "/", "／"})


def read_stacked_field(rows: Sequence[Row], start: int, draft: Draft, account: Account) -> int:
    """Read a label and the line below it, or a block of money. Gives the position of the first row not read;
    `start` when nothing was read."""
    row = rows[start]
    if row.line is None or row.whole is None:
        return start
    label = label_of(row.whole.text)
    if label is Label.MONEY and draft.money_rows == []:
        return _read_money(rows, start, draft, account)
    if label is None or label not in _VALUED or start + 1 >= len(rows) or not _stands_free(rows, start):
        return start
    value = rows[start + 1]
    if value.whole is None or not set_field(
        draft, label, key(row.whole.text), value.whole.text, value, value.whole
    ):
        return start
    account.use(row.whole, value.whole)
    return start + 2


def _stands_free(rows: Sequence[Row], start: int) -> bool:
    before = rows[start - 1] if start else None
    value = rows[start + 1]
    behind = rows[start + 2] if start + 2 < len(rows) else None
    label = rows[start].whole
    if label is None or value.whole is None or _opens(value):
        return False
    if before is not None and before.whole is not None and label_of(before.whole.text) is not None:
        return False
    text = clean(value.whole.text)
    if _line(value) != _line(rows[start]) + 1 or (len(text) < _SHORTEST and not text.isdigit()):
        return False
    return behind is None or _opens(behind)


def _line(row: Row) -> int:
    return (row.line.place.line or 0) if row.line is not None else 0


def _opens(row: Row) -> bool:
    """Whether a line is a label, a column head or a title, and no value."""
    if row.whole is None:
        return True
    text = row.whole.text
    return (
        label_of(text) is not None
        or head_of(text) is not None
        or money_head_of(text) is not None
        or is_title(text)
        or bool(inline_labels(text))
    )


def _read_money(rows: Sequence[Row], start: int, draft: Draft, account: Account) -> int:
    heads: list[MoneyHead] = []
    position = start + 1
    while (head := _money_head(rows, position)) is not None:
        heads.append(head)
        position += 1
    lines = _lines_of_money(rows, position)
    if not lines:
        return start
    read = _under_heads(heads, lines) if len(heads) > 1 else _pairs(lines) if not heads else None
    if not read:
        return start
    draft.heads.add("money")
    for row in rows[start:position]:
        account.use(row.whole)
        if row.whole is not None and draft.money_unit is None:
            draft.money_unit = unit_in(row.whole.text)
    for (name, values), fields in zip(lines, read, strict=True):
        for row in (name, *values):
            if row.whole is not None and fields is not None:
                account.use(row.whole)
            elif row.whole is not None:
                account.leave(row.whole, MIDTERM_AMOUNT)
        if fields is not None and name.whole is not None:
            path = f"money/rows/{len(draft.money_rows)}"
            draft.places[path] = draft.places[f"{path}/name"] = name.place(name.whole)
            draft.money_rows.append(MoneyRow.model_validate(fields))
    return position + sum(1 + len(values) for _, values in lines)


def _money_head(rows: Sequence[Row], position: int) -> MoneyHead | None:
    whole = rows[position].whole if position < len(rows) else None
    head = money_head_of(whole.text) if whole is not None else None
    return None if head is MoneyHead.NAME else head


MoneyLine = tuple[Row, tuple[Row, ...]]
"""A name, and the lines of figures or dashes below it."""


def _lines_of_money(rows: Sequence[Row], position: int) -> list[MoneyLine]:
    found: list[MoneyLine] = []
    while position < len(rows) and (whole := rows[position].whole) is not None:
        if not is_money_name(whole.text) or label_of(whole.text) not in (None, Label.OTHER):
            break
        end = position + 1
        while end < len(rows) and (value := rows[end].whole) is not None and _is_figure(value.text):
            end += 1
        found.append((rows[position], tuple(rows[position + 1 : end])))
        position = end
    # Without a figure it is no block; a name without one at the end may be anything.
    while found and not found[-1][1] and not any(values for _, values in found):
        found.pop()
    return found


def _is_figure(text: str) -> bool:
    return number_in(text) is not None or narrow(clean(text)) in _DASHES


Fields = dict[str, Any]


def _under_heads(heads: Sequence[MoneyHead], lines: Sequence[MoneyLine]) -> list[Fields | None] | None:
    """The lines laid out under the heads; None when one of them can be laid out in more than one way."""
    read: list[Fields | None] = []
    for name, values in lines:
        cells = [row.whole for row in values if row.whole is not None]
        laid = lay_money(tuple(heads), cells) if cells else {}
        if laid is None or name.whole is None:
            return None
        amounts: dict[str, Decimal | None] = {
            head.value: number_in(cell.text) for head, cell in laid.items() if head is not MoneyHead.OTHER
        }
        read.append({"name": money_name(name.whole.text), **amounts})
    return read


def _pairs(lines: Sequence[MoneyLine]) -> list[Fields | None] | None:
    """Names with one amount each. Where the first is one for the whole term (中期资金总额), every second name
    is one for the year; None when the names do not come in such twos."""
    names = [name.whole.text if name.whole is not None else "" for name, _ in lines]
    if any(len(values) > 1 for _, values in lines):
        return None
    halved = is_midterm_name(names[0])
    if halved and (
        len(names) % 2
        or any(money_name(one) != money_name(two) for one, two in zip(names[2::2], names[3::2], strict=True))
    ):
        return None
    read: list[Fields | None] = []
    for index, (name, (_, values)) in enumerate(zip(names, lines, strict=True)):
        amount = values[0].whole if values else None
        budget = number_in(amount.text) if amount is not None else None
        read.append(None if halved and index % 2 == 0 else {"name": money_name(name), "budget": budget})
    return read
