"""Ledgers, what was handed in for them, and the batches that came of it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Path, Query, Schema
from ninja.files import UploadedFile

from hengliang.base.message import message
from hengliang.measure.store import Store
from hengliang.report.ledger_text import descriptor, summary
from hengliang.web.api import queries
from hengliang.web.api.access import caller
from hengliang.web.api.fields import Code, Id, Year
from hengliang.web.api.operations import Routes
from hengliang.web.api.paging import Page, Paging, page
from hengliang.web.api.scopes import Scope
from hengliang.web.api.shown import LoadOut, load_out
from hengliang.web.evidence import actions
from hengliang.web.evidence import queries as evidence
from hengliang.web.evidence.models import Load
from hengliang.web.workflow.roles import Permission

routes = Routes("records", message("Ledgers and records"))
READ = Scope.RECORDS_READ


class MetricOut(Schema):
    """A metric of a ledger."""

    id: str
    zh: str
    en: str
    unit: str | None


class LedgerOut(Schema):
    """A ledger (台账), in short."""

    name: str
    zh: str
    en: str
    metrics: list[MetricOut]


class BatchOut(Schema):
    """A batch of records, as its manifest says."""

    id: str
    ledger: str
    ledger_version: int
    year: int
    organisation: str
    rows: int
    blocked: int
    questioned: int
    content_sha256: str
    source_file: str
    source_sha256: str
    source_sheet: str | None
    loaded_at: str
    loaded_by: str
    corrects: str | None


class LoadReportOut(LoadOut):
    """A load with what was found in it, row by row (the first 500)."""

    report: dict[str, Any]


@routes.get("/ledgers", READ, message("All ledgers, by name"), Page[LedgerOut])
def list_ledgers(request: HttpRequest, paging: Query[Paging]) -> Any:
    return page(request, evidence.all_by_name(), paging, summary)


@routes.get(
    "/ledgers/{name}",
    READ,
    message("A ledger: its columns, rules and metrics"),
    dict[str, Any],
    about=message("A table schema of the Frictionless standard, as `hengliang ledger schema` prints it."),
)
def get_ledger(request: HttpRequest, name: Path[Code]) -> Any:
    return descriptor(evidence.ledger(name))


@routes.get(
    "/ledgers/{name}/batches",
    READ,
    message("The batches of a ledger, in the order of loading"),
    Page[BatchOut],
)
def list_batches(
    request: HttpRequest, name: Path[Code], organisation: Code, year: Year, paging: Query[Paging]
) -> Any:
    unit = queries.organisation(caller(request), organisation)
    found = Store(evidence.store_folder(unit)).batches(evidence.ledger(name).name, year)
    return page(request, found, paging, lambda one: one)


@routes.get("/loads", READ, message("What was handed in, newest first"), Page[LoadOut], problems=(404,))
def list_loads(
    request: HttpRequest, organisation: Code, year: Year, paging: Query[Paging], ledger: Code | None = None
) -> Any:
    unit = queries.organisation(caller(request), organisation)
    found = evidence.loads(unit, year, ledger or "").select_related("organisation", "job")
    return page(request, found, paging, load_out)


@routes.get("/loads/{id}", READ, message("What came of handing in a file"), LoadReportOut)
def get_load(request: HttpRequest, id: Path[Id]) -> Any:  # noqa: A002
    found = evidence.load(caller(request), id)
    return load_out(found) | {"report": found.report}


@routes.post(
    "/loads",
    Scope.RECORDS_WRITE,
    message("Hand in a file of records for a ledger"),
    LoadOut,
    status=202,
    headers={202: {"Location": message("Where to ask what came of it")}},
    about=message(
        "Excel, CSV, GeoJSON, GeoPackage, zipped Shapefile or Parquet, up to 200 MB. The same file twice is "
        "loaded once."
    ),
)
def hand_in_records(
    request: HttpRequest,
    response: HttpResponse,
    organisation: Form[Code],
    ledger: Form[Code],
    year: Form[Year],
    file: File[UploadedFile],
) -> Any:
    unit = queries.organisation(caller(request), organisation, Permission.LOAD)
    made: Load = actions.hand_in(caller(request), unit, evidence.ledger(ledger).name, year, file)
    response["Location"] = f"/api/v1/loads/{made.pk}"
    return load_out(made)
