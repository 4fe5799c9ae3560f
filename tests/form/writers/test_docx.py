"""The Word document: official fonts, repeated heads, merged cells, shaded cut texts."""

from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings

from hengliang.form.model import Form
from hengliang.form.writers import docx
from tests.form.strategies import any_forms
from tests.form.writers.samples import DECLARATION, SELF_EVALUATION


def document_of(form: Form) -> WordDocument:
    return Document(BytesIO(docx.to_bytes(form)))


def faces(document: WordDocument) -> dict[str, str]:
    """The Chinese face of every text."""
    return {
        (run.find(qn("w:t")).text or ""): run.find(qn("w:rPr")).find(qn("w:rFonts")).get(qn("w:eastAsia"))
        for run in document.element.body.iter(qn("w:r"))
    }


def test_every_text_names_its_chinese_face() -> None:
    found = faces(document_of(DECLARATION))
    assert found["部门（单位）整体绩效目标申报表"] == "宋体"
    assert found["一级指标"] == "黑体"
    assert found["1、负责自然资源调查监测评价。"] == "仿宋_GB2312"
    assert found["绿色矿山核查"] == "宋体"
    assert None not in found.values()


def test_the_page_is_a4_landscape() -> None:
    section = document_of(DECLARATION).sections[0]
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)


def test_heads_are_repeated_and_level_cells_merged() -> None:
    head_block, indicators = document_of(DECLARATION).tables
    first = indicators.rows[0]
    assert [cell.text for cell in first.cells][:4] == ["序号", "一级指标", "二级指标", "三级指标"]
    assert first._tr.trPr.find(qn("w:tblHeader")) is not None
    assert indicators.cell(1, 1)._tc is indicators.cell(3, 1)._tc
    assert indicators.cell(3, 1)._tc is not indicators.cell(4, 1)._tc
    assert head_block.cell(0, 0).text == "部门（单位）名称"


def test_amounts_are_shown_as_people_write_them() -> None:
    texts = set(faces(document_of(SELF_EVALUATION)))
    assert {"2,513.48", "76.00%", "其中：财政拨款"} <= texts


def test_cut_texts_are_shaded_and_explained() -> None:
    document = document_of(DECLARATION)
    shaded = [
        "".join(text.text or "" for text in cell.iter(qn("w:t")))
        for cell in document.element.body.iter(qn("w:tc"))
        if cell.find(qn("w:tcPr")).find(qn("w:shd")) is not None
    ]
    assert shaded == ["（一）保障项目用地。（二）推进资源保护…", "完成可研、实施…"]
    assert "截断" in document.paragraphs[-1].text
    assert "截断" not in document_of(SELF_EVALUATION).paragraphs[-1].text


def test_the_same_form_gives_the_same_bytes() -> None:
    assert docx.to_bytes(SELF_EVALUATION) == docx.to_bytes(SELF_EVALUATION)


@given(any_forms())
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_form_is_written(form: Form) -> None:
    assert len(document_of(form).tables) == 2
