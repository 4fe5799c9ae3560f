"""Every text of a page has one Chinese wording, in a catalogue that is compiled."""

from collections.abc import Iterator
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

WEB = Path(__file__).parents[2] / "src" / "hengliang" / "web"
CATALOGUES = sorted(WEB.rglob("django.po"))
KEYWORDS = {
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "_": None,
    "pgettext": ((1, "c"), 2),
    "ngettext": (1, 2),
}


class Wording(NamedTuple):
    """A text with its context, and how a catalogue says it."""

    context: str | None
    text: str
    said: str | tuple[str, ...]


def _wordings(catalogue: Path) -> Iterator[Wording]:
    with catalogue.open("rb") as stream:
        for entry in read_po(stream):
            if entry.id and any(entry.string) and not entry.fuzzy:
                yield Wording(entry.context, _first(entry.id), entry.string)


def _first(text: str | list[str] | tuple[str, ...]) -> str:
    """The text, or the singular of one that is counted."""
    return text if isinstance(text, str) else text[0]


def _texts() -> Iterator[tuple[str, str | None, str]]:
    """The texts of templates and code: where, with which context, what."""
    for path in [*sorted(WEB.rglob("*.html")), *sorted(WEB.rglob("*.py"))]:
        source = path.read_text(encoding="utf-8")
        source = templatize(source) if path.suffix == ".html" else source
        for _, text, _, context in extract("python", BytesIO(source.encode()), keywords=KEYWORDS):
            yield path.relative_to(WEB).as_posix(), context, _first(text)


def _name(catalogue: Path) -> str:
    return catalogue.relative_to(WEB).parts[0]


def test_no_text_has_two_wordings() -> None:
    known: dict[tuple[str | None, str], dict[str, str]] = {}
    for catalogue in CATALOGUES:
        for context, text, said in _wordings(catalogue):
            known.setdefault((context, text), {})[_name(catalogue)] = _first(said)
    assert {text: said for text, said in known.items() if len(set(said.values())) > 1} == {}


def test_every_text_has_a_wording() -> None:
    known = {(one.context, one.text) for catalogue in CATALOGUES for one in _wordings(catalogue)}
    texts = list(_texts())
    assert len(texts) > 1000
    assert (
        sorted({f"{where}: {text}" for where, context, text in texts if (context, text) not in known}) == []
    )


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=_name)
def test_catalogues_are_compiled(catalogue: Path) -> None:
    with catalogue.with_suffix(".mo").open("rb") as stream:
        compiled = GNUTranslations(stream)
    # Otherwise the English rule of plurals holds, and all numbers but 1 are said in English.
    assert "Plural-Forms: nplurals=1" in compiled.gettext("")
    for context, text, said in _wordings(catalogue):
        if isinstance(said, tuple):
            assert (compiled.ngettext(text, "", 1),) == said
        else:
            assert (compiled.pgettext(context, text) if context else compiled.gettext(text)) == said
