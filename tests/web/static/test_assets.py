"""The files that pages carry: fetched ones are as they were noted, and nothing is written into a page."""

import importlib.util
import re
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import extract
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[3]
WEB = ROOT / "src" / "hengliang" / "web"
SHARED = WEB / "project" / "templates"
STATIC = WEB / "project" / "static" / "hengliang"
CATALOGUE = WEB / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
KEYWORDS = {
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "_": None,
    "pgettext": ((1, "c"), 2),
    "ngettext": (1, 2),
}


def _vendor():
    spec = importlib.util.spec_from_file_location("vendor_assets", ROOT / "scripts" / "vendor_assets.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_fetched_files_are_those_that_were_noted():
    assert _vendor().problems() == []


def test_a_changed_file_is_found(tmp_path, monkeypatch):
    vendor = _vendor()
    for path in vendor.SERVED.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "htmx.min.js").write_text("alert()")
    (tmp_path / "extra.js").write_text("")
    (tmp_path / "echarts.js").unlink()
    monkeypatch.setattr(vendor, "SERVED", tmp_path)
    told = vendor.problems()
    assert len(told) == 3
    assert any("htmx.min.js" in one for one in told)


def test_every_fetched_package_has_its_licence():
    kept = {path.name for path in (STATIC / "vendor").iterdir()}
    for package in _vendor().WANTED:
        assert any("LICENSE" in name for name in package.files.values()), package.name
        assert set(package.files.values()) <= kept


TEMPLATES = sorted(SHARED.rglob("*.html"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SHARED)))
def test_no_script_and_no_style_is_written_into_a_page(path):
    text = re.sub(r"{% comment %}.*?{% endcomment %}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert not re.search(r"\sstyle\s*=", text)
    assert not re.search(r"\son[a-z]+\s*=", text)
    assert "<style" not in text
    scripts = re.findall(r"<script\b[^>]*>", text)
    assert all("src=" in one or 'type="application/json"' in one for one in scripts)
    assert not re.search(r'(?:src|href)="https?:', text)


@pytest.mark.parametrize("path", sorted((SHARED / "_components").glob("*.html")), ids=lambda path: path.name)
def test_every_part_tells_its_parameters(path):
    assert path.read_text(encoding="utf-8").startswith("{% comment %}\n")


def test_every_sentence_of_the_pages_has_its_chinese():
    said = {}
    for path in [*sorted(WEB.rglob("*.html")), *sorted(WEB.rglob("*.py"))]:
        text = path.read_text(encoding="utf-8")
        source = templatize(text) if path.suffix == ".html" else text
        for _, sentence, _, context in extract("python", BytesIO(source.encode()), keywords=KEYWORDS):
            said[(context, _first(sentence))] = path.name
    known = set()
    for catalogue in WEB.rglob("django.po"):
        with catalogue.open("rb") as stream:
            known |= {
                (one.context, _first(one.id)) for one in read_po(stream) if one.string and not one.fuzzy
            }
    assert {sentence: name for sentence, name in said.items() if sentence not in known} == {}


def _first(sentence: str | tuple[str, ...]) -> str:
    return sentence if isinstance(sentence, str) else sentence[0]


def test_catalogues_with_plurals_say_that_chinese_has_one_form():
    # Otherwise the English rule holds, and all numbers but 1 are said in English.
    for catalogue in WEB.rglob("django.po"):
        text = catalogue.read_text(encoding="utf-8")
        assert "msgid_plural" not in text or "nplurals=1" in text, catalogue


def test_every_sentence_of_a_script_is_on_the_page():
    words = "".join(path.read_text(encoding="utf-8") for path in (SHARED / "_components").glob("*words.html"))
    listed = set(re.findall(r'^"(.+?)": "', words, flags=re.MULTILINE))
    said = set()
    for path in [*STATIC.glob("*.js"), *(STATIC / "grid").glob("*.js")]:
        text = path.read_text(encoding="utf-8")
        said |= set(re.findall(r'\bsay\(\s*"([^"]+)"', text))
        if path.name == "grid.js":
            said |= set(re.findall(r'^  \w+: \["([^"]+)", "\w+"\],$', text, flags=re.MULTILINE))
    assert said - listed == set()
    assert listed - said == set()


def test_the_catalogue_is_compiled():
    with CATALOGUE.open("rb") as stream:
        source = {one.id: one.string for one in read_po(stream) if one.id and one.string}
    with CATALOGUE.with_suffix(".mo").open("rb") as stream:
        compiled = {one.id: one.string for one in read_mo(stream) if one.id}
    assert {sentence: compiled.get(sentence) for sentence in source} == source
    assert len(compiled) == len(source)
