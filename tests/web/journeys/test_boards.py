"""The boards in a real browser: drawn, drilled down to the cell, read without a mouse, on a phone, by axe."""

from pathlib import Path
from typing import Any

from hengliang.web.accounts.models import Organisation
from hengliang.web.declarations.findings import working_of
from hengliang.web.declarations.models import Declaration
from tests.web import many
from tests.web.journeys.declare_site import Site, chromium, site, until, violations

__all__ = ["chromium", "site"]


def _is_drawn(page: Any, chart: str) -> bool:
    """Whether anything but paper stands in a chart."""
    return page.evaluate(
        """(id) => {
          const canvas = document.querySelector(`#${id}-chart canvas`);
          if (!canvas) return false;
          const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
          return data.some((value) => value > 0);
        }""",
        chart,
    )


def test_finance_drills_down_from_the_round_to_the_cell(site: Site) -> None:
    made = many.fill(Organisation.objects.get(code="430400"), 28)
    finance = site.page_of("shenhe")
    finance.goto("/")
    with finance.expect_navigation():
        finance.click("nav.nav >> text=看板")
    assert finance.url.endswith(f"/insight/rounds/{made.round.pk}/")
    for page, charts in (("", ("steps", "departments")), ("findings/", ("families", "rules")),
                         ("scores/", ("scores", "worst", "levels", "sizes"))):  # fmt: skip
        finance.goto(f"/insight/rounds/{made.round.pk}/{page}")
        for chart in charts:
            until(finance, f"document.querySelector('#{chart}-chart canvas') !== null")
            finance.wait_for_timeout(200)
            assert _is_drawn(finance, chart), chart
        assert violations(finance) == []

    # From a rule to its findings, to the row of one form.
    finance.goto(f"/insight/rounds/{made.round.pk}/findings/")
    finance.locator("#rules-chart summary").focus()
    finance.keyboard.press("Enter")
    link = finance.locator("#rules-chart table a", has_text="I08").first
    link.focus()
    with finance.expect_navigation():
        finance.keyboard.press("Enter")
    assert "rule=I08" in finance.url
    assert violations(finance) == []
    place = finance.locator("#cells tbody td a").first
    href = place.get_attribute("href")
    with finance.expect_navigation():
        place.click()
    pk, _, row = href.removeprefix("/declarations/").partition("/#row-")
    assert row in working_of(Declaration.objects.get(pk=pk)).rows
    until(finance, f"document.activeElement.closest('[data-row=\"{row}\"], [data-grid]') !== null")

    # A table as a file; forms side by side.
    finance.goto(f"/insight/rounds/{made.round.pk}/scores/")
    with finance.expect_download() as waiting:
        finance.click("#scores a[aria-label*='Excel']")
    assert Path(waiting.value.path()).read_bytes().startswith(b"PK")
    finance.goto(f"/insight/rounds/{made.round.pk}/compare/")
    for box in finance.locator(".choices input").all()[:3]:
        box.check()
    with finance.expect_navigation():
        finance.click("form.stack button")
    until(finance, "document.querySelector('#levels-chart canvas') !== null")
    assert finance.locator("#indicators tbody tr").count() > 5
    assert violations(finance) == []


def test_a_unit_reads_its_board_on_a_phone(site: Site) -> None:
    made = many.fill(Organisation.objects.get(code="430400"), 12)
    for username, url in (("tianbao", "/insight/"), ("shenji", f"/insight/forms/{made.declarations[-1].pk}/"),
                          ("shenhe", f"/insight/rounds/{made.round.pk}/")):  # fmt: skip
        page = site.page_of(username, 390, 844)
        page.goto(url)
        assert page.locator(".figures div").count() >= 2
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        assert violations(page) == []
