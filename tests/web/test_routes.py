"""Every route has a policy, and every role gets what its policy says: nothing opens by omission."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from hengliang.web.accounts.actions import add_organisation, add_person, give_role
from hengliang.web.accounts.models import Organisation
from hengliang.web.declarations.models import Declaration
from hengliang.web.project.demo import PEOPLE
from hengliang.web.workflow.roles import PERMISSIONS, Permission, Role

ROLE_OF = {username: role for username, _, role, _ in PEOPLE}


def _routes(patterns: list[Any] | None = None, prefix: str = "") -> Iterator[tuple[str, Any]]:
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(entry, URLResolver):
            yield from _routes(entry.url_patterns, prefix + str(entry.pattern))
        elif isinstance(entry, URLPattern):
            yield prefix + str(entry.pattern), entry.callback


ROUTES = dict(_routes())
OUTSIDE: frozenset[str] = frozenset()
"""Routes whose policy is asked elsewhere than in a view of ours."""


@pytest.mark.parametrize("route", sorted(set(ROUTES) - OUTSIDE))
def test_every_route_has_a_policy(route: str) -> None:
    assert getattr(ROUTES[route], "policy", None) is not None, f"{route} has no policy"


def _filled(route: str, declaration: Declaration) -> str | None:
    """The address of a route about the example; None where it needs what the example does not have."""
    values = {
        "<int:pk>": str(declaration.pk), "<int:number>": "1", "<int:month>": "7",
        "<slug:name>": "green_mine_check",
    }  # fmt: skip
    for hole, value in values.items():
        route = route.replace(hole, value)
    return None if "<" in route else f"/{route}"


@pytest.mark.parametrize("username", sorted(ROLE_OF))
def test_each_role_opens_what_its_policy_says(
    username: str, approved: Declaration, signed_in: Callable[[str], Client]
) -> None:
    client = signed_in(username)
    client.raise_request_exception = False
    permissions = PERMISSIONS[ROLE_OF[username]]
    for route, view in ROUTES.items():
        policy = getattr(view, "policy", None)
        url = _filled(route, approved)
        if url is None or policy in ("public", "signed in") or route.startswith("account/"):
            continue
        status = client.get(url).status_code
        if not permissions & set(policy):
            assert status == 403, f"{ROLE_OF[username]} at {url}: {status}"
        else:
            assert status != 500, f"{ROLE_OF[username]} at {url}"


def test_nobody_gets_in_unsigned(approved: Declaration) -> None:
    client = Client(raise_request_exception=False)
    for route, view in ROUTES.items():
        url = _filled(route, approved)
        if url is None or getattr(view, "policy", None) == "public":
            continue
        for answer in (client.get(url), client.post(url)):
            assert answer.status_code in (302, 401, 403), f"{url}: {answer.status_code}"
            assert "/sign-in/" in answer.headers.get("Location", "/sign-in/")


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
    for route, view in ROUTES.items():
        url = _filled(route, approved)
        policy = getattr(view, "policy", None)
        if (
            url is None
            or "<int:pk>" not in route
            or not isinstance(policy, tuple)
            or route.startswith("evidence/")
        ):
            continue
        if Permission.VIEW in policy and not route.startswith("jobs/"):
            assert client.get(url).status_code in (403, 404, 405), url
