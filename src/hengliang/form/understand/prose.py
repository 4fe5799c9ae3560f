"""Running text below a label: the duties and goals of a form that was copied out as lines."""

import re
from collections.abc import Sequence

from hengliang.base.message import Message, message
from hengliang.form.understand.draft import Draft
from hengliang.form.understand.fields import mark_cut_end
from hengliang.form.understand.flat import match_flat
from hengliang.form.understand.inline import inline_labels
from hengliang.form.understand.items import Item, Run, split_items, split_runs
from hengliang.form.understand.labels import read_inline, read_label_row
from hengliang.form.understand.line_words import is_note, is_title
from hengliang.form.understand.rows import Account, Row, clean
from hengliang.form.understand.stacked import match_stacked
from hengliang.form.understand.torn import is_torn_text
from hengliang.form.understand.words import Label, head_of, key, label_of

SIDE_BY_SIDE = message("texts stand side by side here, and which line goes on with which cannot be told")
BOTH_LABELS = message("the labels of duties and goals stand together, and nothing parts their texts")

TORN_TEXT = message("this text is torn: its beginning is missing, or words of a table stand in it")

_TEXT_LABELS = {
    Label.DUTIES: "duties",
    Label.GOALS: "goals",
    Label.EXPECTED: "goals",
    Label.MIDTERM_GOALS: "midterm_goals",
    Label.ACHIEVED: "achieved",
}
_SENTENCE_END = tuple("。；;！!？?：:")
_ITEM_START = re.compile(r"^\s*(?:[（(]?[一二三四五六七八九十\d０-９]{1,3}[)）、.．]|目标\s*\d|[①-⑳])")


def read_prose(rows: Sequence[Row], start: int, draft: Draft, account: Account) -> int:
    """Read a labelled line, and the text below it where the label announces duties or goals.

    Gives the position of the first line not read; `start` when the line has no label.
    """
    row = rows[start]
    if row.whole is None:
        return start
    text = row.whole.text.lstrip("*★☆ \t\u3000")
    pairs = inline_labels(text)
    if pairs and not (len(pairs) == 1 and pairs[0].label in _TEXT_LABELS):
        read_inline(draft, pairs, row, row.whole, account)
        return start + 1
    labels: list[Label] = []
    rest = ""
    position = start
    while position < len(rows) and (found := _text_label(rows[position])):
        label, rest = found
        labels.append(label)
        draft.heads.add(label.value)
        account.use(rows[position].whole)
        position += 1
        if rest:
            break
    if len(labels) > 2 and labels[0] in (Label.GOALS, Label.ACHIEVED):
        labels = labels[1:]  # the label of the block before those of its parts
    if not labels:
        return start + 1 if read_label_row(draft, row, account) else start
    body: list[tuple[Row, str]] = [(rows[position - 1], rest)] if rest else []
    while position < len(rows) and _is_body(rows, position, bool(body)):
        line = rows[position]
        assert line.whole is not None
        body.append((line, line.whole.text))
        position += 1
    if len(body) > 1 and body[-2][1].endswith(_SENTENCE_END) and _is_upper_head(rows, position - 1):
        account.leave_row(body.pop()[0], TORN_TEXT)
    texts = [text for _, text in body]
    if any(_is_parted(line) for line, _ in body[bool(rest) :]) or any(_holds_label(text) for text in texts):
        _leave(body, account, SIDE_BY_SIDE)
    elif is_torn_text(texts) or (rest and _has_text_above(rows, start, account)):
        _leave(body, account, TORN_TEXT)
    elif rest or _is_text(rows[start], body):
        _read_body(labels, body, draft, account)
    return position


def _leave(body: Sequence[tuple[Row, str]], account: Account, reason: Message) -> None:
    for row, text in body:
        if row.whole is not None and account.has_used(row.whole):
            account.leave_part(row, row.whole, text, reason)  # the text behind a label that was read
        else:
            account.leave_row(row, reason)


_APART = re.compile(r"\S {3,}\S")


def _is_parted(row: Row) -> bool:
    """Whether a line of text has a gap as between two columns."""
    return row.line is not None and "   " in row.line.text and bool(_APART.search(row.line.text.strip()))


_STOPS = re.compile("[，。；、！]")


def _is_text(label: Row, body: Sequence[tuple[Row, str]]) -> bool:
    """Whether lines below a label that stands alone are its text, and not cells from elsewhere in a table
    whose order was lost: those are short and have no stops."""
    if not body or any(_STOPS.search(text) or _ITEM_START.match(text) for _, text in body):
        return True
    number = label.line.place.line if label.line is not None else None
    first = body[0][0].line
    is_next = number is None or (first is not None and first.place.line == number + 1)
    return len(body) == 1 and is_next and len(body[0][0].cells) == 1


def _is_upper_head(rows: Sequence[Row], position: int) -> bool:
    """Whether a line holds the upper halves of column heads that go on in the line below."""
    text, words = rows[position].text, rows[position].cells
    below = rows[position + 1].cells if position + 1 < len(rows) else ()
    heads = sum(1 for word in below if head_of(word.text) is not None)
    return len(words) > 1 and heads > 1 and not (_STOPS.search(text) or is_torn_text([text]))


def _has_text_above(rows: Sequence[Row], start: int, account: Account) -> bool:
    """Whether a line of text that belongs to nothing stands directly above a label: the label was printed in
    the middle of the height of its text, whose beginning is that line."""
    above = rows[start - 1] if start else None
    return (
        above is not None
        and above.line is not None
        and above.whole is not None
        and not account.has_used(above.whole)
        and bool(_STOPS.search(above.text) or _ITEM_START.match(above.text))
        and not is_note(above.text)
        and not is_title(above.text)
        and label_of(above.text) is None
        and not inline_labels(above.text)
    )


def _holds_label(text: str) -> bool:
    """Whether one of the words of a line is the label of another text: two labels stand side by side, and the
    lines below hold a piece of each of their texts."""
    return any(label_of(word) in _TEXT_LABELS and len(key(word)) >= 4 for word in text.split())


def _text_label(row: Row) -> tuple[Label, str] | None:
    """The label of duties or goals at the beginning of a line, and the text behind it."""
    if row.whole is None:
        return None
    text = row.whole.text.lstrip("*★☆ \t\u3000")
    label = label_of(text)
    if label is not None and label in _TEXT_LABELS:
        return label, ""
    for found in re.finditer(r"[:：]|\s+|[|｜]", text):
        label = label_of(text[: found.start()])
        if label is not None and label in _TEXT_LABELS:
            return label, text[found.end() :].strip(" |｜\t\u3000")
        if found.start() > 24:
            break
    return None


def _is_body(rows: Sequence[Row], position: int, begun: bool) -> bool:
    row = rows[position]
    if row.whole is None:
        return False
    if match_flat(rows, position) or match_stacked(rows, position):
        return False
    text = row.whole.text
    if "指标" in text and sum(1 for word in row.cells if head_of(word.text) is not None) > 1:
        return False
    if head_of(text) is not None or (len(text) == 1 and _is_upright(rows, position)):
        return False
    if _text_label(row) is not None and not _ITEM_START.match(text):
        return False
    if label_of(text) is not None or inline_labels(text) or is_title(text):
        return False
    words = row.cells
    if len(words) > 1 and label_of(words[0].text) is not None and not begun:
        return False
    if len(words) > 1 and label_of(words[0].text) is not None and len(key(words[0].text)) >= 4:
        return False
    return not is_note(text)


def _is_upright(rows: Sequence[Row], position: int) -> bool:
    """Whether a line of one character goes on with another one: a label printed upright."""
    following = rows[position + 1].whole if position + 1 < len(rows) else None
    return following is not None and len(following.text) == 1


class _Body:
    """Printed lines joined to one text that knows where each of its characters stood."""

    def __init__(self, lines: Sequence[tuple[Row, str]]) -> None:
        self.text = ""
        self.starts: list[tuple[int, Row]] = []
        self.joins: list[int] = []
        for row, line in lines:
            if self.text:
                if self.text.endswith(_SENTENCE_END) or _ITEM_START.match(line):
                    self.text += "\n"
                else:
                    self.joins.append(len(self.text))
            self.starts.append((len(self.text), row))
            self.text += line.strip()

    def row_at(self, position: int) -> Row:
        """The printed line that the character at `position` came from."""
        return next(row for start, row in reversed(self.starts) if start <= position)

    def joins_within(self, item: Item) -> tuple[int, ...]:
        """Where lines were joined inside a sentence of `item`, counted in its cleaned text."""
        return tuple(
            len(clean(self.text[item.start : join]))
            for join in self.joins
            if item.start < join < item.start + len(item.text)
        )


def _read_body(
    labels: Sequence[Label], lines: Sequence[tuple[Row, str]], draft: Draft, account: Account
) -> None:
    if not lines:
        return
    body = _Body(lines)
    if labels[-1] is Label.ACHIEVED and len(labels) == 1:
        draft.fields["achieved"] = clean(body.text)
        draft.places.setdefault(
            "achieved", body.starts[0][1].place(body.starts[0][1].whole or lines[0][0].cells[0])
        )
        account.use(*(row.whole for row, _ in lines))
        return
    runs = split_runs(body.text)
    if runs and _lacks_begin(runs[0]):
        _leave(lines, account, TORN_TEXT)
        return
    fields = [_TEXT_LABELS[label] for label in labels]
    if len(fields) > 1 and len(set(fields)) > 1:
        shared = _share(runs, fields, body)
        if shared is None:
            for row, _ in lines:
                account.leave_row(row, BOTH_LABELS)
            return
    else:
        shared = [(fields[-1], item) for run in runs for item in run.items]
    account.use(*(row.whole for row, _ in lines))
    for field, item in shared:
        _add(draft, field, item, body)
    mark_cut_end(draft, fields[-1])


_FIRST = re.compile(r"(?<![\d０-９一二三四五六七八九十])[1１一①](?![\d０-９一二三四五六七八九十])")


def _lacks_begin(run: Run) -> bool:
    """Whether a numbering does not begin with one: what stood above it was torn away."""
    marks = [item.mark for item in run.items if item.mark]
    return bool(marks) and not _FIRST.search(marks[0])


def _share(runs: Sequence[Run], fields: Sequence[str], body: _Body) -> list[tuple[str, Item]] | None:
    """Give each label its text when the labels stand together above all of it: run by run when there are as
    many numberings as labels, paragraph by paragraph when there are as many of those. None: undecided."""
    starts = [*(start for start, _ in body.starts[1:]), len(body.text) + 1]
    if len(body.starts) == len(fields) and all(body.text[end - 1] == "\n" for end in starts[:-1]):
        return [
            (field, item._replace(start=item.start + start))
            for field, (start, _), end in zip(fields, body.starts, starts, strict=True)
            for item in split_items(body.text[start : end - 1])
        ]
    if len(runs) == len(fields):
        return [(field, item) for field, run in zip(fields, runs, strict=True) for item in run.items]
    paragraphs = [part for part in body.text.split("\n") if part.strip()]
    if len(runs) == 1 and len(paragraphs) == len(fields) and all(not item.mark for item in runs[0].items):
        shared: list[tuple[str, Item]] = []
        position = 0
        for field, paragraph in zip(fields, paragraphs, strict=True):
            start = body.text.index(paragraph, position)
            shared.append((field, Item("", paragraph.strip(), start)))
            position = start + len(paragraph)
        return shared
    items = [item for run in runs for item in run.items]
    if len(fields) == 2 and len(runs) == 1 and len(items) > 1 and not items[0].mark and items[1].mark:
        return [(fields[0], items[0]), *((fields[1], item) for item in items[1:])]
    return None


def _add(draft: Draft, field: str, item: Item, body: _Body) -> None:
    text = clean(item.text)
    if not text:
        return
    if field == "achieved":
        draft.fields["achieved"] = text
        return
    index = len(draft.lists[field])
    draft.lists[field].append(text)
    if field in draft.marks:
        draft.marks[field].append(clean(item.mark))
    path = f"{field}/{index}"
    row = body.row_at(item.start)
    draft.places[path] = row.place(row.whole or row.cells[0])
    if joins := body.joins_within(item):
        draft.joins[path] = joins
