"""The form as a Word document in the official dress, to print, sign and circulate.

A4 landscape. Two tables: the head block, and the indicators with their sums and the sign-off, whose heads are
repeated on every page. Every font names its Chinese face: 宋体 for the title and the cells, 黑体 for labels,
仿宋_GB2312 for running texts. Texts that the source cut off are shaded, and a note says so.
"""

from collections.abc import Iterable, Sequence
from io import BytesIO
from math import floor
from typing import Any, cast

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement  # pyright: ignore[reportUnknownVariableType]
from docx.shared import Mm

from hengliang.form.model import Form
from hengliang.form.writers import help as help_texts
from hengliang.form.writers.content import Look, clean
from hengliang.form.writers.layout import Box, Layout, Part, layout_of
from hengliang.form.writers.package import timeless

AUTHOR = "衡量 Hengliang"

_MARGIN = 15
_ROOM = 297 - 2 * _MARGIN
_TWIPS = 1440 / 25.4
_LATIN = "Times New Roman"
_CUT = "FFF2CC"
_RUNNING = ("duties", "goals", "midterm_goals", "achieved")


def to_bytes(form: Form) -> bytes:
    """The form as a Word document; the same bytes for the same form."""
    layout = layout_of(form)
    notes = (help_texts.words("cut.note"),) if any(box.cell.cut for box in layout.boxes) else ()
    return document_of(layout, form.title or "", notes)


def document_of(layout: Layout, title: str, notes: Sequence[str] = ()) -> bytes:
    """A printed form on its grid as a document, with `notes` below it; `title` names it to programs."""
    document = Document()
    document.core_properties.author = AUTHOR
    document.core_properties.title = clean(title)
    document.core_properties.comments = ""
    _set_page(document)
    body = cast("Any", document.element).body
    for element in _body(layout, notes):
        body.insert_element_before(element, "w:sectPr")
    result = BytesIO()
    document.save(result)
    return timeless(result.getvalue())


def _body(layout: Layout, notes: Sequence[str]) -> Iterable[Any]:
    titles = [box for box in layout.boxes if box.part in (Part.TITLE, Part.SUBTITLE)]
    yield from (_paragraph(box.cell.text, box.part) for box in titles)
    # Word repeats heads only at the top of a table, so the indicators have a table of their own, below a
    # line over the whole width; where the form has none an empty one keeps the two tables apart.
    banner = [box for box in layout.boxes if box.row == layout.head_row - 1 and _is_banner(box, layout)]
    yield _table(layout, titles[-1].row + 1, layout.head_row - len(banner))
    yield from (_paragraph(box.cell.text, Part.HEAD) for box in banner)
    if not banner:
        yield _gap()
    yield _table(layout, layout.head_row, layout.row_count)
    yield from (_paragraph(note, Part.VALUE) for note in notes)


def _is_banner(box: Box, layout: Layout) -> bool:
    return box.part is Part.LABEL and box.columns == len(layout.widths)


def _gap() -> Any:
    """A paragraph as low as it can be."""
    paragraph = _element("p")
    properties = _paragraph_properties("left", 0, keep=True)
    properties.find(qn("w:spacing")).set(qn("w:line"), "40")
    properties.find(qn("w:spacing")).set(qn("w:lineRule"), "exact")
    paragraph.append(properties)
    return paragraph


def _set_page(document: WordDocument) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(_MARGIN)
    section.top_margin = section.bottom_margin = Mm(18)
    section.footer_distance = Mm(9)
    paragraph: Any = section.footer.paragraphs[0]._p  # pyright: ignore[reportPrivateUsage]
    paragraph.append(_paragraph_properties("center", 0))
    for text in ("第 ", "PAGE", " 页，共 ", "NUMPAGES", " 页"):
        if text.isupper():
            field = _element("fldSimple", instr=text)
            field.append(_run("1", "宋体", 9))
            paragraph.append(field)
        else:
            paragraph.append(_run(text, "宋体", 9))


def _element(name: str, **attributes: object) -> Any:
    """An element of the word-processing namespace with its attributes."""
    element = cast("Any", OxmlElement(f"w:{name}"))
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), str(value))
    return element


def _paragraph(text: str, part: Part) -> Any:
    """A paragraph outside the tables."""
    face, size, bold, across, after = {
        Part.TITLE: ("宋体", 18, True, "center", 60),
        Part.SUBTITLE: ("宋体", 12, False, "center", 60),
        Part.HEAD: ("黑体", 10.5, False, "center", 0),
    }.get(part, ("宋体", 9, False, "left", 0))
    paragraph = _element("p")
    paragraph.append(_paragraph_properties(across, after, keep=part is not Part.VALUE))
    paragraph.append(_run(text, face, size, bold))
    return paragraph


def _paragraph_properties(across: str, after: int, keep: bool = False) -> Any:
    properties = _element("pPr")
    if keep:
        properties.append(_element("keepNext"))
    properties.append(_element("spacing", before=after, after=after, line=276, lineRule="auto"))
    properties.append(_element("jc", val=across))
    return properties


def _run(text: str, face: str, size: float, bold: bool = False) -> Any:
    run = _element("r")
    properties = _element("rPr")
    properties.append(_element("rFonts", ascii=_LATIN, hAnsi=_LATIN, eastAsia=face, hint="eastAsia"))
    if bold:
        properties.append(_element("b"))
    properties.append(_element("sz", val=int(size * 2)))
    run.append(properties)
    content = _element("t")
    content.text = text
    content.set(qn("xml:space"), "preserve")
    run.append(content)
    return run


def _table(layout: Layout, first: int, end: int) -> Any:
    """The rows from `first` to before `end` as a table."""
    scale = min(1, _ROOM / sum(layout.widths))
    widths = [round(width * scale * _TWIPS) for width in layout.widths]
    table = _element("tbl")
    properties = _element("tblPr")
    properties.append(_element("tblW", w=sum(widths), type="dxa"))
    properties.append(_element("jc", val="center"))
    borders = _element("tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(_element(side, val="single", sz=4, space=0, color="000000"))
    properties.append(borders)
    properties.append(_element("tblLayout", type="fixed"))
    margins = _element("tblCellMar")
    for side, width in (("top", 25), ("left", 60), ("bottom", 25), ("right", 60)):
        margins.append(_element(side, w=width, type="dxa"))
    properties.append(margins)
    table.append(properties)
    grid = _element("tblGrid")
    for width in widths:
        grid.append(_element("gridCol", w=width))
    table.append(grid)
    rows = _boxes_by_row(layout.boxes, first, end)
    # The type shrinks with the columns, so that words break where they would on a wide page.
    size = max(7, floor(21 * scale) / 2)
    for row in range(first, end):
        table.append(_row(row, rows[row - first], widths, size, layout))
    return table


def _boxes_by_row(boxes: Iterable[Box], first: int, end: int) -> Sequence[list[Box]]:
    """For each row the boxes that begin or go on in it, from left to right."""
    rows: list[list[Box]] = [[] for _ in range(first, end)]
    for box in boxes:
        for row in range(box.row, box.row + box.rows):
            if first <= row < end:
                rows[row - first].append(box)
    for row in rows:
        row.sort(key=lambda box: box.column)
    return rows


def _row(row: int, boxes: Sequence[Box], widths: Sequence[int], size: float, layout: Layout) -> Any:
    element = _element("tr")
    properties = _element("trPr")
    if row >= layout.head_row:
        properties.append(_element("cantSplit"))
    to_write = any(not box.cell.text and box.cell.path in _RUNNING for box in boxes)
    properties.append(_element("trHeight", val=1200 if to_write else 400, hRule="atLeast"))
    if row == layout.head_row:
        properties.append(_element("tblHeader"))
    element.append(properties)
    for box in boxes:
        element.append(_cell(box, row, widths, size))
    return element


def _cell(box: Box, row: int, widths: Sequence[int], size: float) -> Any:
    element = _element("tc")
    properties = _element("tcPr")
    width = sum(widths[box.column : box.column + box.columns])
    properties.append(_element("tcW", w=width, type="dxa"))
    if box.columns > 1:
        properties.append(_element("gridSpan", val=box.columns))
    if box.rows > 1:
        properties.append(_element("vMerge", val="restart" if row == box.row else "continue"))
    if box.cell.cut:
        properties.append(_element("shd", val="clear", color="auto", fill=_CUT))
    properties.append(_element("vAlign", val="center"))
    element.append(properties)
    text = box.cell.shown if row == box.row else ""
    face = "黑体" if box.part is not Part.VALUE else "仿宋_GB2312" if box.cell.path in _RUNNING else "宋体"
    for line in text.split("\n"):
        paragraph = _element("p")
        paragraph.append(_paragraph_properties(_across(box), 0))
        if line:
            paragraph.append(_run(line, face, size))
        element.append(paragraph)
    return element


def _across(box: Box) -> str:
    if box.part is not Part.VALUE:
        return "center"
    if box.cell.look is Look.MONEY:
        return "right"
    longest = max(map(len, box.cell.text.split("\n")))
    return "left" if box.cell.look is Look.TEXT or longest > 12 else "center"
