"""The whole document: where forms begin and end, and what each block of them is."""

import re
from collections.abc import Sequence

from hengliang.base.message import message
from hengliang.base.text import narrow
from hengliang.form.document import Document
from hengliang.form.model import Kind, Purpose
from hengliang.form.source import ReadForm, Reading
from hengliang.form.understand.aligned import aligned
from hengliang.form.understand.beside import beside_apart
from hengliang.form.understand.columns import match_columns, of_whole_term
from hengliang.form.understand.draft import Draft
from hengliang.form.understand.fields import mark_cut_end
from hengliang.form.understand.flat import match_flat, read_flat
from hengliang.form.understand.goal_block import goal_columns, read_goal_rows
from hengliang.form.understand.halves import halves_of
from hengliang.form.understand.indicator_table import NOTE, read_table
from hengliang.form.understand.indicators import read_total
from hengliang.form.understand.labels import labels_in, read_label_row
from hengliang.form.understand.levels import is_level1_word, level_word
from hengliang.form.understand.line_words import is_note, is_title, is_total
from hengliang.form.understand.money import is_money_block, match_money, read_money, read_pairs, unit_in
from hengliang.form.understand.prose import read_prose
from hengliang.form.understand.rows import Account, Row, clean, rows_of
from hengliang.form.understand.stacked import match_stacked, read_stacked
from hengliang.form.understand.stacked_head import read_stacked_field
from hengliang.form.understand.tasks import match_tasks, read_tasks
from hengliang.form.understand.torn import TORN
from hengliang.form.understand.words import Head, Label, is_midterm, key, label_of

NO_FORM = message("nothing here belongs to a form of performance targets")

_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年?")
_TITLE_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年(?!\d{1,2}月)")
_YEAR_LINE = re.compile(
    r"[（(\[]?\s*(?:预算|申报|自评|评价)?(?:年度)?\s*[:：]?\s*(20\d\d)\s*年?度?\s*"
    r"([\d月日年\s\-—–~～至到截止上下半季度第一二三四前个]{0,12}?)\s*[)）\]]?"
)
_MONTHS = re.compile(r"(\d{1,2})月?\s*[-—–~～至到]+\s*(\d{1,2})月")
_ITEM_NUMBER = re.compile(r"^[（(]?[\d一二三四五六]{1,2}[）)]?[、.．\s]\s*")
_UNIT_LINE = re.compile(r"[（(]?\s*(?:金额)?单位\s*[:：]\s*(?:人民币)?([百千万亿]*元)\s*[)）]?")


def understand(document: Document) -> Reading:
    """The forms that a document holds, and everything in it that belongs to none.

    A document without a form gives a reading without forms; all its cells are then listed.
    """
    rows = rows_of(beside_apart(aligned(document)))
    account = Account()
    drafts = [Draft()]
    position = 0
    while position < len(rows):
        if _begins_form(rows, position, drafts[-1]):
            drafts.append(Draft())
        position = _step(rows, position, drafts[-1], account)
    forms = tuple(form for draft in drafts if (form := _finish(draft)) is not None)
    if not forms:
        # Labels and numbers that merely look like ours are no form: nothing of it was understood.
        account, read = Account(), account
        for row in rows:
            account.leave_row(row, TORN if read.reason(row.whole) is TORN else NO_FORM)
    used, left = account.close(rows)
    return Reading(document.file, document.format, forms, left, used)


def _begins_form(rows: Sequence[Row], position: int, draft: Draft) -> bool:
    """Whether another form begins here: a title, or a head block, after the table of the one before."""
    row = rows[position]
    if not draft.is_empty and row.text and is_title(row.text) and label_of(row.text) is None:
        return bool(draft.indicators) or draft.fields.get("title") is not None
    if draft.indicators:
        label = label_of(row.cells[0].text)
        if label is Label.PROJECT and draft.fields.get("project") is not None:
            return True
        if label is Label.ORGANISATION and "organisation" in draft.heads and "goals" in draft.heads:
            return _head_block_follows(rows, position)
    return False


def _head_block_follows(rows: Sequence[Row], position: int) -> bool:
    return any(
        label in (Label.GOALS, Label.DUTIES, Label.PROJECT)
        for row in rows[position : position + 12]
        for label in labels_in(row)
    )


def _step(rows: Sequence[Row], position: int, draft: Draft, account: Account) -> int:
    """Read the block that begins at `position`; gives the position after it."""
    row = rows[position]
    if row.line is not None and (after := read_stacked_field(rows, position, draft, account)) > position:
        return after
    if row.text and _read_line(row, draft, account):
        return position + 1
    if row.line is not None and draft.is_empty and _read_broken_title(rows, position, draft, account):
        return position + 2
    if row.text and is_note(row.text):
        return _leave_notes(rows, position, account)
    if columns := match_columns(rows, position):
        if draft.whole_term and Head.NAME in columns.annual and not columns.midterm:
            columns = of_whole_term(columns)
        return read_table(rows, position, columns, draft, account)
    if head := match_flat(rows, position):
        return read_flat(rows, position, head, draft, account)
    if stacked := match_stacked(rows, position):
        return read_stacked(rows, position, stacked, draft, account)
    if money := match_money(rows, position):
        return read_money(rows, position, money, draft, account)
    if tasks := match_tasks(rows, position):
        return read_tasks(rows, position, tasks, draft, account)
    if goals := goal_columns(row):
        return read_goal_rows(rows, position, goals, draft, account)
    if is_money_block(row) and (after := read_pairs(rows, position, draft, account)) > position:
        return after
    if row.whole is not None and (after := read_prose(rows, position, draft, account)) > position:
        return after
    if read_label_row(draft, row, account):
        return position + 1
    if is_total(row.cells[0].text) and draft.columns is not None and row.table is not None:
        read_total(draft, halves_of(row, draft.columns).annual, row, account)
    return position + 1


_NUMBERED = re.compile(r"^\s*[（(]?[\d０-９一二三四五六七八九十①-⑳]{1,2}[）)]?[、.．,，：]?\S")


def _leave_notes(rows: Sequence[Row], position: int, account: Account) -> int:
    """Notes below a table, with the numbered lines that go on with them."""
    account.leave_row(rows[position], NOTE)
    position += 1
    while position < len(rows) and _NUMBERED.match(rows[position].text) and not is_title(rows[position].text):
        account.leave_row(rows[position], NOTE)
        position += 1
    return position


def _read_line(row: Row, draft: Draft, account: Account) -> bool:
    """A line or single cell that stands alone: title, year below it, unit of money, side label."""
    text = row.text
    if is_title(text) and (draft.is_empty or label_of(text) is None):
        if draft.is_empty or draft.fields.get("title") is None:
            _set_title(clean(text), row, draft)
        account.use(row.whole, *row.cells)
        return True
    plain = narrow(text)
    found = _YEAR_LINE.fullmatch(plain) if len(plain) <= 30 else None
    if found and ("年" in plain or draft.fields.get("title") is not None):
        draft.set("fiscal_year", int(found[1]), row.place(row.whole or row.cells[0]))
        _read_months(plain, draft)
        account.use(row.whole, *row.cells)
        return True
    if found := _UNIT_LINE.fullmatch(plain):
        draft.money_unit = draft.money_unit or found[1]
        account.use(row.whole, *row.cells)
        return True
    if label_of(text) is Label.INDICATORS and len(key(text)) > 2:
        draft.heads.add("indicators")
        draft.whole_term = is_midterm(key(text))
        account.use(row.whole, *row.cells)
        return True
    level = _ITEM_NUMBER.sub("", text.strip())
    if row.table is None and is_level1_word(level) and level != text.strip():
        # A heading over a table of its own, which has no column for the word.
        draft.level1, draft.level2 = level_word(level), None
        account.use(row.whole, *row.cells)
        return True
    if label_of(text) is Label.MONEY and row.table is None:
        draft.money_unit = draft.money_unit or unit_in(text)
        account.use(row.whole, *row.cells)
        return True
    return False


def _read_broken_title(rows: Sequence[Row], position: int, draft: Draft, account: Account) -> bool:
    """A title in large print that takes two lines, of which neither is a title by itself."""
    first, second = rows[position], rows[position + 1] if position + 1 < len(rows) else None
    if second is None or second.line is None or draft.fields.get("title") is not None:
        return False
    title = clean(first.text + second.text)
    if is_title(second.text) or not is_title(title):
        return False
    _set_title(title, first, draft)
    account.use(first.whole, *first.cells, second.whole, *second.cells)
    return True


def _set_title(title: str, row: Row, draft: Draft) -> None:
    place = row.place(row.whole or row.cells[0])
    draft.fields["title"] = title
    draft.places["title"] = place
    if found := _TITLE_YEAR.search(narrow(title)):
        draft.fields["fiscal_year"] = int(found[1])
        draft.places["fiscal_year"] = place
    _read_months(title, draft)


def _read_months(text: str, draft: Draft) -> None:
    if found := _MONTHS.search(narrow(text)):
        draft.fields["months"] = f"{found[1]}-{found[2]}"


def _finish(draft: Draft) -> ReadForm | None:
    """The form of a draft, None when what was read is none."""
    if _evidence(draft) < 3:
        return None
    mark_cut_end(draft, "goals")
    fields = draft.fields
    # Where the label of the organisation stands without a value, the department above it is another.
    named = Label.ORGANISATION.value in draft.heads
    if fields.get("organisation") is None and not named and fields.get("supervisor") is not None:
        fields["organisation"] = fields["supervisor"]
        draft.places["organisation"] = draft.places.get("supervisor", next(iter(draft.places.values())))
    title = str(fields.get("title") or "")
    is_project = fields.get("project") is not None or (
        "project" in draft.heads or ("项目" in title and "部门" not in title)
    )
    return draft.finish(Kind.PROJECT if is_project else Kind.DEPARTMENT, _purpose(draft, title))


def _purpose(draft: Draft, title: str) -> Purpose:
    word = key(title)
    if "监控" in word or "监测表" in word:
        return Purpose.MONITORING
    if re.search(r"自评|完成情况|评价|评分", word):
        return Purpose.SELF_EVALUATION
    if re.search(r"申报|目标表|目标$|目标情况|批复", word):
        return Purpose.DECLARATION
    if {"forecast", "likelihood"} & draft.heads or draft.fields.get("months"):
        return Purpose.MONITORING
    if {"actual", "score", "achieved"} & draft.heads or draft.fields.get("achieved"):
        return Purpose.SELF_EVALUATION
    return Purpose.DECLARATION


_PROMISES = {"target", "operator", "points", "actual", "score"}
"""Columns of which a form has one at least; a list of names to choose from (指标库) has none."""


def _evidence(draft: Draft) -> int:
    """How much speaks for a form of performance targets: words of the trade, not the shape of a table."""
    heads = draft.heads
    title = key(str(draft.fields.get("title") or ""))
    score = 0
    if "绩效" in title or "目标" in title:
        score += 2
    if {"level1", "level2"} <= heads and draft.indicators:
        score += 3
    elif {"level1", "level2"} & heads:
        score += 1
    for signs in ({"goals", "duties"}, {"money"}, {"organisation", "supervisor", "project"}):
        score += bool(signs & heads)
    if draft.indicators:
        score += bool({"criterion", "points", "actual", "score"} & heads)
    promises = bool(draft.indicators and _PROMISES & heads)
    return score if promises or any(draft.lists.values()) else 0
