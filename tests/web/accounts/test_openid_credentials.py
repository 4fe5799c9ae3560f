"""What becomes of password, second factor and tokens of whoever signs in with an account of the city."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone
from pyotp.totp import TOTP

from hengliang.web.accounts import second_factor
from hengliang.web.accounts.models import Person, SignIn
from hengliang.web.api.models import Token
from tests.web.accounts.at_provider import Provider, enter

Named = Callable[[str], Person]


def test_an_own_second_factor_is_asked_for_all_the_same(
    example: object, person: Named, provider: Provider
) -> None:
    secret = second_factor.new_secret()
    Person.objects.filter(username="tianbao").update(totp_secret=second_factor.encrypted(secret))
    client = Client()
    answer = enter(client, provider)
    assert answer.headers["Location"] == "/account/second-factor/"
    assert client.get("/declarations/").status_code == 302
    answer = client.post("/account/second-factor/", {"code": TOTP(secret).now()})
    assert answer.headers["Location"] == "/declarations/"
    assert client.get("/declarations/").status_code == 200


def test_no_password_is_asked_of_who_has_none(example: object, person: Named, provider: Provider) -> None:
    Person.objects.filter(username="tianbao").update(must_change_password=True)
    client = Client()
    assert enter(client, provider).status_code == 302
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
    enter(client, provider)
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
    enter(client, provider)
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
    enter(client, provider)
    long_ago = timezone.now() - timedelta(minutes=30)
    SignIn.objects.update(at=long_ago)
    # That the same person came in elsewhere just now says nothing of who sits here.
    assert enter(Client(), provider).status_code == 302
    assert _made_token(client).status_code == 422
    assert not Token.objects.exists()
