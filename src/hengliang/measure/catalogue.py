"""The ledgers that there are: those of the packs of the product, and those of a folder of one's own."""

import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path

from hengliang.measure.definition import Column, DefinitionError, Ledger, read_ledger

PACKS = Path(str(files("hengliang"))) / "measure" / "packs"


@cache
def column_groups() -> dict[str, tuple[Column, ...]]:
    """The shared column groups A E P W L S R M, by letter."""
    data = tomllib.loads((PACKS / "groups.toml").read_text(encoding="utf-8"))
    return {
        name: tuple(Column.model_validate(column) for column in columns) for name, columns in data.items()
    }


def packs() -> tuple[str, ...]:
    """The names of the packs that come with the product."""
    return tuple(
        sorted(entry.name for entry in PACKS.iterdir() if entry.is_dir() and not entry.name.startswith("_"))
    )


@cache
def ledgers_of(folder: Path) -> dict[str, Ledger]:
    """The ledgers that the TOML files of a folder define, by name. Raises DefinitionError."""
    found: dict[str, Ledger] = {}
    for path in sorted(folder.glob("*.toml")):
        ledger = read_ledger(path, column_groups())
        if ledger.name != path.stem:
            raise DefinitionError(f"{path.name}: the file is named after its ledger, {ledger.name}.toml")
        found[ledger.name] = ledger
    return found


@cache
def all_ledgers() -> dict[str, Ledger]:
    """Every ledger of every pack, by name."""
    found: dict[str, Ledger] = {}
    for pack in packs():
        for name, ledger in ledgers_of(PACKS / pack).items():
            if name in found:
                raise DefinitionError(f"two packs define the ledger {name}")
            found[name] = ledger
    return found
