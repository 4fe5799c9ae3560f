"""The library in a real browser: searched and put into a form from the editor by keyboard, and its pages."""

from hengliang.web.declarations.findings import working_of
from tests.web.journeys.declare_site import Site, chromium, saved, site, until, violations

__all__ = ["chromium", "site"]


def test_put_into_a_form_by_keyboard(site: Site) -> None:
    clerk = site.page_of("tianbao")
    clerk.goto(site.address())
    until(clerk, "document.querySelector('[data-grid]')?.grid !== undefined")
    clerk.keyboard.press("Control+Shift+L")
    clerk.keyboard.type("按期完成")
    until(clerk, "document.querySelector('#library-found li')?.textContent.includes('完成及时率')")
    assert violations(clerk) == []
    clerk.locator("[data-put-in]").first.focus()
    clerk.keyboard.press("Enter")
    until(clerk, "document.activeElement.closest('[role=row]')?.textContent.includes('完成及时率')")
    clerk.keyboard.type("2")
    clerk.keyboard.press("Enter")
    saved(clerk, is_under_way=True)
    site.declaration.refresh_from_db()
    row = next(one for one in working_of(site.declaration).form.indicators if one.name == "完成及时率")
    assert (str(row.points), row.unit) == ("2", "%")
    assert clerk.locator(".toast").count() == 0


def test_the_pages(site: Site) -> None:
    reviewer = site.page_of("shenhe")
    reviewer.goto("/library/")
    reviewer.keyboard.press("/")
    reviewer.keyboard.type("群众满意")
    reviewer.keyboard.press("Enter")
    until(reviewer, "document.querySelectorAll('#entries tbody tr').length < 10")
    assert reviewer.locator("#entries tbody th").first.text_content() == "服务对象满意度"
    assert violations(reviewer) == []
    with reviewer.expect_navigation():
        reviewer.click("#entries tbody th a")
    reviewer.click("[data-dialog=retire]")
    reviewer.fill("#reason", "合并到其他条目")
    assert violations(reviewer) == []
    with reviewer.expect_navigation():
        reviewer.click("#retire .button-danger")
    assert "已停用" in reviewer.locator("h1").text_content()
    for page in ("new/", "collect/", "duplicates/", "take-in/", "?q=量子"):
        reviewer.goto(f"/library/{page}")
        assert violations(reviewer) == [], page
    phone = site.page_of("tianbao", 390, 844)
    phone.goto("/library/")
    assert violations(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
