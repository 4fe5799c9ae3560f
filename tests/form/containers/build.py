"""Small files made on the spot, and a short way to write down what was read from them."""

import struct
import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path

from hengliang.form.containers.limits import Limits
from hengliang.form.containers.open import open_document
from hengliang.form.document import Document, Line, Table

_SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def opened(folder: Path, name: str, data: bytes | str, limits: Limits | None = None) -> Document:
    """The document read from a file `name` with these contents."""
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return open_document(path, limits or Limits())


def table_of(document: Document, number: int = 0) -> Table:
    """One of the document's tables."""
    return [block for block in document.blocks if isinstance(block, Table)][number]


def lines_of(document: Document) -> list[str]:
    """The texts outside tables."""
    return [block.text for block in document.blocks if isinstance(block, Line)]


def drawn(table: Table) -> list[str]:
    """The table as text: `.` where there is no cell, `<` and `^` where one reaches from the left or above."""
    rows: list[str] = []
    for index, row in enumerate(table.rows):
        parts: list[str] = []
        for column, cell in enumerate(row):
            if cell is None:
                parts.append(".")
            elif cell.row < index:
                parts.append("^")
            elif cell.column < column:
                parts.append("<")
            else:
                parts.append(cell.text.replace("\n", "/"))
        rows.append("|".join(parts))
    return rows


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip of these parts, always with the same bytes: tests are named by them."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, part in parts.items():
            zipped.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def sheet(data: str, head: str = "", tail: str = "") -> str:
    """A worksheet part around its rows."""
    return f'<worksheet xmlns="{_SHEETS}">{head}<sheetData>{data}</sheetData>{tail}</worksheet>'


def workbook(
    *sheets: str, formats: Sequence[str] = (), strings: str = "", states: Sequence[str] = (), book: str = ""
) -> bytes:
    """A workbook of these worksheet parts. Cell style n has the n-th of `formats`, counted from 1."""
    states = (*states, *[""] * len(sheets))
    entries = "".join(
        f'<sheet name="表{number}" sheetId="{number}" r:id="r{number}"'
        f' state="{states[number - 1] or "visible"}"/>'
        for number in range(1, len(sheets) + 1)
    )
    relations = "".join(
        f'<Relationship Id="r{number}" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in range(1, len(sheets) + 1)
    )
    shared = "".join(
        f'<Relationship Id="{kind}" Type="{_RELATIONS}/{kind}" Target="{kind}.xml"/>'
        for kind in ("styles", "sharedStrings")
    )
    codes = "".join(
        f'<numFmt numFmtId="{164 + index}" formatCode="{escaped(code)}"/>'
        for index, code in enumerate(formats)
    )
    styles = "".join(f'<xf numFmtId="{164 + index}"/>' for index in range(len(formats)))
    return archive(
        {
            "xl/workbook.xml": f'<workbook xmlns="{_SHEETS}" xmlns:r="{_RELATIONS}">{book}'
            f"<sheets>{entries}</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": f"<Relationships>{relations}{shared}</Relationships>",
            "xl/styles.xml": f'<styleSheet xmlns="{_SHEETS}"><numFmts>{codes}</numFmts><cellXfs>'
            f'<xf numFmtId="0"/>{styles}</cellXfs></styleSheet>',
            "xl/sharedStrings.xml": f'<sst xmlns="{_SHEETS}">{strings}</sst>',
            **{f"xl/worksheets/sheet{number}.xml": part for number, part in enumerate(sheets, 1)},
        }
    )


def written(reference: str, text: str) -> str:
    """A cell with an inline text."""
    return f'<c r="{reference}" t="inlineStr"><is><t>{escaped(text)}</t></is></c>'


def counted(reference: str, number: str, style: int = 0) -> str:
    """A cell with a number."""
    return f'<c r="{reference}" s="{style}"><v>{number}</v></c>'


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def document(body: str, numbering: str = "", styles: str = "") -> bytes:
    """A Word document around its body; `numbering` and `styles` are the insides of these parts."""
    parts = {"word/document.xml": f'<w:document xmlns:w="{_WORDS}"><w:body>{body}</w:body></w:document>'}
    if numbering:
        parts["word/numbering.xml"] = f'<w:numbering xmlns:w="{_WORDS}">{numbering}</w:numbering>'
    if styles:
        parts["word/styles.xml"] = f'<w:styles xmlns:w="{_WORDS}">{styles}</w:styles>'
    return archive(parts)


def paragraph(text: str, properties: str = "") -> str:
    """A Word paragraph with one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{escaped(text)}</w:t></w:r></w:p>"


def word_table(*rows: Sequence[str | tuple[str, str]]) -> str:
    """A Word table. A cell is its text, or its text with its properties (`w:gridSpan`, `w:vMerge`)."""
    lines = (
        "".join(
            f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"
            for text, properties in (cell if isinstance(cell, tuple) else (cell, "") for cell in row)
        )
        for row in rows
    )
    return "<w:tbl>" + "".join(f"<w:tr>{line}</w:tr>" for line in lines) + "</w:tbl>"


def pdf(*pages: str, extra: Sequence[str] = (), trailer: str = "") -> bytes:
    """A PDF of pages 600 x 800; font F prints Chinese, the numbers of `extra` objects begin at 10."""
    kids = " ".join(f"{100 + 2 * number} 0 R" for number in range(len(pages)))
    objects = {
        1: "<</Type/Catalog/Pages 2 0 R>>",
        2: f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>",
        3: "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>",
        4: "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/FontDescriptor 5 0 R/DW 1000"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>>>",
        5: "<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[0 -120 1000 880]/Ascent 880"
        "/Descent -120>>",
        **dict(enumerate(extra, 10)),
    }
    for number, page in enumerate(pages):
        objects[100 + 2 * number] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents {101 + 2 * number} 0 R"
            "/Resources<</Font<</F 3 0 R>>/XObject<</X 10 0 R>>>>>>"
        )
        objects[101 + 2 * number] = f"<</Length {len(page)}>>stream\n{page}\nendstream"
    return pdf_of(objects, trailer)


def pdf_of(objects: Mapping[int, str], trailer: str = "") -> bytes:
    """A PDF of these objects; the first is its catalogue."""
    out = b"%PDF-1.5\n"
    places: dict[int, int] = {}
    for number, contents in objects.items():
        places[number] = len(out)
        out += f"{number} 0 obj\n{contents}\nendobj\n".encode("latin-1")
    table = "".join(f"{number} 1\n{place:010d} 00000 n \n" for number, place in places.items())
    size = max(objects) + 1
    end = f"xref\n0 1\n0000000000 65535 f \n{table}trailer<</Size {size}/Root 1 0 R{trailer}>>\n"
    return out + end.encode() + f"startxref\n{len(out)}\n%%EOF".encode()


def printed(x: float, y: float, text: str, size: float = 10) -> str:
    """Print `text` with its foot at `y` points under the top of the page."""
    return f"BT /F {size} Tf 1 0 0 1 {x} {800 - y} Tm <{text.encode('utf-16-be').hex()}> Tj ET\n"


def ruled(xs: Sequence[float], ys: Sequence[float]) -> str:
    """A full grid of strokes at these distances from the left and the top."""
    upright = "".join(f"{x} {800 - ys[0]} m {x} {800 - ys[-1]} l S\n" for x in xs)
    return upright + "".join(f"{xs[0]} {800 - y} m {xs[-1]} {800 - y} l S\n" for y in ys)


def compound(**streams: bytes) -> bytes:
    """An OLE container with these streams, each padded to 4096 bytes ([MS-CFB])."""
    none, end = 0xFFFFFFFF, 0xFFFFFFFE
    entries = [_entry("Root Entry", 5, end, 0, 1 if streams else none, none)]
    table = [0xFFFFFFFD, end]
    contents = b""
    for number, (name, data) in enumerate(streams.items(), 1):
        data = data.ljust(-(-max(len(data), 4096) // 512) * 512, b"\0")
        first = len(table)
        table += [*range(first + 1, first + len(data) // 512), end]
        contents += data
        entries.append(_entry(name, 2, first, len(data), none, number + 1 if number < len(streams) else none))
    numbers = (0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, end, 0, end, 0, 0)
    header = struct.pack("<8s16x5H6x10I", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", *numbers)
    header += struct.pack("<108I", *[none] * 108)
    sectors = struct.pack("<128I", *table, *[none] * (128 - len(table))) + b"".join(entries).ljust(512, b"\0")
    return header + sectors + contents


def _entry(name: str, kind: int, first: int, size: int, child: int, right: int) -> bytes:
    text = name.encode("utf-16-le")
    head = struct.pack("<64sHBB3I", text, len(text) + 2, kind, 1, 0xFFFFFFFF, right, child)
    return head + bytes(36) + struct.pack("<IQ", first, size)
