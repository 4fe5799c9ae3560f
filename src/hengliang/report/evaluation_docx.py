"""The self-evaluation table (自评表) as a Word document, to print, sign and seal."""

from hengliang.form.writers.content import Cell, Look
from hengliang.form.writers.docx import document_of
from hengliang.form.writers.layout import Box as PrintedBox
from hengliang.form.writers.layout import Layout as PrintedLayout
from hengliang.form.writers.layout import Part
from hengliang.report.evaluation_box import Box, Role, Table
from hengliang.report.evaluation_layout import Layout
from hengliang.report.evaluation_table import table_of
from hengliang.score.sheet import ScoreSheet

_PARTS = {Role.TITLE: Part.TITLE, Role.SUBTITLE: Part.SUBTITLE, Role.LABEL: Part.LABEL}
_LOOKS = {Role.TEXT: Look.TEXT, Role.SHORT: Look.SHORT, Role.MONEY: Look.MONEY}


def to_bytes(sheet: ScoreSheet, layout: Layout, language: str = "zh_Hans") -> bytes:
    """The document; the same bytes for the same sheet. `language` is zh_Hans or en."""
    table = table_of(sheet, layout, language)
    return document_of(_printed(table), table.boxes[0].text, table.notes)


def _printed(table: Table) -> PrintedLayout:
    return PrintedLayout(
        tuple(map(_box, table.boxes)), table.widths, table.row_count, table.head_row, table.first_indicator,
        0, table.fields,
    )  # fmt: skip


def _box(box: Box) -> PrintedBox:
    part = _PARTS.get(box.role, Part.VALUE)
    # An empty box that is to be written in keeps its height, as the ones for running text do.
    path = "achieved" if box.height and not box.text else ""
    cell = Cell(box.text, _LOOKS.get(box.role, Look.SHORT), path)
    return PrintedBox(part, cell, box.row, box.column, box.rows, box.columns)
