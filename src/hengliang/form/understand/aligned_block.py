"""The head block of a form laid out by blanks alone: labels at the left, what they announce beside them.

Each label with its lines becomes a small table as the other readers give it. A label may be broken into lines
and set in the middle of what it announces. Lines that are no such block stay lines.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from hengliang.form.document import Block, Cell, Table
from hengliang.form.understand.aligned_bands import bands_of
from hengliang.form.understand.aligned_cuts import Shape, cuts_by_line, lay_out
from hengliang.form.understand.aligned_head import AlignedHead, head_zones
from hengliang.form.understand.aligned_levels import Group, put_together, spread
from hengliang.form.understand.aligned_words import Printed, Word, is_thin
from hengliang.form.understand.inline import inline_labels
from hengliang.form.understand.line_words import is_money_name, is_note, is_title
from hengliang.form.understand.money import number_in
from hengliang.form.understand.rows import clean
from hengliang.form.understand.words import Label, MoneyHead, label_of, money_head_of

_TEXTS = (
    Label.GOALS,
    Label.EXPECTED,
    Label.ACHIEVED,
    Label.MIDTERM_GOALS,
    Label.DUTIES,
)
_ITEM = re.compile(
    r"[（(]?(?:[一二三四五六七八九十]{1,2}|\d{1,2})(?:[)）、]|[.．](?!\d))|(?:年度)?目标\d|[①-⑳]"
)
_FIRST = re.compile(r"[（(]?[一1](?:[)）、]|[.．])|(?:年度)?目标1|①")
_SPLIT = re.compile("按.{2,10}分")
_WIDEST = 24
"""Positions within which the labels at the left end."""
_DASHES = "-—－–/／ "


def head_block(lines: Sequence[Printed]) -> Iterator[Block]:
    """The blocks above an indicator table."""
    start = next((index for index, line in enumerate(lines) if not _is_heading(line)), len(lines))
    yield from (line.line for line in lines[:start])
    rest = [line for line in lines[start:] if line.words]
    edge = _label_edge(rest)
    groups = _groups(rest, edge) if edge is not None else None
    if edge is None or groups is None:
        yield from (line.line for line in rest)
        return
    for label, within in _with_names(groups, edge):
        table = _table(label, within, edge)
        if table is None:
            table = _unread(label, within)
        yield table


def _is_heading(line: Printed) -> bool:
    """A title, a year or a unit below it, a line of `label：value`: no row of the block."""
    pieces = _pieces(line.words)
    return (
        not pieces
        or is_title(line.text)
        or is_note(line.text)
        or bool(inline_labels(line.text))
        or (len(pieces) == 1 and label_of(pieces[0].text) is None and len(line.text) < _WIDEST)
    )


def _pieces(words: Sequence[Word]) -> list[Word]:
    """Words with more than one blank between them, and labels beside their values with one."""
    pieces: list[Word] = []
    for word in words:
        last = pieces[-1] if pieces else None
        apart = last is None or word.start - last.end > 1
        if last is not None and not apart and not is_thin(last.text, word.text):
            apart = label_of(last.text) is not None or is_money_name(last.text) or len(word.text) > 3
        if last is None or apart:
            pieces.append(word)
        else:
            pieces[-1] = Word(last.start, word.end, f"{last.text} {word.text}")
    return pieces


def _label_edge(lines: Sequence[Printed]) -> int | None:
    """Where the column of labels at the left ends: the first gap that all lines leave behind a label."""
    if not lines:
        return None
    left = min(line.words[0].start for line in lines)
    taken = {place for line in lines for word in line.words for place in range(word.start, word.end)}
    for edge in range(left + 2, left + _WIDEST):
        if edge in taken:
            continue
        begun = [" ".join(word.text for word in line.words if word.end <= edge) for line in lines]
        if any(label_of(text) is not None for text in begun if text):
            return edge
    return None


def _groups(lines: Sequence[Printed], edge: int) -> list[tuple[Group, list[Printed]]] | None:
    """Each label at the left with its lines; None when they are not clear."""
    pieces = [
        (line.number, "".join(word.text for word in line.words if word.end <= edge))
        for line in lines
        if line.words[0].end <= edge
    ]
    right = [line for line in lines if line.words[-1].end > edge]
    labels = put_together(pieces, _is_label, join=0.1)
    if not right or not labels:
        return None
    rows = [(line.number, line.number) for line in right]

    def odd(label: Group, first: int, last: int) -> float:
        """A first item begins the text of a label, a further one goes on; a name takes few lines."""
        marks = [_mark(line, edge) for line in right[first : last + 1]]
        cost = 2.0 * (marks[0] is False)
        heads = 1 + any(label_of(word.text) in _TEXTS for word in right[first].words if word.start > edge)
        cost += sum(1.0 for mark in marks[heads:] if mark)
        if label_of(label.text) not in (*_TEXTS, Label.MONEY):
            cost += 0.3 * max(0, last - first - label.text.count("\n"))
            pieces = (piece for line in right[first : last + 1] for piece in line.words)
            cost += 2.0 * any(money_head_of(piece.text) not in (None, MoneyHead.NAME) for piece in pieces)
        return cost

    spread_out = spread(labels, rows, odd=odd)
    if spread_out is None or len(spread_out) < len(labels):
        return None
    return [(group, list(right[group.first : group.last + 1])) for group in spread_out]


def _is_label(text: str) -> bool:
    return label_of(text) is not None and not text.startswith(("（", "("))


def _with_names(
    groups: Sequence[tuple[Group, list[Printed]]], edge: int
) -> Iterator[tuple[Group, list[Printed]]]:
    """The groups; where the names of amounts stand below the label of their block they become its lines."""
    waiting: tuple[Group, list[Printed]] | None = None
    for label, within in groups:
        if waiting and is_money_name(label.text) and label_of(label.text) in (None, Label.OTHER):
            middle = min(within, key=lambda line: abs(line.number - (label.top + label.bottom) / 2))
            name = Word(edge, edge + 1, "".join(label.text.split()))
            for line in within:
                own = [word for word in line.words if word.end > edge]
                waiting[1].append(line._replace(words=(name, *own) if line is middle else tuple(own)))
            continue
        if waiting:
            yield waiting
            waiting = None
        if label_of(label.text) is Label.MONEY:
            waiting = (label, list(within))
        else:
            yield label, within
    if waiting:
        yield waiting


def _mark(line: Printed, edge: int) -> bool | None:
    """Whether a line begins with the mark of a first item; None when it begins with no mark."""
    text = "".join(word.text for word in line.words if word.end > edge)
    return bool(_FIRST.match(text)) if _ITEM.match(text) else None


def _table(label: Group, lines: Sequence[Printed], edge: int) -> Table | None:
    """The table of one label; None when its lines do not tell what they are."""
    inner = [line._replace(words=tuple(word for word in line.words if word.end > edge)) for line in lines]
    meaning = label_of(label.text)
    if meaning is Label.MONEY:
        cells = _money(inner) or _pairs(inner)
    elif meaning in _TEXTS:
        cells = _texts(inner)
    else:
        cells = _pairs(inner)
    if cells is None:
        return None
    top = min(label.top, lines[0].number)
    height = max(cell.row + cell.row_span for cell in cells)
    width = max(cell.column + cell.column_span for cell in cells)
    grid: list[list[Cell | None]] = [[None] * width for _ in range(height)]
    for cell in [Cell("".join(label.text.split()), 0, 0, height), *cells]:
        for row in grid[cell.row : cell.row + cell.row_span]:
            row[cell.column : cell.column + cell.column_span] = [cell] * cell.column_span
    return Table(grid, lines[0].line.place, top)


def _unread(label: Group, lines: Sequence[Printed]) -> Table:
    """Lines side by side that were not understood: one cell before the label, which no reading takes for its
    value."""
    cells = [Cell("\n".join(line.text for line in lines), 0, 0), Cell(label.text, 0, 1)]
    return Table([cells], lines[0].line.place, lines[0].number)


def _texts(lines: Sequence[Printed]) -> list[Cell] | None:
    """Running text, or two texts side by side below their heads."""
    heads = [piece for piece in _pieces(lines[0].words) if label_of(piece.text) in _TEXTS]
    if len(heads) < 2:
        if any(len(_wide(line.words)) > 1 for line in lines):
            return None
        text = "\n".join(" ".join(word.text for word in line.words) for line in lines)
        return [Cell(text, 0, 1)]
    if len(heads) > 2 or len(heads) < len(_pieces(lines[0].words)) or len(lines) < 2:
        return None
    body = lines[1:]
    crossed = {place for line in body for word in _wide(line.words) for place in range(word.start, word.end)}
    low, high = int(heads[0].end), int(heads[1].start + (heads[1].end - heads[1].start) / 2)
    free = [place for place in range(low, high) if place not in crossed]
    if not free:
        return None
    cut = free[len(free) // 2]
    if any(word.start < cut < word.end for line in body for word in line.words):
        return None
    cells = [Cell(heads[0].text, 0, 1), Cell(heads[1].text, 0, 2)]
    for column in (1, 2):
        parts = [
            " ".join(word.text for word in line.words if (word.start >= cut) == (column == 2))
            for line in body
        ]
        if text := "\n".join(part for part in parts if part):
            cells.append(Cell(text, 1, column))
    return cells


def _wide(words: Sequence[Word]) -> list[Word]:
    """Words with two blanks or more between them."""
    pieces: list[Word] = []
    for word in words:
        if pieces and word.start - pieces[-1].end < 2:
            last = pieces[-1]
            pieces[-1] = Word(last.start, word.end, f"{last.text} {word.text}")
        else:
            pieces.append(word)
    return pieces


def _pairs(lines: Sequence[Printed]) -> list[Cell] | None:
    """A value, with further labels and values beside it. Values may be broken into lines."""
    if len(lines) > 1 and all(len(_pieces(line.words)) % 2 == 0 for line in lines):
        return [
            Cell(piece.text, row, column + 1)
            for row, line in enumerate(lines)
            for column, piece in enumerate(_pieces(line.words))
        ]
    columns: list[list[Word]] = []
    end = -1
    for piece in sorted((piece, row) for row, line in enumerate(lines) for piece in _pieces(line.words)):
        if columns and piece[0].start < end:
            columns[-1].append(piece[0]._replace(start=piece[1]))
        else:
            columns.append([piece[0]._replace(start=piece[1])])
        end = max(end, piece[0].end)
    if len(columns) > 7:
        return None
    texts = ["\n".join(word.text for word in sorted(column)) for column in columns]
    if any(len({word.start for word in column}) < len(column) for column in columns):
        return None
    if len(lines) > 1 and any(label_of(text) is None for text in texts[1::2]):
        return None
    return [Cell(text, 0, column + 1) for column, text in enumerate(texts)]


def _is_amount(text: str) -> bool:
    return number_in(text) is not None or not text.strip(_DASHES)


def _money(lines: Sequence[Printed]) -> list[Cell] | None:
    """Lines of amounts below their heads."""
    zones = [
        (sum(_money_weight(cell.text) for cell in head.cells), head.lines, head)
        for start in range(min(2, len(lines)))
        for head in head_zones(lines, start, _is_money_head)
        if not head.parents
    ]
    weight, _, head = max(zones, key=lambda zone: (zone[0], zone[1]), default=(0.0, 0, None))
    if head is None or weight < 2:
        return None
    heads = [cell for cell in head.cells if money_head_of(cell.text) is not None]
    if len(heads) < len(head.cells):
        return None
    body = list(takewhile(lambda line: not _SPLIT.search(line.text), lines[head.first + head.lines :]))
    if money_head_of(heads[0].text) is MoneyHead.NAME:
        heads = heads[1:]
    return _amounts(head, [(cell.start, cell.end, cell.text) for cell in heads], body, lines)


def _is_money_head(text: str) -> bool:
    return money_head_of(text) is not None


def _money_weight(text: str) -> float:
    return 1.0 if _is_money_head(text) else -1.5


def _amounts(
    head: AlignedHead,
    heads: Sequence[tuple[int, int, str]],
    body: Sequence[Printed],
    lines: Sequence[Printed],
) -> list[Cell] | None:
    if not body or len(heads) < 1:
        return None
    count = len(heads) + 1

    def fit(column: int, text: str) -> float:
        if column == 0:
            return 2.0 if not _is_amount(text) else -6.0
        return 4.0 if _is_amount(text) else -6.0

    def weigh(texts: dict[int, str]) -> float | None:
        if 0 not in texts or not all(_is_amount(text) for column, text in texts.items() if column):
            return None
        return (4.0 if is_money_name(texts[0]) else -2.0) + 0.5 * (len(texts) - 1)

    edge = min(line.words[0].start for line in body)
    shape = Shape(tuple(range(count)), (-6.0, *[-0.5] * (count - 1)))
    places = [(edge, max(edge + 2, heads[0][0] - 3)), *((start, end) for start, end, _ in heads)]
    cuts = cuts_by_line(body, shape, fit, places)
    if cuts is None:
        return None
    laid = [lay_out(line.words, cut) for line, cut in zip(body, cuts, strict=True)]
    if any(line.cut for line in laid):
        return None
    found = bands_of([line.cells for line in laid], weigh, frozenset(range(1, count)), clean)
    if not all(band.row and band.sure for band in found.bands):
        return None
    cells = [Cell(text, 0, column + 2) for column, (_, _, text) in enumerate(heads)]
    for row, band in enumerate(found.bands):
        for column in range(count):
            parts = [laid[index].cells.get(column) for index in range(band.first, band.last + 1)]
            if text := "\n".join(part for part in parts if part):
                cells.append(Cell(text, row + 1, column + 1))
    return cells
