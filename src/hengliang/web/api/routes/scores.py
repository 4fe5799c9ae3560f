"""Measurements of the records, and score sheets: as the facts stand, and as they were sealed."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Path, Query, Schema

from hengliang.base.message import message
from hengliang.report.sheet_json import sheet_record
from hengliang.web.accounts.reader import language
from hengliang.web.api.access import caller
from hengliang.web.api.fields import Id, SheetJson
from hengliang.web.api.operations import Routes
from hengliang.web.api.paging import Page, Paging, page
from hengliang.web.api.scopes import Scope
from hengliang.web.api.shown import JobOut, SheetOut, job_out, sheet_out
from hengliang.web.evaluation import actions, queries
from hengliang.web.evaluation.scoring import latest_measuring, score_of

routes = Routes("scores", message("Measurements and scores"))
READ = Scope.SCORES_READ


class MeasuringOut(Schema):
    """The newest measuring of the targets in force, as `hengliang measure --json` prints it."""

    measured_at: datetime | None = Field(description=message("null while nothing was measured").text)
    measured_by: str | None
    as_of: date | None
    result: dict[str, Any] | None


class Ask(Schema):
    """What is measured."""

    as_of: date | None = Field(
        None, description=message("Only what was known on this day; null takes all").text
    )


class SheetContentOut(SheetOut):
    """A sealed sheet with its content."""

    sheet: SheetJson


@routes.get("/forms/{id}/measurements", READ, message("What was measured last"), MeasuringOut)
def get_measurements(request: HttpRequest, id: Path[Id]) -> Any:  # noqa: A002
    person = caller(request)
    found = latest_measuring(queries.in_force(person, id))
    if found is None:
        return {"measured_at": None, "measured_by": None, "as_of": None, "result": None}
    return {
        "measured_at": found.at,
        "measured_by": found.by,
        "as_of": found.as_of,
        "result": queries.result_of(person, found, language()),
    }


@routes.post(
    "/forms/{id}/measurements",
    Scope.SCORES_WRITE,
    message("Have the indicators measured from the records"),
    JobOut,
    status=202,
    headers={202: {"Location": message("Where to ask how far the work is")}},
)
def ask_measurements(request: HttpRequest, response: HttpResponse, id: Path[Id], data: Ask) -> Any:  # noqa: A002
    found = queries.in_force(caller(request), id)
    return accepted(actions.ask_measuring(caller(request), found, data.as_of), response)


def accepted(job: Any, response: HttpResponse) -> dict[str, Any]:
    """The answer to work that was taken on."""
    response["Location"] = f"/api/v1/jobs/{job.pk}"
    return job_out(job)


@routes.get(
    "/forms/{id}/score",
    READ,
    message("The score sheet as the facts stand now"),
    SheetJson,
    about=message(
        "A sheet as `hengliang score --json` prints it: points are decimal texts, missing is never 0."
    ),
)
def get_score(request: HttpRequest, id: Path[Id]) -> Any:  # noqa: A002
    return sheet_record(score_of(queries.in_force(caller(request), id)), language())


@routes.get("/forms/{id}/sheets", READ, message("The sealed score sheets, newest first"), Page[SheetOut])
def list_sheets(request: HttpRequest, id: Path[Id], paging: Query[Paging]) -> Any:  # noqa: A002
    return page(request, queries.sheets(queries.in_force(caller(request), id)), paging, sheet_out)


@routes.get("/forms/{id}/sheets/{sheet}", READ, message("A sealed score sheet"), SheetContentOut)
def get_sheet(request: HttpRequest, id: Path[Id], sheet: Path[Id]) -> Any:  # noqa: A002
    found = queries.sheet(queries.in_force(caller(request), id), sheet)
    return sheet_out(found) | {"sheet": found.content}
