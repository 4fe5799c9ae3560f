"""Signing in with the accounts of a city: against a provider in a process of its own, right and wrong."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.utils import timezone
from pyotp.totp import TOTP

from hengliang.web.accounts import failures, openid, second_factor
from hengliang.web.accounts.actions import set_active
from hengliang.web.accounts.models import Person, SignIn
from hengliang.web.api.models import Token
from hengliang.web.audit.models import Entry
from hengliang.web.project.settings import _issuer

Named = Callable[[str], Person]


class Provider:
    """The provider as the tests drive it."""

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self.port = port

    def ask(self, method: str, path: str, body: str | None = None) -> tuple[int, str, bytes]:
        line = HTTPConnection("127.0.0.1", self.port, timeout=20)
        line.request(method, path, body)
        answer = line.getresponse()
        content = answer.read()
        line.close()
        return answer.status, answer.getheader("Location") or "", content

    def tell(self, **what: Any) -> None:
        self.ask("POST", "/tell", json.dumps(what))

    def signs_out(self, **whom: str) -> str:
        """The token with which it tells that somebody signed out there."""
        return json.loads(self.ask("POST", "/logout-token", json.dumps(whom))[2])["logout_token"]

    def tells(self, site: str, **whom: str) -> int:
        """Has it tell a site by the back channel that somebody signed out; the status of the answer."""
        return json.loads(self.ask("POST", "/sign-out", json.dumps({"site": site, "whom": whom}))[2])[
            "status"
        ]


@pytest.fixture(scope="module")
def started() -> Iterator[Provider]:
    process = subprocess.Popen(
        [sys.executable, str(Path(__file__).parent / "provider.py")], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    yield Provider(int(process.stdout.readline()))
    process.terminate()
    process.wait()
    process.stdout.close()


@pytest.fixture
def provider(started: Provider, settings: Any) -> Provider:
    settings.OPENID = {
        "issuer": started.address,
        "client_id": "hengliang",
        "secret": "a secret of the test",
        "scopes": "openid profile",
        "claim": "preferred_username",
    }
    started.tell(sub="s-1", sid="v-1", preferred_username="tianbao", fault="", asks=False)
    return started


def _there(client: Client, provider: Provider, following: str = "/declarations/") -> str:
    """The address with which the provider leads back."""
    begun = client.get("/account/openid/", {"next": following})
    assert begun.status_code == 302
    parts = urlsplit(begun.headers["Location"])
    status, back, _ = provider.ask("GET", f"{parts.path}?{parts.query}")
    assert status == 302
    return back


def _enter(client: Client, provider: Provider) -> Any:
    back = urlsplit(_there(client, provider))
    return client.get(f"{back.path}?{back.query}")


def _last() -> Entry:
    return Entry.objects.order_by("-number")[0]


def test_in_and_out(example: object, person: Named, provider: Provider) -> None:
    client = Client()
    page = client.get("/account/sign-in/", {"next": "/declarations/"}).content.decode()
    assert "/account/openid/?next=%2Fdeclarations%2F" in page
    answer = _enter(client, provider)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/declarations/")
    assert client.get("/declarations/").status_code == 200
    assert (_last().event, _last().actor, _last().detail) == ("sign_in", "tianbao", {"via": "openid"})
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
    assert _enter(Client(), provider).status_code == 302
    # The same person under another name is still the same; somebody else under the old name is nobody.
    provider.tell(preferred_username="renamed")
    assert _enter(Client(), provider).status_code == 302
    assert _last().actor == "tianbao"
    provider.tell(sub="s-2", preferred_username="tianbao")
    assert _enter(Client(), provider).status_code == 403


def test_an_unknown_person_is_refused_and_not_added(example: object, provider: Provider) -> None:
    count = Person.objects.count()
    provider.tell(sub="s-9", preferred_username="stranger")
    answer = _enter(Client(), provider)
    assert answer.status_code == 403
    assert "stranger" in answer.content.decode()
    assert "安全管理员" in answer.content.decode()
    assert Person.objects.count() == count
    assert (_last().event, _last().outcome, _last().detail["why"]) == ("sign_in.fail", "refused", "unknown")


def test_who_is_kept_out_stays_out(example: object, person: Named, provider: Provider) -> None:
    client = Client()
    assert _enter(client, provider).status_code == 302
    set_active(person("anquan"), person("tianbao"), False)
    assert client.get("/declarations/").status_code == 302
    assert _enter(Client(), provider).status_code == 403
    assert _last().detail == {"why": "locked", "via": "openid"}


@pytest.mark.parametrize(
    "fault",
    [
        "nonce",
        "no nonce",
        "audience",
        "issuer",
        "expired",
        "no subject",
        "signature",
        "unsigned",
        "no token",
        "denied",
    ],
)
def test_a_token_that_proves_nothing_is_refused(example: object, provider: Provider, fault: str) -> None:
    provider.tell(fault=fault)
    client = Client()
    assert _enter(client, provider).status_code == 403
    assert client.get("/declarations/").status_code == 302
    assert _last().detail == {"why": "unproven", "via": "openid"}
    assert Person.objects.exclude(external_id="").count() == 0


def test_state_and_code_are_good_once_and_for_one_browser(example: object, provider: Provider) -> None:
    client = Client()
    back = urlsplit(_there(client, provider))
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
    back = urlsplit(_there(client, provider))
    state = parse_qs(back.query)["state"][0]
    before = Entry.objects.count()
    for _ in range(3):
        wrong = {"state": state, "error": "x", "error_description": "line\nforged line"}
        assert client.get(back.path, wrong).status_code == 403
    assert Entry.objects.count() == before + 1
    assert "line\nforged" not in caplog.text


def test_keys_may_be_changed(example: object, provider: Provider) -> None:
    assert _enter(Client(), provider).status_code == 302
    fetched = json.loads(provider.ask("GET", "/seen")[2])["keys"]
    assert _enter(Client(), provider).status_code == 302
    assert json.loads(provider.ask("GET", "/seen")[2])["keys"] == fetched
    provider.tell(rotate=True)
    assert _enter(Client(), provider).status_code == 302
    assert json.loads(provider.ask("GET", "/seen")[2])["keys"] == fetched + 1


def test_an_own_second_factor_is_asked_for_all_the_same(
    example: object, person: Named, provider: Provider
) -> None:
    secret = second_factor.new_secret()
    Person.objects.filter(username="tianbao").update(totp_secret=second_factor.encrypted(secret))
    client = Client()
    answer = _enter(client, provider)
    assert answer.headers["Location"] == "/account/second-factor/"
    assert client.get("/declarations/").status_code == 302
    answer = client.post("/account/second-factor/", {"code": TOTP(secret).now()})
    assert answer.headers["Location"] == "/declarations/"
    assert client.get("/declarations/").status_code == 200


def test_no_password_is_asked_of_who_has_none(example: object, person: Named, provider: Provider) -> None:
    Person.objects.filter(username="tianbao").update(must_change_password=True)
    client = Client()
    assert _enter(client, provider).status_code == 302
    assert client.get("/declarations/").status_code == 200


def _made_token(client: Client) -> Any:
    given = {"name": "预算系统", "scopes": ["forms:read"], "days": "90"}
    return client.post("/account/tokens/", given)


def _status(secret: str) -> int:
    return Client(headers={"Authorization": f"Bearer {secret}"}).get("/api/v1/forms").status_code


def test_who_has_no_password_makes_tokens_that_work(
    example: object, person: Named, provider: Provider
) -> None:
    Person.objects.filter(username="tianbao").update(must_change_password=True)
    client = Client()
    _enter(client, provider)
    made = _made_token(client)
    assert made.status_code == 200
    assert _status(made.context["secret"]) == 200
    # The first password, which its owner never took as their own, is closed with the binding.
    first = {"username": "tianbao", "password": "a password for tests"}
    assert Client().post("/account/sign-in/", first).status_code == 422
    assert client.get("/account/password/").status_code == 403
    assert "/account/password/" not in client.get("/account/").content.decode()


def test_a_password_that_ran_out_holds_up_only_who_needs_it(
    example: object, person: Named, provider: Provider, settings: Any
) -> None:
    client = Client()
    _enter(client, provider)
    secret = _made_token(client).context["secret"]
    Person.objects.filter(username="tianbao").update(password_changed_at=timezone.now() - timedelta(days=999))
    assert _status(secret) == 200
    own = Client()
    own.post("/account/sign-in/", {"username": "tianbao", "password": "a password for tests"})
    assert own.get("/").headers["Location"] == "/account/password/"
    settings.OPENID = settings.OPENID | {"issuer": ""}
    assert _status(secret) == 401


def test_who_signed_in_a_while_ago_makes_no_token(example: object, person: Named, provider: Provider) -> None:
    client = Client()
    _enter(client, provider)
    long_ago = timezone.now() - timedelta(minutes=30)
    SignIn.objects.update(at=long_ago)
    # That the same person came in elsewhere just now says nothing of who sits here.
    assert _enter(Client(), provider).status_code == 302
    assert _made_token(client).status_code == 422
    assert not Token.objects.exists()


def _told(token: str) -> Any:
    # The provider carries neither a cookie nor a token of a form.
    client = Client(enforce_csrf_checks=True)
    return client.post("/account/openid/ended/", {"logout_token": token})


def _is_in(client: Client) -> bool:
    return client.get("/declarations/").status_code == 200


def test_who_signs_out_at_the_provider_is_out_here(example: object, provider: Provider) -> None:
    office, home, own = Client(), Client(), Client()
    _enter(office, provider)
    provider.tell(sid="v-2")
    _enter(home, provider)
    own.post("/account/sign-in/", {"username": "tianbao", "password": "a password for tests"})
    told = _told(provider.signs_out(sub="s-1", sid="v-1"))
    assert (told.status_code, told.headers["Cache-Control"]) == (200, "no-store")
    assert (_is_in(office), _is_in(home), _is_in(own)) == (False, True, True)
    assert (_last().event, _last().actor, _last().detail) == (
        "session.end",
        "tianbao",
        {"via": "openid", "sessions": 1},
    )
    assert _told(provider.signs_out(sub="another")).status_code == 200
    assert _is_in(home)
    assert _told(provider.signs_out(sub="s-1")).status_code == 200
    assert (_is_in(home), _is_in(own)) == (False, True), "a password is no matter of the provider"


def test_a_sign_out_is_told_once(example: object, provider: Provider) -> None:
    _enter(Client(), provider)
    SignIn.objects.update(at=timezone.now() - timedelta(minutes=1))
    token = provider.signs_out(sub="s-1")
    assert _told(token).status_code == 200
    again = Client()
    _enter(again, provider)
    SignIn.objects.filter(ended_at=None).update(at=timezone.now() + timedelta(seconds=30))
    assert _told(token).status_code == 200
    assert _is_in(again), "whoever came back since is not who signed out"


@pytest.mark.parametrize(
    "fault",
    [
        "nonce",
        "audience",
        "issuer",
        "expired",
        "no subject",
        "signature",
        "unsigned",
        "no event",
        "no events",
    ],
)
def test_a_sign_out_that_proves_nothing_ends_nothing(example: object, provider: Provider, fault: str) -> None:
    client = Client()
    _enter(client, provider)
    provider.tell(fault=fault)
    assert _told(provider.signs_out(sub="s-1")).status_code == 400
    assert _is_in(client)


def test_no_token_of_another_kind_signs_out(example: object, provider: Provider) -> None:
    client = Client()
    _enter(client, provider)
    before = Entry.objects.count()
    assert _told(client.session[openid.ID_TOKEN]).status_code == 400
    statuses = [_told("x.y.z").status_code for _ in range(failures.MOST)]
    assert statuses[-1] == 429
    assert (_is_in(client), Entry.objects.count()) == (True, before)


def test_nobody_is_led_elsewhere(example: object, provider: Provider) -> None:
    client = Client()
    back = urlsplit(_there(client, provider, "https://elsewhere.example/"))
    assert client.get(f"{back.path}?{back.query}").headers["Location"] == "/"


def test_an_address_names_an_account_only_when_it_was_verified(
    example: object, provider: Provider, settings: Any
) -> None:
    settings.OPENID = settings.OPENID | {"claim": "email"}
    Person.objects.filter(username="tianbao").update(username="wang@example.cn")
    provider.tell(email="wang@example.cn", email_verified=False)
    assert _enter(Client(), provider).status_code == 403
    provider.tell(email_verified=True)
    assert _enter(Client(), provider).status_code == 302


def test_a_provider_that_is_away_is_told(example: object, provider: Provider, settings: Any) -> None:
    settings.OPENID = settings.OPENID | {"issuer": "http://127.0.0.1:9"}
    answer = Client().get("/account/openid/")
    assert answer.status_code == 503
    assert "没有响应" in answer.content.decode()


def test_nothing_is_offered_where_nothing_is_configured(example: object) -> None:
    assert "openid" not in Client().get("/account/sign-in/").content.decode()
    assert Client().get("/account/openid/").status_code == 404
    assert Client().get("/account/openid/back/").status_code == 404
    assert _told("x").status_code == 404
    with pytest.raises(ImproperlyConfigured):
        _issuer("http://sso.example.cn")
    assert _issuer("https://sso.example.cn/realms/city") == "https://sso.example.cn/realms/city"
