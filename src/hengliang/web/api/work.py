"""Imports and exports of many forms, in the background."""

import zipfile
from functools import partial
from typing import Any

from django.db import transaction
from django.http import Http404

from hengliang.base.message import Message, message
from hengliang.form.errors import UnreadableFile
from hengliang.form.model import Kind
from hengliang.form.source import Reading
from hengliang.form.writers.errors import UnwritableForm
from hengliang.web.accounts.models import Person
from hengliang.web.accounts.policies import Refused
from hengliang.web.accounts.said import to_data
from hengliang.web.api import queries
from hengliang.web.api.bulk import EXPORT, IMPORT
from hengliang.web.api.models import Imported
from hengliang.web.declarations import actions_files, exported, policies
from hengliang.web.declarations import queries as declarations
from hengliang.web.declarations.actions import Conflicts
from hengliang.web.declarations.models import Declaration
from hengliang.web.declarations.work import unreadable
from hengliang.web.files.actions import keep_part
from hengliang.web.files.models import StoredFile
from hengliang.web.jobs.work import Failure, Last, Progress, work


@work(IMPORT, message("Bringing forms in"))
def bring_in(person: Person, given: dict[str, Any], progress: Progress) -> dict[str, int]:
    """Brings the forms of files in. Each form is one transaction with the note of what came of it, so that
    work that is begun again goes on where it broke off. Gives how many came to what."""
    files = given["files"]
    for at, pk in enumerate(files):
        progress(at, len(files))
        _file(person, given, at, StoredFile.objects.get(pk=pk))
    progress(len(files), len(files))
    rows = queries.imported(given["key"])
    return {outcome: rows.filter(outcome=outcome).count() for outcome in Imported.Outcome.values}


def _file(person: Person, given: dict[str, Any], at: int, file: StoredFile) -> None:
    """Brings in the forms of one file that were not brought in before."""
    known = set(queries.imported(given["key"]).filter(file=at).values_list("number", flat=True))
    if 0 in known:
        return
    note = partial(Imported.objects.create, key=given["key"], file=at, name=file.name)
    try:
        reading = actions_files.read_kept(file)
    except UnreadableFile as error:
        note(outcome=Imported.Outcome.UNREADABLE, reason=to_data(unreadable(error)))
        return
    note = partial(note, not_understood=len(reading.not_understood))
    if not reading.forms:
        note(outcome=Imported.Outcome.NO_FORM)
    for number in range(1, len(reading.forms) + 1):
        if number in known:
            continue
        try:
            with transaction.atomic():
                outcome, made = _taken(person, given, reading, number - 1, file.digest)
                note(number=number, outcome=outcome, declaration=made)
        except (Refused, Http404, Conflicts) as error:
            note(number=number, outcome=Imported.Outcome.REFUSED, reason=to_data(_why(error)))


def _why(error: Exception) -> Message:
    if isinstance(error, Refused):
        return error.reason
    if isinstance(error, Conflicts):
        return message("Somebody changed the form at the same moment.")
    return message("The round is closed, or no longer within your reach.")


def _taken(
    person: Person, given: dict[str, Any], reading: Reading, index: int, digest: str
) -> tuple[str, Declaration]:
    """Takes one form: as a new declaration, or into the draft of the one that is there."""
    start = declarations.start(person, given["round"], given["organisation"])
    form = reading.forms[index].form
    project = (form.project or "")[:300] if form.kind is Kind.PROJECT else ""
    there = next((one for one in start.here if one.project == project), None)
    if there is not None and not given["replace"]:
        raise Refused(message("There is such a form in this round already; open it and go on there."))
    if there is not None:
        policies.require_edit(person, there)
    alone = reading._replace(forms=(reading.forms[index],))
    kept = actions_files.kept(person, alone, digest, start.round, start.organisation, there)
    base = declarations.counter(there) if there is not None else None
    made = actions_files.take(person, kept, 0, base, project)
    return (Imported.Outcome.BEGUN if there is None else Imported.Outcome.REPLACED), made


@work(EXPORT, message("Writing forms"))
def give_out(person: Person, given: dict[str, Any], progress: Progress) -> Last:
    """Writes forms as documents into one ZIP file. What has left the person's reach since is left out. The
    file is kept with the end of the job or not at all."""
    ids = given["forms"]
    found = queries.forms(person).filter(pk__in=ids).select_related("approved")
    part, refused = progress.part(), list[dict[str, Any]]()
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
        for done, one in enumerate(found.iterator(chunk_size=50)):
            progress(done, len(ids))
            content = one.approved if given["approved"] else declarations.draft(one)
            if content is None:
                continue
            form = exported.form_of(content)
            for wanted in given["formats"]:
                name = f"{one.organisation.code}-{one.round.fiscal_year}-{one.pk}"
                kind = "-mof" if wanted == "mof" else ""
                try:
                    data = exported.document(form, wanted, one.round.profile)
                except UnwritableForm:
                    refused.append({"form": one.pk, "format": wanted})
                else:
                    archive.writestr(f"{name}{kind}.{exported.FORMATS[wanted]}", data)
        files = len(archive.namelist())
    if not files:
        raise Failure(message("None of these forms can be written in this format."))
    progress(len(ids), len(ids))

    def keep() -> dict[str, Any]:
        kept = keep_part(person, "forms.zip", part, frozenset(("zip",)))
        return {"sha256": kept.digest, "bytes": kept.size, "files": files, "not_written": refused}

    return Last(keep)
