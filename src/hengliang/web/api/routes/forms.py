"""Rounds, and forms as they stand: lists, content, versions, documents."""

from typing import Annotated, Any, Literal
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from ninja import Field, Path, Query

from hengliang.base.message import message
from hengliang.web.accounts.queries import organisations_in_reach
from hengliang.web.api import queries
from hengliang.web.api.access import caller
from hengliang.web.api.fields import Code, Id, Line, Number, Year
from hengliang.web.api.operations import Routes
from hengliang.web.api.paging import Page, Paging, page
from hengliang.web.api.problems import DETAILS, Problem
from hengliang.web.api.scopes import Scope
from hengliang.web.api.shown import (
    ContentOut,
    FormOut,
    OrganisationOut,
    RoundOut,
    VersionContentOut,
    VersionOut,
    form_out,
    round_out,
    version_out,
)
from hengliang.web.declarations import exported
from hengliang.web.declarations import queries as declarations
from hengliang.web.declarations.models import Declaration, Draft, Version
from hengliang.web.declarations.shown import title_of
from hengliang.web.workflow.states import State

routes = Routes("forms", message("Rounds and forms"))
READ = Scope.FORMS_READ
ETAG = {200: {"ETag": message("The state of the draft, for If-Match")}}


@routes.get(
    "/organisations",
    READ,
    message("The organisations within reach, in the order of the tree"),
    Page[OrganisationOut],
)
def list_organisations(request: HttpRequest, paging: Query[Paging]) -> Any:
    return page(request, organisations_in_reach(caller(request)), paging, lambda one: one)


@routes.get("/rounds", READ, message("The rounds within reach, newest first"), Page[RoundOut])
def list_rounds(request: HttpRequest, paging: Query[Paging]) -> Any:
    return page(request, declarations.rounds_in_reach(caller(request)), paging, round_out)


@routes.get("/rounds/{id}", READ, message("One round"), RoundOut)
def get_round(request: HttpRequest, id: Path[Id]) -> Any:  # noqa: A002
    found = declarations.rounds_in_reach(caller(request)).filter(pk=id).first()
    if found is None:
        raise Problem(404, DETAILS[404])
    return round_out(found)


@routes.get(
    "/forms",
    READ,
    message("The forms within reach, newest year first"),
    Page[FormOut],
    about=message("All filters that are given must hold."),
)
def list_forms(
    request: HttpRequest,
    paging: Query[Paging],
    round: Id | None = None,  # noqa: A002
    fiscal_year: Year | None = None,
    organisation: Code | None = None,
    state: State | None = None,
    project: Annotated[
        Line | None, Field(description=message("Words in the name of the project").text)
    ] = None,
) -> Any:
    wanted = {
        "round": round,
        "round__fiscal_year": fiscal_year,
        "organisation__code": organisation,
        "state": state.value if state else None,
        "project__icontains": project or None,
    }
    found = queries.forms(caller(request)).filter(
        **{name: value for name, value in wanted.items() if value is not None}
    )
    return page(request, found.select_related("approved").defer("approved__content"), paging, form_out)


def opened(request: HttpRequest, pk: int) -> Declaration:
    """A form that the caller may read. Raises Http404, `Refused`."""
    return declarations.declaration(caller(request), pk)


@routes.get("/forms/{id}", READ, message("One form: where it stands"), FormOut)
def get_form(request: HttpRequest, id: Path[Id]) -> Any:  # noqa: A002
    return form_out(opened(request, id))


def etag_of(draft: Draft) -> str:
    """The state of a draft."""
    return f'"{draft.declaration_id}.{draft.counter}"'  # pyright: ignore[reportAttributeAccessIssue]


def content_answer(draft: Draft, response: HttpResponse) -> dict[str, Any]:
    """The draft of a form, with its state in the header."""
    response["ETag"] = etag_of(draft)
    return {"counter": draft.counter, "rows": draft.rows, "form": draft.content}


@routes.get(
    "/forms/{id}/content",
    READ,
    message("The draft of a form as exchange JSON"),
    ContentOut,
    headers=ETAG,
    about=message(
        "The same JSON as `hengliang read --json` prints for a form. With If-None-Match an unchanged draft "
        "is answered with 304."
    ),
)
def get_content(request: HttpRequest, response: HttpResponse, id: Path[Id]) -> Any:  # noqa: A002
    draft = declarations.draft(opened(request, id))
    known = [tag.strip().removeprefix("W/") for tag in request.headers.get("If-None-Match", "").split(",")]
    if etag_of(draft) in known:
        return HttpResponse(status=304, headers={"ETag": etag_of(draft)})
    return content_answer(draft, response)


@routes.get("/forms/{id}/versions", READ, message("The versions of a form, newest first"), Page[VersionOut])
def list_versions(request: HttpRequest, id: Path[Id], paging: Query[Paging]) -> Any:  # noqa: A002
    found = opened(request, id)
    in_force = found.approved.pk if found.approved else None
    return page(request, declarations.versions(found), paging, lambda one: version_out(one, in_force))


def _version(request: HttpRequest, pk: int, number: int) -> tuple[Declaration, Version]:
    found = opened(request, pk)
    return found, declarations.version(found, number)


@routes.get(
    "/forms/{id}/versions/{number}",
    READ,
    message("A version of a form as exchange JSON"),
    VersionContentOut,
    about=message("`sha256` is the digest of the form as canonical JSON: keys sorted, no blanks, UTF-8."),
)
def get_version(
    request: HttpRequest,
    id: Path[Id],  # noqa: A002
    number: Path[Number],
) -> Any:
    found, version = _version(request, id, number)
    in_force = found.approved.pk if found.approved else None
    return version_out(version, in_force) | {"form": version.content}


@routes.get(
    "/forms/{id}/documents/{format}",
    READ,
    message("The form as an official document"),
    files=(exported.TYPES["xlsx"], exported.TYPES["docx"], "application/json"),
    about=message(
        "Of the draft, or of the version that is named. `mof` are records of the ministry's data standard."
    ),
)
def get_document(
    request: HttpRequest,
    id: Path[Id],  # noqa: A002
    format: Literal["xlsx", "docx", "json", "mof"],  # noqa: A002
    version: Number | None = None,
) -> Any:
    found = opened(request, id)
    content = declarations.draft(found) if version is None else declarations.version(found, version)
    data = exported.document(exported.form_of(content), format, found.round.profile)
    ending = exported.FORMATS[format]
    name = quote(f"{found.organisation.name}{found.round.fiscal_year}{title_of(found)}.{ending}", safe="")
    return HttpResponse(
        data,
        content_type=exported.TYPES[ending],
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{name}"},
    )
