"""Every command in the documentation is run, and prints what the page shows.

A block fenced as `console` (or `console zh`) holds commands after `$ ` and what they print, standard output
first, then standard error; `...` stands for any lines. `cat > FILE` writes the lines below it into a file.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HOME = Path(__file__).parents[2]
PAGES = sorted(
    path for path in (HOME / "docs").rglob("*.md") if "```console" in path.read_text(encoding="utf-8")
)
BLOCK = re.compile(r"^```console ?(\w*)\n(.*?)^```$", re.M | re.S)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_commands_of_a_page(page: Path, tmp_path: Path) -> None:
    shutil.copytree(HOME / "examples", tmp_path / "examples")
    for language, block in BLOCK.findall(page.read_text(encoding="utf-8")):
        for command, shown in _steps(block):
            _run(command, shown, language or "en", tmp_path)


def _steps(block: str) -> list[tuple[str, list[str]]]:
    steps: list[tuple[str, list[str]]] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            steps.append((line[2:], []))
        else:
            steps[-1][1].append(line)
    return steps


def _run(command: str, shown: list[str], language: str, folder: Path) -> None:
    words = shlex.split(command)
    if words[:2] == ["cat", ">"]:
        (folder / words[2]).write_text("\n".join(shown) + "\n", encoding="utf-8")
        return
    if words[0] != "hengliang":
        subprocess.run(words, cwd=folder, check=True)
        return
    program = [sys.executable, "-c", "from hengliang.cli.main import run; run()", "--lang", language]
    environment = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [*program, *words[1:]],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    printed = (done.stdout + done.stderr).strip("\n")
    pattern = ".*".join(
        re.escape(part.strip("\n")) for part in re.split(r"^\.\.\.$|\.\.\.$", "\n".join(shown), flags=re.M)
    )
    assert re.fullmatch(pattern, printed, re.S), f"{command}\n{printed}"
    assert "Traceback" not in printed
