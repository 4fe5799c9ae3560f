"""One row of an indicator table becomes an indicator, or the sums of the table."""

from typing import Any

from hengliang.base.message import message
from hengliang.base.number import read_number
from hengliang.base.text import is_cut, narrow
from hengliang.form.document import Cell
from hengliang.form.model import Indicator, Target
from hengliang.form.target import read_actual, read_points, read_remark_points, read_target
from hengliang.form.understand.draft import Draft
from hengliang.form.understand.halves import Halves, Record, indicator_name
from hengliang.form.understand.levels import level_word, two_levels
from hengliang.form.understand.line_words import is_total
from hengliang.form.understand.rows import Account, Row, clean
from hengliang.form.understand.words import Head, likelihood_of

NO_NUMBER = message("a number was expected here")
NO_LIKELIHOOD = message("one of the words 确定能, 有可能 and 完全不可能 was expected here")
MIDTERM_ONLY = message("a target for the whole term without one for the year")
NOTHING = frozenset({"", "/", "／", "-", "—", "——", "－", "--", "无", "\\"})
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


def read_levels(draft: Draft, record: Record, account: Account, row: Row) -> None:
    """Take over the level words of a row; an empty cell keeps those above it, unless level 1 has changed."""
    first, second = record.get(Head.LEVEL1), record.get(Head.LEVEL2)
    if second is not None and second is first:
        second = None
    changed = False
    if first is not None:
        word = level_word(first.text)
        if word in NOTHING:
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
        draft.level2 = word if word not in NOTHING else None
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
            if text not in NOTHING:
                fields[head.value] = text
                cells[head.value] = cell
    _read_points(fields, cells, record, account)
    if (cell := record.get(Head.ACTUAL)) is not None:
        account.use(cell)
        if clean(cell.text) not in NOTHING:
            fields["actual"] = read_actual(clean(cell.text), target.unit)
            cells["actual"] = cell
    if (cell := record.get(Head.SCORE)) is not None:
        text = narrow(clean(cell.text)).removesuffix("分")
        score = read_number(text)
        if score is not None:
            fields["score"] = score
            cells["score"] = cell
            account.use(cell)
        elif text in NOTHING:
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
    elif clean(cell.text) in NOTHING:
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
        if text in NOTHING:
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
        if head not in (Head.LEVEL1, Head.LEVEL2) and clean(cell.text) not in NOTHING
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
