"""Records that were loaded and are lost or damaged: finding them, and how the log and people hear of it."""

import logging
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from hengliang.base.message import Message, message
from hengliang.measure.store import Store, StoreError
from hengliang.web.accounts.models import Organisation
from hengliang.web.evidence.models import Load
from hengliang.web.evidence.queries import store_folder
from hengliang.web.jobs.work import Failure

_log = logging.getLogger("hengliang.records")


def lost(organisation: Organisation, year: int | None = None) -> Generator[StoreError]:
    """What is wrong with the manifests of the batches that were noted as loaded."""
    store = Store(store_folder(organisation))
    found = Load.objects.filter(organisation=organisation, outcome=Load.Outcome.LOADED)
    if year is not None:
        found = found.filter(year=year)
    for ledger, of_year, name in found.order_by("pk").values_list("ledger", "year", "batch"):
        try:
            store.held(ledger, of_year, organisation.code, name)
        except StoreError as error:
            yield error


def require_whole(organisation: Organisation, year: int) -> None:
    """Raises StoreError when a batch is lost: what is measured without it would be another number."""
    for error in lost(organisation, year):
        raise error


def logged(error: StoreError) -> Message:
    """Writes the damage into the log of the server, in one line; gives what people are told of it."""
    _log.error("damaged records: %s (%s)", error, error.file or "-")
    return message("the store is damaged: {why}", why=error.said)


def place_in_store(error: StoreError) -> str:
    """The damaged file, as the administrator finds it: from the folder of all records on."""
    folder = Path(settings.RECORD_STORE)
    if error.file is None or not error.file.is_relative_to(folder):
        return ""
    return error.file.relative_to(folder.parent).as_posix()


@contextmanager
def failing() -> Generator[None]:
    """Work that cannot go on over damaged records fails with that as its reason."""
    try:
        yield
    except StoreError as error:
        raise Failure(
            message(
                "{what}. The system administrator runs `hengliang check` and restores the file from a backup;"
                " then try again.",
                what=logged(error),
            )
        ) from error
