"""What the frame of a page shows: navigation, year, organisation, to-dos, the person."""

from contextlib import suppress
from functools import lru_cache
from typing import Any, NamedTuple

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.urls import NoReverseMatch, get_script_prefix, reverse
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from hengliang.web.accounts.policies import permissions_of
from hengliang.web.accounts.queries import unread_notices
from hengliang.web.workflow.roles import Permission


class Entry(NamedTuple):
    """One entry of the navigation: its words, the route it leads to, and who sees it (None: everybody)."""

    label: str
    route: str
    permissions: frozenset[Permission] | None


P = Permission
NAVIGATION = (
    Entry(gettext_noop("Overview"), "home", None),
    Entry(gettext_noop("Boards"), "insight", frozenset((P.VIEW, P.SEE_ROUND))),
    Entry(gettext_noop("Declare"), "declarations", frozenset((P.EDIT, P.VIEW))),
    Entry(gettext_noop("Review"), "reviews", frozenset((P.REVIEW_DEPARTMENT, P.REVIEW_FINANCE, P.APPROVE))),
    Entry(gettext_noop("Rounds"), "rounds", frozenset((P.MANAGE_ROUNDS, P.SEE_ROUND))),
    Entry(gettext_noop("Ledgers"), "evidence", frozenset((P.LOAD, P.VIEW))),
    Entry(gettext_noop("Monitoring"), "monitoring", frozenset((P.VIEW,))),
    Entry(gettext_noop("Evaluation"), "evaluations", frozenset((P.VIEW, P.EVALUATE))),
    Entry(gettext_noop("Indicator library"), "library", frozenset((P.VIEW,))),
    Entry(gettext_noop("Publication"), "publications", frozenset((P.VIEW, P.PUBLISH))),
    Entry(gettext_noop("People"), "people", frozenset((P.MANAGE_PEOPLE,))),
    Entry(gettext_noop("System"), "system", frozenset((P.MANAGE_SYSTEM,))),
    Entry(gettext_noop("Audit log"), "audit-log", frozenset((P.READ_AUDIT,))),
)


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context of `base.html`."""
    shown: dict[str, Any] = {
        "site_address": _address(request, "/").removesuffix("/"),
        "page_address": _address(request),
        "set_language_url": reverse("set_language"),
        "languages": [
            {"code": "zh-hans", "label": "中", "current": get_language() == "zh-hans"},
            {"code": "en", "label": "EN", "current": get_language() == "en"},
        ],
    }
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return shown | {"sign_in_url": reverse("sign-in")}
    permissions = permissions_of(person)
    nav = [
        {"label": label, "url": url, "current": _is_here(request.path, url)}
        for label, url in _entries(permissions, get_language(), get_script_prefix())
    ]
    return shown | {
        "nav": nav,
        "user_name": person.full_name,
        "notice_count": unread_notices(person).count(),
        "organisation": person.organisation.name if person.organisation else "",
        "logout_url": reverse("sign-out"),
        "notice_url": reverse("notices"),
        "user_links": _own_pages(permissions, get_language(), get_script_prefix()),
    }


def _address(request: HttpRequest, place: str | None = None) -> str:
    """The whole address of a place; nothing where the application was asked for by a name that is not its
    own, which the page then says."""
    try:
        return request.build_absolute_uri(place)
    except DisallowedHost:
        return ""


def _is_here(path: str, url: str) -> bool:
    return path == url or (url != "/" and path.startswith(url))


# The routes are those of the process; what else these two depend upon, they are asked with.
@lru_cache(maxsize=256)
def _entries(
    permissions: frozenset[Permission], language: str | None, prefix: str
) -> tuple[tuple[str, str], ...]:
    """The words and addresses of the navigation for those who hold these permissions, in the language that is
    spoken, where the addresses begin with `prefix`."""
    found: list[tuple[str, str]] = []
    for entry in NAVIGATION:
        if entry.permissions is not None and not entry.permissions & permissions:
            continue
        with suppress(NoReverseMatch):
            found.append((_(entry.label), reverse(entry.route)))
    return tuple(found)


@lru_cache(maxsize=256)
def _own_pages(
    permissions: frozenset[Permission], language: str | None, prefix: str
) -> tuple[dict[str, str], ...]:
    """The pages about the person: the account, what runs in the background, and tokens for those whose roles
    have a use for them."""
    pages = [(_("My account"), "account"), (_("My tasks"), "jobs")]
    if permissions & {P.VIEW, P.EVALUATE}:
        pages.append((_("Tokens for programs"), "tokens"))
    return tuple([{"label": label, "url": reverse(route)} for label, route in pages])
