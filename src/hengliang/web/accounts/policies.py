"""Who may do what where. Every question of permission in the web face ends here."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from hengliang.base.message import Message, message
from hengliang.web.accounts.models import Assignment, Organisation, Person
from hengliang.web.workflow.roles import BY_ASSIGNMENT, OWN_ONLY, PERMISSIONS, Permission, Role


class Refused(PermissionDenied):
    """An act that is not allowed, with the reason that the page shows."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason.say("en"))
        self.reason = reason


def assignments_of(person: Person) -> tuple[tuple[Role, str], ...]:
    """The roles of a person with the paths of their organisations; asked once for each person object."""
    known: tuple[tuple[Role, str], ...] | None = getattr(person, "_assignments", None)
    if known is None:
        rows = Assignment.objects.filter(person=person, organisation__active=True)
        known = tuple(
            (Role(role), path) for role, path in rows.values_list("role", "organisation__path").order_by("pk")
        )
        vars(person)["_assignments"] = known
    return known


def roles_of(person: Person) -> frozenset[Role]:
    """The roles that a person holds anywhere."""
    return frozenset(role for role, _ in assignments_of(person))


def permissions_of(person: Person) -> frozenset[Permission]:
    """What a person may do somewhere: what the navigation shows."""
    return frozenset[Permission]().union(*(PERMISSIONS[role] for role in roles_of(person)))


def may(person: Person, permission: Permission, organisation: Organisation | None = None) -> bool:
    """Whether a person has a permission, for an organisation or (None) anywhere at all.

    Roles by assignment (evaluators) never reach an organisation as a whole: `may` answers False for them
    when an organisation is asked for, and the object at hand must know whom it was given to.
    """
    for role, path in assignments_of(person):
        if permission not in PERMISSIONS[role]:
            continue
        if organisation is None:
            return True
        if role in BY_ASSIGNMENT:
            continue
        if organisation.path == path or (role not in OWN_ONLY and organisation.path.startswith(path)):
            return True
    return False


def require(person: Person, permission: Permission, organisation: Organisation | None = None) -> None:
    """Raises `Refused` unless `may`."""
    if not may(person, permission, organisation):
        raise Refused(message("Your roles do not permit this here."))


def require_manage(actor: Person, person: Person) -> None:
    """Raises `Refused` unless an actor manages a person: whoever works, or holds a role, outside the reach of
    a security administrator is managed by another one."""
    places = Organisation.objects.filter(Q(people=person) | Q(assignments__person=person)).distinct()
    for place in places:
        require(actor, Permission.MANAGE_PEOPLE, place)


def reach(person: Person, permission: Permission, field: str = "organisation__path") -> Q:
    """A filter for rows of organisations in reach of a person for a permission; matches nothing where there
    are none."""
    wanted = Q(pk__in=())
    for role, path in assignments_of(person):
        if permission not in PERMISSIONS[role] or role in BY_ASSIGNMENT:
            continue
        wanted |= Q(**{field: path}) if role in OWN_ONLY else Q(**{f"{field}__startswith": path})
    return wanted


def belongs_to(person: Person, organisation: Organisation) -> bool:
    """Whether a person works in an organisation or holds a role of the unit side in it."""
    return person.organisation == organisation or any(
        role in OWN_ONLY and path == organisation.path for role, path in assignments_of(person)
    )


View = Callable[..., HttpResponseBase]


def public(view: View) -> View:
    """Marks a view as open to everybody."""
    vars(view)["policy"] = "public"
    return view


def signed_in(view: View) -> View:
    """A view for any signed-in person; it shows nothing of organisations but the person's own."""
    return _guarded(view, None)


def requires(*permissions: Permission) -> Callable[[View], View]:
    """A view for people who hold one of the permissions somewhere. Objects are checked by the view's
    queries and actions beside it."""
    return lambda view: _guarded(view, permissions)


def _is_script(request: HttpRequest) -> bool:
    """Whether a script of a page asks, which would take the page of signing in for its answer."""
    return "HX-Request" in request.headers or request.headers.get("Accept") == "application/json"


def _way_back(request: HttpRequest) -> str:
    """Where to go on after signing in: the page itself, or the one whose form was sent."""
    if request.method == "GET":
        return request.get_full_path()
    came_from = request.headers.get("Referer", "")
    is_own = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, request.is_secure())
    return urlsplit(came_from).path if is_own else reverse("home")


def _guarded(view: View, permissions: tuple[Permission, ...] | None) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            if _is_script(request):
                return HttpResponse(status=401)
            return redirect_to_login(_way_back(request))
        if permissions is not None and not any(may(cast("Person", request.user), one) for one in permissions):
            raise Refused(message("Your roles do not permit this page."))
        return view(request, *args, **kwargs)

    vars(guarded)["policy"] = "signed in" if permissions is None else permissions
    return guarded
