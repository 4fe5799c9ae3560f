"""The explanation of scores (得分说明) as a Word document, with its pictures as PNG."""

from io import BytesIO
from typing import Any, cast

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_TAB_ALIGNMENT, WD_UNDERLINE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from hengliang.base.message import message
from hengliang.form.writers.content import clean
from hengliang.form.writers.package import timeless
from hengliang.report.explanation import (
    Block,
    Grid,
    Heading,
    Listed,
    Mark,
    Note,
    Pairs,
    Picture,
    Sentence,
    blocks_of,
    title_of,
)
from hengliang.report.fonts import NoChineseFontError
from hengliang.report.page import Page
from hengliang.report.png import png_of
from hengliang.score.sheet import ScoreSheet

_ROOM = 174
"""Millimetres between the margins."""
_INK = RGBColor(0x0F, 0x5C, 0x5C)
_OPEN = RGBColor(0xB4, 0x53, 0x09)
_UNREAD = RGBColor(0xB9, 0x1C, 0x1C)


def to_bytes(sheet: ScoreSheet, language: str = "zh_Hans") -> bytes:
    """The document. `language` is zh_Hans or en.

    Pictures carry their letters; on a machine without a Chinese font they are left out, and a line says so.
    """
    document = Document()
    title = title_of(sheet, language)
    page = Page(document, title)
    page.title(title)
    written = _Written(document, page, language)
    for block in blocks_of(sheet, language):
        written.add(block)
    made = BytesIO()
    document.save(made)
    return timeless(made.getvalue())


class _Written:
    """The document while it is written."""

    def __init__(self, document: WordDocument, page: Page, language: str) -> None:
        self.document, self.page, self.language = document, page, language
        self.has_font = True

    def add(self, block: Block) -> None:
        match block:
            case Heading():
                self.heading(block)
            case Pairs():
                for label, text in block.pairs:
                    paragraph = self.line(label)
                    paragraph.add_run(clean(text))
            case Sentence():
                paragraph = self.line(block.label)
                for text, mark in block.parts:
                    self.stretch(paragraph, text, mark)
            case Listed():
                self.line(block.label, keep=True)
                for number, text in enumerate(block.lines, start=1):
                    sign = f"{number}. " if block.numbered else "· "
                    self.paragraph(8).add_run(clean(f"{sign}{text}"))
            case Picture():
                self.picture(block)
            case Grid():
                self.grid(block)
            case Note():
                self.page.note(block.text)

    def paragraph(self, indent: int = 0, after: float = 2) -> Paragraph:
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(after)
        paragraph.paragraph_format.left_indent = Mm(indent)
        return paragraph

    def line(self, label: str, keep: bool = False) -> Paragraph:
        """A paragraph that begins with a bold label."""
        paragraph = self.paragraph()
        paragraph.paragraph_format.keep_with_next = keep
        run = paragraph.add_run(f"{clean(label)}  ")
        run.bold = True
        return paragraph

    def heading(self, block: Heading) -> None:
        """A heading over a thin rule, the points at its right end."""
        paragraph = self.paragraph(after=4)
        paragraph.paragraph_format.space_before = Pt(14)
        paragraph.paragraph_format.keep_with_next = True
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(_ROOM), WD_TAB_ALIGNMENT.RIGHT)
        run = paragraph.add_run(clean(block.text))
        run.bold, run.font.size = True, Pt(12)
        beside = paragraph.add_run(f"\t{clean(block.beside)}" if block.beside else "")
        beside.bold, beside.font.size, beside.font.color.rgb = True, Pt(12), _INK
        rule = OxmlElement("w:pBdr")
        bottom = OxmlElement("w:bottom")
        for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "0F5C5C")):
            bottom.set(qn(f"w:{name}"), value)
        rule.append(bottom)
        properties = cast("Any", paragraph._p).get_or_add_pPr()  # pyright: ignore[reportPrivateUsage]
        properties.insert_element_before(rule, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")

    def stretch(self, paragraph: Paragraph, text: str, mark: Mark) -> None:
        """A stretch of a sentence: what was read is underlined, what is open dashed, what is not read red."""
        run = paragraph.add_run(clean(text))
        if mark == "read":
            run.underline = WD_UNDERLINE.SINGLE
        elif mark == "open":
            run.underline, run.font.color.rgb = WD_UNDERLINE.DASH, _OPEN
        elif mark == "unread":
            run.underline, run.font.color.rgb = WD_UNDERLINE.WAVY, _UNREAD

    def picture(self, block: Picture) -> None:
        if not self.has_font:
            return
        try:
            image = png_of(block.svg)
        except NoChineseFontError:
            self.has_font = False
            missing = message("pictures are left out: there is no Chinese font on this machine")
            self.page.note(missing.say(self.language))
            return
        self.paragraph(after=4).add_run().add_picture(BytesIO(image), width=Mm(block.width))

    def grid(self, block: Grid) -> None:
        table = self.page.table([width * _ROOM // sum(block.widths) for width in block.widths])
        table.head(block.heads)
        centred = [index for index in range(len(block.heads)) if index != 1]
        for row in block.rows:
            table.row(row, centred=centred)
        self.paragraph(after=0)
