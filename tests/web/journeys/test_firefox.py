"""The editor and the desk in Firefox: the same pages, another browser."""

from typing import Any

import pytest

from hengliang.web.declarations.findings import working_of
from hengliang.web.declarations.models import Declaration
from tests.web.journeys.firefox import Firefox, firefox

__all__ = ["firefox"]

_STATE = "document.querySelector('[data-grid]').dataset.state"


def _sign_in(browser: Firefox, url: str, username: str) -> None:
    browser.driver.delete_all_cookies()
    browser.driver.navigate(f"{url}/account/sign-in/")
    browser.find("#id_username").send_keys(username)
    browser.find("#id_password").send_keys("a password for tests")
    browser.find("form button.button-main").click()
    browser.until(lambda: "/account/sign-in/" not in browser.driver.get_url())


def _saved(browser: Firefox, row: int, key: str, value: str) -> None:
    """Waits until a cell shows a text and all is saved."""
    shown = f"document.querySelector('[data-grid]').grid.rows[{row}].cells.{key}"
    browser.until(lambda: browser.read(shown) == value)
    browser.until(lambda: browser.read(_STATE) == "saved")


@pytest.mark.slow
def test_a_cell_a_block_and_the_desk(
    transactional_db: None, live_server: Any, firefox: Firefox, example: Declaration
) -> None:
    _sign_in(firefox, live_server.url, "tianbao")
    firefox.driver.navigate(f"{live_server.url}/declarations/{example.pk}/")

    # A cell is typed over.
    firefox.find("tbody tr:nth-child(1) [data-x='4']").click()
    firefox.press("61")
    firefox.press(firefox.keys.ENTER)
    _saved(firefox, 0, "target", "61")
    assert working_of(example).form.indicators[0].target == "61"

    # A block of another program's table is pasted, and taken back.
    before = working_of(example).form
    firefox.find("tbody tr:nth-child(2) [data-x='4']").click()
    firefox.copy("71\t个\n72\t项\n")
    firefox.press(firefox.keys.CONTROL, "v")
    _saved(firefox, 2, "unit", "项")
    after = working_of(example).form.indicators
    assert [(row.target, row.unit) for row in after[1:3]] == [("71", "个"), ("72", "项")]
    firefox.press(firefox.keys.CONTROL, "z")
    _saved(firefox, 1, "target", before.indicators[1].target or "")
    assert working_of(example).form == before

    # The reviewer's desk, and the form that cannot be typed into there.
    _sign_in(firefox, live_server.url, "zhuguan")
    firefox.driver.navigate(f"{live_server.url}/reviews/?state=draft")
    firefox.find("tbody th a").click()
    firefox.find("tbody tr:nth-child(1) [data-x='4']").click()
    firefox.press("99")
    firefox.press(firefox.keys.ENTER)
    assert working_of(example).form == before
    assert firefox.complaints(live_server.url) == []
