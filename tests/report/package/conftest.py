"""One package for all tests that only look at it."""

from pathlib import Path

import pytest

from hengliang.report.package.publish import Published
from tests.report.package.packages import published, stored


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that nothing is loaded into any more."""
    return stored(tmp_path_factory.mktemp("store"))


@pytest.fixture(scope="session")
def package(store: Path) -> Published:
    """The package of it, unsigned."""
    return published(store)
