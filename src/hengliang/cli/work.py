"""What workers do. It needs the whole house, so only workers import it."""

import json
import pickle
import tempfile
import traceback
from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

from hengliang import api
from hengliang.base.message import message
from hengliang.base.place import Place
from hengliang.base.profile import load_profile
from hengliang.cli.form_review import review_forms
from hengliang.cli.jobs import (
    AuditDone,
    AuditJob,
    Described,
    DescribeJob,
    DuplicatesDone,
    DuplicatesJob,
    ExportDone,
    ExportJob,
    FormKey,
    ReadDone,
    ReadJob,
    ReviewDone,
    ReviewJob,
    ScoreDone,
    ScoreJob,
)
from hengliang.cli.output import written_whole
from hengliang.cli.usage import Usage
from hengliang.form.containers.limits import Limits
from hengliang.form.errors import Damaged, TooLarge, UnreadableFile
from hengliang.form.exchange import to_exchange
from hengliang.form.model import Form
from hengliang.form.source import NotUnderstood, ReadForm, Reading
from hengliang.form.writers.errors import UnwritableForm
from hengliang.report import duplicates_text, reading_text
from hengliang.report.ink import Ink
from hengliang.review.duplicates import duplicates as find_duplicates

Job = TypeVar("Job", AuditJob, ReadJob, DescribeJob, ExportJob, DuplicatesJob, ReviewJob, ScoreJob)
Answer = TypeVar("Answer")


def _guarded(work: Callable[[Job], Answer]) -> Callable[[Job], Answer | UnreadableFile | Usage]:
    """`work`, with whatever goes wrong as its answer: one bad file never stops the others."""

    @wraps(work)
    def answer(job: Job) -> Answer | UnreadableFile | Usage:
        try:
            return work(job)
        except (UnreadableFile, Usage) as error:
            return error
        except MemoryError:
            reason = message("it needs more memory than one file may take")
            return TooLarge(job.name, reason, message("take out pages and sheets that are no form"))
        # A fault of the program on one file is told with that file.
        except Exception as error:
            frame = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{type(error).__name__}: {error} ({Path(frame.filename).name}:{frame.lineno})"
            reason = message("the program failed on it: {error}", error=where)
            return Damaged(job.name, reason, message("report this, if you may with the file"))

    return answer


@_guarded
def read(job: ReadJob) -> ReadDone:
    """Reads one file and packs what it says."""
    limits = Limits(seconds=job.seconds)
    if job.data is None:
        reading = api.read(job.name, limits)
    else:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"input{job.ending}"
            path.write_bytes(job.data)
            try:
                reading = _renamed(api.read(path, limits), job.name)
            except UnreadableFile as error:
                raise type(error)(job.name, error.reason, error.remedy) from None
    return ReadDone(pickle.dumps(reading), tuple(map(_key, reading.forms)))


def _key(read: ReadForm) -> FormKey:
    form = read.form
    return FormKey(form.organisation, form.project, form.kind.value, form.purpose.value, form.fiscal_year)


def _renamed(reading: Reading, name: str) -> Reading:
    """A reading of standard input, whose places name no file on disk."""

    def here(place: Place) -> Place:
        return place._replace(file=name)

    forms = [
        ReadForm(form, source._replace(places={path: here(place) for path, place in source.places.items()}))
        for form, source in reading.forms
    ]
    left = [NotUnderstood(one.text, here(one.place), one.reason) for one in reading.not_understood]
    return reading._replace(file=name, forms=tuple(forms), not_understood=tuple(left))


@_guarded
def describe(job: DescribeJob) -> Described:
    """What one file holds: a text for people, or the parts of the exchange JSON."""
    reading: Reading = pickle.loads(job.reading)
    look = job.look
    if not job.as_json:
        return Described(
            reading_text.render(reading, look.language, look.columns, Ink(look.colour), look.verbose)
        )
    data = to_exchange(reading, language=look.language)
    return Described(
        whole=_json(data),
        document=_json(data["documents"][0]),
        forms=tuple(map(_json, data["forms"])),
        not_understood=tuple(map(_json, data["not_understood"])),
        used=reading.used,
    )


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1)


@_guarded
def export(job: ExportJob) -> ExportDone:
    """Writes one form. Of the ministry's records, tells how many fields are cut off, missing or too long."""
    reading: Reading = pickle.loads(job.reading)
    form, left_out = reading.forms[job.number].form, 0
    if job.monitoring is not None:
        from hengliang.cli.monitoring import monitored

        form, left_out = monitored(form, job.monitoring, job.profile)
    with written_whole(job.out) as part:
        try:
            api.export(form, part, job.form_as, job.profile)
        except UnwritableForm as error:
            raise Usage(message("{path}: {reason}", path=error.path, reason=error.reason)) from error
    if job.form_as not in ("mof", "mof-zip"):
        return ExportDone(left_out=left_out)
    from hengliang.form.mof import to_mof

    return ExportDone(len(to_mof(form)["notices"]), left_out)


@_guarded
def duplicates(job: DuplicatesJob) -> DuplicatesDone:
    """Looks for indicators that stand on forms of several organisations or projects."""
    whose: dict[str, tuple[str | None, ...]] = {}

    def forms() -> Iterator[tuple[str, Form]]:
        for name, packed in job.files:
            reading: Reading = pickle.loads(packed)
            for number, (form, _) in enumerate(reading.forms, 1):
                called = name if len(reading.forms) == 1 else f"{name}#{number}"
                whose[called] = (form.organisation, form.project) if form.organisation else (called,)
                yield called, form

    groups = find_duplicates(forms(), load_profile(job.profile))
    # The same indicator in the years of one organisation is no duplicate.
    shared = [group for group in groups if len({whose[member.form] for member in group.members}) > 1]
    look = job.look
    text = duplicates_text.render(shared, look.language, look.columns, Ink(look.colour), look.verbose)
    return DuplicatesDone(text, tuple(map(duplicates_text.record, shared)))


@_guarded
def review(job: ReviewJob) -> ReviewDone:
    """Reviews the forms of one file, and mends and writes what the plan asks for."""
    reading: Reading = pickle.loads(job.reading)
    earlier = [
        tuple(pickle.loads(one.reading).forms[one.number].form for one in forms) for forms in job.earlier
    ]
    return review_forms(job, reading, earlier)


@_guarded
def score(job: ScoreJob) -> ScoreDone:
    """Scores one form, or writes the file of actual values to fill in for it."""
    from hengliang.cli.score_form import score_form

    return score_form(job)


@_guarded
def audit(job: AuditJob) -> AuditDone:
    """Recomputes the self-evaluations of one file; forms without scores are none."""
    from hengliang.report import audit_json, audit_text
    from hengliang.report.sheet_text import Look
    from hengliang.score.audit import counted
    from hengliang.score.audit_sums import audit as recompute

    reading: Reading = pickle.loads(job.reading)
    profile = load_profile(job.profile)
    look = Look(job.look.columns, Ink(job.look.colour), job.look.verbose)
    found = [(number, recompute(form, profile)) for number, (form, _) in enumerate(reading.forms, 1)]
    found = [(number, audited) for number, audited in found if audited.has_scores]
    pieces = tuple(
        audit_json.piece(audited, job.name, number, job.look.language)
        if job.as_json
        else audit_text.render(audited, job.name, job.look.language, look)
        for number, audited in found
    )
    counts = counted(finding for _, audited in found for finding in audited.findings)
    return AuditDone(pieces, {verdict.value: count for verdict, count in counts.items()})
