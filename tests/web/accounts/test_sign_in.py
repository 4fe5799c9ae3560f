"""Signing in: lock-out, forced change of the password, the second factor, sessions that can be ended."""

import re
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db.models import F
from django.test import Client
from django.utils import timezone
from pyotp.totp import TOTP

from hengliang.web.accounts import failures, second_factor, sessions, sign_in
from hengliang.web.accounts.actions import add_person, give_role, set_active
from hengliang.web.accounts.models import Failures, Organisation, Person, SignIn
from hengliang.web.accounts.policies import Refused
from hengliang.web.audit.models import Entry
from hengliang.web.workflow.roles import Role

PASSWORD = "a password for tests"


def _enter(client: Client, username: str, password: str = PASSWORD) -> int:
    return client.post("/account/sign-in/", {"username": username, "password": password}).status_code


def test_in_and_out(example: object) -> None:
    client = Client()
    assert _enter(client, "tianbao") == 302
    assert client.get("/declarations/").status_code == 200
    client.post("/account/sign-out/")
    assert client.get("/declarations/").status_code == 302
    assert list(Entry.objects.order_by("-number").values_list("event", flat=True)[:2]) == [
        "sign_out",
        "sign_in",
    ]


def test_five_failures_lock_the_account(example: object) -> None:
    client = Client()
    for _ in range(sign_in.FAILURES):
        assert _enter(client, "tianbao", "wrong") == 422
    assert _enter(client, "tianbao") == 422
    assert _enter(client, "fuze") == 302
    pages: list[str] = []
    for name in ("tianbao", "nobody"):
        page = client.post("/account/sign-in/", {"username": name, "password": "x"}).content.decode()
        pages.append(re.sub(r'(value|content)="\w{64}"', "", page).replace(name, ""))
    assert pages[0] == pages[1], "who guesses learns which accounts there are"


def test_an_address_that_fails_again_and_again_waits(example: object) -> None:
    before = Entry.objects.count()
    client = Client(REMOTE_ADDR="2001:db8:0:7::1")
    for _ in range(failures.MOST):
        assert _enter(client, "nobody", "guess") == 422
    wait = client.post("/account/sign-in/", {"username": "tianbao", "password": PASSWORD})
    assert wait.status_code == 429
    assert 0 < int(wait.headers["Retry-After"]) <= 60
    assert "登录失败次数过多" in wait.content.decode()
    assert client.get("/account/sign-in/").status_code == 200
    assert Entry.objects.count() == before + failures.MOST
    assert _enter(Client(REMOTE_ADDR="2001:db8:0:7:ffff::2"), "tianbao") == 429, "the same network"
    assert _enter(Client(REMOTE_ADDR="2001:db8:0:8::1"), "tianbao") == 302
    Failures.objects.update(minute=F("minute") - 1)
    assert _enter(client, "tianbao") == 302


def test_addresses_are_forgotten(example: object) -> None:
    _enter(Client(REMOTE_ADDR="192.0.2.1"), "nobody", "guess")
    Failures.objects.update(minute=F("minute") - 61)
    _enter(Client(REMOTE_ADDR="192.0.2.2"), "nobody", "guess")
    assert list(Failures.objects.values_list("address", "number")) == [("192.0.2.2", 1)]


def test_a_first_password_must_be_changed(example: object) -> None:
    add_person(None, username="new", full_name="新人", password="First-password-1")
    client = Client()
    assert _enter(client, "new", "First-password-1") == 302
    assert client.get("/").headers["Location"] == "/account/password/"
    for bad in ("short", "onlysmallletters", "First-password-1", "123456789012"):
        given = {"old_password": "First-password-1", "new_password1": bad, "new_password2": bad}
        assert client.post("/account/password/", given).status_code == 422, bad
    good = {
        "old_password": "First-password-1",
        "new_password1": "Second-password-2",
        "new_password2": "Second-password-2",
    }
    assert client.post("/account/password/", good).status_code == 302
    assert client.get("/").status_code == 200


def test_the_second_factor(person: Callable[[str], Person]) -> None:
    clerk = person("tianbao")
    secret = second_factor.new_secret()
    now = TOTP(secret).now()
    assert not sign_in.use_second_factor(clerk, secret, "000000" if now != "000000" else "000001")
    assert sign_in.use_second_factor(clerk, secret, now)
    assert secret not in clerk.totp_secret
    client = Client()
    assert _enter(client, "tianbao") == 302
    assert client.get("/declarations/").status_code == 302
    assert client.post("/account/second-factor/", {"code": now}).status_code == 422, "a code works once"
    later = TOTP(secret).at(time.time() + second_factor.STEP)
    assert client.post("/account/second-factor/", {"code": later}).status_code == 302
    assert client.get("/declarations/").status_code == 200


def test_a_second_factor_is_set_up_by_who_is_there(person: Callable[[str], Person]) -> None:
    client, address = Client(), "/account/authenticator/"
    _enter(client, "tianbao")

    def sent(**given: str) -> int:
        secret = client.get(address).context["secret"].replace(" ", "")
        return client.post(address, {"code": TOTP(secret).now()} | given).status_code

    assert sent() == 422
    assert sent(password="guess") == 422
    assert person("tianbao").totp_secret == ""
    assert sent(password=PASSWORD) == 302
    # Another one is not put in its place by whoever finds the session open.
    first, spent = person("tianbao").totp_secret, person("tianbao").totp_last_step * second_factor.STEP
    codes = TOTP(second_factor.decrypted(first) or "")
    assert sent(password=PASSWORD) == 422
    assert sent(password=PASSWORD, before=codes.at(spent)) == 422, "a code works once"
    assert person("tianbao").totp_secret == first
    Person.objects.update(totp_last_step=0)
    assert sent(password=PASSWORD, before=codes.now()) == 302
    assert person("tianbao").totp_secret != first


def test_guessing_the_old_password_locks(person: Callable[[str], Person]) -> None:
    client = Client()
    _enter(client, "tianbao")
    new = {"new_password1": "Another-one-22", "new_password2": "Another-one-22"}
    for _ in range(sign_in.FAILURES):
        assert client.post("/account/password/", new | {"old_password": "guess"}).status_code == 422
    assert client.post("/account/password/", new | {"old_password": PASSWORD}).status_code == 422
    assert Entry.objects.filter(event="sign_in.fail", actor="tianbao").count() == sign_in.FAILURES + 1


def test_common_short_and_similar_passwords_are_refused(person: Callable[[str], Person]) -> None:
    client = Client()
    _enter(client, "tianbao")
    for bad in ("Aa1-short", "Password123", "Tianbao-23", PASSWORD):
        given = {"old_password": PASSWORD, "new_password1": bad, "new_password2": bad}
        assert client.post("/account/password/", given).status_code == 422, bad


def test_a_session_can_be_ended_from_another(person: Callable[[str], Person]) -> None:
    one, other = Client(), Client()
    _enter(one, "tianbao")
    _enter(other, "tianbao")
    found = sessions.open_sessions(person("tianbao"))
    assert len(found) == 2
    elsewhere = next(each for each in found if each.session != one.session.session_key)
    one.post(f"/account/sessions/{elsewhere.pk}/")
    assert other.get("/declarations/").status_code == 302
    stranger = Client()
    _enter(stranger, "fuze")
    mine = sessions.open_sessions(person("tianbao"))[0]
    stranger.post(f"/account/sessions/{mine.pk}/")
    assert one.get("/declarations/").status_code == 200


def test_a_new_password_ends_the_other_sessions(person: Callable[[str], Person]) -> None:
    here, there = Client(), Client()
    _enter(here, "tianbao")
    _enter(there, "tianbao")
    given = {"old_password": PASSWORD, "new_password1": "Another-one-22", "new_password2": "Another-one-22"}
    assert here.post("/account/password/", given).status_code == 302
    assert there.get("/declarations/").status_code == 302
    # The session goes on under another key; it is still listed, and can still be ended.
    (left,) = sessions.open_sessions(person("tianbao"))
    assert left.session == here.session.session_key
    assert "当前会话" in here.get("/account/").content.decode()
    here.post("/account/sign-out/")
    assert sessions.open_sessions(person("tianbao")) == []
    assert SignIn.objects.filter(ended_at=None).count() == 0


def test_sessions_that_ran_out_are_cleared(example: object) -> None:
    client = Client()
    _enter(client, "tianbao")
    Session.objects.create(
        session_key="gone", session_data="", expire_date=timezone.now() - timedelta(days=1)
    )
    SignIn.objects.create(person=Person.objects.get(username="fuze"), session="gone")
    sessions.clear_expired()
    assert (Session.objects.count(), SignIn.objects.count()) == (1, 2)
    SignIn.objects.update(at=timezone.now() - timedelta(days=200))
    sessions.clear_expired()
    assert SignIn.objects.get().person.username == "tianbao", "who is still in is still listed"


def test_administrators_exclude_each_other(person: Callable[[str], Person]) -> None:
    city = Organisation.objects.get(code="430400")
    for username, role in (
        ("xitong", Role.SECURITY_ADMINISTRATOR),
        ("anquan", Role.AUDIT_ADMINISTRATOR),
        ("sanshen", Role.CLERK),
        ("tianbao", Role.SYSTEM_ADMINISTRATOR),
        ("shenji", Role.FINANCE_REVIEWER),
    ):
        with pytest.raises(Refused):
            give_role(None, person(username), role, city)
    with pytest.raises(Refused):
        give_role(person("anquan"), person("anquan"), Role.CLERK, city)


def test_who_is_kept_out_is_out_at_once(person: Callable[[str], Person]) -> None:
    client = Client()
    _enter(client, "tianbao")
    set_active(person("anquan"), person("tianbao"), active=False)
    assert client.get("/declarations/").status_code == 302
    assert _enter(client, "tianbao") == 422


def test_the_security_administrator_manages_people(
    signed_in: Callable[[str], Client], person: Callable[[str], Person]
) -> None:
    client = signed_in("anquan")
    answer = client.post("/people/", {"username": "li", "full_name": "李四"})
    assert "首次登录密码" in answer.content.decode()
    li = person("li")
    client.post(f"/people/{li.pk}/", {"act": "give", "role": "clerk", "organisation": "430400-305"})
    assert li.assignments.count() == 1
    assert client.post("/people/", {"username": "li", "full_name": "李四"}).status_code == 422
    assert signed_in("xitong").get("/people/").status_code == 403
    assert signed_in("xitong").get("/organisations/").status_code == 200
    wrong = {"name": "某局", "code": "1", "kind": "unit", "credit_code": "91350100M000100Y44"}
    assert signed_in("xitong").post("/organisations/", wrong).status_code == 422


def test_a_script_is_told_that_nobody_is_signed_in(db: None) -> None:
    for asks in ({"HX-Request": "true"}, {"Accept": "application/json"}):
        assert Client(headers=asks).get("/declarations/").status_code == 401
    assert Client(headers={"Accept": "text/html"}).get("/declarations/").status_code == 302
