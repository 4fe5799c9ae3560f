"""Chinese fonts on this machine: for pictures and documents that carry their letters with them.

System fonts are looked for first, then the package `noto-cjk-sans-otc` (the extra `fonts`), which holds
nothing but Noto Sans CJK.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from hengliang.base.message import message


class Font(NamedTuple):
    """A family with the files that hold it, the regular one first."""

    family: str
    files: tuple[Path, ...]


class NoChineseFontError(LookupError):
    """There is no font with Chinese characters on this machine; `reason` says what to install."""

    reason = message(
        "there is no Chinese font on this machine: install one (Debian: fonts-noto-cjk; Python: pip install "
        "'hengliang[fonts]')"
    )


_KNOWN: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Noto Sans CJK SC", ("NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc")),
    ("Noto Sans CJK SC", ("NotoSansCJKsc-Regular.otf", "NotoSansCJKsc-Bold.otf")),
    ("Source Han Sans SC", ("SourceHanSansSC-Regular.otf", "SourceHanSansSC-Bold.otf")),
    ("Source Han Sans CN", ("SourceHanSansCN-Regular.otf", "SourceHanSansCN-Bold.otf")),
    ("Noto Sans SC", ("NotoSansSC-Regular.otf", "NotoSansSC-Bold.otf")),
    ("Noto Sans SC", ("NotoSansSC-VF.ttf",)),
    ("Microsoft YaHei", ("msyh.ttc", "msyhbd.ttc")),
    ("PingFang SC", ("PingFang.ttc",)),
    ("Hiragino Sans GB", ("Hiragino Sans GB.ttc",)),
    ("STHeiti", ("STHeiti Medium.ttc",)),
    ("WenQuanYi Micro Hei", ("wqy-microhei.ttc",)),
    ("WenQuanYi Zen Hei", ("wqy-zenhei.ttc",)),
    ("SimHei", ("simhei.ttf",)),
    ("SimSun", ("simsun.ttc",)),
    ("Droid Sans Fallback", ("DroidSansFallbackFull.ttf",)),
    ("Droid Sans Fallback", ("DroidSansFallback.ttf",)),
)
"""Families with simplified Chinese by the names of their files, the best on a screen first."""
_FOLDERS = (
    "/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts",
    "/System/Library/Fonts", "/Library/Fonts", "~/Library/Fonts",
    "C:/Windows/Fonts", "~/AppData/Local/Microsoft/Windows/Fonts",
)  # fmt: skip
_ENDINGS = frozenset((".ttc", ".ttf", ".otf"))
_PACKAGE = "noto_cjk_sans_otc"


@cache
def chinese_font() -> Font:
    """The first known family on this machine. Raises NoChineseFontError."""
    font = font_in(_system_folders()) or font_in(_package_folders())
    if font is None:
        raise NoChineseFontError("no font with Chinese characters")
    return font


def font_in(folders: Sequence[Path]) -> Font | None:
    """The first known family in `folders` and the folders below them."""
    files = {path.name.lower(): path for folder in folders for path in _files(folder)}
    for family, names in _KNOWN:
        if names[0].lower() in files:
            return Font(family, tuple(files[name.lower()] for name in names if name.lower() in files))
    return None


def _files(folder: Path) -> Iterator[Path]:
    try:
        yield from sorted(
            path for path in folder.rglob("*") if path.suffix.lower() in (".ttc", ".ttf", ".otf")
        )
    except OSError:
        return


def _system_folders() -> list[Path]:
    return [path for path in (Path(name).expanduser() for name in _FOLDERS) if path.is_dir()]


def _package_folders() -> list[Path]:
    found = find_spec(_PACKAGE)
    return [Path(place) for place in found.submodule_search_locations or ()] if found is not None else []
