"""Writes the generated pages of `docs/reference/` from the code and data they describe.

python scripts/make_reference.py            writes them
python scripts/make_reference.py --check    fails when a page is stale, and writes nothing
"""

import sys
from pathlib import Path

from reference import (
    codes,
    commands,
    criteria,
    duties,
    form,
    interface,
    ledgers,
    profiles,
    routes,
    rules,
    workflow,
)

HOME = Path(__file__).resolve().parent.parent / "docs" / "reference"
OWNED = ("rules", "ledgers")
"""Folders in which every page is generated: what no longer is, goes."""


def pages() -> dict[str, str]:
    """Every generated page: its path below `docs/reference/`, and its text."""
    return {
        **rules.pages(),
        **duties.pages(),
        **profiles.pages(),
        **form.pages(),
        **commands.pages(),
        **criteria.pages(),
        **ledgers.pages(),
        **codes.pages(),
        **workflow.pages(),
        **interface.pages(),
        **routes.pages(),
    }


def stale(home: Path) -> list[str]:
    """What is missing, differs, or is left over below `home`, as sentences."""
    wanted = pages()
    told: list[str] = []
    for name, text in wanted.items():
        path = home / name
        if not path.is_file():
            told.append(f"docs/reference/{name} is missing")
        elif path.read_text(encoding="utf-8") != text:
            told.append(f"docs/reference/{name} is stale")
    told += [f"docs/reference/{name} is no page any more" for name in _left_over(home, wanted)]
    return told


def write(home: Path) -> None:
    """Write every page, and remove what is left over."""
    wanted = pages()
    for name, text in wanted.items():
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")
    for name in _left_over(home, wanted):
        (home / name).unlink()


def _left_over(home: Path, wanted: dict[str, str]) -> list[str]:
    there = sorted(path.relative_to(home).as_posix() for owned in OWNED for path in (home / owned).glob("*"))
    return [name for name in there if name not in wanted]


def main() -> int:
    """Write the pages, or tell which are stale; the exit code."""
    if "--check" not in sys.argv[1:]:
        write(HOME)
        return 0
    told = stale(HOME)
    for sentence in told:
        print(sentence, file=sys.stderr)
    if told:
        print("run: make docs", file=sys.stderr)
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main())
