"""The explanation of scores (得分说明) as a PDF, with the letters it needs inside."""

from collections.abc import Iterator

from hengliang.base.message import message
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
from hengliang.report.typeset import pdf_of, quoted, words
from hengliang.score.sheet import ScoreSheet

_STYLES: dict[Mark, str] = {
    "": "{}",
    "read": '#underline(offset: 2.5pt, stroke: 0.8pt + rgb("#0f5c5c"))[{}]',
    "open": '#underline(offset: 2.5pt, stroke: (paint: rgb("#b45309"), dash: "dashed"))[{}]',
    "unread": '#highlight(fill: rgb("#fde8e8"))[{}]',
}


def to_bytes(sheet: ScoreSheet, language: str = "zh_Hans") -> bytes:
    """The document; the same bytes for the same sheet and font. `language` is zh_Hans or en.

    Raises `report.fonts.NoChineseFontError` on a machine without a Chinese font.
    """
    files: dict[str, bytes] = {}
    title = title_of(sheet, language)
    footer = message("page {page} of {pages}", page="\0", pages="\0").say(language).split("\0")
    foot = (
        f"{words(footer[0])}#context counter(page).display(){words(footer[1])}"
        f"#context counter(page).final().first(){words(footer[2])}"
    )
    lines = [
        f"#set document(title: {quoted(title)})",
        f'#set page(paper: "a4", margin: (x: 20mm, y: 20mm), footer: align(center, text(9pt)[{foot}]))',
        "#set text(10.5pt)",
        "#set par(leading: 0.65em, spacing: 0.65em)",
        "#set table(stroke: 0.5pt, inset: (x: 1.4mm, y: 1.2mm))",
        f'#align(center, text(18pt, weight: "bold")[{words(title)}])',
        "#v(3mm)",
    ]
    for block in blocks_of(sheet, language):
        lines += _lines(block, files)
    return pdf_of("\n".join(lines), files)


def _lines(block: Block, files: dict[str, bytes]) -> Iterator[str]:
    match block:
        case Heading():
            rule = 'stroke: (bottom: 0.8pt + rgb("#0f5c5c")), inset: (bottom: 1mm)'
            beside = f'#text(fill: rgb("#0f5c5c"))[{words(block.beside)}]'
            yield (
                f"#block(sticky: true, above: 6mm, below: 2mm, width: 100%, {rule})"
                f'[#text(12pt, weight: "bold")[{words(block.text)}#h(1fr){beside}]]'
            )
        case Pairs():
            for label, text in block.pairs:
                yield f"#block(below: 1.6mm)[{_label(label)}{words(text)}]"
        case Sentence():
            parts = "".join(_STYLES[mark].format(words(text)) for text, mark in block.parts)
            yield f"#block(below: 2mm)[#set par(leading: 0.9em);{_label(block.label)}{parts}]"
        case Listed():
            yield f"#block(sticky: true, below: 1.2mm)[{_label(block.label)}]"
            items = ", ".join(f"[{words(line)}]" for line in block.lines)
            kind = "enum" if block.numbered else "list"
            yield f"#{kind}(indent: 4mm, {items})"
        case Picture():
            name = f"{len(files) + 1}.svg"
            files[name] = block.svg.encode()
            image = f"#image({quoted(name)}, width: {block.width}mm)"
            yield f"#block(above: 2mm, below: 2mm, breakable: false)[{image}]"
        case Grid():
            yield _grid(block)
        case Note():
            yield f'#block(below: 1.2mm)[#text(9pt, fill: rgb("#595959"))[{words(block.text)}]]'


def _label(text: str) -> str:
    return f'#text(weight: "bold")[{words(text)}]#h(1em)'


def _grid(grid: Grid) -> str:
    widths = ", ".join(f"{width}fr" for width in grid.widths)
    heads = ", ".join(f'table.cell(fill: rgb("#edf3f3"))[*{words(head)}*]' for head in grid.heads)
    cells = ", ".join(
        f"table.cell(align: {'left' if column == 1 else 'center'} + horizon)[{words(text)}]"
        for row in grid.rows
        for column, text in enumerate(row)
    )
    return (
        f"#text(9pt)[#table(columns: ({widths},), align: center + horizon, table.header({heads}), {cells})]"
    )
