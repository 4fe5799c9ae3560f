"""PDF by Typst, offline: a document is written in its language and set with a Chinese font of this machine.

Nothing is read but the text given and the fonts; nothing is fetched. The typesetter is part of the wheel.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from hengliang.form.writers.content import clean
from hengliang.report.fonts import chinese_font

if TYPE_CHECKING:
    from typst import Fonts

_SERIFS = (
    "FangSong", "FangSong_GB2312", "SimSun", "NSimSun", "STSong", "Songti SC", "Noto Serif CJK SC",
    "Source Han Serif SC", "Source Han Serif CN", "Noto Serif SC",
)  # fmt: skip
"""Families in the manner of official documents, taken where they lie beside the font that was found."""
_MADE = 315532800
"""The first day that ZIP knows, as for office files: the same document gives the same bytes."""


def pdf_of(source: str, files: Mapping[str, bytes] | None = None) -> bytes:
    """The PDF of a Typst document; `files` are the pictures it names.

    Raises `report.fonts.NoChineseFontError` on a machine without a Chinese font.
    """
    # The library takes a moment to load, and most commands set nothing.
    import typst

    fonts, families = _fonts()
    listed = ", ".join(quoted(family) for family in families)
    head = f'#set text(font: ({listed},), lang: "zh", region: "cn")\n#set document(date: none)\n'
    with TemporaryDirectory() as folder:
        for name, data in (files or {}).items():
            (Path(folder) / name).write_bytes(data)
        main = Path(folder) / "main.typ"
        main.write_text(head + source, encoding="utf-8")
        made = typst.compile(str(main), root=folder, font_paths=fonts, format="pdf", timestamp=_MADE)
    assert isinstance(made, bytes)
    return made


@cache
def _fonts() -> "tuple[Fonts, tuple[str, ...]]":
    import typst

    found = chinese_font()
    folders = list(dict.fromkeys(str(path.parent) for path in found.files))
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=list(folders))
    there = set(fonts.families())
    serif = [family for family in _SERIFS if family in there]
    return fonts, (*serif[:1], found.family)


def forget_fonts() -> None:
    """Looks for fonts anew at the next document."""
    _fonts.cache_clear()


def quoted(text: str) -> str:
    """A text as Typst's code has it."""
    escaped = clean(text).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def words(text: str) -> str:
    """A text as content, its lines kept: nothing in it is taken for markup."""
    return "#linebreak()".join(f"#{quoted(line)};" for line in text.split("\n"))
