"""Signing in with the accounts of a city: against a provider in a process of its own, right and wrong."""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from hengliang.web.accounts import failures
from hengliang.web.accounts.actions import set_active
from hengliang.web.accounts.models import Person
from hengliang.web.audit.models import Entry
from hengliang.web.project.settings import _issuer
from tests.web.accounts.at_provider import FORGED, Provider, enter, last, there

Named = Callable[[str], Person]


def test_in_and_out(example: object, person: Named, provider: Provider) -> None:
    client = Client()
    page = client.get("/account/sign-in/", {"next": "/declarations/"}).content.decode()
    assert "/account/openid/?next=%2Fdeclarations%2F" in page
    answer = enter(client, provider)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/declarations/")
    assert client.get("/declarations/").status_code == 200
    assert (last().event, last().actor, last().detail) == ("sign_in", "tianbao", {"via": "openid"})
    assert list(Entry.objects.filter(event="openid.bind").values_list("actor", flat=True)) == ["tianbao"]
    left = client.post("/account/sign-out/")
    assert f"{provider.address}/leave?id_token_hint=" in left.content.decode()
    assert client.get("/declarations/").status_code == 302
    # The way of the password is open as before.
    assert (
        client.post(
            "/account/sign-in/", {"username": "tianbao", "password": "a password for tests"}
        ).status_code
        == 302
    )
    assert client.post("/account/sign-out/").status_code == 302


def test_an_account_stays_with_whom_it_was_bound_to(
    example: object, person: Named, provider: Provider
) -> None:
    assert enter(Client(), provider).status_code == 302
    # The same person under another name is still the same; somebody else under the old name is nobody.
    provider.tell(preferred_username="renamed")
    assert enter(Client(), provider).status_code == 302
    assert last().actor == "tianbao"
    provider.tell(sub="s-2", preferred_username="tianbao")
    assert enter(Client(), provider).status_code == 403


def test_an_unknown_person_is_refused_and_not_added(example: object, provider: Provider) -> None:
    count = Person.objects.count()
    provider.tell(sub="s-9", preferred_username="stranger")
    answer = enter(Client(), provider)
    assert answer.status_code == 403
    assert "stranger" in answer.content.decode()
    assert "安全管理员" in answer.content.decode()
    assert Person.objects.count() == count
    assert (last().event, last().outcome, last().detail["why"]) == ("sign_in.fail", "refused", "unknown")


def test_who_is_kept_out_stays_out(example: object, person: Named, provider: Provider) -> None:
    client = Client()
    assert enter(client, provider).status_code == 302
    set_active(person("anquan"), person("tianbao"), False)
    assert client.get("/declarations/").status_code == 302
    assert enter(Client(), provider).status_code == 403
    assert last().detail == {"why": "locked", "via": "openid"}


@pytest.mark.parametrize("fault", [*FORGED, "no nonce", "no token", "denied"])
def test_a_token_that_proves_nothing_is_refused(example: object, provider: Provider, fault: str) -> None:
    provider.tell(fault=fault)
    client = Client()
    assert enter(client, provider).status_code == 403
    assert client.get("/declarations/").status_code == 302
    assert last().detail == {"why": "unproven", "via": "openid"}
    assert Person.objects.exclude(external_id="").count() == 0


def test_state_and_code_are_good_once_and_for_one_browser(example: object, provider: Provider) -> None:
    client = Client()
    back = urlsplit(there(client, provider))
    asked = parse_qs(back.query)
    stranger = Client()
    assert stranger.get(f"{back.path}?{back.query}").status_code == 403
    assert client.get(back.path, {"code": asked["code"][0], "state": "another"}).status_code == 403
    assert client.get(f"{back.path}?{back.query}").status_code == 302
    client.logout()
    assert client.get(f"{back.path}?{back.query}").status_code == 403


def test_only_what_began_here_is_written_down(example: object, provider: Provider) -> None:
    before = Entry.objects.count()
    stranger = Client()
    statuses = [
        stranger.get("/account/openid/back/", {"state": f"s{at}", "error": "x"}).status_code
        for at in range(failures.MOST + 5)
    ]
    assert statuses == [403] * failures.MOST + [429] * 5
    assert Entry.objects.count() == before
    assert "sessionid" not in stranger.cookies


def test_an_answer_with_an_error_is_written_down_once(
    example: object, provider: Provider, caplog: pytest.LogCaptureFixture
) -> None:
    client = Client()
    back = urlsplit(there(client, provider))
    state = parse_qs(back.query)["state"][0]
    before = Entry.objects.count()
    for _ in range(3):
        wrong = {"state": state, "error": "x", "error_description": "line\nforged line"}
        assert client.get(back.path, wrong).status_code == 403
    assert Entry.objects.count() == before + 1
    assert "line\nforged" not in caplog.text


def test_keys_may_be_changed(example: object, provider: Provider) -> None:
    assert enter(Client(), provider).status_code == 302
    fetched = json.loads(provider.ask("GET", "/seen")[2])["keys"]
    assert enter(Client(), provider).status_code == 302
    assert json.loads(provider.ask("GET", "/seen")[2])["keys"] == fetched
    provider.tell(rotate=True)
    assert enter(Client(), provider).status_code == 302
    assert json.loads(provider.ask("GET", "/seen")[2])["keys"] == fetched + 1


def test_nobody_is_led_elsewhere(example: object, provider: Provider) -> None:
    client = Client()
    back = urlsplit(there(client, provider, "https://elsewhere.example/"))
    assert client.get(f"{back.path}?{back.query}").headers["Location"] == "/"


def test_an_address_names_an_account_only_when_it_was_verified(
    example: object, provider: Provider, settings: Any
) -> None:
    settings.OPENID = settings.OPENID | {"claim": "email"}
    Person.objects.filter(username="tianbao").update(username="wang@example.cn")
    provider.tell(email="wang@example.cn", email_verified=False)
    assert enter(Client(), provider).status_code == 403
    provider.tell(email_verified=True)
    assert enter(Client(), provider).status_code == 302


def test_a_provider_that_is_away_is_told(example: object, provider: Provider, settings: Any) -> None:
    settings.OPENID = settings.OPENID | {"issuer": "http://127.0.0.1:9"}
    answer = Client().get("/account/openid/")
    assert answer.status_code == 503
    assert "没有响应" in answer.content.decode()


def test_nothing_is_offered_where_nothing_is_configured(example: object) -> None:
    assert "openid" not in Client().get("/account/sign-in/").content.decode()
    assert Client().get("/account/openid/").status_code == 404
    assert Client().get("/account/openid/back/").status_code == 404
    assert Client().post("/account/openid/ended/", {"logout_token": "x"}).status_code == 404
    with pytest.raises(ImproperlyConfigured):
        _issuer("http://sso.example.cn")
    assert _issuer("https://sso.example.cn/realms/city") == "https://sso.example.cn/realms/city"
