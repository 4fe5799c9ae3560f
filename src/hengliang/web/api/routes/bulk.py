"""Many forms at once: brought in from files, and given out as documents; and how far such work is."""

from typing import Any, Literal, cast

from django.http import FileResponse, HttpResponse
from ninja import Field, File, Form, Path, Query, Schema
from ninja.files import UploadedFile

from hengliang.base.message import message
from hengliang.web.api import bulk, queries
from hengliang.web.api.access import TokenRequest, caller
from hengliang.web.api.fields import Code, Id, Year
from hengliang.web.api.operations import Routes
from hengliang.web.api.paging import Page, Paging, page
from hengliang.web.api.problems import DETAILS, Problem
from hengliang.web.api.routes.scores import accepted
from hengliang.web.api.scopes import Scope
from hengliang.web.api.shown import ImportedOut, JobOut, imported_out, job_out
from hengliang.web.declarations import queries as declarations
from hengliang.web.files.queries import place_of
from hengliang.web.workflow.roles import Permission

routes = Routes("bulk", message("Many forms at once"))
LOCATION = {202: {"Location": message("Where to ask how far the work is")}}


class ToExport(Schema):
    """Which forms are given out, and as what."""

    forms: list[Id] | None = Field(
        None,
        min_length=1,
        max_length=bulk.MOST_FORMS,
        description=message("Their ids; null takes all that the filters find").text,
    )
    round: Id | None = None
    fiscal_year: Year | None = None
    organisation: Code | None = None
    formats: list[Literal["xlsx", "docx", "json", "mof"]] = Field(min_length=1, max_length=4)
    approved: bool = Field(False, description=message("The version in force, in place of the draft").text)


@routes.post(
    "/imports",
    Scope.FORMS_WRITE,
    message("Bring forms in from files"),
    JobOut,
    status=202,
    headers=LOCATION,
    about=message(
        "Any files that the product reads, up to 100 at a time and 20 MB each. Each form in them begins a "
        "form of the organisation in the round; one that is there is refused, or with `replace` gets another "
        "draft."
    ),
)
def import_forms(
    request: TokenRequest,
    response: HttpResponse,
    round: Form[Id],  # noqa: A002
    organisation: Form[Code],
    files: File[list[UploadedFile]],
    replace: Form[bool] = False,
) -> Any:
    person = caller(request)
    unit = queries.organisation(person, organisation, Permission.EDIT)
    start = declarations.start(person, round, unit.pk)
    return accepted(bulk.ask_import(person, start, files, replace), response)


@routes.get(
    "/imports/{job}/forms",
    Scope.FORMS_WRITE,
    message("What came of an import, form by form; also while it runs"),
    Page[ImportedOut],
)
def list_imported(request: TokenRequest, job: Path[Id], paging: Query[Paging]) -> Any:
    found = queries.job(request.auth, job)
    return page(request, queries.imported(found.given.get("key", "")), paging, imported_out)


@routes.post(
    "/exports",
    Scope.FORMS_READ,
    message("Have many forms written as documents, into one ZIP file"),
    JobOut,
    status=202,
    headers=LOCATION,
)
def export_forms(request: TokenRequest, response: HttpResponse, data: ToExport) -> Any:
    wanted = {
        "pk__in": data.forms,
        "round": data.round,
        "round__fiscal_year": data.fiscal_year,
        "organisation__code": data.organisation,
    }
    found = queries.forms(caller(request)).filter(
        **{name: value for name, value in wanted.items() if value is not None}
    )
    if data.approved:
        found = found.filter(approved__isnull=False)
    return accepted(bulk.ask_export(caller(request), found, data.formats, data.approved), response)


@routes.get(
    "/exports/{job}/file",
    Scope.FORMS_READ,
    message("The ZIP file of an export"),
    files=("application/zip",),
    problems=(409,),
    about=message(
        "409 while it is being made. It is given out only as long as all forms in it are within reach."
    ),
)
def get_export(request: TokenRequest, job: Path[Id]) -> Any:
    found = queries.job(request.auth, job)
    if found.kind != bulk.EXPORT:
        raise Problem(404, DETAILS[404])
    if found.state != "done":
        raise Problem(409, message("The file is not there yet, or the work failed; ask for the job."))
    ids = set(found.given["forms"])
    if queries.forms(caller(request)).filter(pk__in=ids).count() != len(ids):
        raise Problem(403, message("A form of this export is no longer within your reach."))
    stream = place_of(cast("dict[str, str]", found.result)["sha256"]).open("rb")
    return FileResponse(stream, as_attachment=True, filename="forms.zip", content_type="application/zip")


jobs = Routes("jobs", message("Work in the background"))


@jobs.get("/jobs", None, message("The work that was asked for with this token, newest first"), Page[JobOut])
def list_jobs(request: TokenRequest, paging: Query[Paging]) -> Any:
    return page(request, queries.jobs(request.auth), paging, job_out)


@jobs.get("/jobs/{id}", None, message("How far a piece of work is"), JobOut)
def get_job(request: TokenRequest, id: Path[Id]) -> Any:  # noqa: A002
    return job_out(queries.job(request.auth, id))
