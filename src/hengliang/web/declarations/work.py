"""Reading files that were handed in, in the background."""

from typing import Any

from django.urls import reverse

from hengliang.base.message import Message, message
from hengliang.form.errors import UnreadableFile
from hengliang.web.accounts.models import Person
from hengliang.web.declarations import actions_files, queries
from hengliang.web.files.models import StoredFile
from hengliang.web.jobs.work import Failure, Last, Progress, work


def _page(result: Any) -> str:
    return reverse("upload", args=[result["upload"]])


def unreadable(error: UnreadableFile) -> Message:
    """Why a file cannot be read, and what helps."""
    return message("{reason}. Remedy: {remedy}.", reason=error.reason, remedy=error.remedy)


@work(actions_files.READ, message("Reading a form from a file"), _page, quick=True)
def read(person: Person, given: dict[str, Any], progress: Progress) -> Last:
    """Reads the file, and keeps what it says until a form of it is taken."""
    file = StoredFile.objects.get(pk=given["file"])
    place = queries.place_of_reading(given)
    progress(0, 0, message("reading {file}", file=file.name))
    try:
        reading = actions_files.read_kept(file)
    except UnreadableFile as error:
        raise Failure(unreadable(error)) from error

    def keep() -> dict[str, Any]:
        made = actions_files.kept(person, reading, file.digest, *place)
        return {"upload": made.pk}

    return Last(keep)
