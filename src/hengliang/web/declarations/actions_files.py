"""Writes that bring whole forms in: from files, from last year, from an earlier version."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from hengliang import api
from hengliang.base.message import message
from hengliang.form.exchange import from_exchange, to_exchange
from hengliang.form.model import Indicator, Purpose
from hengliang.form.source import NO_SOURCE, ReadForm, Reading
from hengliang.web.accounts.models import Organisation, Person
from hengliang.web.accounts.policies import Refused, require
from hengliang.web.audit.actions import record
from hengliang.web.declarations import actions, policies
from hengliang.web.declarations.draft import opened
from hengliang.web.declarations.models import Declaration, Draft, Round, Upload, Version
from hengliang.web.files.actions import BadFile, keep_upload
from hengliang.web.files.models import StoredFile
from hengliang.web.files.queries import content_of
from hengliang.web.jobs.actions import ask
from hengliang.web.jobs.models import Job
from hengliang.web.workflow.roles import Permission

MOST_BYTES = 20 * 1024 * 1024
"""The size of a file that is taken in. Forms are far below."""

ENDINGS = (
    "xlsx", "xls", "xlsm", "xlsb", "et", "ods", "docx", "doc", "wps", "rtf", "odt", "pdf", "csv", "tsv",
    "txt", "md", "html", "htm", "mht", "json", "xml",
)  # fmt: skip
"""What may be handed in, and what a browser offers to choose; what the file is, the reader finds out."""


READ = "declarations.read"
"""The work that reads a file that was handed in."""


def hand_in(
    actor: Person,
    file: UploadedFile,
    round_: Round,
    organisation: Organisation,
    declaration: Declaration | None,
) -> Job:
    """Keeps a file and asks for it to be read; nothing of a form is changed yet. Raises `Refused` where the
    actor may not edit, files.actions.BadFile for a file that is empty, too large or of no kind that is read.
    """
    _require(actor, organisation, declaration)
    kept = keep_form(actor, file)
    given = {
        "file": kept.pk,
        "round": round_.pk,
        "organisation": organisation.pk,
        "declaration": declaration.pk if declaration else None,
    }
    subject = f"declaration:{declaration.pk}" if declaration else f"round:{round_.pk}"
    return ask(actor, READ, given, subject, kept.name)


def keep_form(actor: Person, file: UploadedFile) -> StoredFile:
    """Keeps a file that a form may be in. Raises files.actions.BadFile."""
    name = Path(file.name or "file")
    if name.suffix.lower().lstrip(".") not in ENDINGS:
        raise BadFile(
            message(
                "{file} is of no kind that a form is read from: {kinds}.",
                file=name.name,
                kinds=tuple(ENDINGS),
            )
        )
    # What a file is, the reader finds out; many an .xls is a web page.
    return keep_upload(actor, file, None, MOST_BYTES)


def _require(actor: Person, organisation: Organisation, declaration: Declaration | None) -> None:
    if declaration is not None:
        policies.require_edit(actor, declaration)
    else:
        require(actor, Permission.EDIT, organisation)


def read_kept(file: StoredFile) -> Reading:
    """What a kept file says. Raises form.errors.UnreadableFile with reason and remedy."""
    return read_as(file.name, content_of(file))


def read_as(name: str, content: bytes) -> Reading:
    """What the content of a file of this name says. Raises form.errors.UnreadableFile."""
    # The name of a file has at most 255 bytes, a Chinese character three.
    name = Path(name).name[-80:] or "file"
    with TemporaryDirectory() as folder:
        place = Path(folder) / name
        place.write_bytes(content)
        return _under(name, api.read(place))


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
    """Keeps what was read from a file until a form of it is taken. Raises `Refused`."""
    _require(actor, organisation, declaration)
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
        draft = actions.replace(
            actor, declaration, form, source, base or 0, "import", file=locked.name, digest=locked.digest
        )
        locked.before = Version.objects.filter(declaration=declaration).order_by("-number").first()
        locked.after = draft.counter
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
