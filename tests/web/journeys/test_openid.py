"""Signing in with the account of a city, in a browser that goes to the provider and back."""

from typing import Any

import pytest

from hengliang.web.accounts.models import Person
from tests.web.accounts.at_provider import Provider, provider, started
from tests.web.journeys.declare_site import Site, chromium, site, violations

__all__ = ["chromium", "provider", "site", "started"]


@pytest.fixture
def window(site: Site) -> Any:
    """A window of somebody who is not signed in."""
    made = site.chromium.new_context(
        base_url=site.url, locale="zh-CN", viewport={"width": 1366, "height": 768}
    )
    made.set_default_timeout(30_000)
    site.windows.append(made)
    page = made.new_page()
    page.on("console", lambda told: told.type == "error" and site.complaints.append(told.text))
    return page


def test_there_and_back(site: Site, window: Any, provider: Provider) -> None:
    provider.tell(asks=True)
    Person.objects.filter(username="tianbao").update(must_change_password=True)
    window.goto("/declarations/")
    assert "/account/sign-in/" in window.url
    assert violations(window) == []
    window.click("text=使用全市统一账号登录")
    assert window.url.startswith(f"{provider.address}/authorize")
    window.click("#allow")
    assert window.url == f"{site.url}/declarations/", "back to the page that was asked for"
    assert "衡阳市自然资源和规划局" in window.content()

    # Signing out here offers to sign out there too.
    window.goto("/account/")
    assert window.locator("text=修改密码").count() == 0, "the first password ended with the binding"
    window.click("summary:has-text('王填报')")
    window.click("form[action='/account/sign-out/'] button")
    window.click("a:has-text('退出统一账号')")
    assert window.url.startswith(f"{provider.address}/leave?id_token_hint=")
    window.goto("/declarations/")
    assert "/account/sign-in/" in window.url


def test_the_provider_ends_the_session(site: Site, window: Any, provider: Provider) -> None:
    window.goto("/account/sign-in/?next=/declarations/")
    window.click("text=使用全市统一账号登录")
    assert window.url == f"{site.url}/declarations/"
    assert provider.tells(site.url, sub="s-1", sid="v-1") == 200
    window.reload()
    assert "/account/sign-in/" in window.url
