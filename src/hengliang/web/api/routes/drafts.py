"""Writing forms: beginning one, replacing its draft, changing cells of it. Never without saying on what."""

from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Body, Field, Path, Schema

from hengliang.base.message import message
from hengliang.form.exchange import from_exchange
from hengliang.web.api import queries
from hengliang.web.api.access import caller
from hengliang.web.api.fields import Code, FormJson, Id, Line
from hengliang.web.api.operations import Routes
from hengliang.web.api.problems import Problem
from hengliang.web.api.routes.forms import content_answer, etag_of, opened
from hengliang.web.api.scopes import Scope
from hengliang.web.api.shown import ContentOut, FormOut, form_out
from hengliang.web.declarations import actions
from hengliang.web.declarations import queries as declarations
from hengliang.web.declarations.draft import Edit, Reorder
from hengliang.web.declarations.models import Declaration, Draft
from hengliang.web.workflow.roles import Permission

routes = Routes("drafts", message("Writing drafts"))
WRITE = Scope.FORMS_WRITE
ETAG = {200: {"ETag": message("The state of the draft, for If-Match")}}
MOST_CHANGES = 2000


class Begin(Schema):
    """A form to begin, empty or with a content."""

    round: Id
    organisation: Code
    project: Line = Field(
        "", description=message("The name of the project; empty for the organisation as a whole").text
    )
    form: FormJson | None = None


class Change(Schema):
    """A new text for one cell; null clears it."""

    row: str = Field(
        max_length=40, description=message("The id of the row; `form` for fields outside the table").text
    )
    key: str = Field(
        max_length=100, description=message("The name of the field, as target or criterion").text
    )
    value: str | None = Field(max_length=20_000)


class Order(Schema):
    """A row put in, taken out, or moved before another one or (null) to the end."""

    act: Literal["insert", "delete", "move"]
    row: str = Field(min_length=1, max_length=40)
    before: str | None = Field(None, max_length=40)


class Changes(Schema):
    """Rows first, then cells; all of it or nothing."""

    orders: list[Order] = Field(default_factory=list, max_length=MOST_CHANGES)
    changes: list[Change] = Field(default_factory=list, max_length=MOST_CHANGES)


@routes.post(
    "/forms",
    WRITE,
    message("Begin a form in a round"),
    FormOut,
    status=201,
    problems=(409,),
    headers={201: {"Location": message("The address of the new form")}},
)
def begin_form(request: HttpRequest, response: HttpResponse, data: Begin) -> Any:
    person = caller(request)
    unit = queries.organisation(person, data.organisation, Permission.EDIT)
    start = declarations.start(person, data.round, unit.pk)
    if any(one.project == data.project for one in start.here):
        raise Problem(409, message("There is such a form in this round already; open it and go on there."))
    read = from_exchange(data.form, "").forms[0] if data.form is not None else None
    made = actions.begin(
        person,
        start.round,
        unit,
        project=data.project,
        **({} if read is None else {"form": read.form, "source": read.source}),
    )
    response["Location"] = f"/api/v1/forms/{made.pk}"
    return form_out(opened(request, made.pk))


def _based_on(request: HttpRequest, found: Declaration) -> Draft:
    """The draft, if it stands as `If-Match` says. Raises `Problem`."""
    draft = declarations.draft(found)
    wanted = [tag.strip() for tag in request.headers.get("If-Match", "").split(",") if tag.strip()]
    if not wanted:
        raise Problem(
            428,
            message("Send the header If-Match with the ETag of the draft that the change is for."),
            "if-match",
        )
    if "*" not in wanted and etag_of(draft) not in wanted:
        raise actions.Conflicts([], draft.counter)
    return draft


@routes.add(
    "PUT",
    "/forms/{id}/content",
    WRITE,
    message("Replace the draft of a form"),
    ContentOut,
    problems=(412, 428),
    headers=ETAG,
    about=message(
        "What the draft said is kept as a version. The header If-Match names the ETag of the draft."
    ),
)
def put_content(request: HttpRequest, response: HttpResponse, id: Path[Id], data: Body[FormJson]) -> Any:  # noqa: A002
    found = opened(request, id)
    draft = _based_on(request, found)
    read = from_exchange(data, "").forms[0]
    return content_answer(
        actions.replace(caller(request), found, read.form, read.source, draft.counter, "import"), response
    )


@routes.add(
    "PATCH",
    "/forms/{id}/content",
    WRITE,
    message("Change cells and rows of a draft"),
    ContentOut,
    problems=(412, 428),
    headers=ETAG,
    about=message("The header If-Match names the ETag of the draft. All changes are made, or none."),
)
def patch_content(request: HttpRequest, response: HttpResponse, id: Path[Id], data: Changes) -> Any:  # noqa: A002
    found = opened(request, id)
    draft = _based_on(request, found)
    edits = [Edit(one.row, one.key, one.value) for one in data.changes]
    orders = [Reorder(one.act, one.row, one.before) for one in data.orders]
    saved = actions.save(caller(request), found, draft.counter, edits, orders, strict=True)
    return content_answer(saved.draft, response)
