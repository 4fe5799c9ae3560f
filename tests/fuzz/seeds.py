"""Valid files of every format to begin from, and how to spoil them."""

import zipfile
from collections.abc import Callable, Mapping
from functools import cache
from io import BytesIO
from pathlib import Path

from tests.form.containers import build

SAMPLES = Path(__file__).parent.parent / "form" / "containers" / "samples"

TEXT = """部门（单位）整体绩效目标申报表
（2023年度）
一级指标 | 二级指标 | 三级指标 | 指标值 | 备注
产出指标 | 数量指标 | 造林面积 | ≥1.2万亩 | 10分
 | 质量指标 | 成活率 | ≥85% | 7分
"""


@cache
def seeds() -> Mapping[str, bytes]:
    """File name to contents, one for each format and shape of contents."""
    rows = (
        f'<row r="1">{build.written("A1", "项目支出绩效自评表")}</row>'
        f'<row r="2" hidden="1">{build.counted("A2", "0.9997", 1)}{build.counted("B2", "44927.5", 2)}</row>'
        f'<row r="3"><c r="A3" t="s"><v>0</v></c><c r="B3"><f>A2*2</f><v>1.5</v></c></row>'
    )
    sheet = build.sheet(
        rows,
        head='<sheetViews><sheetView showZeros="0"/></sheetViews><cols><col min="2" max="3"/></cols>',
        tail='<mergeCells><mergeCell ref="A1:C1"/><mergeCell ref="A3:A5"/></mergeCells>',
    )
    book = build.workbook(
        sheet,
        formats=("0.00%", 'yyyy"年"m"月" h:mm'),
        strings="<si><r><t>产出</t></r><rPh><t>x</t></rPh></si>",
    )
    word = build.document(
        build.paragraph("目标", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
        + build.word_table(
            [("产出", '<w:vMerge w:val="restart"/>'), ("数量", '<w:gridSpan w:val="2"/>')], ["", "1", "2"]
        )
        + "<w:p><w:ins><w:r><w:t>加</w:t><w:br/><w:sym w:char='F0FE'/></w:r></w:ins></w:p>",
        numbering='<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%1）"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
        styles='<w:style w:styleId="H"><w:basedOn w:val="H"/></w:style>',
    )
    cells = build.printed(60, 120, "产出") + build.printed(160, 120, "≥95%") + build.printed(310, 120, "3")
    page = build.printed(200, 60, "自评表", 16) + build.ruled([50, 150, 300, 400], [100, 130]) + cells
    columns = "".join(
        build.printed(50 + 90 * column, 100 + 30 * row, text)
        for row in range(4)
        for column, text in enumerate(("产出", "数量", "绿色矿山", "60家")[row % 2 :])
    )
    table = (
        "<tr><td rowspan=2>产出</td><td colspan='2'>数量&nbsp;<br>1</td></tr><tr><td>2</td><td>3</td></tr>"
    )
    inner = f"<table><tr><td><table>{table}</table></td></tr></table>"
    html = f"<html><meta charset=utf-8><p>自评表</p>{inner}</html>"
    mht = (
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n"
        "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        f"{html}\r\n--b--\r\n"
    )
    comma = TEXT.replace(" | ", ",") + '"两\n行","a""b",\n'
    bars = "# 自评表\n\n" + TEXT.split("\n", 2)[2].replace("\n", "\n|---|---|---|---|---|\n", 1)
    box = "┌──┬──┬──┐\n│甲│乙│丙│\n├──┼──┼──┤\n│1│2│3│\n└──┴──┴──┘\n"
    return {
        "book.xlsx": book,
        "old.xls": (SAMPLES / "monitor.xls").read_bytes(),
        "word.docx": word,
        "locked.doc": build.compound(WordDocument=b"\xec\xa5\xc1\0" + bytes(100), Workbook=b"x"),
        "ruled.pdf": build.pdf(page, page),
        "columns.pdf": build.pdf(columns),
        "page.html": html.encode(),
        "saved.mht": mht.encode(),
        "comma.csv": comma.encode("gb18030"),
        "wide.csv": comma.encode("utf-16"),
        "bars.md": bars.encode(),
        "plain.txt": (TEXT + box).encode(),
        "legacy.txt": TEXT.encode("utf-16-le"),
    }


def spoiled(data: bytes, spoil: Callable[[bytes], bytes], choose: Callable[[int], int]) -> bytes:
    """`data` with `spoil` applied: mostly to a zip's parts, not to the zip, whose checksums hide the faults.

    `choose(n)` gives a number from 0 to n - 1.
    """
    if not data.startswith(b"PK") or choose(4) == 0:
        return spoil(data)
    with zipfile.ZipFile(BytesIO(data)) as zipped:
        parts = {name: zipped.read(name) for name in zipped.namelist()}
    name = sorted(parts)[choose(len(parts))]
    return build.archive({**parts, name: spoil(parts[name])})
