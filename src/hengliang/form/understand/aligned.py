"""Tables of a text whose columns are held together by blanks alone: the text of a PDF, laid out as printed.

Lines of such a text become a table as the other readers give it. The head tells the columns; they end where
the fewest words are cut through (`aligned_cuts`); lines are put together to rows (`aligned_bands`), and level
words beside them to merged cells (`aligned_levels`). Rows that could be put together in more than one way are
given as one cell each, which no reading takes for a row.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from hengliang.base.place import Place
from hengliang.form.document import Block, Document, Line, Table
from hengliang.form.understand.aligned_block import head_block
from hengliang.form.understand.aligned_head import AlignedHead, head_zones
from hengliang.form.understand.aligned_side import is_side
from hengliang.form.understand.aligned_table import AlignedTable
from hengliang.form.understand.aligned_words import Printed, printed
from hengliang.form.understand.words import Head, Label, head_of, key, label_of

_GAP = re.compile(r"\S[ \u3000]{2,}\S")
_OVER = re.compile(
    "(?=.*(?:年度|当年|全年|中期|实施期|长期|绩效|完成|指标值))[项目部门单位整体支出全年度当本中期实施长绩效指标值完成情况计划自评]{2,14}"
)
_LEAST_COLUMNS = 4
_LEAST_LINES = 3
_MOST_HEADS = 400
_LONGEST_LINE = 5000
_LEAST_KNOWN = 2
"""Heads that are not broken into lines."""


def aligned(document: Document) -> Document:
    """The document with the tables among its lines of text. Documents of other formats stay as they are."""
    if document.format != "txt":
        return document
    lines = [block for block in document.blocks if isinstance(block, Line)]
    if sum(1 for line in lines if "  " in line.text and _GAP.search(line.text)) < _LEAST_LINES:
        return document
    if sum(1 for line in lines if sum(map(_known, line.text.split())) > 1) > _MOST_HEADS:
        return document  # no document has so many tables
    if max(len(line.text) for line in lines) > _LONGEST_LINE:
        return document
    blocks: list[Block] = []
    tables = len(document.blocks) - len(lines)
    for is_line, run in groupby(document.blocks, lambda block: isinstance(block, Line)):
        if not is_line:
            blocks += run
            continue
        part = [block for block in run if isinstance(block, Line)]
        found = list(_tables(part, wide=False))
        if not any(isinstance(block, Table) for block in found):
            found = list(_tables(part, wide=True))
        for block in found:
            if isinstance(block, Table):
                tables += 1
                block = block._replace(origin=Place(document.file, table=tables))
            blocks.append(block)
    return document._replace(blocks=tuple(blocks))


def _tables(run: Sequence[Line], wide: bool) -> Iterator[Block]:
    lines = [printed(line, wide) for line in run]
    position = done = 0
    while position < len(lines):
        head = _head_at(lines, position)
        if head is None:
            position += 1
            continue
        read = AlignedTable(lines, head, _head_at).table()
        if read is None:
            position += 1
            continue
        table, after, left = read
        yield from head_block(lines[done:position])
        yield table
        yield from (lines[index].line for index in left)
        position = done = after
    yield from (line.line for line in lines[done:])


def _known(text: str) -> bool:
    return head_of(text) is not None


def _head_at(lines: Sequence[Printed], start: int) -> AlignedHead | None:
    """The best head of an indicator table that begins at a line and is not better from the next one on."""
    if len(lines[start].words) < 2 and not (start + 1 < len(lines) and len(lines[start + 1].words) > 3):
        return None
    near = [word.text for line in lines[start : start + 6] for word in line.words]
    if sum(1 for text in near if _known(text)) < _LEAST_KNOWN:
        return None
    zones = [(_rank(head), head) for head in head_zones(lines, start, _known)]
    rank, head = max(zones, key=lambda zone: (zone[0], zone[1].lines))
    if rank < _LEAST_COLUMNS:
        return None
    later = [
        _rank(other)
        for following in range(start + 1, min(start + head.lines + 1, len(lines)))
        for other in head_zones(lines, following, _known)
    ]
    return None if any(other > rank for other in later) else head


def _rank(head: AlignedHead) -> float:
    meanings = [head_of(cell.text) for cell in head.cells]
    known = [meaning.head for meaning in meanings if meaning is not None]
    if Head.NAME not in known and Head.LEVEL2 in known:
        known = [Head.NAME if head is Head.EXPLANATION else head for head in known]
    if Head.NAME not in known or not {Head.LEVEL2, Head.TARGET, Head.POINTS} & set(known):
        return -1.0
    text = head.cells[0].text
    first = meanings[0] is None and (len(text) <= 4 or is_side(text))
    strange = sum(1 for parent in head.parents if not _may_stand_over(parent.text))
    return len(known) - 1.5 * (len(meanings) - len(known) - first + strange) - 0.1 * len(head.parents)


def _may_stand_over(text: str) -> bool:
    """Whether a text may be the head over the heads of several columns."""
    return head_of(text) is not None or label_of(text) is Label.INDICATORS or bool(_OVER.fullmatch(key(text)))
