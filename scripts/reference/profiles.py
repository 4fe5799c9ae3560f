"""The values of the rule profiles side by side, with what their files say of them."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from hengliang.base.profile import Profile, load_profile, profile_names
from reference.markdown import GENERATED, table

BASE = "national-2015"
SHORT = 48
"""Values of more characters than this are word lists: they get a count and their first words."""
_AS_ABOVE = "as above"

_OPENING = """\
# Rule profiles · 规则集

Everything that a region or a year decides is data in `src/hengliang/base/profiles/`, never in code. A
profile inherits; it states only what differs, shown here beside the value it replaces (· is inherited).
Marks in the files: S confirmed in a source, R recalled and to be checked against the official text, D a
choice of this project.

凡由地区或年度决定的内容都是规则集中的数据，不写在程序里。规则集可以继承，只写不同之处；下表中 · 表示沿用。
标记：S 已在来源中核实，R 凭记忆转述、待与正式文本核对，D 本项目选定。

"""


def pages() -> dict[str, str]:
    """The page by path."""
    profiles = [load_profile(name) for name in (BASE, *(name for name in profile_names() if name != BASE))]
    lines = [
        GENERATED,
        _OPENING,
        table(
            ["Profile", "名称", "Inherits", "Valid from", "Source"],
            (
                [
                    f"`{profile.name}`",
                    f"{profile.text('profile.zh')} ({profile.text('profile.en')})",
                    _own_parent(profile),
                    profile.text("profile.valid_from"),
                    profile.text("profile.source"),
                ]
                for profile in profiles
            ),
        ),
    ]
    subjects = sorted(
        {path.stem for profile in profiles for path in _home(profile.name).glob("*.toml")} - {"profile"}
    )
    lines += [_subject(subject, profiles) for subject in subjects]
    return {"profiles.md": "".join(lines)}


def _home(name: str) -> Path:
    return Path(str(files("hengliang") / "base" / "profiles" / name))


def _own_parent(profile: Profile) -> str:
    return f"`{profile.text('profile.inherits')}`" if profile.has("profile.inherits") else ""


def _subject(subject: str, profiles: list[Profile]) -> str:
    notes: dict[str, str] = {}
    keys: dict[str, None] = {}
    for profile in profiles:
        path = _home(profile.name) / f"{subject}.toml"
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            notes = {**comments(text), **notes}
            keys.update(dict.fromkeys(_keys(tomllib.loads(text))))
    named = [f"`{profile.name}`" for profile in profiles]
    rows: list[list[str]] = []
    said = ""
    for key in keys:
        shown = [_shown(profile, f"{subject}.{key}") for profile in profiles]
        rest = ["·" if value == shown[0] else value for value in shown[1:]]
        note = notes.get(key, "")
        rows.append([f"`{key}`", shown[0], *rest, _AS_ABOVE if note and note == said else note])
        said = note
    head = notes.get("", "")
    return f"\n## {subject}\n\n{head + chr(10) + chr(10) if head else ''}" + table(
        ["Key", *named, "What it is"], rows
    )


def _keys(data: Mapping[str, Any], before: str = "") -> Iterator[str]:
    for key, value in data.items():
        if isinstance(value, Mapping) and "." not in key:
            yield from _keys(value, f"{before}{key}.")
        else:
            yield before + key.removesuffix("+")


def _shown(profile: Profile, key: str) -> str:
    if not profile.has(key):
        return ""
    value = profile.get(key)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, list):
        text = str(value)
        return text if len(text) <= SHORT else f"{text[:SHORT]}…"
    if any(not isinstance(item, str | int) for item in value):
        return f"{len(value)} entries"
    words = [str(item) or "(empty)" for item in value]
    text = " ".join(words)
    if len(text) <= SHORT:
        return text or "(none)"
    first: list[str] = []
    while words and len(" ".join(first)) + len(words[0]) < SHORT:
        first.append(words.pop(0))
    return f"{' '.join(first)} … ({len(value)})"


_TABLE = re.compile(r"\[\[?([^\[\]]+)\]?\]")
_KEY = re.compile(r'("[^"]+"|[\w-]+)\+?\s*=\s*(.*)')


def comments(text: str) -> dict[str, str]:
    """What the comments of a TOML file say of its keys; "" is the comment that opens the file.

    A comment speaks of the keys or the table right below it, up to the next empty line.
    """
    found: dict[str, str] = {}
    block: list[str] = []
    table_note = key_note = inside = ""
    depth = 0
    for line in map(str.strip, text.splitlines()):
        if depth:
            depth += _depth(line)
        elif line.startswith("#"):
            block.append(line.lstrip("# "))
        elif match := _TABLE.fullmatch(line):
            inside = match[1].replace('"', "") + "."
            table_note, key_note, block = " ".join(block), "", []
            found.setdefault(inside.removesuffix("."), table_note)
        elif match := _KEY.match(line):
            key_note = " ".join(block) or key_note
            found[inside + match[1].strip('"')] = key_note or table_note
            depth, block = _depth(match[2]), []
        else:
            if block and not found:
                found[""] = " ".join(block)
            key_note, block = "", []
    return found


def _depth(text: str) -> int:
    """Brackets that a line opens and does not close, those in quoted words left out."""
    bare = re.sub(r'"(?:[^"\\]|\\.)*"', "", text).partition("#")[0]
    return bare.count("[") - bare.count("]")
