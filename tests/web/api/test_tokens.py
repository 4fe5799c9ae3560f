"""Tokens: made by the person alone, shown once, never reaching further than the person."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pyotp.totp import TOTP

from hengliang.web.accounts import actions as accounts
from hengliang.web.accounts import second_factor, sign_in
from hengliang.web.accounts.models import Organisation, Person
from hengliang.web.accounts.policies import Refused
from hengliang.web.api.actions import MOST_TOKENS, make
from hengliang.web.api.models import Token
from hengliang.web.api.scopes import Scope, open_to
from hengliang.web.audit.models import Entry
from hengliang.web.audit.queries import verify
from hengliang.web.declarations import actions_moves
from hengliang.web.declarations.models import Declaration
from hengliang.web.jobs.actions import carry_out
from hengliang.web.workflow.roles import Role
from tests.web.api.conftest import Program

Named = Callable[[str], Person]
PASSWORD = "a password for tests"


def _sent(**changed: Any) -> dict[str, Any]:
    return {"name": "预算系统", "scopes": ["forms:read"], "days": "90", "password": PASSWORD} | changed


def test_it_is_shown_once_and_kept_as_a_digest(person: Named, signed_in: Callable[[str], Client]) -> None:
    client = signed_in("tianbao")
    page = client.post("/account/tokens/", _sent())
    secret = page.context["secret"]
    assert secret in page.content.decode()
    assert secret not in client.get("/account/tokens/").content.decode()
    token = Token.objects.get()
    assert secret not in str([getattr(token, field.name) for field in Token._meta.concrete_fields])
    made = Entry.objects.get(event="token.make")
    assert (made.actor, made.subject, made.subject_name) == ("tianbao", f"token:{token.pk}", "预算系统")
    assert secret not in str(made.detail)
    program = Client(headers={"Authorization": f"Bearer {secret}"})
    assert program.get("/api/v1/forms").status_code == 200
    token.refresh_from_db()
    assert token.last_used_at is not None


def test_who_makes_one_shows_who_they_are(person: Named, signed_in: Callable[[str], Client]) -> None:
    client = signed_in("tianbao")
    for _ in range(sign_in.FAILURES):
        assert client.post("/account/tokens/", _sent(password="guessed")).status_code == 422
    # The failures locked the account, as at signing in.
    assert client.post("/account/tokens/", _sent()).status_code == 422
    assert not Token.objects.exists()
    Person.objects.update(locked_until=None)
    secret = second_factor.new_secret()
    Person.objects.filter(username="tianbao").update(totp_secret=second_factor.encrypted(secret))
    assert client.post("/account/tokens/", _sent(code="000000")).status_code == 422
    assert client.post("/account/tokens/", _sent(code=TOTP(secret).now())).status_code == 200


def test_nobody_gives_what_they_do_not_hold(person: Named, signed_in: Callable[[str], Client]) -> None:
    assert open_to(person("anquan")) == open_to(person("xitong")) == open_to(person("sanshen")) == []
    assert Scope.FORMS_WRITE not in open_to(person("shenhe"))
    with pytest.raises(Refused):
        make(person("shenhe"), "x", [Scope.FORMS_WRITE], 30)
    assert signed_in("shenhe").post("/account/tokens/", _sent(scopes=["forms:write"])).status_code == 422
    for username in ("anquan", "xitong", "sanshen"):
        assert signed_in(username).get("/account/tokens/").status_code == 403


def test_a_token_ends_with_the_role(person: Named, program: Program) -> None:
    client, clerk = program("tianbao"), person("tianbao")
    assert client.get("/api/v1/forms").json()["total"] == 1
    accounts.take_role(person("anquan"), clerk, Role.CLERK, Organisation.objects.get(code="430400-305"))
    assert client.get("/api/v1/forms").status_code == 403
    city = Organisation.objects.get(code="430400")
    accounts.give_role(person("anquan"), clerk, Role.SYSTEM_ADMINISTRATOR, city)
    for path in ("forms", "rounds", "ledgers", "organisations"):
        assert client.get(f"/api/v1/{path}").status_code == 403


def test_what_ends_the_account_ends_the_token(person: Named, program: Program) -> None:
    client = program("tianbao")
    clerk, guard = person("tianbao"), person("anquan")
    Person.objects.filter(pk=clerk.pk).update(locked_until=timezone.now() + timedelta(minutes=5))
    assert client.get("/api/v1/forms").status_code == 401
    Person.objects.filter(pk=clerk.pk).update(locked_until=None, must_change_password=True)
    assert client.get("/api/v1/forms").status_code == 401
    Person.objects.filter(pk=clerk.pk).update(must_change_password=False)
    assert client.get("/api/v1/forms").status_code == 200
    accounts.reset_password(guard, clerk)
    Person.objects.filter(pk=clerk.pk).update(must_change_password=False)
    assert client.get("/api/v1/forms").status_code == 401
    assert Entry.objects.filter(event="token.end").count() == 1


def test_revoked_and_expired_ones_open_nothing(
    person: Named, program: Program, signed_in: Callable[[str], Client]
) -> None:
    client = program("tianbao")
    token = Token.objects.get()
    signed_in("fuze").post(f"/account/tokens/{token.pk}/")
    assert client.get("/api/v1/forms").status_code == 200
    signed_in("tianbao").post(f"/account/tokens/{token.pk}/")
    answer = client.get("/api/v1/forms")
    assert (answer.status_code, answer.json()["type"]) == (401, "urn:hengliang:problem:token")
    assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]
    other = program("tianbao")
    Token.objects.update(expires_at=timezone.now())
    assert other.get("/api/v1/forms").status_code == 401
    assert "已撤销" in signed_in("tianbao").get("/account/tokens/").content.decode()


def test_there_are_limits(person: Named) -> None:
    clerk = person("tianbao")
    for number in range(MOST_TOKENS):
        make(clerk, f"{number}", [Scope.FORMS_READ], 30)
    with pytest.raises(Refused, match="revoke one"):
        make(clerk, "another", [Scope.FORMS_READ], 30)
    Token.objects.filter(name="0").update(expires_at=timezone.now())
    make(clerk, "0", [Scope.FORMS_READ], 30)
    for days in (0, 367):
        with pytest.raises(Refused, match="lasts from"):
            make(clerk, "long", [Scope.FORMS_READ], days)


def test_what_still_works_is_never_hidden_behind_what_has_ended(
    person: Named, signed_in: Callable[[str], Client]
) -> None:
    clerk = person("tianbao")
    alive, _ = make(clerk, "旧的", [Scope.FORMS_READ], 365)
    now = timezone.now()
    Token.objects.bulk_create(
        Token(
            person=clerk, name="新的", digest=str(at), scopes=[], expires_at=now, ended_at=now, ended_by="x"
        )
        for at in range(120)
    )
    rows = signed_in("tianbao").get("/account/tokens/").context["rows"]
    assert rows[0]["token"] == alive
    assert rows[0]["alive"]


def test_a_scope_that_lacks_is_named(program: Program) -> None:
    answer = program("tianbao", Scope.TOOLS_USE).get("/api/v1/forms")
    assert answer.status_code == 403
    assert 'scope="forms:read"' in answer.headers["WWW-Authenticate"]


def test_a_session_opens_nothing(approved: Declaration, signed_in: Callable[[str], Client]) -> None:
    client = signed_in("tianbao")
    assert client.get("/api/v1/forms").status_code == 401
    assert client.post("/api/v1/forms", {}, content_type="application/json").status_code == 401


def test_the_log_names_the_token(approved: Declaration, program: Program) -> None:
    client = program("tianbao")
    token = Token.objects.get()
    asked = client.post(f"/api/v1/forms/{approved.pk}/measurements", {}, content_type="application/json")
    assert asked.status_code == 202
    carry_out(asked.json()["id"])
    for event in ("job.ask", "job.end", "evaluation.measure"):
        assert Entry.objects.get(event=event).detail["through"] == str(token), event
    actions_moves.move(Person.objects.get(username="fuze"), approved, "adjust", "政策变化")
    assert "through" not in Entry.objects.get(event="declaration.adjust").detail
    assert verify() == []


def test_calls_are_counted_for_each_token(
    program: Program, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = program("tianbao"), program("tianbao")
    settings.API_CALLS_A_MINUTE = 3
    now = [datetime(2026, 11, 23, 12, 0, 50, tzinfo=UTC)]
    monkeypatch.setattr("hengliang.web.api.actions.timezone", SimpleNamespace(now=lambda: now[0]))
    assert [first.get("/api/v1/rounds").status_code for _ in range(4)] == [200, 200, 200, 429]
    answer = first.get("/api/v1/rounds")
    assert answer.headers["Retry-After"] == "10"
    assert answer.json()["type"] == "urn:hengliang:problem:rate"
    assert second.get("/api/v1/rounds").status_code == 200
    now[0] += timedelta(seconds=10)
    assert first.get("/api/v1/rounds").status_code == 200
