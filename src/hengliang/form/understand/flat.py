"""Tables that were flattened to lines of words: the text of a PDF, copied out.

The head line still tells the columns in order, but a row is only a run of words: empty cells have left no
trace, and a cell with blanks inside is several words. When a row has as many words as there are columns and
every word fits its column, it is read straight. Otherwise all ways to lay the words out are weighed
(`align.py`), and a row is read only when one way is clearly better than every other. A row that stays
undecided is listed as such.
"""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from hengliang.base.message import message
from hengliang.base.text import narrow
from hengliang.form.document import Cell
from hengliang.form.model import MoneyRow
from hengliang.form.understand.align import align, fits
from hengliang.form.understand.draft import Draft
from hengliang.form.understand.halves import Halves
from hengliang.form.understand.indicator_table import NOTE
from hengliang.form.understand.indicators import add_indicator, read_levels, read_total
from hengliang.form.understand.inline import inline_labels
from hengliang.form.understand.levels import is_level1_word, is_level2_word, level_word
from hengliang.form.understand.line_words import is_money_name, is_note, is_title, is_total
from hengliang.form.understand.money import money_name, number_in, unit_in
from hengliang.form.understand.rows import Account, Row, clean
from hengliang.form.understand.torn import TORN, TORN_ROW, is_torn, is_torn_row
from hengliang.form.understand.words import Head, MoneyHead, head_of, key, label_of, money_head_of

_WIDE = re.compile(r"\S(?:\s{2,}|\t|[|｜│])\S")
UNDECIDED = message("the words of this line fit the columns in more than one way")
WRAPPED = message("the cells of this row go on in the next line, and which of them cannot be told")
NO_FIT = message("the words of this line do not fit the columns")

_MOST_WORDS = 300
"""No row of a table has more."""
_LEVELS = (Head.LEVEL1, Head.LEVEL2)
_MONEY_VALUES = (MoneyHead.INITIAL, MoneyHead.BUDGET, MoneyHead.EXECUTED, MoneyHead.EXPECTED)


class FlatHead(NamedTuple):
    """The columns of a flattened table, in order: of indicators, or of money."""

    columns: tuple[Head, ...]
    money: tuple[MoneyHead, ...]
    wide: bool
    """Whether cells are parted by two blanks or a rule, so that single blanks stand inside cells."""


def match_flat(rows: Sequence[Row], start: int) -> FlatHead | None:
    """The columns of the flattened table whose head line is `rows[start]`, None when it is none."""
    row = rows[start]
    if row.line is None or len(row.cells) < 3:
        return None
    last = row.cells[-1].text
    if head_of(last) is None and money_head_of(last) is None and not _WIDE.search(row.line.text):
        return None
    wide = flat_columns(row.wide)
    plain = flat_columns(row.cells)
    if wide is not None and (plain is None or len(wide) >= len(plain)):
        return FlatHead(wide, (), len(row.wide) < len(row.cells) or "  " in row.line.text.strip())
    if plain is not None:
        return FlatHead(plain, (), False)
    heads = [money_head_of(cell.text) for cell in row.cells]
    known = [head for head in heads if head is not None and head is not MoneyHead.NAME]
    if len(known) >= 3 and len(known) >= len(heads) - 1 and heads[-1] is not None and _is_money(known):
        return FlatHead((), tuple(known), False)
    return None


def _is_money(heads: Sequence[MoneyHead]) -> bool:
    return bool({MoneyHead.BUDGET, MoneyHead.EXECUTED, MoneyHead.INITIAL} & set(heads))


def flat_columns(words: Sequence[Cell]) -> tuple[Head, ...] | None:
    """What the columns under these heads hold, in order; None when they are no head of an indicator table."""
    heads = [head_of(word.text) for word in words if key(word.text)]
    if any(head is None or head.midterm for head in heads):
        return None
    columns = tuple(head.head for head in heads if head is not None)
    if Head.NAME not in columns or len(set(columns)) < max(3, len(columns)):
        return None
    return columns


def read_flat(rows: Sequence[Row], start: int, head: FlatHead, draft: Draft, account: Account) -> int:
    """Read the lines below a flattened head. Gives the position of the first line not read."""
    row = rows[start]
    account.use(row.whole)
    if head.money:
        return _read_money(rows, start, head, draft, account)
    draft.heads.update(column.value for column in head.columns)
    position, end = start + 1, _end(rows, start + 1)
    columns = sum(1 for column in head.columns if column not in _LEVELS)
    if not head.wide and is_torn(rows[position:end], columns):
        for row in rows[position:end]:
            account.leave_row(row, TORN)
        return end
    while position < end:
        row = rows[position]
        if match_flat(rows, position) == head:
            account.use(row.whole)
        else:
            following = rows[position + 1] if position + 1 < len(rows) else None
            _read_row(row, following, head, draft, account)
        position += 1
    return position


def _end(rows: Sequence[Row], position: int) -> int:
    while position < len(rows) and not (
        (row := rows[position]).line is None or row.whole is None or table_ends(row)
    ):
        position += 1
    return position


def table_ends(row: Row) -> bool:
    """Whether a line below a flattened head belongs to something else: a title, a labelled field."""
    assert row.whole is not None
    text = row.whole.text
    if is_title(text) or inline_labels(text):
        return True
    first = row.cells[0].text
    return (
        label_of(first) is not None
        and not is_level1_word(first)
        and not is_total(first)
        and (len(row.cells) <= 2 or len(key(first)) >= 4)
        and len(row.cells) < 5
    )


def _read_row(row: Row, following: Row | None, head: FlatHead, draft: Draft, account: Account) -> None:
    assert row.whole is not None
    words = row.wide if head.wide and len(row.wide) > 1 else row.cells
    if len(words) > _MOST_WORDS:
        account.leave_row(row, NO_FIT)
        return
    words = tuple(word for word in words if word.text not in ("*", "★") or len(words) == 1)
    if is_total(words[0].text):
        _read_total(row, words, head, draft, account)
        return
    if is_note(row.whole.text):
        account.leave(row.whole, NOTE)
        return
    if head.wide and following is not None and _is_fragment(following):
        account.leave_row(row, WRAPPED)
        return
    columns = tuple(column for column in head.columns if column not in _LEVELS)
    levels, rest = take_levels(words, following, head.columns, draft)
    if rest:
        # A name may be a level word as well (公众满意度): the words decide that fit the columns one by one.
        before = len(words) - len(columns)
        straight = take_levels(words[: max(before, 0)], None, head.columns, draft)
        if 0 <= before <= 2 and not straight[1] and _fit(columns, words[before:]):
            levels, rest = straight[0], words[before:]
            pieces_of = {column: (word,) for column, word in zip(columns, rest, strict=True)}
        else:
            alignment = align(rest, columns)
            if alignment is None or not alignment.clear:
                account.leave_row(row, UNDECIDED if alignment is not None else NO_FIT)
                return
            pieces_of = alignment.columns
        if is_torn_row(pieces_of) or (Head.POINTS in columns and Head.POINTS not in pieces_of):
            account.leave_row(row, TORN_ROW)
            return
        laid = {
            column: pieces[0]
            if len(pieces) == 1
            else pieces[0]._replace(text=" ".join(p.text for p in pieces))
            for column, pieces in pieces_of.items()
        }
    else:
        laid = {}
    record = {**levels, **laid}
    read_levels(draft, record, account, row)
    if (Head.NAME in laid and add_indicator(draft, Halves(record, {}), row, account)) or not laid:
        account.use(row.whole)
    else:
        account.leave_row(row, NO_FIT)


_ANCHORS = {Head.TARGET, Head.OPERATOR, Head.POINTS, Head.ACTUAL, Head.REMARK}


def is_row(laid: Mapping[Head, Cell]) -> bool:
    """Whether the words laid out are an indicator: a name, and something that promises or counts."""
    return Head.NAME in laid and bool(_ANCHORS & set(laid))


_ANCHOR = re.compile(r"[\d０-９]|[≥≤＞＜<>=＝≧≦]|定性")


def _is_fragment(row: Row) -> bool:
    """Whether a line of a table set in columns is only the further line of wrapped cells: text without any
    figure or sign. The row above is then not whole, and which of its cells goes on cannot be told."""
    if row.line is None or row.whole is None or table_ends(row) or is_note(row.whole.text):
        return False
    words = row.wide or row.cells
    if is_total(words[0].text) or all(is_level1_word(w.text) or is_level2_word(w.text) for w in words):
        return False
    return not _ANCHOR.search(row.whole.text) and not label_of(words[0].text)


def _fit(columns: Sequence[Head], words: Sequence[Cell]) -> bool:
    return all(fits(column, word.text) for column, word in zip(columns, words, strict=True))


def take_levels(
    words: Sequence[Cell], following: Row | None, columns: Sequence[Head], draft: Draft
) -> tuple[dict[Head, Cell], Sequence[Cell]]:
    """The level words that begin a row, and the rest of it."""
    found: dict[Head, Cell] = {}
    position = 0
    if not words:
        return found, words
    if Head.LEVEL1 in columns and is_level1_word(words[0].text):
        both = is_level2_word(words[0].text)
        if not both or _is_level1_here(words, following, draft):
            found[Head.LEVEL1] = words[0]
            position = 1
    if Head.LEVEL2 in columns and position < len(words) and is_level2_word(words[position].text):
        found[Head.LEVEL2] = words[position]
        position += 1
    return found, words[position:]


def _is_level1_here(words: Sequence[Cell], following: Row | None, draft: Draft) -> bool:
    """Whether a word that names a level 1 as well as a level 2 (成本指标, 满意度指标) is the former here."""
    if len(words) > 1 and is_level2_word(words[1].text):
        return True
    word = level_word(words[0].text)
    below = following.cells[0].text if following is not None and following.cells else ""
    if len(words) == 1 and is_level2_word(below):
        return any(kind in word and kind in below for kind in ("成本", "满意"))
    return "满意" in word and (draft.level1 is None or "满意" not in draft.level1)


def _read_total(row: Row, words: Sequence[Cell], head: FlatHead, draft: Draft, account: Account) -> None:
    numbers = [word for word in words[1:] if number_in(word.text) is not None]
    columns = [column for column in head.columns if column in (Head.POINTS, Head.SCORE)]
    if len(numbers) == len(columns) and columns:
        read_total(draft, dict(zip(columns, numbers, strict=True)), row, account)
        account.use(row.whole)


def _read_money(rows: Sequence[Row], start: int, head: FlatHead, draft: Draft, account: Account) -> int:
    draft.heads.add("money")
    head_line = rows[start].whole
    if head_line is not None and draft.money_unit is None:
        draft.money_unit = unit_in(head_line.text)
    position = start + 1
    while position < len(rows):
        row = rows[position]
        words = row.cells
        if row.line is None or not (is_money_name(words[0].text) or _is_side(words)):
            break
        name, values = (words[1], words[2:]) if _is_side(words) else (words[0], words[1:])
        laid = lay_money(head.money, values)
        if laid is None:
            break
        path = f"money/rows/{len(draft.money_rows)}"
        fields = {column.value: number_in(word.text) for column, word in laid.items()}
        draft.places[path] = row.place(name)
        for column, word in laid.items():
            draft.places[f"{path}/{column.value}"] = row.place(word)
        draft.money_rows.append(MoneyRow.model_validate({"name": money_name(name.text), **fields}))
        account.use(row.whole)
        position += 1
    return position


def _is_side(words: Sequence[Cell]) -> bool:
    return len(words) > 2 and "资金" in words[0].text and is_money_name(words[1].text)


_PLACEHOLDER = re.compile(r"[-—－/／–]+")


def lay_money(columns: Sequence[MoneyHead], values: Sequence[Cell]) -> dict[MoneyHead, Cell] | None:
    """The values under their columns, None when there is no one way to lay them out."""
    if any(
        number_in(word.text) is None and not _PLACEHOLDER.fullmatch(narrow(clean(word.text)))
        for word in values
    ):
        return None
    while values and _PLACEHOLDER.fullmatch(narrow(clean(values[-1].text))) and len(values) < len(columns):
        values = values[:-1]
    amounts = [column for column in columns if column in _MONEY_VALUES]
    if len(values) == len(columns):
        pairs = zip(columns, values, strict=True)
    elif len(values) == len(amounts) and tuple(columns[: len(amounts)]) == tuple(amounts):
        pairs = zip(amounts, values, strict=True)
    else:
        return None
    return {
        column: word
        for column, word in pairs
        if column is not MoneyHead.OTHER and number_in(word.text) is not None
    }
