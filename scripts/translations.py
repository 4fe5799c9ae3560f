"""Compiles the message catalogues, and checks that everything said to people can be said in Chinese.

python scripts/translations.py            compiles every .po of the product to its .mo
python scripts/translations.py --check    fails when a sentence has no translation, and writes nothing
"""

import ast
import string
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

SOURCE = Path(__file__).resolve().parent.parent / "src" / "hengliang"
LANGUAGE = "zh_Hans"
_SPEAKING = {"message", "Message", "translate"}


class Said(NamedTuple):
    """A sentence of the source, and where it is said."""

    text: str
    where: str


def catalogues() -> list[Path]:
    """The catalogues, in order."""
    return sorted((SOURCE / "locale" / LANGUAGE / "LC_MESSAGES").glob("*.po"))


def compiled(catalogue: Path) -> bytes:
    """A catalogue as gettext reads it."""
    made = BytesIO()
    write_mo(made, _read(catalogue))
    return made.getvalue()


def problems() -> list[str]:
    """All that is wrong with the catalogues; empty when every sentence is said in one way, and compiled."""
    told: list[str] = []
    translated: dict[str, tuple[str, str]] = {}
    for path in catalogues():
        for text, zh in _entries(_read(path)).items():
            if text in translated and translated[text][0] != zh:
                told.append(f"{path.name}: {text!r} is translated otherwise in {translated[text][1]}")
            if _holes(text) != _holes(zh):
                told.append(f"{path.name}: the holes of {text!r} are not those of {zh!r}")
            translated.setdefault(text, (zh, path.name))
        told += _stale(path)
    spoken = list(said())
    told += [f"{where}: {text!r} has no translation" for text, where in spoken if text not in translated]
    known = {text for text, _ in spoken}
    told += [
        f"{name}: {text!r} is said nowhere" for text, (_, name) in translated.items() if text not in known
    ]
    return told


def said() -> Iterator[Said]:
    """Every sentence that the source says to people: in messages, and in the help of the commands."""
    for path in sorted(SOURCE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        where = path.relative_to(SOURCE)
        for call in ast.walk(tree):
            if not isinstance(call, ast.Call) or not call.args:
                continue
            name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
            first = call.args[0]
            if (
                name in _SPEAKING
                and isinstance(first, ast.Constant)
                and isinstance(first.value, str)
                and first.value
            ):
                yield Said(first.value, f"{where}:{call.lineno}")
    yield from _help()


def _help() -> Iterator[Said]:
    import typer

    from hengliang.cli.help import texts_of
    from hengliang.cli.main import app

    yield from (
        Said(text, "hengliang --help") for text in dict.fromkeys(texts_of(typer.main.get_command(app)))
    )


def _stale(catalogue: Path) -> list[str]:
    binary = catalogue.with_suffix(".mo")
    if not binary.is_file():
        return [f"{binary.name} is missing: run python scripts/translations.py"]
    with binary.open("rb") as stream:
        if _entries(read_mo(stream)) != _entries(_read(catalogue)):
            return [f"{binary.name} is stale: run python scripts/translations.py"]
    return []


def _read(catalogue: Path) -> Catalog:
    with catalogue.open("rb") as stream:
        read = read_po(stream, locale=LANGUAGE, abort_invalid=True)
    # Without a date of their own catalogues would get that of today, and differ each time they are compiled.
    read.creation_date = read.revision_date = datetime(1980, 1, 1, tzinfo=UTC)
    return read


def _entries(catalogue: Catalog) -> dict[str, str]:
    return {str(one.id): str(one.string) for one in catalogue if one.id and one.string and not one.fuzzy}


def _holes(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def main() -> int:
    """Compiles, or checks."""
    if "--check" in sys.argv[1:]:
        told = problems()
        sys.stdout.writelines(f"{line}\n" for line in told)
        return 1 if told else 0
    # Compiled anew they would differ by the time of day, and every branch would change every file.
    for path in filter(_stale, catalogues()):
        path.with_suffix(".mo").write_bytes(compiled(path))
    return 0


if __name__ == "__main__":
    sys.exit(main())
