"""The self-evaluation table (自评表) as a PDF, with the letters it needs inside."""

from hengliang.base.message import message
from hengliang.report.evaluation_box import Box, Role, Table
from hengliang.report.evaluation_layout import Layout
from hengliang.report.evaluation_table import table_of
from hengliang.report.typeset import pdf_of, quoted, words
from hengliang.score.sheet import ScoreSheet

_PAGE = {"landscape": 297, "portrait": 210}
_MARGIN = 15
_LEAST = 7.0
"""Millimetres: the height of a row with one line."""


def to_bytes(sheet: ScoreSheet, layout: Layout, language: str = "zh_Hans") -> bytes:
    """The document; the same bytes for the same sheet and font. `language` is zh_Hans or en.

    Raises `report.fonts.NoChineseFontError` on a machine without a Chinese font.
    """
    return pdf_of(_source(table_of(sheet, layout, language), layout, language))


def _source(table: Table, layout: Layout, language: str) -> str:
    flipped = "true" if layout.paper == "landscape" else "false"
    around = message("page {page} of {pages}", page="\0", pages="\0").say(language).split("\0")
    counters = ("#context counter(page).display()", "#context counter(page).final().first()")
    foot = f"{words(around[0])}{counters[0]}{words(around[1])}{counters[1]}{words(around[2])}"
    titles = [box for box in table.boxes if box.role in (Role.TITLE, Role.SUBTITLE)]
    footer = f"align(center, text(9pt)[{foot}])"
    lines = [
        f"#set document(title: {quoted(titles[0].text)})",
        f'#set page(paper: "a4", flipped: {flipped}, margin: (x: {_MARGIN}mm, y: 16mm), footer: {footer})',
        "#set text(10pt)",
        "#set par(leading: 0.5em, spacing: 0pt)",
        "#set table(stroke: 0.5pt, inset: (x: 1.4mm, y: 1.2mm), align: center + horizon)",
    ]
    for box in titles:
        size, weight = (18, "bold") if box.role is Role.TITLE else (12, "regular")
        lines.append(f'#align(center, text({size}pt, weight: "{weight}")[{words(box.text)}])\n#v(2mm)')
    first = titles[-1].row + 1
    lines.append(_table(table, first, table.head_row, layout))
    lines.append(_table(table, table.head_row, table.row_count, layout, head=True))
    lines.append('#v(2mm)\n#set text(9pt, fill: rgb("#595959"))\n#set par(leading: 0.6em, spacing: 0.6em)')
    lines += [f"{words(note)}\n" for note in table.notes]
    return "\n".join(lines)


def _table(table: Table, first: int, end: int, layout: Layout, head: bool = False) -> str:
    """The rows from `first` to before `end`; with `head` the first one is repeated on every page."""
    room = _PAGE[layout.paper] - 2 * _MARGIN
    scale = room / sum(table.widths)
    columns = ", ".join(f"{width * scale:.2f}mm" for width in table.widths)
    boxes = sorted(
        (box for box in table.boxes if first <= box.row < end), key=lambda box: (box.row, box.column)
    )
    heads = [_cell(box, first) for box in boxes if head and box.row == first]
    rest = [_cell(box, first) for box in boxes if not head or box.row > first]
    header = f"table.header({', '.join(heads)}), " if heads else ""
    return f"#table(columns: ({columns},), {header}{', '.join(rest)})"


def _cell(box: Box, first: int) -> str:
    where = [f"x: {box.column}", f"y: {box.row - first}"]
    if box.columns > 1:
        where.append(f"colspan: {box.columns}")
    if box.rows > 1:
        where.append(f"rowspan: {box.rows}")
    long = box.role is Role.SHORT and max(map(len, box.text.split("\n"))) > 12
    across = "left" if box.role is Role.TEXT or long else "right" if box.role is Role.MONEY else "center"
    where.append(f"align: {across} + horizon")
    text = words(box.text) if box.text else f"#v({max(box.height, _LEAST) - _LEAST}mm)"
    if box.role is Role.LABEL:
        where.append('fill: rgb("#edf3f3")')
        text = f'#text(weight: "bold")[{text}]'
    elif box.is_open:
        text = f'#text(fill: rgb("#b45309"))[{text}]'
    return f"table.cell({', '.join(where)})[#box(height: {_LEAST - 3.4:.1f}mm, width: 0pt){text}]"
