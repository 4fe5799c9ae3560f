"""A real browser on a real server with the worked example, for the journeys of declaring and reviewing."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from hengliang.web.accounts.models import Person
from hengliang.web.declarations import actions_review
from hengliang.web.declarations.findings import open_findings
from hengliang.web.declarations.models import Declaration
from tests.web.browser import chromium_started


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """Debian's Chromium, without a window."""
    with chromium_started() as started:
        # The browser's own loop runs in this thread; the database is asked only between its steps.
        before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
        yield started
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


class Site:
    """The server with the example in it, and people who open it in windows of their own."""

    def __init__(self, chromium: Any, url: str, declaration: Declaration) -> None:
        self.chromium, self.url, self.declaration = chromium, url, declaration
        self.complaints: list[str] = []
        self.windows: list[Any] = []

    def page_of(self, username: str, width: int = 1366, height: int = 768) -> Any:
        """A window of a person who is signed in."""
        client = Client()
        client.force_login(Person.objects.get(username=username))
        window = self.chromium.new_context(
            viewport={"width": width, "height": height}, base_url=self.url, locale="zh-CN"
        )
        window.set_default_timeout(30_000)
        cookie = client.cookies["sessionid"]
        window.add_cookies([{"name": "sessionid", "value": cookie.value, "url": self.url}])
        page = window.new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda told: told.type == "error" and self.complaints.append(told.text))
        self.windows.append(window)
        return page

    def address(self, rest: str = "") -> str:
        """The address of a page of the example."""
        return f"/declarations/{self.declaration.pk}/{rest}"


@pytest.fixture
def site(transactional_db: None, live_server: Any, chromium: Any, example: Declaration) -> Iterator[Site]:
    """The site; a test fails when a browser complained about anything but a refusal that was expected."""
    made = Site(chromium, live_server.url, example)
    yield made
    for window in made.windows:
        window.close()
    assert [one for one in made.complaints if "status of 4" not in one] == []


def violations(page: Any) -> list[str]:
    """What axe-core objects to on a page: the rule, and the first place."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found]


def until(page: Any, expression: str) -> None:
    """Waits until something holds in the page. Playwright's own way evaluates strings, which the policy of
    the pages forbids."""
    for _ in range(300):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"never: {expression}")


def saved(page: Any, is_under_way: bool = False) -> None:
    """Waits until the grid says that all is saved; first, `is_under_way`, until it says that something is
    not."""
    state = "document.querySelector('[data-grid]').dataset.state"
    if is_under_way:
        until(page, f"{state} !== 'saved'")
    until(page, f"{state} === 'saved'")


def move(page: Any, name: str, reason: str = "") -> None:
    """Makes a move by its dialog."""
    page.click(f"[data-dialog='move-{name}']")
    if reason:
        page.fill(f"#reason-{name}", reason)
    with page.expect_navigation():
        page.click(f"#move-{name} .dialog-foot button:not([data-close])")


def set_errors_aside(declaration: Declaration) -> None:
    """All errors but those of the criteria are those of the printed form, which stands as it is."""
    declaration.refresh_from_db()
    person = Person.objects.get(username="fuze")
    for placed in open_findings(declaration):
        if placed.finding.severity == "error":
            actions_review.set_aside(
                person, declaration, placed.finding.code, placed.row, placed.key, "原表如此，予以保留。"
            )
