"""The head block of a form: labels with their values, goals and duties below their labels."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from hengliang.base.message import message
from hengliang.base.text import is_cut, narrow
from hengliang.form.document import Cell
from hengliang.form.understand.columns import Columns
from hengliang.form.understand.draft import Draft
from hengliang.form.understand.items import split_items
from hengliang.form.understand.rows import Account, Row, clean
from hengliang.form.understand.words import Head, Label, head_of, is_level1_word, is_total, key, label_of

NO_FIELD = message("a label that the form model has no field for")
ALREADY = message("the form has this already, from another place")

# A bare number before a name is a code when it is long or set off; 2023年 and 12345热线 belong to the name.
_CODE_BEFORE = re.compile(
    r"^(?:[\[［【(（](\d[\dA-Za-z]{2,20})[\]］】)）][-－—_、\s]*|(\d[\dA-Za-z]{2,20})[-－—_、\s]+|(\d{6,21}))"
    r"(?=[^\d\s年])"
)
_CODE_BEHIND = re.compile(r"[\[［【(（]\s*([A-Za-z]?\d[\dA-Za-z]{2,20})\s*[\]］】)）]$|[-－—_](\d{3,21})$")
_YEAR = re.compile(r"(?<!\d)(20\d\d|19\d\d)(?!\d)")
_BLANK_VALUE = re.compile(r"[/／_＿—\-－\s]*")
_SEAL = re.compile(r"[（(](?:盖章|公章|签章|签字|签名)[)）]")
_INLINE = re.compile(r"([^\s:：，。；|]{1,20}?(?:[（(][^（）()]{1,10}[)）])?)\s*[:：]")

_BEFORE_LABEL = " *★☆\t\u3000"
"""What may stand before a label."""

# Who fills the form in comes before who stands above it, the doing unit before the naming department.
_RANKS = (("实施", 3), ("项目单位", 3), ("承担", 3), ("执行单位", 3), ("填报", 2), ("单位", 2), ("部门", 1))
_WEAK = frozenset(
    {"单位", "部门", "日期", "审核", "电话", "职责", "年度", "其他", "备注", "说明", "年份", "项目目标"}
)
"""Words that are labels only where a colon or the place in a head block says so."""
_LIST_LABELS = {
    Label.DUTIES: "duties",
    Label.GOALS: "goals",
    Label.EXPECTED: "goals",
    Label.MIDTERM_GOALS: "midterm_goals",
    Label.ACHIEVED: "achieved",
}
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


class Inline(NamedTuple):
    """`label：value` inside one cell or line."""

    label: Label
    word: str
    value: str


def inline_labels(text: str) -> list[Inline]:
    """The pairs `label：value` in a text that begins with a label; empty when it begins otherwise."""
    if not _may_begin_inline(text):
        return []
    found: list[tuple[int, int, Label, str]] = []
    position = 0
    while match := _INLINE.search(text, position):
        word = match[1]
        label = label_of(word)
        if label is None:
            # The label may be the end of a longer run: 填报日期 after a value without a blank between.
            tail = re.search(r"(?:填[报表]|联系|单位|项目|部门|经办|审核|负责)[一-龥]{1,4}$", word)
            if tail and (label := label_of(tail[0])):
                found.append((match.start(1) + tail.start(), match.end(), label, tail[0]))
        else:
            found.append((match.start(1), match.end(), label, word))
        position = match.end()
    if not found or text[: found[0][0]].strip(_BEFORE_LABEL):
        return []
    ends = [start for start, *_ in found[1:]] + [len(text)]
    return [
        Inline(label, word, text[end:stop].strip())
        for (_, end, label, word), stop in zip(found, ends, strict=True)
    ]


def _may_begin_inline(text: str) -> bool:
    """Whether a text begins with a word and a colon of which the word may be a label. Most long texts with a
    colon somewhere do not."""
    if "：" not in text and ":" not in text:
        return False
    blank = len(text) - len(text.lstrip(_BEFORE_LABEL))
    first = next((found for start in range(blank + 1) if (found := _INLINE.match(text, start))), None)
    return first is not None and (label_of(first[1]) is not None or first[1][0] in _BEFORE_LABEL)


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
    if label not in _ENDS_TABLE or key(first.text) in _WEAK:
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


def set_field(draft: Draft, label: Label, word: str, value: str, row: Row, cell: Cell) -> bool:
    """Put the value of a label into the draft. False when the model has no field for it."""
    place = row.place(cell)
    draft.heads.add(label.value)
    text = clean(_SEAL.sub("", value))
    if not text or _BLANK_VALUE.fullmatch(text):
        return True
    if label is Label.ORGANISATION:
        return _set_organisation(draft, word, text, row, cell)
    if label is Label.SUPERVISOR:
        name, code = split_code(text)
        if code is not None and "代码" in word:
            draft.set("codes/department", code, place)
        return draft.set("supervisor", name or None, place)
    if label is Label.PROJECT:
        name, code = split_code(text)
        if code is not None:
            draft.set("codes/project", code, place)
        return draft.set("project", name, place)
    if label is Label.YEAR:
        year = _YEAR.search(narrow(text))
        return year is not None and draft.set("fiscal_year", int(year[1]), place)
    if label is Label.MONEY_UNIT:
        draft.money_unit = draft.money_unit or text
        return True
    if label in _LIST_LABELS:
        add_list(draft, label, value, row, cell)
        return True
    if label.value.startswith(("codes/", "signoff/")):
        return draft.set(label.value, text, place)
    return False


def _set_organisation(draft: Draft, word: str, text: str, row: Row, cell: Cell) -> bool:
    if re.fullmatch(r"(?:人民币)?[百千万亿]*元", text):
        draft.money_unit = draft.money_unit or text
        return True
    rank = next((rank for sign, rank in _RANKS if sign in word), 2)
    if rank <= draft.organisation_rank:
        return draft.fields.get("organisation") == split_code(text)[0]
    name, code = split_code(text)
    draft.organisation_rank = rank
    draft.fields["organisation"] = name
    draft.places["organisation"] = row.place(cell)
    if code is not None:
        draft.set("codes/department", code, row.place(cell))
    return True


def split_code(text: str) -> tuple[str, str | None]:
    """A name without the code before or behind it, and the code."""
    if (found := _CODE_BEHIND.search(text)) and found.start():
        return text[: found.start()].strip(), found[1] or found[2]
    if found := _CODE_BEFORE.match(text):
        return text[found.end() :].strip(), next(code for code in found.groups() if code)
    return text, None


def add_list(draft: Draft, label: Label, value: str, row: Row, cell: Cell) -> None:
    """Put the text of goals, duties or results into the draft, split at its numbers."""
    field = _LIST_LABELS[label]
    place = row.place(cell)
    if field == "achieved":
        old = draft.fields.get("achieved")
        draft.fields["achieved"] = clean(value) if old is None else f"{old}{clean(value)}"
        draft.places.setdefault("achieved", place)
        return
    for item in split_items(value):
        add_item(draft, field, item.mark, item.text, row, cell)


def add_item(draft: Draft, field: str, mark: str, text: str, row: Row, cell: Cell) -> None:
    """Add one duty or goal."""
    body = clean(text)
    if not body or _BLANK_VALUE.fullmatch(body) or body in ("无", "……", "…"):
        return
    index = len(draft.lists[field])
    draft.lists[field].append(body)
    if field in draft.marks:
        draft.marks[field].append(clean(mark))
    path = f"{field}/{index}"
    draft.places[path] = row.place(cell)
    if is_cut(body):
        draft.truncated.append(path)


def mark_cut_end(draft: Draft, field: str) -> None:
    """The last of several goals that breaks off without a full stop, where all others have one, was cut."""
    texts = draft.lists.get(field, [])
    ended = [text.endswith(("。", "！", "；", ".", ";", "”", "）")) for text in texts]
    if len(texts) > 1 and not ended[-1] and all(ended[:-1]):
        path = f"{field}/{len(texts) - 1}"
        if path not in draft.truncated:
            draft.truncated.append(path)


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
        if label is None or (key(cell.text) in _WEAK and not _is_label_place(row, cell, cells, position)):
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
        label_of(cell.text) in _WHO_AND_WHEN and key(cell.text) not in _WEAK for cell in cells[1:-1]
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


_PAIRED = ({Label.GOALS, Label.ACHIEVED}, {Label.EXPECTED, Label.ACHIEVED})


_HEADING_LISTS = {*_LIST_LABELS} - {Label.ACHIEVED}
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
    if not all(label in _LIST_LABELS and label is not Label.DUTIES for label in labels):
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
        label_of(cell.text) is not None and key(cell.text) not in _WEAK for cell in row.cells[:2]
    ) or bool(inline_labels(row.cells[0].text))


def labels_in(row: Row) -> Iterator[Label]:
    """The labels that a row holds."""
    for cell in row.cells:
        if (label := label_of(cell.text)) is not None:
            yield label
        for pair in inline_labels(cell.text):
            yield pair.label
