"""Every route has a policy, and every role gets what its policy says: nothing opens by omission."""

import re
import tomllib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import resolve
from django.utils import timezone

import hengliang.web.project
from hengliang.web.accounts.actions import add_organisation, add_person, give_role
from hengliang.web.accounts.models import Organisation, Person
from hengliang.web.api.actions import digest_of
from hengliang.web.api.models import Token
from hengliang.web.api.scopes import PERMISSIONS as SCOPED
from hengliang.web.api.scopes import Scope
from hengliang.web.declarations.models import Declaration
from hengliang.web.project.routes import Route, routes
from hengliang.web.workflow.roles import PERMISSIONS, Permission, Role

DEMO = Path(hengliang.web.project.__file__).parent / "demo.toml"


ROUTES = tuple(routes())
HOLES = {
    "name": "green_mine_check", "month": "7", "wanted": "xlsx", "what": "table", "ending": "json", "row": "x",
    "format": "json",
}  # fmt: skip
"""What is put into the holes of an address; any other hole takes a number."""
BY_TOKEN = [route for route in ROUTES if route.policy == "token"]
"""Routes of programs: they take no session, and each method of them a scope."""
ACCOUNTS = {one["account"]: Role(one["role"]) for one in tomllib.loads(DEMO.read_text("utf-8"))["people"]}


def _url(route: Route, declaration: Declaration) -> str:
    """The address about the example: no hole stays open, so that no route goes untried."""
    text = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", route.pattern.strip("^$")).replace("\\", "")
    text = re.sub(r"<int:pk>|<pk>|<id>", str(declaration.pk), text)
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda hole: HOLES.get(hole[1], "1"), text)


@pytest.mark.parametrize("route", ROUTES, ids=[route.pattern for route in ROUTES])
def test_every_route_has_a_policy_and_an_address(route: Route, approved: Declaration) -> None:
    assert route.policy is not None, f"{route.pattern} has no policy"
    assert resolve(_url(route, approved)).func is route.view


@pytest.mark.parametrize("username", sorted(ACCOUNTS))
def test_each_role_opens_what_its_policy_says(
    username: str, approved: Declaration, signed_in: Callable[[str], Client]
) -> None:
    client = signed_in(username)
    client.raise_request_exception = False
    role = ACCOUNTS[username]
    for route in ROUTES:
        if isinstance(route.policy, str):
            continue
        url = _url(route, approved)
        for status in (client.get(url).status_code, client.post(url).status_code):
            if route.is_open_to(role):
                assert status != 500, f"{role} at {url}"
            else:
                assert status == 403, f"{role} at {url}: {status}"


def test_nobody_gets_in_unsigned(approved: Declaration) -> None:
    client = Client(raise_request_exception=False)
    for route in ROUTES:
        if route.policy in ("public", "token"):
            continue
        url = _url(route, approved)
        for answer in (client.get(url), client.post(url)):
            assert answer.status_code in (302, 401, 403), f"{url}: {answer.status_code}"
            assert "/sign-in/" in answer.headers.get("Location", "/sign-in/")


def _called(client: Client, method: str, url: str) -> Any:
    return client.generic(method, url, "{}", content_type="application/json")


def _program(who: Person, name: str, scopes: list[Scope]) -> Client:
    Token.objects.create(
        person=who, name=name, digest=digest_of(f"hl_{name}"), hint="hl_", scopes=scopes,
        expires_at=timezone.now() + timedelta(days=1),
    )  # fmt: skip
    return Client(headers={"Authorization": f"Bearer hl_{name}"}, raise_request_exception=False)


@pytest.mark.parametrize("username", sorted(ACCOUNTS))
def test_a_token_opens_what_its_person_and_its_scopes_do(
    username: str, approved: Declaration, person: Callable[[str], Person]
) -> None:
    """Every route and method of programs with every role: with all scopes there are, as if they had been
    given before the role changed, and with none."""
    full = _program(person(username), "full", list(Scope))
    empty = _program(person(username), "empty", [])
    held = PERMISSIONS[ACCOUNTS[username]]
    checked = 0
    for route in BY_TOKEN:
        url = _url(route, approved)
        for method, scope in route.view.scopes.items():
            checked += 1
            told = _called(full, method, url)
            assert told.status_code not in (401, 500), f"{method} {url}"
            if scope is None:
                continue
            if held.isdisjoint(SCOPED[scope]):
                assert told.status_code == 403, f"{username}: {method} {url}"
            refused = _called(empty, method, url)
            assert refused.status_code == 403, f"{method} {url}"
            assert "insufficient_scope" in refused.headers["WWW-Authenticate"]
    assert checked >= 30


def test_no_session_opens_a_route_of_programs(
    approved: Declaration, signed_in: Callable[[str], Client]
) -> None:
    for client in (Client(), signed_in("fuze")):
        for route in BY_TOKEN:
            for method in route.view.scopes:
                answer = _called(client, method, _url(route, approved))
                assert answer.status_code == 401, f"{method} {route.pattern}"
                assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("username", ["xitong", "anquan", "sanshen"])
def test_administrators_see_no_business(
    username: str, approved: Declaration, signed_in: Callable[[str], Client]
) -> None:
    client = signed_in(username)
    for url in (
        f"/declarations/{approved.pk}/",
        f"/evaluation/{approved.pk}/",
        "/evidence/",
        "/publications/",
    ):
        assert client.get(url).status_code == 403


def test_a_unit_sees_no_other_unit(approved: Declaration, signed_in: Callable[[str], Client]) -> None:
    city = Organisation.objects.get(code="430400")
    other = add_organisation(None, name="他局", code="430400-999", kind="department", parent=city)
    stranger, _ = add_person(None, username="stranger", full_name="他", organisation=other)
    give_role(None, stranger, Role.CLERK, other)
    stranger.must_change_password = False
    stranger.save()
    client = Client()
    client.force_login(stranger)
    pages = [
        route
        for route in ROUTES
        if "<int:pk>" in route.pattern
        and not route.pattern.startswith(("evidence/", "jobs/"))
        and isinstance(route.policy, tuple)
        and Permission.VIEW in route.policy
    ]
    assert len(pages) >= 20
    for route in pages:
        url = _url(route, approved)
        assert client.get(url).status_code in (403, 404, 405), url
    program = _program(stranger, "stranger", list(Scope))
    about_it = [route for route in BY_TOKEN if route.pattern.startswith("api/v1/forms/<id>")]
    assert len(about_it) >= 10
    for route in about_it:
        for method in route.view.scopes:
            answer = _called(program, method, _url(route, approved))
            assert answer.status_code in (403, 404, 422), f"{method} {route.pattern}"
            assert approved.organisation.name not in answer.content.decode()
