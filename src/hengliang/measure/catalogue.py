"""The ledgers that there are: those of the packs of the product, and those of a folder of one's own."""

from functools import cache
from importlib.resources import files
from pathlib import Path

from hengliang.measure.definition import Column, DefinitionError, Ledger, groups_of, read_ledger

PACKS = Path(str(files("hengliang"))) / "measure" / "packs"


@cache
def column_groups() -> dict[str, tuple[Column, ...]]:
    """The shared column groups A E P W L S R M, by letter."""
    return groups_of(groups_text())


def groups_text() -> str:
    """The file that defines the shared column groups."""
    return (PACKS / "groups.toml").read_text(encoding="utf-8")


def definition_text(ledger: str) -> str:
    """The file that defines a ledger of a pack. Raises StopIteration when no pack has it."""
    return next(PACKS.glob(f"*/{ledger}.toml")).read_text(encoding="utf-8")


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
