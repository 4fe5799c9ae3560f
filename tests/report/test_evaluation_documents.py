"""The self-evaluation table and the explanation of scores as Word and PDF: all words are there on paper."""

import subprocess
from collections.abc import Callable
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import pdfplumber
import pytest
from docx import Document

from hengliang.base.profile import load_profile
from hengliang.form.model import Form, Kind
from hengliang.form.read import read_document
from hengliang.report import (
    evaluation_docx,
    evaluation_pdf,
    evaluation_xlsx,
    explanation_docx,
    explanation_html,
    explanation_pdf,
    fonts,
    typeset,
)
from hengliang.report.evaluation_layout import Layout, LayoutError, layout_for, layout_names, load_layout
from hengliang.report.explanation import Picture, Sentence, blocks_of
from hengliang.score.sheet import ScoreSheet
from tests.report.office import convert, needs_office
from tests.report.scored import DEPARTMENT, PROFILE, PROJECT, certain, left_open

TABLES: dict[str, Callable[[ScoreSheet, Layout, str], bytes]] = {
    "docx": evaluation_docx.to_bytes,
    "xlsx": evaluation_xlsx.to_bytes,
}


def form_of(layout: str) -> Form:
    return PROJECT if Kind.PROJECT in load_layout(layout).kinds else DEPARTMENT


def squeezed(text: str) -> str:
    return "".join(text.split())


def on_paper(data: bytes) -> str:
    with pdfplumber.open(BytesIO(data)) as pdf:
        return squeezed("".join(page.extract_text() or "" for page in pdf.pages))


@pytest.mark.parametrize("layout", layout_names())
def test_a_pdf_holds_everything(layout: str) -> None:
    sheet = left_open(form_of(layout))
    text = on_paper(evaluation_pdf.to_bytes(sheet, load_layout(layout), "zh_Hans"))
    for row in sheet.rows:
        assert squeezed(row.indicator.name) in text
        assert row.low is None or f"{row.low:f}" in text
    assert f"{sheet.total.low:f}" in text
    assert load_layout(layout).title[0] in text
    assert "待定" in text


def test_the_same_sheet_gives_the_same_pdf() -> None:
    layout = load_layout("national-project")
    assert evaluation_pdf.to_bytes(certain(), layout) == evaluation_pdf.to_bytes(certain(), layout)
    assert explanation_pdf.to_bytes(certain()) == explanation_pdf.to_bytes(certain())


@pytest.mark.parametrize("layout", layout_names())
def test_the_word_table_is_read_back(layout: str, tmp_path: Path) -> None:
    sheet = certain(form_of(layout))
    path = tmp_path / "table.docx"
    path.write_bytes(evaluation_docx.to_bytes(sheet, load_layout(layout), "zh_Hans"))
    again = read_document(path).forms[0].form
    assert [(row.name, row.score) for row in again.indicators] == [
        (row.indicator.name, row.low) for row in sheet.rows
    ]


def test_texts_are_no_markup() -> None:
    strange = PROJECT.model_copy(
        update={"project": '#panic("x") *a* $1$ \\ "q" @b `c`', "achieved": "=1+1 <label> // no comment"}
    )
    text = on_paper(evaluation_pdf.to_bytes(certain(strange), load_layout("national-project")))
    assert '#panic("x")*a*$1$\\"q"@b`c`' in text
    assert "=1+1<label>//nocomment" in text


@pytest.mark.parametrize("language", ["zh_Hans", "en"])
def test_the_explanation_says_all_of_a_row(language: str) -> None:
    sheet = left_open()
    text = on_paper(explanation_pdf.to_bytes(sheet, language))
    for row in sheet.rows:
        assert row.indicator.name in text
        for step in row.steps:
            assert squeezed(step.text.say(language)) in text
        for question in (*row.questions, *row.assumptions, *row.remarks):
            assert squeezed(question.say(language)) in text
    document = Document(BytesIO(explanation_docx.to_bytes(sheet, language)))
    words = squeezed("".join(paragraph.text for paragraph in document.paragraphs))
    for row in sheet.rows:
        for step in row.steps:
            assert squeezed(step.text.say(language)) in words


class _Page(HTMLParser):
    """What a page holds: its words, the names of its parts, and what it would load or run."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words, self.names, self.loads, self.open = "", list[str](), list[str](), list[str]()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.names += [name for key, name in attrs if key == "id" and name]
        if tag in ("script", "link", "img", "iframe", "object") or {"src", "href"} & named.keys():
            self.loads.append(tag)
        if tag not in ("meta", "col"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names += [name for key, name in attrs if key == "id" and name]

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.mark.parametrize("language", ["zh_Hans", "en"])
def test_the_page_says_all_and_loads_nothing(language: str) -> None:
    sheet = left_open()
    page = _Page(explanation_html.to_bytes(sheet, language).decode())
    assert page.loads == [] == page.open
    assert len(page.names) == len(set(page.names)) > 0
    words = squeezed(page.words)
    for row in sheet.rows:
        assert squeezed(row.indicator.name) in words
        for said in (*(step.text for step in row.steps), *row.questions, *row.assumptions, *row.remarks):
            assert squeezed(said.say(language)) in words


def test_texts_on_the_page_are_no_markup() -> None:
    strange = PROJECT.model_copy(update={"project": "<script>alert(1)</script>\x07&amp;"})
    text = explanation_html.to_bytes(certain(strange)).decode()
    assert "<script" not in text
    assert "<script>alert(1)</script>&amp;" in _Page(text).words


def test_a_curve_has_its_value_marked() -> None:
    pictures = [block for block in blocks_of(certain(), "zh_Hans") if isinstance(block, Picture)]
    assert "57家 → 9.85分" in pictures[1].svg
    assert len(pictures) == 1 + len(PROJECT.indicators)


def test_the_words_that_were_read_are_marked() -> None:
    sentence = next(block for block in blocks_of(certain(), "zh_Hans") if isinstance(block, Sentence))
    assert "".join(text for text, _ in sentence.parts) == PROJECT.indicators[0].criterion
    assert ("每少1家扣0.05分", "read") in sentence.parts


def test_without_a_chinese_font_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> fonts.Font:
        raise fonts.NoChineseFontError("no font with Chinese characters")

    monkeypatch.setattr("hengliang.report.typeset.chinese_font", none)
    monkeypatch.setattr("hengliang.report.png.chinese_font", none)
    typeset.forget_fonts()
    with pytest.raises(fonts.NoChineseFontError):
        evaluation_pdf.to_bytes(certain(), load_layout("national-project"))
    document = Document(BytesIO(explanation_docx.to_bytes(certain(), "zh_Hans")))
    said = [paragraph.text for paragraph in document.paragraphs]
    assert said.count("本机没有中文字体，图形从略") == 1
    typeset.forget_fonts()


class TestLayouts:
    """Layouts are files."""

    def test_a_profile_has_its_own(self) -> None:
        assert layout_for(Kind.DEPARTMENT, load_profile("hunan")).name == "hunan-department"
        assert layout_for(Kind.DEPARTMENT, load_profile(PROFILE)).name == "national-department"
        assert layout_for(Kind.PROJECT, load_profile("hunan")).name == "national-project"

    def test_one_of_ones_own_is_given_by_its_path(self, tmp_path: Path) -> None:
        path = tmp_path / "own.toml"
        path.write_text(
            'title = ["自评表", "Own"]\nsubtitle = ["", ""]\nkinds = ["project"]\n'
            '[[parts]]\nkind = "indicators"\ntotal = ["合计", "Sum"]\ncolumns = [\n'
            '{ field = "name", caption = ["指标名称", "Name"], width = 80 },\n'
            '{ field = "score", caption = ["得分", "Score"], width = 20 },\n'
            '{ field = "actual", caption = ["完成值", "Actual"], width = 40 },\n'
            "]\n",
            encoding="utf-8",
        )
        text = on_paper(evaluation_pdf.to_bytes(certain(), load_layout(str(path))))
        assert "指标名称得分完成值" in text
        assert "90.23" in text

    @pytest.mark.parametrize(
        "text", ["title = [", 'title = ["a", "b"]', 'title = ["a","b"]\nsubtitle=["",""]\nkinds=[]\nparts=[]']
    )
    def test_what_is_none_is_refused(self, text: str, tmp_path: Path) -> None:
        path = tmp_path / "bad.toml"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(LayoutError) as caught:
            load_layout(str(path))
        assert "bad.toml" in caught.value.reason.say("zh_Hans")

    def test_an_unknown_name_lists_the_known_ones(self) -> None:
        with pytest.raises(LayoutError, match="national-project"):
            load_layout("nowhere")


class TestOffice:
    """LibreOffice prints what is written."""

    pytestmark = needs_office

    @pytest.mark.parametrize("ending", TABLES)
    def test_a_table_is_printed(self, ending: str, tmp_path: Path) -> None:
        sheet = left_open()
        path = tmp_path / f"table.{ending}"
        path.write_bytes(TABLES[ending](sheet, load_layout("national-project"), "zh_Hans"))
        printed = convert(path, "pdf")
        text = on_paper(printed.read_bytes())
        for row in sheet.rows:
            assert squeezed(row.indicator.name) in text
        assert "优至中" in text
        assert "#" not in text
        pictured(printed)

    def test_an_explanation_is_printed(self, tmp_path: Path) -> None:
        path = tmp_path / "explanation.docx"
        path.write_bytes(explanation_docx.to_bytes(left_open(), "zh_Hans"))
        printed = convert(path, "pdf")
        text = on_paper(printed.read_bytes())
        assert squeezed("目标60家，实际57家，少3家") in text
        with pdfplumber.open(printed) as pdf:
            assert sum(len(page.images) for page in pdf.pages) >= len(PROJECT.indicators)
        pictured(printed)


def pictured(printed: Path) -> None:
    """Every page can be drawn, and none of them is empty."""
    subprocess.run(["pdftoppm", "-r", "30", "-png", str(printed), str(printed.parent / "page")], check=True)
    pages = sorted(printed.parent.glob("page*.png"))
    assert pages
    assert all(page.stat().st_size > 1000 for page in pages)
