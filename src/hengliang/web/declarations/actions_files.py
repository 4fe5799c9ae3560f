"""Writes that bring whole forms in: from files, from last year, from an earlier version."""

import hashlib
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from hengliang import api
from hengliang.base.message import message
from hengliang.form.errors import TooLarge
from hengliang.form.exchange import from_exchange, to_exchange
from hengliang.form.model import Indicator, Purpose
from hengliang.form.source import NO_SOURCE, ReadForm, Reading
from hengliang.web.accounts.models import Organisation, Person
from hengliang.web.accounts.policies import Refused, require
from hengliang.web.audit.actions import record
from hengliang.web.declarations import actions, policies
from hengliang.web.declarations.draft import opened
from hengliang.web.declarations.models import Declaration, Draft, Round, Upload, Version
from hengliang.web.workflow.roles import Permission

MOST_BYTES = 20_000_000
"""The size of a file that is taken in. Forms are far below."""

ENDINGS = ("xlsx", "xls", "et", "docx", "doc", "wps", "pdf", "csv", "txt", "md", "html", "htm", "json", "xml")
"""What a browser offers to choose; what the file is, the reader finds out."""


def hand_in(
    actor: Person,
    file: UploadedFile,
    round_: Round,
    organisation: Organisation,
    declaration: Declaration | None,
) -> Upload:
    """Reads a file and keeps what it says; nothing of a form is changed yet.

    Raises form.errors.UnreadableFile with reason and remedy, `Refused` where the actor may not edit.
    """
    if declaration is not None:
        policies.require_edit(actor, declaration)
    else:
        require(actor, Permission.EDIT, organisation)
    reading, digest = read_upload(file)
    return kept(actor, reading, digest, round_, organisation, declaration)


def read_upload(file: UploadedFile) -> tuple[Reading, str]:
    """What a file says, and its SHA-256. Raises form.errors.UnreadableFile with reason and remedy."""
    # The name of a file has at most 255 bytes, a Chinese character three.
    name = Path(file.name or "file").name[-80:]
    if (file.size or 0) > MOST_BYTES:
        raise TooLarge(
            name,
            message("the file is larger than {most} MB", most=MOST_BYTES // 1_000_000),
            message("hand in the form alone, without pictures and annexes"),
        )
    data = file.read()
    with TemporaryDirectory() as folder:
        place = Path(folder) / name
        place.write_bytes(data)
        reading = _under(name, api.read(place))
    return reading, hashlib.sha256(data).hexdigest()


def _under(name: str, reading: Reading) -> Reading:
    """A reading whose places name the file as it was handed in, not where it lay while it was read."""
    forms = tuple(
        ReadForm(
            form,
            source._replace(
                places={path: place._replace(file=name) for path, place in source.places.items()}
            ),
        )
        for form, source in reading.forms
    )
    left = tuple(one._replace(place=one.place._replace(file=name)) for one in reading.not_understood)
    return reading._replace(file=name, forms=forms, not_understood=left)


@transaction.atomic
def kept(
    actor: Person,
    reading: Reading,
    digest: str,
    round_: Round,
    organisation: Organisation,
    declaration: Declaration | None,
) -> Upload:
    """Keeps what was read from a file until a form of it is taken."""
    made = Upload.objects.create(
        round=round_,
        organisation=organisation,
        declaration=declaration,
        name=reading.file,
        digest=digest,
        content=to_exchange(reading),
        person=actor,
    )
    record(
        actor,
        "file.read",
        f"declaration:{declaration.pk}" if declaration else f"round:{round_.pk}",
        reading.file,
        organisation.code,
        digest=digest,
        forms=len(reading.forms),
        not_understood=len(reading.not_understood),
    )
    return made


def reading_of(upload: Upload) -> Reading:
    """What was read from a file that was handed in."""
    return from_exchange(upload.content, upload.name)


@transaction.atomic
def take(
    actor: Person, upload: Upload, number: int, base: int | None = None, project: str = ""
) -> Declaration:
    """Takes a form of a file: into the draft that it was handed in for (which is kept as a version first), or
    as a new declaration. Raises `actions.Conflicts` when the draft has moved on from `base`."""
    locked = (
        Upload.objects.select_for_update(of=("self",), no_key=True)
        .select_related("round", "organisation")
        .get(pk=upload.pk)
    )
    forms = reading_of(locked).forms
    if locked.person.pk != actor.pk:
        raise Refused(message("Only who handed the file in takes a form from it."))
    if locked.taken is not None or not 0 <= number < len(forms):
        raise Refused(message("There is no such form in the file, or it was taken before."))
    form, source = forms[number]
    if locked.declaration is not None:
        declaration = Declaration.objects.select_related("organisation", "round").get(
            pk=locked.declaration.pk
        )
        actions.replace(
            actor, declaration, form, source, base or 0, "import", file=locked.name, digest=locked.digest
        )
    else:
        declaration = actions.begin(
            actor,
            locked.round,
            locked.organisation,
            project=project,
            form=form,
            source=source,
            file=locked.name,
        )
        locked.declaration = declaration  # pyright: ignore[reportAttributeAccessIssue]
    locked.taken = number  # pyright: ignore[reportAttributeAccessIssue]
    locked.save()
    return declaration


def copy_last_year(
    actor: Person, round_: Round, organisation: Organisation, last: Declaration
) -> Declaration:
    """A new declaration with what the organisation declared before: texts and targets without results."""
    if last.organisation != organisation:
        raise Refused(message("Only a form of the own organisation is copied."))
    draft = Draft.objects.get(declaration=last)
    form = opened(last.approved.content if last.approved else draft.content).form
    results: dict[str, Any] = dict.fromkeys(("actual", "score", "forecast", "likelihood", "reason"))
    rows = tuple(Indicator.model_validate(row.model_dump() | results) for row in form.indicators)
    form = form.model_copy(
        update={
            "purpose": Purpose.DECLARATION,
            "fiscal_year": round_.fiscal_year,
            "title": None,
            "achieved": None,
            "months": None,
            "signoff": None,
            "indicators": rows,
        }
    )
    return actions.begin(
        actor,
        round_,
        organisation,
        project=last.project,
        form=form,
        source=NO_SOURCE,
        file=f"declaration:{last.pk}",
    )


def bring_back(actor: Person, declaration: Declaration, version: Version, base: int) -> Draft:
    """Puts an earlier version into the draft; what the draft says now is kept as a version first."""
    if version.declaration != declaration:
        raise Refused(message("The version belongs to another form."))
    form, source, rows = opened(version.content, version.rows or None)
    return actions.replace(
        actor, declaration, form, source, base, "bring_back", rows=rows, version=str(version.number)
    )
