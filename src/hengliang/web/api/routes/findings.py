"""What the rules say of a form, and how its scoring sentences are read."""

from typing import Any

from django.http import HttpRequest
from ninja import Path, Query, Schema

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.criteria.as_json import as_json
from hengliang.report.records import finding_record
from hengliang.review.verdict import judge
from hengliang.web.accounts.reader import language
from hengliang.web.api.fields import CriterionJson, FindingJson, Id
from hengliang.web.api.operations import Routes
from hengliang.web.api.paging import Page, Paging, page
from hengliang.web.api.routes.forms import READ, opened
from hengliang.web.declarations.findings import (
    Placed,
    findings_of,
    previous_forms,
    reviewed,
    working_of,
)
from hengliang.web.declarations.panel import reading_of

routes = Routes("findings", message("Findings and readings"))


class FindingOut(Schema):
    """A finding on a cell of the draft."""

    row: str
    key: str
    set_aside: str | None
    finding: FindingJson


class ReadingOut(Schema):
    """The reading of the scoring sentence of one indicator."""

    number: int
    row: str
    name: str
    reading: CriterionJson


@routes.get(
    "/forms/{id}/findings",
    READ,
    message("What the rules find on the draft"),
    Page[FindingOut],
    about=message("In the order of the rules, those set aside included: `set_aside` holds the reason."),
)
def list_findings(
    request: HttpRequest,
    id: Path[Id],  # noqa: A002
    paging: Query[Paging],
    severity: Severity | None = None,
) -> Any:
    found = opened(request, id)
    working = working_of(found)
    placed = findings_of(found, working)
    if severity is not None:
        placed = [one for one in placed if one.finding.severity is severity]
    profile = found.round.profile
    verdict = judge(
        f"declaration:{found.pk}", 1, working.form, working.source, profile,
        reviewed(working, profile, previous_forms(found)),
    )  # fmt: skip
    word = language()

    def shown(one: Placed) -> dict[str, Any]:
        return {
            "row": one.row,
            "key": one.key,
            "set_aside": one.overruled.reason if one.overruled else None,
            "finding": finding_record(verdict, one.finding, word),
        }

    return page(request, placed, paging, shown)


@routes.get(
    "/forms/{id}/readings",
    READ,
    message("How the scoring sentences of the draft are read"),
    Page[ReadingOut],
    about=message(
        "One for each indicator, in the order of the table, as `hengliang criteria --json` prints it."
    ),
)
def list_readings(request: HttpRequest, id: Path[Id], paging: Query[Paging]) -> Any:  # noqa: A002
    found = opened(request, id)
    working = working_of(found)
    word = language()
    rows = list(enumerate(zip(working.rows, working.form.indicators, strict=True), 1))

    def shown(one: Any) -> dict[str, Any]:
        number, (row, indicator) = one
        reading = reading_of(indicator, found.round.profile)
        return {"number": number, "row": row, "name": indicator.name, "reading": as_json(reading, (), word)}

    return page(request, rows, paging, shown)
