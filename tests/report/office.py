"""LibreOffice for tests: converts, and thereby counts again; one profile folder per process."""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

OFFICE = shutil.which("soffice")
needs_office = [pytest.mark.office, pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")]


def convert(path: Path, ending: str) -> Path:
    """`path` converted by LibreOffice into a folder of its own beside it."""
    return convert_all([path], ending)[0]


def convert_all(paths: Sequence[Path], ending: str) -> list[Path]:
    """Files of one folder converted in one go: starting the program takes longer than its work."""
    home = paths[0].parent
    folder = home / f"as-{ending}"
    command = [
        str(OFFICE),
        f"-env:UserInstallation={(home / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        ending,
        "--outdir",
        str(folder),
        *map(str, paths),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return [folder / f"{path.stem}.{ending}" for path in paths]
