"""The files that pages carry: fetched ones are as they were noted, and nothing is written into a page."""

import importlib.util
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
WEB = ROOT / "src" / "hengliang" / "web"
SHARED = WEB / "project" / "templates"
STATIC = WEB / "project" / "static" / "hengliang"


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
