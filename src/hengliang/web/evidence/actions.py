"""Handing in records."""

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from hengliang.base.message import message
from hengliang.measure.catalogue import all_ledgers
from hengliang.web.accounts.models import Organisation, Person
from hengliang.web.accounts.policies import Refused, require
from hengliang.web.audit.actions import record
from hengliang.web.evidence.models import Load
from hengliang.web.files.actions import keep_upload
from hengliang.web.files.kinds import RECORDS
from hengliang.web.jobs.actions import ask
from hengliang.web.workflow.roles import Permission


def hand_in(actor: Person, organisation: Organisation, ledger: str, year: int, upload: UploadedFile) -> Load:
    """Keeps a file of records and asks for it to be loaded. Raises `Refused` and `files.actions.BadFile`."""
    require(actor, Permission.LOAD, organisation)
    if ledger not in all_ledgers():
        raise Refused(message("there is no ledger {name}", name=ledger))
    kept = keep_upload(actor, upload, RECORDS)
    with transaction.atomic():
        load = Load.objects.create(
            organisation=organisation,
            ledger=ledger,
            year=year,
            file=kept,
            by=actor.username,
            by_name=actor.full_name,
        )
        record(
            actor,
            "evidence.hand_in",
            f"load:{load.pk}",
            kept.name,
            organisation.code,
            ledger=ledger,
            year=year,
        )
        load.job = ask(actor, "evidence.load", {"load": load.pk}, f"load:{load.pk}", kept.name)
        load.save(update_fields=["job"])
    return load
