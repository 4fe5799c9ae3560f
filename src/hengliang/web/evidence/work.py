"""Loading records in the background: the loader of the core, with its outcome noted for the page."""

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from hengliang.base.message import Message, Words, message
from hengliang.form.errors import UnreadableFile
from hengliang.measure.catalogue import all_ledgers
from hengliang.measure.definition import Ledger
from hengliang.measure.load.headings import LoadError
from hengliang.measure.load.run import Loaded, Loading, Manner, load
from hengliang.measure.period import fiscal_year
from hengliang.measure.store import Store
from hengliang.report import ledger_errors
from hengliang.web.accounts.models import Person
from hengliang.web.accounts.said import to_data
from hengliang.web.audit.actions import record
from hengliang.web.evidence.damage import failing
from hengliang.web.evidence.models import Load
from hengliang.web.evidence.queries import store_folder
from hengliang.web.files.actions import keep_bytes
from hengliang.web.files.kinds import RECORDS
from hengliang.web.files.queries import place_of
from hengliang.web.jobs.work import Failure, Last, Progress, work

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_STEPS = 4
"""Reading, checking and writing the records, and writing down what was found."""

SHOWN = 500
"""Findings that the page lists; the marked file has them all."""


def _page(result: Any) -> str:
    return reverse("load", args=[result["load"]])


@work("evidence.load", message("Loading records"), _page)
def load_records(person: Person, given: dict[str, Any], progress: Progress) -> Last:
    """Loads the file of one `Load`. Safe to begin again: the store knows a file that it has."""
    asked = Load.objects.select_related("organisation", "file").get(pk=given["load"])
    if asked.outcome == Load.Outcome.REFUSED:
        # It is tried once more.
        asked.outcome, asked.problem = Load.Outcome.WAITING, None
        asked.save()
    ledger = all_ledgers()[asked.ledger]
    store = Store(store_folder(asked.organisation))
    store.sweep()
    steps = iter(range(_STEPS))

    def watch(stage: Message, engine: "DuckDBPyConnection") -> None:
        progress(next(steps, _STEPS - 1), _STEPS, stage, engine.query_progress, engine.interrupt)

    loading = Loading(
        asked.year, asked.organisation.code, asked.by, timezone.localtime().isoformat(timespec="seconds")
    )
    with tempfile.TemporaryDirectory() as folder:
        # The loader knows a format by the ending, and the batch is to name the file as the unit knows it.
        path = Path(folder) / asked.file.name
        shutil.copyfile(place_of(asked.file.digest), path)
        try:
            with failing():
                loaded = load(
                    path, ledger, store, loading, fiscal_year(asked.year), manner=Manner(watch=watch)
                )
        except LoadError as error:
            raise _refused(asked, error.said) from error
        except UnreadableFile as error:
            raise _refused(
                asked, message("{reason} {remedy}", reason=error.reason, remedy=error.remedy)
            ) from error
        progress(_STEPS - 1, _STEPS, message("writing down what the check found"))
        marked = b""
        if loaded.findings:
            out = Path(folder) / "marked.xlsx"
            ledger_errors.write(path, ledger, loaded, out, "zh_Hans")
            marked = out.read_bytes()
    return Last(lambda: _loaded(person, asked, ledger, loaded, marked))


def _loaded(person: Person, asked: Load, ledger: Ledger, loaded: Loaded, marked: bytes) -> dict[str, Any]:
    """Notes what was loaded; `marked` is the file with its bad cells marked, empty where there are none."""
    batch = loaded.batch or loaded.before
    assert batch is not None
    if marked:
        asked.errors = keep_bytes(person, f"{Path(asked.file.name).stem}-检查结果.xlsx", marked, RECORDS)
    asked.outcome = Load.Outcome.LOADED if loaded.batch else Load.Outcome.KNOWN
    asked.batch = batch.id
    asked.rows, asked.blocked, asked.questioned = batch.rows, batch.blocked, batch.questioned
    asked.report = report_of(loaded, ledger)
    asked.save()
    record(
        person,
        "evidence.load",
        f"load:{asked.pk}",
        asked.file.name,
        asked.organisation.code,
        batch=batch.id,
        content=batch.content_sha256,
        rows=batch.rows,
        blocked=batch.blocked,
    )
    return {"load": asked.pk}


def _refused(asked: Load, reason: Message) -> Failure:
    with transaction.atomic():
        asked.outcome = Load.Outcome.REFUSED
        asked.save()
        Load.objects.filter(pk=asked.pk).update(problem=to_data(reason))
        record(
            None,
            "evidence.refuse",
            f"load:{asked.pk}",
            asked.file.name,
            asked.organisation.code,
            outcome="refused",
        )
    return Failure(reason)


def report_of(loaded: Loaded, ledger: Ledger) -> dict[str, Any]:
    """What a page shows of a load: findings with their place and reason, headings that were not matched."""
    names = {column.name: column.words for column in ledger.columns}
    return {
        "findings": [
            {
                "row": loaded.first_row + finding.row - 1,
                "column": _said(names.get(finding.column or "")),
                "code": finding.code,
                "severity": finding.severity,
                "reason": _said(finding.reason),
                "figures": {name: str(value) for name, value in finding.figures.items()},
            }
            for finding in loaded.findings[:SHOWN]
        ],
        "count": len(loaded.findings),
        "unknown": list(loaded.matched.unknown),
        "absent": [_said(column.words) for column in loaded.matched.absent],
        "skipped": list(dict.fromkeys(loaded.skipped)),
    }


def _said(text: Message | Words | None) -> dict[str, str]:
    """A text in both languages, since what was loaded is read for years."""
    if text is None:
        return {"zh_Hans": "", "en": ""}
    return {language: text.say(language) for language in ("zh_Hans", "en")}
