"""LibreOffice for tests: converts, and thereby counts again; one profile folder per process."""

import shutil
import subprocess
from pathlib import Path

import pytest

OFFICE = shutil.which("soffice")
needs_office = [pytest.mark.office, pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")]


def convert(path: Path, ending: str) -> Path:
    """`path` converted by LibreOffice into a folder of its own beside it."""
    folder = path.parent / f"as-{ending}"
    command = [
        str(OFFICE),
        f"-env:UserInstallation={(path.parent / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        ending,
        "--outdir",
        str(folder),
        str(path),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return folder / f"{path.stem}.{ending}"
