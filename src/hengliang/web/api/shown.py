"""Rounds, declarations, loads, jobs as JSON: the models of the answers, and what fills them."""

from datetime import date, datetime
from typing import Any, Literal, cast

from ninja import Field, Schema

from hengliang.base.message import message
from hengliang.web.accounts.reader import language
from hengliang.web.accounts.said import from_data
from hengliang.web.api.fields import FormJson
from hengliang.web.api.models import Imported
from hengliang.web.declarations.models import DEADLINES, Declaration, Draft, Round, Version
from hengliang.web.evaluation.models import Sheet
from hengliang.web.evidence.models import Load
from hengliang.web.jobs.models import Job
from hengliang.web.workflow.states import SHOWN, State


class OrganisationOut(Schema):
    """An organisation (单位)."""

    code: str
    name: str
    kind: str


class RoundOut(Schema):
    """A round of declarations (申报安排)."""

    id: int
    name: str
    fiscal_year: int
    profile: str
    open: bool
    organisation: OrganisationOut
    declare_by: date | None
    review_by: date | None
    monitor_by: date | None
    self_evaluate_by: date | None


class FormOut(Schema):
    """A declared form (申报表) and where it stands."""

    id: int
    round: int
    fiscal_year: int
    organisation: OrganisationOut
    kind: str
    project: str
    state: State
    state_word: str = Field(description=message("The same in words").text)
    state_since: datetime
    counter: int = Field(
        description=message("How many saves the draft has seen: what its ETag is made of").text
    )
    saved_at: datetime
    open_findings: dict[str, int]
    approved_version: int | None


class ContentOut(Schema):
    """The draft of a form: the form itself, and a stable id for each of its indicators."""

    counter: int
    rows: list[str]
    form: FormJson


class VersionOut(Schema):
    """A version (版本): what the form said when it was handed on."""

    number: int
    why: str
    made_at: datetime
    made_by: str
    sha256: str
    in_force: bool


class VersionContentOut(VersionOut):
    """A version with what it says."""

    form: FormJson


class JobOut(Schema):
    """Work in the background, and how far it is."""

    id: int
    kind: str
    state: Literal["queued", "running", "done", "failed", "cancelled"]
    done: int
    total: int
    asked_at: datetime
    ended_at: datetime | None
    problem: str | None = Field(description=message("Why it failed").text)
    result: Any = Field(description=message("What came of it; what it is depends on the kind").text)


class LoadOut(Schema):
    """One file of records that was handed in for a ledger."""

    id: int
    organisation: str
    ledger: str
    year: int
    file: str
    sha256: str
    outcome: Literal["waiting", "loaded", "known", "refused"]
    problem: str | None
    batch: str
    rows: int
    blocked: int
    questioned: int
    by: str
    at: datetime
    job: int | None


class SheetOut(Schema):
    """A score sheet that was handed in and sealed."""

    id: int
    kind: Literal["self", "check", "evaluation"]
    version: int
    profile: str
    low: str
    high: str
    of: str
    grade: str
    sha256: str
    by: str
    at: datetime


class ImportedOut(Schema):
    """What came of one form of an import."""

    file: str
    number: int = Field(
        description=message("The place of the form in its file, from 1; 0 for the file as a whole").text
    )
    outcome: Literal["begun", "replaced", "refused", "unreadable", "no_form"]
    form: int | None
    reason: str | None
    not_understood: int


def round_out(one: Round) -> dict[str, Any]:
    """A round."""
    names = ("name", "fiscal_year", "profile", "open", "organisation")
    return {"id": one.pk} | {name: getattr(one, name) for name in (*names, *DEADLINES)}


def form_out(one: Declaration) -> dict[str, Any]:
    """A declaration without its content."""
    draft: Draft = cast("Any", one).draft
    return {
        "id": one.pk,
        "round": one.round.pk,
        "fiscal_year": one.round.fiscal_year,
        "organisation": one.organisation,
        "kind": one.kind,
        "project": one.project,
        "state": one.state,
        "state_word": SHOWN[State(one.state)].word.say(language()),
        "state_since": one.state_since,
        "counter": draft.counter,
        "saved_at": draft.saved_at,
        "open_findings": {"error": draft.errors, "warning": draft.warnings, "advice": draft.advice},
        "approved_version": one.approved.number if one.approved else None,
    }


def version_out(one: Version, in_force: int | None) -> dict[str, Any]:
    """A version without its content."""
    return {
        "number": one.number,
        "why": one.why,
        "made_at": one.made_at,
        "made_by": one.made_by,
        "sha256": one.digest,
        "in_force": one.pk == in_force,
    }


def job_out(one: Job) -> dict[str, Any]:
    """A job."""
    names = ("kind", "state", "done", "total", "asked_at", "ended_at", "result")
    problem = from_data(one.problem).say(language()) if one.problem else None
    return {"id": one.pk, "problem": problem} | {name: getattr(one, name) for name in names}


def load_out(one: Load) -> dict[str, Any]:
    """A load."""
    names = ("ledger", "year", "outcome", "batch", "rows", "blocked", "questioned", "by", "at")
    return {name: getattr(one, name) for name in names} | {
        "id": one.pk,
        "organisation": one.organisation.code,
        "file": one.file.name,
        "sha256": one.file.digest,
        "problem": from_data(one.problem).say(language()) if one.problem else None,
        "job": one.job.pk if one.job else None,
    }


def sheet_out(one: Sheet) -> dict[str, Any]:
    """A sealed sheet without its content."""
    return {
        "id": one.pk,
        "kind": one.kind,
        "version": one.version.number,
        "profile": one.profile,
        **{name: f"{getattr(one, name):f}" for name in ("low", "high", "of")},
        "grade": one.grade,
        "sha256": one.digest,
        "by": one.by,
        "at": one.at,
    }


def imported_out(one: Imported) -> dict[str, Any]:
    """A line of an import."""
    return {
        "file": one.name,
        "number": one.number,
        "outcome": one.outcome,
        "form": one.declaration.pk if one.declaration else None,
        "reason": from_data(one.reason).say(language()) if one.reason else None,
        "not_understood": one.not_understood,
    }
