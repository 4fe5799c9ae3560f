"""Word documents."""

from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.shared import Pt

from hengliang.form.errors import Damaged, TooLarge
from tests.form.containers.build import (
    archive,
    document,
    drawn,
    lines_of,
    opened,
    paragraph,
    table_of,
    word_table,
)

SPAN = '<w:gridSpan w:val="{}"/>'
BEGIN = '<w:vMerge w:val="restart"/>'
GO_ON = "<w:vMerge/>"


def test_paragraphs_and_tables_in_document_order(tmp_path: Path) -> None:
    body = (
        paragraph("自评表")
        + word_table(["名称", "造林"])
        + paragraph("")
        + paragraph("备注")
        + word_table(["甲", "乙"])
    )
    read = opened(tmp_path, "a.docx", document(body))
    assert [type(block).__name__ for block in read.blocks] == ["Line", "Table", "Line", "Table"]
    assert lines_of(read) == ["自评表", "备注"]
    assert table_of(read, 1).origin.table == 2


def test_merged_cells(tmp_path: Path) -> None:
    table = word_table(
        [("产出", BEGIN), ("数量", SPAN.format(2)), "1"],
        [("不见", GO_ON), "质量", "时效", "2"],
        [("", GO_ON), ("成本", SPAN.format(3))],
        ["合计", "", "", "3"],
    )
    assert drawn(table_of(opened(tmp_path, "a.docx", document(table)))) == [
        "产出|数量|<|1",
        "^|质量|时效|2",
        "^|成本|<|<",
        "合计|||3",
    ]


def test_old_horizontal_merges_and_cells_before_the_grid(tmp_path: Path) -> None:
    row = '<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>'
    cell = "<w:tc><w:tcPr>{}</w:tcPr>" + paragraph("甲") + "</w:tc>"
    body = (
        "<w:tbl>"
        + row
        + cell.format('<w:hMerge w:val="restart"/>')
        + cell.format('<w:hMerge w:val="continue"/>')
        + "</w:tr></w:tbl>"
    )
    assert drawn(table_of(opened(tmp_path, "a.docx", document(body)))) == [".|甲|<"]


def test_a_document_of_python_docx(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_heading("项目支出绩效自评表", 1)
    table = made.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(2, 0)).text = "产出指标"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "数量\n指标"
    table.cell(1, 1).text = "≥95%"
    made.add_paragraph("备注").runs[0].font.size = Pt(9)
    stream = BytesIO()
    made.save(stream)
    read = opened(tmp_path, "a.docx", stream.getvalue())
    assert lines_of(read) == ["项目支出绩效自评表", "备注"]
    assert drawn(table_of(read)) == ["产出指标|数量/指标|<", "^|≥95%|", "^||"]


RUN = "<w:r><w:t>{}</w:t></w:r>"


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        (f"<w:ins>{RUN.format('加')}</w:ins><w:del><w:r><w:delText>删</w:delText></w:r></w:del>", "加"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{RUN.format('控件')}</w:sdtContent></w:sdt>", "控件"),
        (f"<w:hyperlink>{RUN.format('链接')}</w:hyperlink>{RUN.format('后')}", "链接后"),
        ("<w:r><w:t>一</w:t><w:tab/><w:t>二</w:t><w:noBreakHyphen/><w:t>三</w:t></w:r>", "一\t二-三"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r>" + RUN.format("显"), "显"),
        ('<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>显</w:t></w:r>', "显"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t>是</w:t></w:r>', "☑是"),
        ("<w:r><w:instrText>PAGE</w:instrText></w:r>" + RUN.format("7"), "7"),
        (
            f"<w:r><w:ruby><w:rt>{RUN.format('ji')}</w:rt><w:rubyBase>{RUN.format('绩')}</w:rubyBase></w:ruby></w:r>",
            "绩",
        ),
    ],
)
def test_what_is_printed_counts(tmp_path: Path, inside: str, expected: str) -> None:
    assert lines_of(opened(tmp_path, "a.docx", document(f"<w:p>{inside}</w:p>"))) == [expected]


def test_line_breaks_part_lines_and_stay_in_cells(tmp_path: Path) -> None:
    broken = "<w:p><w:r><w:t>一</w:t><w:br/><w:t>二</w:t></w:r></w:p>"
    body = broken + f"<w:tbl><w:tr><w:tc>{broken}{paragraph('三')}</w:tc></w:tr></w:tbl>"
    read = opened(tmp_path, "a.docx", document(body))
    assert lines_of(read) == ["一", "二"]
    assert drawn(table_of(read)) == ["一/二/三"]


def test_text_boxes_follow_their_paragraph_once(tmp_path: Path) -> None:
    namespace = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    box = f"<w:txbxContent>{paragraph('框内')}</w:txbxContent>"
    body = (
        f"<w:p><w:r><mc:AlternateContent {namespace}><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>{RUN.format('段落')}</w:p>"
    )
    assert lines_of(opened(tmp_path, "a.docx", document(body))) == ["段落", "框内"]


def test_nested_tables(tmp_path: Path) -> None:
    inner = word_table(["指标", "1"])
    body = (
        "<w:tbl><w:tr><w:tc>" + paragraph("名称") + "</w:tc><w:tc>" + paragraph("造林") + "</w:tc></w:tr>"
        "<w:tr><w:tc>" + paragraph("内表") + inner + "</w:tc></w:tr>"
        "<w:tr><w:tc>" + paragraph("总分") + "</w:tc><w:tc>" + paragraph("9") + "</w:tc></w:tr></w:tbl>"
    )
    read = opened(tmp_path, "a.docx", document(body))
    assert [drawn(table_of(read, number)) for number in range(3)] == [["名称|造林"], ["指标|1"], ["总分|9"]]
    assert lines_of(read) == ["内表"]
    assert table_of(read, 2).first_row == 3


def level(depth: int, kind: str, text: str, start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


NUMBERING = (
    f'<w:abstractNum w:abstractNumId="0">{level(0, "chineseCounting", "（%1）")}{level(1, "decimal", "%2.")}'
    f"{level(2, 'decimalEnclosedCircle', '%3')}</w:abstractNum>"
    f'<w:abstractNum w:abstractNumId="1">{level(0, "decimal", "%1", 5)}{level(1, "bullet", "")}'
    "</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="0"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
)
STYLES = (
    '<w:style w:styleId="H"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:styleId="K"><w:basedOn w:val="H"/></w:style>'
)


def numbered(text: str, list_id: int, depth: int = 0) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{list_id}"/></w:numPr>')


def test_automatic_numbers_are_written_out(tmp_path: Path) -> None:
    body = (
        numbered("甲", 1)
        + numbered("一", 1, 1)
        + numbered("二", 1, 1)
        + numbered("细", 1, 2)
        + numbered("乙", 1)
        + numbered("三", 1, 1)
        + numbered("", 1)
        + numbered("丙", 3)
        + numbered("点", 2, 1)
        + numbered("2023年", 2)
        + numbered("无", 0)
        + paragraph("样式", '<w:pStyle w:val="K"/>')
    )
    read = " ".join(lines_of(opened(tmp_path, "a.docx", document(body, NUMBERING, STYLES))))
    assert read == "（一）甲 1.一 2.二 ①细 （二）乙 1.三 （一）丙 点 5 2023年 无 （二）样式"


def test_the_strict_format(tmp_path: Path) -> None:
    namespace = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    part = f'<w:document xmlns:w="{namespace}"><w:body>{paragraph("绩效")}</w:body></w:document>'
    assert lines_of(opened(tmp_path, "b.docx", archive({"word/document.xml": part}))) == ["绩效"]


def test_huge_spans_are_refused(tmp_path: Path) -> None:
    table = word_table(*[[("甲", SPAN.format(99999999))]] * 3000)
    with pytest.raises(TooLarge):
        opened(tmp_path, "a.docx", document(table))


@pytest.mark.parametrize(
    "body",
    ["<w:tbl><w:tr><w:tc>" * 2000 + "</w:tc></w:tr></w:tbl>" * 2000, "<w:p>", "&e;"],
    ids=["nesting", "unclosed", "entity"],
)
def test_broken_documents_are_damaged(tmp_path: Path, body: str) -> None:
    with pytest.raises(Damaged):
        opened(tmp_path, "a.docx", document(body))
