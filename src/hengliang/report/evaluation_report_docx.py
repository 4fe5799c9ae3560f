"""The self-evaluation or evaluation report as a Word document in the dress of official papers.

Title 方正小标宋, heads 黑体 三号, running text 仿宋_GB2312 三号 with 28 points between lines, tables 宋体.
"""

from io import BytesIO

from docx import Document

from hengliang.base.message import Message
from hengliang.form.writers.package import timeless
from hengliang.report.evaluation_report import (
    Body,
    Fields,
    Grid,
    Heading,
    Told,
    blocks_of,
    cover_of,
    title_of,
)
from hengliang.report.page import Page
from hengliang.score.sheet import ScoreSheet

_ROOM = 174
"""Millimetres between the margins."""


def to_bytes(sheet: ScoreSheet, told: Told, language: str = "zh_Hans") -> bytes:
    """The document; the same bytes for the same sheet and the same that is told."""
    document = Document()
    title = title_of(sheet, told).say(language)
    page = Page(document, title)
    page.cover(title, [(label.say(language), _said(text, language)) for label, text in cover_of(sheet, told)])
    for block in blocks_of(sheet, told, language):
        match block:
            case Heading():
                page.heading(block.text)
            case Body():
                for line in block.text.split("\n"):
                    page.body(line)
            case Fields():
                table = page.table((30, 57, 30, 57))
                pairs = [*block.pairs, ("", "")] if len(block.pairs) % 2 else list(block.pairs)
                for (one, first), (other, second) in zip(pairs[::2], pairs[1::2], strict=True):
                    table.row((one, first, other, second), centred=(0, 2))
            case Grid():
                table = page.table([width * _ROOM // sum(block.widths) for width in block.widths])
                table.head(block.heads)
                for row in block.rows:
                    table.row(row)
    made = BytesIO()
    document.save(made)
    return timeless(made.getvalue())


def _said(text: str | Message, language: str) -> str:
    return text if isinstance(text, str) else text.say(language)
