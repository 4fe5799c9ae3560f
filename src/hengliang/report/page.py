"""A Word page in the dress of official documents: A4, 宋体 tables, thin rules, heads on each page."""

import re
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any, Literal

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table as DocxTable
from docx.table import _Cell as DocxCell
from docx.text.paragraph import Paragraph

_BODY = "宋体"
_TITLE = "方正小标宋简体"
_FIELD, _RUNNING = "黑体", "仿宋_GB2312"
_LATIN = "Times New Roman"
_THREE = 16
"""三号 in points."""
_LINE = "_" * 24
_MARGIN = 18
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SMALL = 9


class Page:
    """A document that is written from top to bottom."""

    def __init__(self, document: Document, subject: str) -> None:
        self._document = document
        section = document.sections[0]
        section.orientation = WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(_MARGIN)
        section.top_margin = section.bottom_margin = Mm(_MARGIN)
        style: Any = document.styles["Normal"]
        style.font.name, style.font.size = _LATIN, Pt(10.5)
        style.element.rPr.rFonts.set(qn("w:eastAsia"), _BODY)
        document.core_properties.title = subject
        document.core_properties.author = "Hengliang 衡量"
        document.core_properties.comments = ""
        _number_pages(section.footer.paragraphs[0])

    def title(self, text: str, size: float = 18) -> None:
        """A centred title."""
        paragraph = self._document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_after = Pt(4)
        _write(paragraph, text, size, bold=True, font=_TITLE)

    def cover(self, title: str, fields: Sequence[tuple[str, str]]) -> None:
        """A first page with the title and a few labelled lines; an empty one is to be filled in by hand."""
        for _ in range(5):
            self._document.add_paragraph()
        self.title(title, 22)
        for _ in range(6):
            self._document.add_paragraph()
        for label, text in fields:
            paragraph = self._document.add_paragraph()
            paragraph.paragraph_format.left_indent = Mm(28)
            paragraph.paragraph_format.space_after = Pt(10)
            _write(paragraph, f"{label}：", _THREE, font=_FIELD)
            _write(paragraph, text or _LINE, _THREE, font=_RUNNING)
        self.turn()

    def heading(self, text: str) -> None:
        """The head of a part."""
        paragraph = self._document.add_paragraph()
        paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(8), Pt(4)
        paragraph.paragraph_format.keep_with_next = True
        _write(paragraph, text, _THREE, font=_FIELD)

    def body(self, text: str) -> None:
        """A paragraph of running text, its first line set in by two characters."""
        paragraph = self._document.add_paragraph()
        paragraph.paragraph_format.first_line_indent = Pt(2 * _THREE)
        paragraph.paragraph_format.line_spacing = Pt(28)
        paragraph.paragraph_format.space_after = Pt(0)
        _write(paragraph, text, _THREE, font=_RUNNING)

    def note(self, text: str) -> None:
        """A small grey paragraph."""
        paragraph = self._document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(6)
        _write(paragraph, text, _SMALL, colour="595959")

    def pairs(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Labels with their values, one a line."""
        for label, value in pairs:
            paragraph = self._document.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(0)
            _write(paragraph, f"{label}  ", 10.5, bold=True)
            _write(paragraph, value, 10.5)
        self._document.paragraphs[-1].paragraph_format.space_after = Pt(6)

    def table(self, widths: Sequence[int]) -> "Table":
        """A new table with columns of these widths in millimetres."""
        return Table(self._document.add_table(0, len(widths)), widths)

    def turn(self) -> None:
        """A new page."""
        self._document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def save(self, out: Path) -> None:
        """Writes the document."""
        self._document.save(str(out))


class Table:
    """A ruled table that is filled row by row."""

    def __init__(self, table: DocxTable, widths: Sequence[int]) -> None:
        self._table = table
        self._widths = widths
        table.style = "Table Grid"
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        _set_margins(table)
        for column, columns in zip(table.columns, widths, strict=True):
            column.width = Mm(columns)

    @property
    def next_row(self) -> int:
        """The index that the next row will have."""
        return len(self._table.rows)

    def head(self, texts: Sequence[str]) -> None:
        """The head, repeated on every page."""
        cells = self._add()
        for cell, text in zip(cells, texts, strict=True):
            _fill(cell, text, bold=True, centred=True)
            _shade(cell)
        properties = self._table.rows[-1]._tr.get_or_add_trPr()
        repeat = OxmlElement("w:tblHeader")
        repeat.set(qn("w:val"), "true")
        properties.append(repeat)

    def row(
        self, texts: Sequence[str], bold_first_line: Collection[int] = (), centred: Collection[int] = ()
    ) -> None:
        """A row, which may go on over the page."""
        for index, (cell, text) in enumerate(zip(self._add(), texts, strict=True)):
            _fill(cell, text, centred=index in centred, bold_first_line=index in bold_first_line)

    def wide_row(self, label: str, text: str, bold_first_line: bool = False, height: int = 0) -> None:
        """A label and one text over all other columns, on one page, at least `height` millimetres high."""
        first, second, *_, last = self._add()
        _fill(first, label, centred=True)
        _fill(second.merge(last), text, bold_first_line=bold_first_line)
        self._table.rows[-1]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        if height:
            self._table.rows[-1].height = Mm(height)
            self._table.rows[-1].height_rule = WD_ROW_HEIGHT_RULE.AT_LEAST

    def merge_down(self, column: int, first: int, last: int) -> None:
        """Makes one cell of those from row `first` to `last`, with the text of the first."""
        text = self._table.cell(first, column).text
        for row in range(first + 1, last + 1):
            self._table.cell(row, column).text = ""
        merged = self._table.cell(first, column).merge(self._table.cell(last, column))
        for paragraph in merged.paragraphs[1:]:
            paragraph._p.getparent().remove(paragraph._p)
        _fill(merged, text, centred=True)

    def _add(self) -> Sequence[DocxCell]:
        cells = self._table.add_row().cells
        for cell, columns in zip(cells, self._widths, strict=True):
            cell.width = Mm(columns)
        return cells


def _fill(
    cell: DocxCell, text: str, bold: bool = False, centred: bool = False, bold_first_line: bool = False
) -> None:
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    for number, line in enumerate(text.split("\n")):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        for run in list(paragraph.runs):
            run._r.getparent().remove(run._r)
        paragraph.paragraph_format.space_after = Pt(0)
        if centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _write(paragraph, line, _SMALL, bold=bold or (bold_first_line and number == 0))


def _write(
    paragraph: Paragraph, text: str, size: float, bold: bool = False, colour: str = "", font: str = ""
) -> None:
    run = paragraph.add_run(_CONTROLS.sub("\N{REPLACEMENT CHARACTER}", text))
    run.bold = bold
    run.font.size = Pt(size)
    if colour:
        run.font.color.rgb = RGBColor.from_string(colour)
    if font:
        run.font.name = _LATIN
        run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _shade(cell: DocxCell, colour: str = "E7EFEF") -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _set_margins(table: DocxTable) -> None:
    """Room between the rules and the words, in twentieths of a point."""
    margins = OxmlElement("w:tblCellMar")
    for side, room in (("top", 40), ("left", 80), ("bottom", 40), ("right", 80)):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(room))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.append(margins)


def _number_pages(paragraph: Paragraph) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    kinds: tuple[Literal["begin", "end"], ...] = ("begin", "end")
    for kind in kinds:
        run = paragraph.add_run()
        mark = OxmlElement("w:fldChar")
        mark.set(qn("w:fldCharType"), kind)
        run._r.append(mark)
        if kind == "begin":
            field = OxmlElement("w:instrText")
            field.set(qn("xml:space"), "preserve")
            field.text = "PAGE"
            paragraph.add_run()._r.append(field)
