"""A real browser on a small site of the shared pages, and what it complains about."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.web.browser import chromium_started

HERE = Path(__file__).resolve().parent


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    """Debian's Chromium, without a window, gone with the module: its loop bars others from the database."""
    with chromium_started() as started:
        yield started


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The address of the small site."""
    server = subprocess.Popen(
        [sys.executable, str(HERE / "harness.py")],
        stdout=subprocess.PIPE,
        text=True,
        stderr=subprocess.DEVNULL,
    )
    assert server.stdout is not None
    port = server.stdout.readline().strip()
    yield f"http://127.0.0.1:{port}"
    server.kill()
    server.wait()
    server.stdout.close()


@pytest.fixture
def page(browser, site: str) -> Iterator[object]:
    """A page on a screen of an office; the test fails when the browser complained about anything."""
    context = browser.new_context(
        viewport={"width": 1366, "height": 768},
        base_url=site,
        permissions=["clipboard-read", "clipboard-write"],
    )
    context.request.post("/reset", data="{}")
    opened = context.new_page()
    opened.complaints = []
    opened.on("console", lambda told: told.type == "error" and opened.complaints.append(told.text))
    opened.on("pageerror", lambda error: opened.complaints.append(str(error)))
    yield opened
    # A refused or lost request is what some tests are about; it is told in these words.
    expected = ("status of", "ERR_", "htmx:")
    complaints = [one for one in opened.complaints if not any(word in one for word in expected)]
    context.close()
    assert complaints == []
