"""Word documents (.docx): paragraphs and tables in document order, as printed.

Kept: text in content controls, text boxes, fields, formulas and inserted revisions; the automatic numbers of
numbered paragraphs. Left out: deleted revisions, hidden text, headers, footers and notes.
"""

from collections.abc import Iterable, Iterator, Sequence

from hengliang.base.place import Place
from hengliang.form.containers.archive import Archive
from hengliang.form.containers.grid import table_of_cells
from hengliang.form.containers.limits import Limits
from hengliang.form.containers.markup import Element, parse_xml
from hengliang.form.containers.numbering import Numbering, W, read_numbering
from hengliang.form.containers.refusal import broken, too_many_cells
from hengliang.form.document import Block, Cell, Line

_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TEXTS = (W + "t", "{http://schemas.openxmlformats.org/officeDocument/2006/math}t")
_DROPPED = frozenset(
    W + name
    for name in [
        "del",
        "moveFrom",
        "instrText",
        "delText",
        "rt",
        "footnoteReference",
        "pPr",
        "rPr",
        "tblPr",
        "trPr",
        "tcPr",
    ]
)
_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_BOX = W + "txbxContent"
# fmt: off
_SYMBOLS = {
    "A8": "□", "6F": "□", "71": "□", "A3": "□",
    "FE": "☑", "52": "☑", "FD": "☒", "54": "☒", "FC": "√", "50": "√",
}
# fmt: on
"""Boxes and ticks of the Wingdings fonts, as forms use them."""


def read_docx(archive: Archive, main: str) -> tuple[Block, ...]:
    """The paragraphs and tables of the document's body. Lines count paragraphs, tables their cells."""
    part = archive.read(main)
    if part is None:
        raise broken(archive.file, "docx")
    body = _parsed(archive, main, part).find(W + "body")
    if body is None:
        raise broken(archive.file, "docx")
    # Most forms number nothing; their styles alone would take longer to parse than their text.
    names = ("word/numbering.xml", "word/styles.xml") if b"numPr" in part or b"pStyle" in part else ()
    parts = {name: _parsed(archive, name, held) for name in names if (held := archive.read(name))}
    numbering = read_numbering(parts.get("word/numbering.xml"), parts.get("word/styles.xml"))
    return tuple(_Reader(archive.file, archive.limits, numbering).blocks(body))


def _parsed(archive: Archive, name: str, part: bytes) -> Element:
    return parse_xml(part.replace(_STRICT, _TRANSITIONAL), archive.file, name, archive.limits)


class _Reader:
    """A document on its way into blocks: counts tables, paragraphs and their numbers."""

    def __init__(self, file: str, limits: Limits, numbering: Numbering) -> None:
        self.file = file
        self.limits = limits
        self.numbering = numbering
        self.tables = 0
        self.paragraphs = 0

    def blocks(self, container: Element) -> Iterator[Block]:
        """The blocks in the body, a cell or a text box."""
        for element in _members(container, (W + "p", W + "tbl")):
            if element.tag == W + "p":
                yield from self._paragraph(element)
            else:
                yield from self._table(element)

    def _paragraph(self, paragraph: Element) -> Iterator[Block]:
        self.paragraphs += 1
        if self.paragraphs > self.limits.cells:
            raise too_many_cells(self.file, self.limits.cells)
        place = Place(self.file, line=self.paragraphs)
        text, boxes = self._printed(paragraph)
        for line in text.split("\n"):
            if line.strip():
                yield Line(line.strip(), place)
        for box in boxes:
            yield from self.blocks(box)

    def _printed(self, paragraph: Element) -> tuple[str, list[Element]]:
        """The text of a paragraph with its number, and the text boxes that hang on it."""
        parts: list[str] = []
        boxes: list[Element] = []
        _gather(paragraph, parts, boxes)
        text = "".join(parts).strip(" \t\n\u3000\u00a0")
        # Word counts empty numbered paragraphs too.
        mark = self.numbering.mark(paragraph.find(W + "pPr"))
        return (mark + text if text else ""), boxes

    def _table(self, table: Element) -> Iterator[Block]:
        """The table; a row that holds tables itself is layout, and its cells are read one after the other."""
        rows = [row for row in _members(table, (W + "tr",)) if row.find(f"{W}trPr/{W}del") is None]
        self.tables += 1
        number = self.tables
        start = 0
        for index, row in enumerate(rows):
            if row.find(f".//{W}tbl") is not None:
                yield from self._data(rows[start:index], start, number)
                for cell in _members(row, (W + "tc",)):
                    yield from self.blocks(cell)
                start = index + 1
        yield from self._data(rows[start:], start, number)

    def _data(self, rows: Sequence[Element], first: int, number: int) -> Iterator[Block]:
        cells: list[Cell] = []
        above: dict[int, int] = {}  # per column, the index of the cell that a merged one below continues
        boxes: list[Element] = []
        for index, row in enumerate(rows):
            column = _number(row.find(f"{W}trPr/{W}gridBefore"), 0, self.limits.columns)
            here: dict[int, int] = {}
            for element in _members(row, (W + "tc",)):
                properties = element.find(W + "tcPr")
                span, down, across = 1, None, None
                if properties is not None:
                    span = max(1, _number(properties.find(W + "gridSpan"), 1, self.limits.columns))
                    down, across = _merge(properties, "vMerge"), _merge(properties, "hMerge")
                if across == "continue" and cells and cells[-1].row == index:
                    cells[-1] = cells[-1]._replace(column_span=cells[-1].column_span + span)
                elif down == "continue" and column in above:
                    upper = above[column]
                    cells[upper] = cells[upper]._replace(row_span=index - cells[upper].row + 1)
                    here[column] = upper
                    self._cell_text(element, boxes)
                else:
                    if down is not None:
                        here[column] = len(cells)
                    cells.append(Cell(self._cell_text(element, boxes), index, column, 1, span))
                column += span
            above = here
        table = table_of_cells(cells, Place(self.file, table=number), self.limits)
        if table:
            yield table._replace(first_row=first + 1)
        for box in boxes:
            yield from self.blocks(box)

    def _cell_text(self, cell: Element, boxes: list[Element]) -> str:
        lines: list[str] = []
        for paragraph in _members(cell, (W + "p",)):
            text, hanging = self._printed(paragraph)
            boxes.extend(hanging)
            if text:
                lines.append(text)
        return "\n".join(lines)


def _members(container: Element, names: Sequence[str]) -> Iterator[Element]:
    """The children called `names`, also those wrapped in content controls, revisions or smart tags."""
    for child in container:
        if child.tag in names:
            yield child
        elif child.tag not in _DROPPED and child.tag not in (W + "p", W + "tbl", W + "tr", W + "tc"):
            yield from _members(child, names)


def _gather(element: Iterable[Element], parts: list[str], boxes: list[Element]) -> None:
    for child in element:
        tag = child.tag
        if tag in _TEXTS:
            parts.append(child.text or "")
        elif tag == W + "r" and _is_hidden(child):
            continue
        elif tag in (W + "br", W + "cr"):
            parts.append("\n")
        elif tag in (W + "tab", W + "ptab"):
            parts.append("\t")
        elif tag == W + "noBreakHyphen":
            parts.append("-")
        elif tag == W + "sym":
            parts.append(_SYMBOLS.get(child.get(W + "char", "")[-2:].upper(), ""))
        elif tag == _BOX:
            boxes.append(child)
        elif tag == _ALTERNATIVES:
            # The same contents twice, for new and for old programs: one of them is enough.
            _gather(child[:1], parts, boxes)
        elif tag not in _DROPPED:
            _gather(child, parts, boxes)


def _is_hidden(run: Element) -> bool:
    vanish = run.find(f"{W}rPr/{W}vanish")
    return vanish is not None and vanish.get(W + "val", "1") not in ("0", "false", "off")


def _merge(properties: Element, name: str) -> str | None:
    element = properties.find(W + name)
    return None if element is None else element.get(W + "val", "continue")


def _number(element: Element | None, otherwise: int, most: int) -> int:
    text = element.get(W + "val", "") if element is not None else ""
    return min(int(text), most) if text.isdecimal() and len(text) < 10 else otherwise
