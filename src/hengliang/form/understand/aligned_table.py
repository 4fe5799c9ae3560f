"""One table of a text whose columns are held together by blanks alone: from its head to where it ends."""

import re
from collections.abc import Callable, Sequence

from hengliang.form.document import Cell, Table
from hengliang.form.understand.aligned_bands import Band, Cells, bands_of
from hengliang.form.understand.aligned_cuts import Heads, Laid, cuts_by_line, lay_out
from hengliang.form.understand.aligned_fit import NAME_AND_FIGURE, Suiting
from hengliang.form.understand.aligned_head import AlignedHead
from hengliang.form.understand.aligned_levels import Group, is_level_word, put_together, spread
from hengliang.form.understand.aligned_side import is_side, side_text, without_side
from hengliang.form.understand.aligned_words import Printed, Word, width_of
from hengliang.form.understand.inline import inline_labels
from hengliang.form.understand.levels import is_level1_word, is_level2_word
from hengliang.form.understand.line_words import is_note, is_title, is_total
from hengliang.form.understand.rows import clean
from hengliang.form.understand.words import Head, Label, head_of, key, label_of

_PAGE_NUMBER = re.compile(r"[-—–\s]*(?:第\s*)?\d{1,3}\s*(?:页)?(?:\s*[/，,共]+\s*\d{1,3}\s*页?)?[-—–\s]*")
_DASHES = "/／-—－ "
_BLANK = re.compile(r"[^\x00-\xff]{2} [^\x00-\xff]|[^\x00-\xff] [^\x00-\xff]{2}")
"""One blank between East Asian words is more likely the end of a column than part of a cell."""
_OWN_NUMBER = re.compile(r"^指标 ?\d{1,2}(?:\s+|$)")
_LONGEST = 30
_MOST_LINES = 400
"""Lines of a page of a table; what has more is none."""


Find = Callable[[Sequence[Printed], int], AlignedHead | None]
"""Finds the head of a table that begins at a line."""


class AlignedTable:
    """One table: from its head to where it ends."""

    def __init__(self, lines: Sequence[Printed], head: AlignedHead, find: Find) -> None:
        self.lines = lines
        self.find = find
        self.head = head
        cells = list(head.cells)
        first = head_of(cells[0].text)
        self.has_side = len(cells) > 4 and (
            (first is None and len(cells[0].text) <= 4) or is_side(cells[0].text)
        )
        meanings = [head_of(cell.text) for cell in cells]
        kinds = [meaning.head if meaning is not None else Head.OTHER for meaning in meanings]
        if self.has_side:
            kinds[0] = Head.SIDE
        if Head.NAME not in kinds:
            kinds[kinds.index(Head.EXPLANATION)] = Head.NAME
        self.suiting = Suiting(kinds)
        self.kinds, self.name = self.suiting.kinds, self.suiting.name
        self.cells: list[Cell] = []
        self.pages: set[int] = set()
        self.is_cut = False
        self.side = cells[0].text if self.has_side else ""
        self.origin = lines[head.first].number

    def table(self) -> tuple[Table, int, list[int]] | None:
        """The table, the first line behind it, and the lines within that are none of its own."""
        lines, head = self.lines, self.head
        heads = [(cell.start, cell.end) for cell in head.cells]
        position = head.first + head.lines
        left: list[int] = []
        body: list[Printed] = []
        laid: list[Laid] = []
        continued = False
        while position < len(lines):
            end, is_last = self._page_end(position)
            page: list[int] = []
            for index in range(position, end):
                is_number = _PAGE_NUMBER.fullmatch(lines[index].text) and len(lines[index].words) < 4
                (left if is_number else page).append(index)
            inside = [without_side(lines[index], head, self.has_side) for index in page]
            self.side += "".join(
                word.text
                for index, line in zip(page, inside, strict=True)
                for word in lines[index].words
                if word.end <= (line.words[0].start if line.words else 10**6) and word not in line.words
            )
            columns = self._columns(inside, None if continued else heads)
            if columns is None:
                self.is_cut = True
                break
            self.pages.add(len(body))
            body += inside
            laid += columns
            position = end
            if is_last:
                break
            continued = True
            again = self.find(lines, position) if position < len(lines) else None
            if again is not None:
                if [head_of(cell.text) for cell in again.cells] != [head_of(c.text) for c in head.cells]:
                    break
                heads = [(cell.start, cell.end) for cell in again.cells]
                left += range(position, position + again.lines)
                position += again.lines
                continued = False
        if not self._body(body, laid):
            return None
        self._put_head()
        last = max(cell.row + cell.row_span for cell in self.cells)
        cells, width = self.cells, len(self.kinds)
        if self.side and not self.has_side:
            cells = [cell._replace(column=cell.column + 1) for cell in cells]
            cells.append(Cell(side_text(self.side), 0, 0, last))
            width += 1
        grid: list[list[Cell | None]] = [[None] * width for _ in range(last)]
        for cell in cells:
            for row in grid[cell.row : cell.row + cell.row_span]:
                for column in range(cell.column, cell.column + cell.column_span):
                    if row[column] is None:
                        row[column] = cell
        return Table(grid, lines[head.first].line.place, self.origin), position, left

    def _put(self, text: str, top: int, bottom: int, column: int, columns: int = 1) -> None:
        """A cell that covers the lines of the file from `top` to `bottom`."""
        self.cells.append(Cell(text, top - self.origin, column, bottom - top + 1, columns))

    def _put_head(self) -> None:
        head = self.head
        top = self.origin
        bottom = max(self.lines[head.first + head.lines - 1].number, top + bool(head.parents))
        under = {column for parent in head.parents for column in range(parent.first, parent.last + 1)}
        for parent in head.parents:
            self._put(parent.text, top, top, parent.first, parent.last - parent.first + 1)
        for column, cell in enumerate(head.cells):
            text = side_text(self.side) if self.has_side and column == 0 else cell.text
            if column in under:
                self._put(text, top + 1, bottom, column)
            else:
                self._put(text, top, bottom if head.parents else top, column)

    def _page_end(self, start: int) -> tuple[int, bool]:
        """Where the lines of the table on this page end, and whether the table ends there."""
        end = min(len(self.lines), start + _MOST_LINES)
        for position in range(start, end):
            line = self.lines[position]
            if self._ends(position):
                return position, True
            if position > start and line.opens_page:
                return position, False
            if position > start and self.find(self.lines, position):
                return position, True
            if is_total(line.words[0].text) or is_total("".join(word.text for word in line.words[:2])):
                return position + 1, True
        return end, True

    def _ends(self, position: int) -> bool:
        line = without_side(self.lines[position], self.head, self.has_side)
        if is_note(line.text) or is_title(line.text) or inline_labels(line.text):
            return True
        words = list(line.words)
        if not words:
            return False
        if len(words) <= 2 and width_of(words[-1].text) > _LONGEST:
            return True
        first = words[0].text
        label = label_of(first)
        if label in (None, Label.INDICATORS) or is_level1_word(first) or is_level2_word(first):
            return False
        if is_total(first) or head_of(first) is not None or len(key(first)) < 3:
            return False
        at_edge = words[0].start <= self.head.cells[0].start + 1
        return at_edge and (label not in (Label.MONEY, Label.OTHER) or len(line.words) <= 2)

    def _columns(self, lines: Sequence[Printed], heads: Heads | None) -> list[Laid] | None:
        """The words of the lines by column. Lines that are no row of the table say nothing of its columns."""
        rows = [line for line in lines if self._is_of_rows(line)]
        found = iter(cuts_by_line(rows, self.suiting.shape, self.suiting.fit, heads) or ())
        cuts: list[float] | None = None
        laid: list[Laid] = []
        for line in lines:
            if self._is_of_rows(line):
                cuts = next(found, None)
            if cuts is None:
                return None
            laid.append(lay_out(line.words, cuts))
        return laid

    def _is_of_rows(self, line: Printed) -> bool:
        words = _whole(line.words)
        return bool(words) and not any(is_total(word.text) for word in words[:2])

    def _body(self, body: Sequence[Printed], lines: Sequence[Laid]) -> int:
        """Put the cells below the head. Gives how many rows there are."""
        levels: dict[int, list[tuple[int, str]]] = {column: [] for column in self.suiting.levels}
        values: list[Cells] = []
        at: list[int] = []
        opening: set[int] = set()
        rows: list[tuple[int, int]] = []
        spoiled: set[int] = set()
        totals: list[tuple[int, Cells]] = []
        for index, (line, laid) in enumerate(zip(body, lines, strict=True)):
            name = laid.cells.get(self.name, "")
            if laid.cut or NAME_AND_FIGURE.search(name) or any(map(_BLANK.search, laid.cells.values())):
                spoiled.add(index)
            if any(is_total(word.text) for word in _whole(line.words)[:2]):
                totals.append((index, laid.cells))
                continue
            if len(line.words) == 1 and is_level1_word(line.words[0].text) and Head.LEVEL1 not in self.kinds:
                totals.append((index, {0: line.words[0].text}))
                continue
            cells = {column: text for column, text in laid.cells.items() if column in self.suiting.values}
            if self.name in cells:
                cells[self.name] = _OWN_NUMBER.sub("", cells[self.name])
                if not cells[self.name]:
                    del cells[self.name]
            for column in self.suiting.levels:
                if column in laid.cells:
                    levels[column].append((index, laid.cells[column]))
            if set(cells) == {self.name} and not cells[self.name].strip(_DASHES):
                totals.append((index, cells))
                continue
            if line.opens_page or index in self.pages:
                opening.add(len(values))
            if cells:
                values.append(cells)
                at.append(index)
        pages = frozenset(opening)
        found = bands_of(values, self.suiting.weigh, self.suiting.once, clean, pages) if values else None
        bands: list[tuple[Band, bool]] = []
        divided = found.bands if found else ()
        for before, band, behind in zip((None, *divided), divided, (*divided[1:], None), strict=False):
            within = range(at[band.first], at[band.last] + 1)
            good = band.row and band.sure and not spoiled & set(within)
            # Pieces that belong to no row may be the rest of the row beside them.
            good = good and (before is None or before.row) and (behind is None or behind.row)
            # Of a row at the end of a page that goes on with lines nobody understands, a part may be missing.
            good = good and not (self.is_cut and behind is None)
            bands.append((band, good))
            rows.append((at[band.first], at[band.last]))
        number = [line.number for line in body]
        self._put_levels(
            {column: [(number[index], text) for index, text in found] for column, found in levels.items()},
            [(number[top], number[bottom]) for top, bottom in rows],
        )
        for (band, good), (top, bottom) in zip(bands, rows, strict=True):
            pieces: dict[int, list[str]] = {}
            for cells in values[band.first : band.last + 1]:
                for column, text in cells.items():
                    pieces.setdefault(column, []).append(text)
            if good:
                for column, texts in pieces.items():
                    self._put("\n".join(texts), number[top], number[bottom], column)
            else:
                whole = "\n".join(body[index].text for index in range(top, bottom + 1))
                column = next(c for c in reversed(self.suiting.values) if c != self.name)
                self._put(whole, number[top], number[bottom], column)
        for index, cells in totals:
            for column, text in cells.items():
                self._put(
                    text,
                    number[index],
                    number[index],
                    column,
                    len(self.kinds) if column == 0 and len(cells) == 1 else 1,
                )
        return sum(good for _, good in bands)

    def _put_levels(
        self,
        levels: dict[int, list[tuple[int, str]]],
        rows: Sequence[tuple[int, int]],
    ) -> None:
        inner: list[Group] = []
        for column in sorted(self.suiting.levels, key=lambda column: self.kinds[column] is Head.LEVEL1):
            if not levels[column] or not rows:
                continue
            groups = spread(put_together(levels[column], is_level_word), rows, inner)
            if groups is None:
                continue
            inner = groups
            for group in groups:
                self._put(group.text, rows[group.first][0], rows[group.last][1], column)


def _whole(words: Sequence[Word]) -> list[Word]:
    """The words of a line, the first two of them as one as well (总 分)."""
    if len(words) > 1 and words[1].start - words[0].end < 6:
        return [Word(words[0].start, words[1].end, words[0].text + words[1].text), *words]
    return list(words)
