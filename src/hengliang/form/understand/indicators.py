"""Rows of an indicator table become indicators."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from hengliang.base.message import Message, message
from hengliang.base.number import read_number
from hengliang.base.text import is_cut, narrow
from hengliang.form.document import Cell
from hengliang.form.model import Indicator, Target
from hengliang.form.target import read_actual, read_points, read_remark_points, read_target
from hengliang.form.understand.columns import Columns, match_columns
from hengliang.form.understand.doubtful import doubtful_rows
from hengliang.form.understand.draft import Draft
from hengliang.form.understand.labels import begins_label
from hengliang.form.understand.likelihood import marked_likelihood
from hengliang.form.understand.rows import Account, Row, clean
from hengliang.form.understand.words import (
    Head,
    Label,
    head_of,
    is_level1_word,
    is_level2_word,
    is_note,
    is_title,
    is_total,
    label_of,
    level_word,
    likelihood_of,
    two_levels,
)

NO_FIELD = message("the form model has no field for this column")
NO_NAME = message("the row has values but no indicator name")
NO_NUMBER = message("a number was expected here")
NO_LIKELIHOOD = message("one of the words 确定能, 有可能 and 完全不可能 was expected here")
NOTE = message("a note below the table")
NO_VALUE = message("a text in the column of the names without any value beside it")
MIDTERM_ONLY = message("a target for the whole term without one for the year")

_SERIAL = re.compile(r"\d{1,3}")
_NUMBERS = (Head.NUMBER, False)
_OWN_NUMBER = re.compile(r"^指标\s*(?:\d{1,2}|[一二三四五六七八九十]{1,2})\s*[:：、.．]\s*|^指标\d{1,2}$")
_NO_NAME = re.compile(r"[/／无—－\-…．.·\s、。]*|[\d.]+[%％‰]?|百分比|百分点")
_NOTHING = frozenset({"", "/", "／", "-", "—", "——", "－", "--", "无", "\\"})
_TEXTS = (
    Head.EXPLANATION,
    Head.CRITERION,
    Head.FORECAST,
    Head.REASON,
    Head.BASIS,
    Head.EVIDENCE,
    Head.REMARK,
)

_CUTTABLE = (
    "name",
    "target",
    "unit",
    "explanation",
    "criterion",
    "remark",
    "basis",
    "evidence",
    "actual",
    "reason",
)
"""The fields whose text a source may have cut off."""

_VALUES = (Head.OPERATOR, Head.TARGET, Head.UNIT, Head.POINTS, Head.ACTUAL, Head.SCORE)

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


def read_levels(draft: Draft, record: Record, account: Account, row: Row) -> None:
    """Take over the level words of a row; an empty cell keeps those above it, unless level 1 has changed."""
    first, second = record.get(Head.LEVEL1), record.get(Head.LEVEL2)
    if second is not None and second is first:
        second = None
    changed = False
    if first is not None:
        word = level_word(first.text)
        if word in _NOTHING:
            word = ""
        if second is None and (both := two_levels(first.text)) is not None:
            word, below = both
            second = first._replace(text=below)
        changed = bool(word) and word != draft.level1
        if word:
            draft.level1 = word
        account.use(first)
    if second is not None:
        word = level_word(second.text)
        draft.level2 = word if word not in _NOTHING else None
        account.use(second)
    elif changed:
        draft.level2 = None


def add_indicator(draft: Draft, halves: Halves, row: Row, account: Account) -> bool:
    """Read one row into the draft. False when it has no name, so that it is none."""
    record = halves.annual
    name_cell = record.get(Head.NAME)
    name = indicator_name(name_cell.text) if name_cell is not None else None
    if halves.midterm and _is_midterm_only(halves, name):
        _keep_midterm(draft, halves, row, account)
        return True
    if name is None or name_cell is None:
        return False
    path = f"indicators/{len(draft.indicators)}"
    fields: dict[str, Any] = {"name": name, "level1": draft.level1, "level2": draft.level2}
    sign, value, unit = record.get(Head.OPERATOR), record.get(Head.TARGET), record.get(Head.UNIT)
    target = read_target(_text(sign), _text(value), _text(unit), name)
    fields["operator"], fields["target"], fields["unit"] = target.operator, target.target, target.unit
    stood = {
        "name": name_cell,
        "level1": record.get(Head.LEVEL1),
        "level2": record.get(Head.LEVEL2),
        "operator": sign or value,
        "target": value,
        "unit": unit or value,
    }
    cells = {field: cell for field, cell in stood.items() if cell is not None and fields[field] is not None}
    account.use(name_cell, sign, value, unit)

    for head in _TEXTS:
        if (cell := record.get(head)) is not None:
            text = clean(cell.text)
            account.use(cell)
            if text not in _NOTHING:
                fields[head.value] = text
                cells[head.value] = cell
    _read_points(fields, cells, record, account)
    if (cell := record.get(Head.ACTUAL)) is not None:
        account.use(cell)
        if clean(cell.text) not in _NOTHING:
            fields["actual"] = read_actual(clean(cell.text), target.unit)
            cells["actual"] = cell
    if (cell := record.get(Head.SCORE)) is not None:
        text = narrow(clean(cell.text)).removesuffix("分")
        score = read_number(text)
        if score is not None:
            fields["score"] = score
            cells["score"] = cell
            account.use(cell)
        elif text in _NOTHING:
            account.use(cell)
        else:
            account.leave(cell, NO_NUMBER)
    _read_likelihood(fields, cells, record, account)
    if halves.midterm:
        account.use(halves.midterm.get(Head.LEVEL1), halves.midterm.get(Head.LEVEL2))
        fields["midterm"] = _midterm(halves.midterm, name, account)
    if cut := tuple(field for field in _CUTTABLE if (text := fields.get(field)) and is_cut(text)):
        fields["truncated"] = cut
    draft.indicators.append(Indicator.model_validate(fields))
    places = draft.places
    places[path] = row.place(name_cell)
    if sign is not None and target.operator is None:
        # A kind of value that is no sign (定量, 定量（其他）) is kept as printed.
        draft.printed[f"{path}/operator"] = clean(sign.text)
    for field, cell in cells.items():
        places[f"{path}/{field}"] = row.place(cell)
        printed = clean(cell.text)
        if str(fields[field]) != printed:
            draft.printed[f"{path}/{field}"] = printed
    return True


def _read_likelihood(
    fields: dict[str, Any], cells: dict[str, Cell], record: Record, account: Account
) -> None:
    cell = record.get(Head.LIKELIHOOD)
    if cell is None:
        return
    likelihood = likelihood_of(cell.text)
    if likelihood is not None:
        fields["likelihood"] = likelihood
        cells["likelihood"] = cell
        account.use(cell)
    elif clean(cell.text) in _NOTHING:
        account.use(cell)
    else:
        account.leave(cell, NO_LIKELIHOOD)


def _text(cell: Cell | None) -> str | None:
    return clean(cell.text) if cell is not None else None


def _read_points(fields: dict[str, Any], cells: dict[str, Cell], record: Record, account: Account) -> None:
    cell = record.get(Head.POINTS)
    if cell is not None:
        text = clean(cell.text)
        points = read_points(text)
        if points is not None:
            fields["points"], fields["points_in"] = points, "column"
            cells["points"] = cell
            account.use(cell)
            return
        if text in _NOTHING:
            account.use(cell)
        else:
            account.leave(cell, NO_NUMBER)
    remark = record.get(Head.REMARK)
    if remark is not None:
        points = read_remark_points(clean(remark.text))
        if points is not None:
            fields["points"], fields["points_in"] = points, "remark"
            cells["points"] = remark


def _midterm(record: Record, name: str, account: Account) -> Target | None:
    cells = (record.get(Head.OPERATOR), record.get(Head.TARGET), record.get(Head.UNIT))
    if cells[1] is None:
        return None
    reading = read_target(_text(cells[0]), _text(cells[1]), _text(cells[2]), name)
    account.use(*cells)
    other = record.get(Head.NAME)
    if other is not None and indicator_name(other.text) == name:
        account.use(other)
    return Target(operator=reading.operator, target=reading.target, unit=reading.unit)


def _is_midterm_only(halves: Halves, name: str | None) -> bool:
    """Whether the yearly half of the row is empty."""
    filled = {
        head
        for head, cell in halves.annual.items()
        if head not in (Head.LEVEL1, Head.LEVEL2) and clean(cell.text) not in _NOTHING
    }
    if Head.NAME in halves.midterm:
        return name is None and not filled - {Head.NAME}
    return filled <= {Head.NAME, Head.EXPLANATION, Head.CRITERION} and Head.TARGET in halves.midterm


def _keep_midterm(draft: Draft, halves: Halves, row: Row, account: Account) -> None:
    for record in halves:
        for head, cell in record.items():
            if head in (Head.LEVEL1, Head.LEVEL2):
                account.use(cell)
            else:
                account.leave(cell, MIDTERM_ONLY)


def read_total(draft: Draft, record: Record, row: Row, account: Account) -> None:
    """Read a row of sums: points, score, and a grade where one stands."""
    for cell in row.cells:
        text = narrow(clean(cell.text))
        if is_total(cell.text):
            account.use(cell)
        elif text in ("优", "良", "中", "差", "优秀", "良好", "合格", "不合格"):
            draft.totals.setdefault("grade", text)
            draft.places.setdefault("totals/grade", row.place(cell))
            account.use(cell)
    for head, field in ((Head.POINTS, "points"), (Head.SCORE, "score")):
        cell = record.get(head)
        number = read_number(narrow(clean(cell.text)).removesuffix("分")) if cell is not None else None
        if cell is not None and number is not None:
            if field not in draft.totals:
                draft.totals[field] = number
                draft.places[f"totals/{field}"] = row.place(cell)
            account.use(cell)


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


_DEEPEST_HEAD = 8
"""Rows that a page may print again above the head of the indicators, and that head."""


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
        if clean(cell.text) in _NOTHING or _NO_NAME.fullmatch(_OWN_NUMBER.sub("", clean(cell.text))):
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
