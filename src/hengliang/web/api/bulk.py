"""Asking for imports and exports of many forms."""

import secrets
from collections.abc import Sequence

from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet

from hengliang.base.message import message
from hengliang.web.accounts.models import Person
from hengliang.web.accounts.policies import require
from hengliang.web.api.problems import Problem
from hengliang.web.declarations.actions_files import MOST_BYTES
from hengliang.web.declarations.models import Declaration
from hengliang.web.declarations.queries import Start
from hengliang.web.files.actions import keep_upload
from hengliang.web.jobs.actions import ask
from hengliang.web.jobs.models import Job
from hengliang.web.workflow.roles import Permission

IMPORT, EXPORT = "api.import", "api.export"
MOST_FILES, MOST_FORMS = 100, 2000


def ask_import(actor: Person, start: Start, files: Sequence[UploadedFile], replace: bool) -> Job:
    """Keeps the files, and asks for their forms to be brought in. Raises `Refused`, `Problem`, `BadFile`."""
    require(actor, Permission.EDIT, start.organisation)
    if not files or len(files) > MOST_FILES:
        raise Problem(422, message("Send from 1 to {most} files at a time.", most=MOST_FILES))
    # What a file is, the reader finds out; many an .xls is a web page.
    kept = [keep_upload(actor, one, None, MOST_BYTES) for one in files]
    given = {
        "key": secrets.token_hex(16),
        "round": start.round.pk,
        "organisation": start.organisation.pk,
        "files": [one.pk for one in kept],
        "replace": replace,
    }
    return ask(actor, IMPORT, given, f"round:{start.round.pk}")


def ask_export(actor: Person, found: QuerySet[Declaration], formats: Sequence[str], approved: bool) -> Job:
    """Asks for forms to be written. Raises `Problem` when there are none, or too many."""
    ids = list(found.values_list("pk", flat=True)[: MOST_FORMS + 1])
    if not ids or len(ids) > MOST_FORMS:
        raise Problem(422, message("From 1 to {most} forms are written at a time.", most=MOST_FORMS))
    return ask(actor, EXPORT, {"forms": ids, "formats": sorted(set(formats)), "approved": approved})
