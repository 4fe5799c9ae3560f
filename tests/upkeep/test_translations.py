"""Everything said to people can be said in Chinese, and what is compiled is what is written."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "scripts"))

import translations


def test_nothing_is_wrong_with_the_catalogues() -> None:
    assert translations.problems() == []


def test_the_source_is_looked_through() -> None:
    texts = {one.text for one in translations.said()}
    assert "written: {file}" in texts
    assert "Everything that is wrong with a form, cell by cell." in texts
    assert len(texts) > 300


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ('msgid "x {a}"\nmsgstr "某 {b}"', "the holes of"),
        ('msgid "written: {file}"\nmsgstr "写成：{file}"', "is translated otherwise in"),
        ('msgid "nobody says this"\nmsgstr "没有人说"', "is said nowhere"),
    ],
)
def test_faults_are_told(entry: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "zz.po"
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    own.write_text(f"{head}{entry}\n", encoding="utf-8")
    known = translations.catalogues()
    monkeypatch.setattr(translations, "catalogues", lambda: [*known, own])
    problems = [line for line in translations.problems() if line.startswith("zz")]
    assert any(told in line for line in problems)
    assert "zz.mo is missing: run python scripts/translations.py" in problems
