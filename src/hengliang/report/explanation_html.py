"""The explanation of scores (得分说明) as one HTML file: nothing is loaded, nothing runs, and it prints."""

import re
from collections.abc import Iterator
from html import escape

from hengliang.form.writers.content import clean
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
from hengliang.report.svg import FONTS
from hengliang.score.sheet import ScoreSheet

_STYLE = """
:root { color-scheme: light; }
body { max-width: 174mm; margin: 10mm auto; padding: 0 4mm; color: #1b1f21; background: #fff;
  font: 10.5pt/1.65 FONTS, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 18pt; text-align: center; }
h2 { display: flex; justify-content: space-between; gap: 4mm; margin: 8mm 0 2mm; padding-bottom: 1mm;
  border-bottom: 0.8pt solid #0f5c5c; font-size: 12pt; break-after: avoid; }
h2 span { color: #0f5c5c; white-space: nowrap; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 1mm 4mm; margin: 0 0 2mm; }
dt, b { font-weight: bold; } dd { margin: 0; }
p { margin: 0 0 2mm; } p.label { margin-bottom: 1mm; break-after: avoid; }
ol, ul { margin: 0 0 2mm; padding-left: 8mm; }
ins { text-decoration: underline 0.8pt #0f5c5c; text-underline-offset: 2.5pt; }
em { font-style: normal; text-decoration: underline dashed #b45309; text-underline-offset: 2.5pt; }
mark { background: #fde8e8; text-decoration: underline wavy #b91c1c; text-underline-offset: 2.5pt; }
figure { margin: 2mm 0; break-inside: avoid; } svg { display: block; width: 100%; height: auto; }
table { width: 100%; border-collapse: collapse; font-size: 9pt; }
th, td { border: 0.5pt solid #566064; padding: 1mm 1.4mm; text-align: center; }
th { background: #edf3f3; } td:nth-child(2) { text-align: left; } thead { display: table-header-group; }
tr { break-inside: avoid; }
small { display: block; margin-bottom: 1mm; color: #595959; font-size: 9pt; }
@page { size: A4; margin: 20mm; }
@media print { body { max-width: none; margin: 0; padding: 0; } }
"""
_MARKS: dict[Mark, str] = {"read": "ins", "open": "em", "unread": "mark"}


def to_bytes(sheet: ScoreSheet, language: str = "zh_Hans") -> bytes:
    """The document as UTF-8; the same bytes for the same sheet. `language` is zh_Hans or en."""
    title = _text(title_of(sheet, language))
    families = ", ".join(f'"{name}"' for name in FONTS)
    lines = [
        "<!doctype html>",
        f'<html lang="{"zh-Hans" if language == "zh_Hans" else language}">',
        '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{title}</title>",
        f"<style>{_STYLE.replace('FONTS', families)}</style></head>",
        f"<body><h1>{title}</h1>",
    ]
    for number, block in enumerate(blocks_of(sheet, language)):
        lines += _lines(block, f"b{number}-")
    return "\n".join([*lines, "</body></html>\n"]).encode()


def _lines(block: Block, names: str) -> Iterator[str]:
    match block:
        case Heading():
            beside = f"<span>{_text(block.beside)}</span>" if block.beside else ""
            yield f"<h2>{_text(block.text)}{beside}</h2>"
        case Pairs():
            pairs = (f"<dt>{_text(label)}</dt><dd>{_text(text)}</dd>" for label, text in block.pairs)
            yield f"<dl>{''.join(pairs)}</dl>"
        case Sentence():
            yield f"<p><b>{_text(block.label)}</b> {''.join(_stretch(*part) for part in block.parts)}</p>"
        case Listed():
            kind = "ol" if block.numbered else "ul"
            items = "".join(f"<li>{_text(line)}</li>" for line in block.lines)
            yield f'<p class="label"><b>{_text(block.label)}</b></p><{kind}>{items}</{kind}>'
        case Picture():
            picture = _named(block.svg, names)
            yield f'<figure style="width: {block.width}mm; max-width: 100%">{picture}</figure>'
        case Grid():
            yield _grid(block)
        case Note():
            yield f"<small>{_text(block.text)}</small>"


def _named(svg: str, names: str) -> str:
    """The picture with names of its own for its parts: several stand on one page."""
    return _NAMES.sub(lambda found: f"{found[1]}{names}{found[2]}", svg).replace(
        'aria-labelledby="title desc"', f'aria-labelledby="{names}title {names}desc"'
    )


_NAMES = re.compile(r"""( id="|url\(#)([\w-]+)""")


def _stretch(text: str, mark: Mark) -> str:
    kind = _MARKS.get(mark)
    return f"<{kind}>{_text(text)}</{kind}>" if kind else _text(text)


def _grid(grid: Grid) -> str:
    whole = sum(grid.widths)
    widths = "".join(f'<col style="width: {100 * width / whole:.1f}%">' for width in grid.widths)
    heads = "".join(f"<th>{_text(head)}</th>" for head in grid.heads)
    rows = "".join(f"<tr>{''.join(f'<td>{_text(text)}</td>' for text in row)}</tr>" for row in grid.rows)
    return f"<table><colgroup>{widths}</colgroup><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"


def _text(text: str) -> str:
    return escape(clean(text))
