"""For all tests: in CI nothing is skipped for want of a program, and generated examples take their time."""

import os
import shutil

import pytest
from hypothesis import settings

# Machines differ in speed; a slow example is no wrong one.
settings.register_profile("default", deadline=None)
# The same examples in every run of CI: a change fails for what it changed.
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")

NEEDED = {"soffice": "LibreOffice", "pdftoppm": "poppler-utils"}


def pytest_sessionstart() -> None:
    """Tests of office documents are skipped on a machine without these programs, but never in CI."""
    absent = [name for program, name in NEEDED.items() if shutil.which(program) is None]
    if os.environ.get("CI") and absent:
        raise pytest.UsageError(f"CI needs {', '.join(absent)}")
