"""The money block: lines of amounts below a head, or pairs of name and amount on a declaration."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from hengliang.base.message import message
from hengliang.base.number import read_number
from hengliang.base.text import narrow
from hengliang.form.document import Cell
from hengliang.form.model import MoneyRow
from hengliang.form.understand.draft import Draft
from hengliang.form.understand.labels import read_label_cells
from hengliang.form.understand.line_words import is_money_name
from hengliang.form.understand.rows import Account, Row, clean
from hengliang.form.understand.words import Label, MoneyHead, head_of, key, label_of, money_head_of

NO_AMOUNT = message("an amount was expected here")
MIDTERM_AMOUNT = message("an amount for the whole term, not for the year")

_AMOUNTS = {MoneyHead.INITIAL, MoneyHead.BUDGET, MoneyHead.EXECUTED, MoneyHead.EXPECTED, MoneyHead.RATE}
_NOTHING = frozenset({"", "-", "—", "——", "－", "/", "／", "--", "–", "无", "*"})
_UNIT = re.compile(
    r"[（(\[][^（()）]*?([百千万亿]*元)[^（()）]*?[)）\]]|单位\s*[:：]\s*([百千万亿]*元)|[、，]([万亿]*元)$"
)
_POINTS = re.compile(r"[（(]\s*(\d+(?:\.\d+)?)\s*分")
_PREFIX = re.compile(
    r"^(?:[一二三四五六七八九十\d]{1,2}[、.．])?(?:按[^：:]{2,12}分\s*[:：])?\s*(?:其中|其 中)?\s*[:：]?\s*"
)
_AMOUNT = re.compile(r"([+-]?[\d,，]*\d(?:\.\d+)?)\s*([百千万亿]*元)?")
_INLINE = re.compile(r"^(.{2,24}?)\s*[:：]\s*(" + _AMOUNT.pattern + r")\s*$")
_UNIT_BEHIND = re.compile(r"(?<=.)[（(](?:单位[:：])?[百千万亿]*元[)）]$")
_SPLIT = re.compile(r"按[^：:]{2,12}分")
"""A heading over a split of the total (按收入性质分), no line of its own."""
_TOTAL = re.compile(
    r"(?:年度|当年|本年|全年|项目|预算|财政)*(?:资金|预算|经费|金额|投资)(?:总额|合计|总计|总量)"
)
_MIDTERM = re.compile(r"中期|实施期|长期|全周期|项目期内")


class MoneyColumns(NamedTuple):
    """What the columns of a money block hold. Names stand left of `first`."""

    columns: dict[MoneyHead, tuple[int, int]]
    """From which column to which (not included) each head reaches."""
    first: int
    points: Decimal | None
    """Points printed in a head or block title (得分（20分*执行率）); they are those of the total line."""


def match_money(rows: Sequence[Row], start: int) -> MoneyColumns | None:
    """The columns of the money block whose head `rows[start]` is, None when it is none."""
    row = rows[start]
    if row.table is None:
        return None
    below = rows[start + 1] if start + 1 < len(rows) and rows[start + 1].table is row.table else None
    columns: dict[MoneyHead, tuple[int, int]] = {}
    points: Decimal | None = None
    for cell in row.cells:
        head = money_head_of(cell.text)
        if head is not None and head is not MoneyHead.NAME and not _stands_over_names(cell, below):
            columns.setdefault(head, (cell.column, cell.column + cell.column_span))
        if found := _POINTS.search(narrow(cell.text)):
            points = Decimal(found[1])
    amounts = _AMOUNTS & set(columns)
    if not amounts or len([cell for cell in row.cells if head_of(cell.text)]) > 3:
        return None
    if len(columns) < 2 and not _is_named_head(row):
        return None
    for cell in row.grid:
        if cell is not None and points is None and (found := _POINTS.search(narrow(cell.text))):
            points = Decimal(found[1])
    return MoneyColumns(columns, min(columns.values())[0], points)


def _stands_over_names(head: Cell, below: Row | None) -> bool:
    """Whether the names of the lines stand below a head that sounds like one of amounts (年度预算数)."""
    cell = below.grid[head.column] if below is not None and head.column < len(below.grid) else None
    return (
        cell is not None
        and cell.column >= head.column
        and number_in(cell.text) is None
        and is_money_name(cell.text)
    )


def _under(row: Row, columns: tuple[int, int]) -> Cell | None:
    """What stands below a head that reaches over `columns`: the first text that begins there, else what
    reaches there from the left."""
    first, end = columns
    begun = (cell for cell in row.grid[first:end] if cell is not None and cell.text and cell.column >= first)
    return next(begun, row.grid[first] if first < len(row.grid) else None)


def _is_named_head(row: Row) -> bool:
    """Whether the row holds nothing but heads, the one of the names (资金来源) among them."""
    heads = [money_head_of(cell.text) for cell in row.cells if label_of(cell.text) is not Label.MONEY]
    named = any(money_head_of(cell.text) is MoneyHead.NAME for cell in row.cells)
    return named and len(row.cells) > 1 and None not in heads


def unit_in(text: str) -> str | None:
    """The money unit printed in a label: 项目资金（万元）, 单位：元."""
    found = _UNIT.search(clean(text))
    return next((unit for unit in found.groups() if unit), None) if found else None


def money_name(text: str) -> str:
    """The name of a money line without 其中：, 按…分：, a final colon and the unit in brackets."""
    return _UNIT_BEHIND.sub("", _PREFIX.sub("", clean(text)).rstrip("：:"))


def read_money(rows: Sequence[Row], start: int, columns: MoneyColumns, draft: Draft, account: Account) -> int:
    """Read the lines below a money head. Gives the position of the first row not read."""
    head = rows[start]
    for cell in head.cells:
        if (
            money_head_of(cell.text) is not None
            or label_of(cell.text) is Label.MONEY
            or is_money_name(cell.text)
        ):
            account.use(cell)
    for cell in head.grid:
        if cell is not None and draft.money_unit is None:
            draft.money_unit = unit_in(cell.text)
    draft.heads.add("money")
    position = start + 1
    while position < len(rows) and rows[position].table is head.table:
        if match_money(rows, position) is not None:
            break
        if not _read_line(rows[position], columns, draft, account):
            break
        position += 1
    return position


def _read_line(row: Row, columns: MoneyColumns, draft: Draft, account: Account) -> bool:
    names = [cell for cell in row.grid[: columns.first] if cell is not None and cell.text]
    names = [cell for index, cell in enumerate(names) if index == 0 or names[index - 1] is not cell]
    own = [cell for cell in names if cell in row.cells]
    if not own:
        return bool(names) and _read_nameless(row, names[-1], columns, draft, account)
    name_cell = own[-1]
    if label_of(name_cell.text) is Label.MONEY and len(own) > 1:
        name_cell = own[-2]
    label = label_of(own[0].text)
    if label not in (None, Label.MONEY, Label.OTHER):
        return False
    if number_in(name_cell.text) is not None:
        return False
    values = [_under(row, reach) for reach in columns.columns.values()]
    has_amount = any(cell is not None and number_in(cell.text) is not None for cell in values)
    is_blank = all(cell is None or clean(cell.text) in _NOTHING for cell in values)
    if not has_amount and not (is_blank and is_money_name(name_cell.text)):
        return False
    return _add_line(row, name_cell, money_name(name_cell.text), own, columns, draft, account)


def _read_nameless(row: Row, side: Cell, columns: MoneyColumns, draft: Draft, account: Account) -> bool:
    """Amounts below their heads with no name of their own: they are those of the block (预算执行情况)."""
    if label_of(side.text) is not Label.MONEY or draft.money_rows:
        return False
    cells = [_under(row, reach) for reach in columns.columns.values()]
    if not any(cell is not None and number_in(cell.text) is not None for cell in cells):
        return False
    return _add_line(row, side, key(side.text), (), columns, draft, account)


def _add_line(
    row: Row,
    name_cell: Cell,
    name: str,
    own: Sequence[Cell],
    columns: MoneyColumns,
    draft: Draft,
    account: Account,
) -> bool:
    if not name:
        return False
    fields: dict[str, Any] = {"name": name}
    path = f"money/rows/{len(draft.money_rows)}"
    account.use(*own)
    taken: list[Cell] = [name_cell]
    for head, reach in columns.columns.items():
        cell = _under(row, reach)
        if (
            cell is None
            or any(cell is other for other in taken)
            or not cell.text
            or head is MoneyHead.OTHER
            or (cell.row != name_cell.row and cell not in row.cells)
        ):
            continue
        taken.append(cell)
        number = number_in(cell.text)
        if number is not None:
            fields[head.value] = number
            draft.places[f"{path}/{head.value}"] = row.place(cell)
            account.use(cell)
        elif clean(cell.text) in _NOTHING:
            account.use(cell)
        else:
            account.leave(cell, NO_AMOUNT)
    if columns.points is not None and not draft.money_rows and MoneyHead.POINTS not in columns.columns:
        fields["points"] = columns.points
    draft.places[path] = draft.places[f"{path}/name"] = row.place(name_cell)
    draft.money_rows.append(MoneyRow.model_validate(fields))
    return True


def number_in(text: str) -> Decimal | None:
    """The number that a cell of the block holds, without % or a unit of money; None when it is none."""
    plain = narrow(clean(text)).replace("，", ",").removesuffix("%").removesuffix("分")
    found = _AMOUNT.fullmatch(plain)
    return read_number(found[1]) if found else None


def read_pairs(rows: Sequence[Row], start: int, draft: Draft, account: Account) -> int:
    """Read name-amount pairs (年度资金总额：20.00) of a declaration. Gives the position of the first row that
    holds none; `start` when there is none at all."""
    position = start
    skipped: set[int] = set()
    while position < len(rows) and rows[position].table is rows[start].table:
        row = rows[position]
        if row.line is not None and not _is_pair_line(row, bool(skipped)):
            break
        if not _read_pair_row(row, draft, account, skipped, position > start):
            break
        position += 1
    return position


def _read_pair_row(row: Row, draft: Draft, account: Account, skipped: set[int], goes_on: bool) -> bool:
    below = goes_on or any(
        cell is not None and cell not in row.cells and label_of(cell.text) is Label.MONEY for cell in row.grid
    )
    cells = row.cells
    rest: list[Cell] = []
    blank: list[Cell] = []
    found = False
    position = 0
    # A label of the block before the names of a line moves them by one word.
    shift = int(row.line is not None and label_of(cells[0].text) is Label.MONEY)
    while position < len(cells):
        cell = cells[position]
        value = cells[position + 1] if position + 1 < len(cells) else None
        if (inline := _INLINE.match(narrow(clean(cell.text)).replace("，", ","))) and is_money_name(
            inline[1]
        ):
            found = _add_pair(draft, cell, inline[1], inline[2], row, account, cell) or found
        elif _names_amount(cell) and value is not None and number_in(value.text) is not None:
            if is_midterm_name(cell.text):
                skipped.add(cell.column - shift)
            if cell.column - shift in skipped:
                account.leave(cell, MIDTERM_AMOUNT)
                account.leave(value, MIDTERM_AMOUNT)
            else:
                _add_pair(draft, cell, cell.text, value.text, row, account, value)
            found = True
            position += 1
        elif _names_amount(cell) and (below or found) and label_of(cell.text) is not Label.MONEY:
            blank.append(cell)
        else:
            rest.append(cell)
        position += 1
    if not found and (rest or not blank):
        return False
    for cell in blank:
        _add_blank(draft, cell, row, account, skipped)
    draft.heads.add("money")
    for cell in (*row.grid, *cells):
        if cell is not None and draft.money_unit is None:
            draft.money_unit = unit_in(cell.text)
    account.use(*(cell for cell in rest if label_of(cell.text) is Label.MONEY))
    read_label_cells(draft, row, [cell for cell in rest if label_of(cell.text) is not Label.MONEY], account)
    return True


def _is_whole_name(text: str) -> bool:
    """Whether a word of a line is a name and not the first half of one (年度资金, 总额 below it)."""
    return label_of(text) is not Label.MONEY or bool(re.search("总|合计|金额", text))


def is_midterm_name(text: str) -> bool:
    """Whether a line of the block is one of the whole term (中期资金总额)."""
    return bool(_MIDTERM.search(text))


def _names_amount(cell: Cell) -> bool:
    """Whether a cell names an amount, and no other field of the head block (预算年度)."""
    return is_money_name(cell.text) and label_of(cell.text) in (None, Label.MONEY, Label.OTHER)


def _add_blank(draft: Draft, cell: Cell, row: Row, account: Account, skipped: set[int]) -> None:
    """A line of the block whose amount was left blank."""
    if cell.column in skipped:
        account.leave(cell, MIDTERM_AMOUNT)
        return
    name = money_name(cell.text)
    if not name or _SPLIT.fullmatch(name):
        return  # 按收入性质分： heads a split of the total and is no line
    path = f"money/rows/{len(draft.money_rows)}"
    draft.money_rows.append(MoneyRow(name=name))
    draft.places[path] = draft.places[f"{path}/name"] = row.place(cell)
    account.use(cell)


def _add_pair(
    draft: Draft, cell: Cell, name: str, amount: str, row: Row, account: Account, value: Cell
) -> bool:
    found = _AMOUNT.fullmatch(narrow(clean(amount)).replace("，", ","))
    number = read_number(found[1]) if found else None
    if number is None or found is None or not money_name(name) or _SPLIT.fullmatch(money_name(name)):
        return False
    if found[2]:
        if draft.money_unit not in (None, found[2]):
            account.leave(cell, NO_AMOUNT)
            return False
        draft.money_unit = found[2]
    path = f"money/rows/{len(draft.money_rows)}"
    draft.money_rows.append(MoneyRow(name=money_name(name), budget=number))
    draft.places[path] = draft.places[f"{path}/name"] = row.place(cell)
    draft.places[f"{path}/budget"] = row.place(value)
    account.use(cell, value)
    return True


def is_money_block(row: Row) -> bool:
    """Whether a row opens a block of name-amount pairs."""
    if row.line is not None:
        return label_of(row.cells[0].text) is Label.MONEY and _is_pair_line(row, False)
    first, *others = row.cells
    if others and _TOTAL.fullmatch(key(first.text)) and number_in(others[0].text) is not None:
        return True
    return any(
        cell is not None and cell.text and label_of(cell.text) is Label.MONEY and key(cell.text)
        for cell in row.grid
    )


def _is_pair_line(row: Row, is_halved: bool) -> bool:
    """Whether a line holds names with their amounts and nothing else, but perhaps the label of the block.

    `is_halved`: the block has amounts for the whole term beside those for the year; a line with one of them
    does not say which.
    """
    words = row.cells
    if len(words) > 2 and label_of(words[0].text) is Label.MONEY:
        words = words[1:]
    names = words[::2]
    return (
        len(words) % 2 == 0
        and (not is_halved or len(names) == 2)
        and all(_names_amount(word) and _is_whole_name(word.text) for word in names)
        and all(number_in(word.text) is not None for word in words[1::2])
    )
