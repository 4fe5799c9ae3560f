"""Every text of a page has one Chinese wording, and no catalogue of the web face says it otherwise."""

import re
from collections.abc import Iterator
from gettext import GNUTranslations
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

WEB = Path(__file__).parents[2] / "src" / "hengliang" / "web"
_TAG = re.compile(r"""\{%\s*translate\s+(?:"([^"]*)"|'([^']*)')(\s+context)?""")
_CALL = re.compile(r"""(?<![\w.])(?:_|gettext|gettext_lazy|gettext_noop)\(\s*"((?:[^"\\]|\\.)*)"\s*\)""")


def _catalogues() -> Iterator[tuple[str, str, str]]:
    for path in sorted(WEB.rglob("django.po")):
        with path.open("rb") as stream:
            for entry in read_po(stream):
                if entry.id and not entry.context:
                    text = _first(entry.id)
                    said = _first(entry.string)
                    if said:
                        yield path.relative_to(WEB).parts[0], text, said


def _first(text: str | list[str] | tuple[str, ...]) -> str:
    """The text, or the singular of one that is counted."""
    return text if isinstance(text, str) else text[0]


def _said() -> Iterator[tuple[str, str]]:
    for path in sorted(WEB.rglob("*.html")):
        for match in _TAG.finditer(path.read_text(encoding="utf-8")):
            if not match[3]:
                yield path.relative_to(WEB).as_posix(), match[1] or match[2]
    for path in sorted(WEB.rglob("*.py")):
        for match in _CALL.finditer(path.read_text(encoding="utf-8")):
            yield path.relative_to(WEB).as_posix(), match[1]


def test_no_text_has_two_wordings() -> None:
    known: dict[str, dict[str, str]] = {}
    for app, text, said in _catalogues():
        known.setdefault(text, {})[app] = said
    assert {text: said for text, said in known.items() if len(set(said.values())) > 1} == {}


def test_every_text_has_a_wording() -> None:
    known = {text for _, text, _ in _catalogues()}
    missing = sorted({f"{where}: {text}" for where, text in _said() if text not in known})
    assert missing == []


@pytest.mark.parametrize(
    "path", sorted(WEB.rglob("django.po")), ids=lambda path: path.relative_to(WEB).parts[0]
)
def test_catalogues_are_compiled(path: Path) -> None:
    with path.open("rb") as source, path.with_suffix(".mo").open("rb") as compiled:
        wanted = {_first(entry.id) for entry in read_po(source) if entry.id and any(entry.string)}
        found = {_first(entry.id) for entry in read_mo(compiled) if entry.id}
    assert wanted <= found
    with path.with_suffix(".mo").open("rb") as compiled:
        # Else Chinese is looked for as an English plural, and not found.
        assert "Plural-Forms: nplurals=1" in GNUTranslations(compiled).gettext("")
