"""Signing out at the provider, which tells it by the back channel: right and wrong."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from hengliang.web.accounts import failures, openid
from hengliang.web.accounts.models import SignIn
from hengliang.web.audit.models import Entry
from tests.web.accounts.at_provider import FORGED, Provider, enter, last


def _told(token: str) -> Any:
    # The provider carries neither a cookie nor a token of a form.
    client = Client(enforce_csrf_checks=True)
    return client.post("/account/openid/ended/", {"logout_token": token})


def _is_in(client: Client) -> bool:
    return client.get("/declarations/").status_code == 200


def test_who_signs_out_at_the_provider_is_out_here(example: object, provider: Provider) -> None:
    office, home, own = Client(), Client(), Client()
    enter(office, provider)
    provider.tell(sid="v-2")
    enter(home, provider)
    own.post("/account/sign-in/", {"username": "tianbao", "password": "a password for tests"})
    told = _told(provider.signs_out(sub="s-1", sid="v-1"))
    assert (told.status_code, told.headers["Cache-Control"]) == (200, "no-store")
    assert (_is_in(office), _is_in(home), _is_in(own)) == (False, True, True)
    assert (last().event, last().actor, last().detail) == (
        "session.end",
        "tianbao",
        {"via": "openid", "sessions": 1},
    )
    assert _told(provider.signs_out(sub="another")).status_code == 200
    assert _is_in(home)
    assert _told(provider.signs_out(sub="s-1")).status_code == 200
    assert (_is_in(home), _is_in(own)) == (False, True), "a password is no matter of the provider"


def test_a_sign_out_is_told_once(example: object, provider: Provider) -> None:
    enter(Client(), provider)
    SignIn.objects.update(at=timezone.now() - timedelta(minutes=1))
    token = provider.signs_out(sub="s-1")
    assert _told(token).status_code == 200
    again = Client()
    enter(again, provider)
    SignIn.objects.filter(ended_at=None).update(at=timezone.now() + timedelta(seconds=30))
    assert _told(token).status_code == 200
    assert _is_in(again), "whoever came back since is not who signed out"


@pytest.mark.parametrize("fault", [*FORGED, "no event", "no events"])
def test_a_sign_out_that_proves_nothing_ends_nothing(example: object, provider: Provider, fault: str) -> None:
    client = Client()
    enter(client, provider)
    provider.tell(fault=fault)
    assert _told(provider.signs_out(sub="s-1")).status_code == 400
    assert _is_in(client)


def test_no_token_of_another_kind_signs_out(example: object, provider: Provider) -> None:
    client = Client()
    enter(client, provider)
    before = Entry.objects.count()
    assert _told(client.session[openid.ID_TOKEN]).status_code == 400
    statuses = [_told("x.y.z").status_code for _ in range(failures.MOST)]
    assert statuses[-1] == 429
    assert (_is_in(client), Entry.objects.count()) == (True, before)
