"""Debian's Chromium, without a window, for the tests that need a real browser."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

_CHROMIUM = "/usr/bin/chromium"
_QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def chromium_started() -> Iterator[Any]:
    """The browser; the test is skipped where there is none, but not on the machine that decides."""
    if not Path(_CHROMIUM).exists() and not os.environ.get("CI"):
        pytest.skip("Chromium is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=_CHROMIUM, args=_QUIET)
        yield started
        started.close()
