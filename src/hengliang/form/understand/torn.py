"""Whether the text of a table is torn: its cells out of order, its names split over lines.

Text taken from a PDF without its layout keeps the words and loses the cells. A line of it may be half a
name, a piece of a remark, or cells of two rows, and a row put together from such lines is a guess. The marks
of torn text are asked here: lines that are no row, cells that cannot be one cell. A table with many such
lines is left as a whole, and a single row with a mark is left alone.
"""

import re
from collections.abc import Mapping, Sequence

from hengliang.base.message import message
from hengliang.base.unit import unit_of
from hengliang.form.document import Cell
from hengliang.form.sign import read_sign
from hengliang.form.understand.levels import is_level1_word, is_level2_word
from hengliang.form.understand.line_words import is_note, is_total
from hengliang.form.understand.rows import Row
from hengliang.form.understand.words import Head, head_of, label_of

TORN = message(
    "the text of this table is torn, with cells out of order and names split over lines: give the original "
    "PDF, Word or Excel file"
)
TORN_ROW = message("the cells of this row are torn apart or joined with those of another")

_LEAST = 2
"""A single line that is no row may be a stray one."""
_SHARE = 5
"""Torn is a table of which one line in so many is no row."""
_LETTER = re.compile(r"[一-龥A-Za-z]")
_ANCHOR = re.compile(r"[\d０-９]|[≥≤＞＜<>=＝≧≦﹦]|定性")
_LEADING_FIGURE = re.compile(r"[≥≤＞＜<>=＝≧≦﹦]*[\d０-９]")
_DATE = re.compile(r"[年月日号季]")
_MIDDLE = re.compile(r"[，。；、）)】％%：:]|年(?=\d|$)")
_OPENED = re.compile(r"[（(【「“][^）)】」”…]*(?<!\.\.\.)$")
_CLOSED = re.compile(r"^[^（(【「“]*[）)】」”]")
_LEAST_NAME = 3


def is_torn(lines: Sequence[Row], columns: int) -> bool:
    """Whether so many of the lines below a head of `columns` columns (levels left out) are no row that none
    of them can be relied on."""
    kinds = [kind for row in lines if (kind := _is_row(row, columns)) is not None]
    broken = kinds.count(False)
    return broken >= _LEAST and broken * _SHARE > len(kinds)


def _is_row(row: Row, columns: int) -> bool | None:
    """Whether a line can be a whole row; None for a line of another kind."""
    words = [word.text for word in row.cells]
    if row.whole is None or is_total(words[0]) or is_note(row.whole.text):
        return None
    if all(is_level(word) for word in words):
        return None
    if len(words) > 2 and all(head_of(word) is not None for word in words):
        return None
    begin = 0
    while begin < len(words) - 1 and is_level(words[begin]):
        begin += 1
    # A name may be a level word as well (公众满意度).
    return any(_begins_row(words[first:], columns) for first in (begin, begin - 1) if first >= 0)


def _begins_row(words: Sequence[str], columns: int) -> bool:
    name, rest = words[0], words[1:]
    if len(_LETTER.findall(name)) < _LEAST_NAME or read_sign(name) is not None or _is_level_only(name):
        return False
    return len(words) == columns or any(_ANCHOR.search(word) for word in rest)


def _is_level_only(text: str) -> bool:
    return text.endswith("指标") and is_level(text)


def is_level(text: str) -> bool:
    """Whether a text names a level 1 or a level 2."""
    return is_level1_word(text) or is_level2_word(text)


def is_torn_row(laid: Mapping[Head, Sequence[Cell]]) -> bool:
    """Whether the words put into the cells of a row cannot be one cell each."""
    name = [word.text for word in laid.get(Head.NAME, ())]
    if any(_is_level_only(text) for text in name):
        return True
    if len(name) > 1 and (len(name[0]) == 1 or any(read_sign(text) is not None for text in name[1:])):
        return True
    if name and is_piece("".join(name)):
        return True
    return any(
        _is_joined([word.text for word in words])
        for head, words in laid.items()
        if head in (Head.TARGET, Head.ACTUAL)
    ) or any(
        is_piece_of_text(words[0].text)
        for head, words in laid.items()
        if head in (Head.CRITERION, Head.EXPLANATION, Head.ACTUAL, Head.REASON, Head.TARGET)
    )


def is_piece(name: str) -> bool:
    """Whether a name begins or ends in the middle of a bracket, a phrase or a level word. A name that was cut
    at the width of a cell (…) is whole as far as it goes."""
    return bool(
        _MIDDLE.match(name) or name[-1:] in "，、；：（(" or _OPENED.search(name) or _CLOSED.search(name)
    ) or any(is_level(name + end) for end in ("标", "度指标"))


def is_piece_of_text(text: str) -> bool:
    """Whether a text begins in the middle of a phrase."""
    return bool(_MIDDLE.match(text))


def _is_joined(words: Sequence[str]) -> bool:
    """Whether words in the cell of a value hold two values, or begin with the unit of another cell."""
    if len(words) < 2:
        return False
    if unit_of(words[0]) is not None:
        return True
    figures = sum(1 for word in words if _LEADING_FIGURE.match(word))
    return figures > 1 and not any(_DATE.search(word) for word in words)


_FIGURES = re.compile(r"(?<!\S)[\d０-９.．]+[ \u3000]+[\d０-９.．]+[%％]?(?!\S)")
_POINTS_ALONE = re.compile(r"(?:^|[\s。；])[（(]\s*[\d０-９.．]+\s*分\s*[)）]$")
_ODD_BEGIN = re.compile(r"[，。；、）)】％%]")


def is_torn_text(lines: Sequence[str]) -> bool:
    """Whether lines below the label of a text hold words of a table, or begin in the middle of the text."""
    return any(_FIGURES.search(line) or _POINTS_ALONE.search(line) for line in lines) or bool(
        lines and _ODD_BEGIN.match(lines[0])
    )


def lost_level1(rows: Sequence[Row], start: int, columns: Sequence[Head]) -> bool:
    """Whether the head of level 1 stands before other heads and away from them: cells were copied column by
    column, and the lines below are no rows."""
    if Head.LEVEL1 in columns:
        return False
    return any(
        row.whole is not None
        and (meaning := head_of(row.whole.text)) is not None
        and meaning.head is Head.LEVEL1
        and label_of(row.whole.text) is None
        for row in rows[max(0, start - _NEAR) : start]
    )


_NEAR = 12
"""How many lines above a head its level 1 may have gone astray."""
