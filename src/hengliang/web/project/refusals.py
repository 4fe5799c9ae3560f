"""How a refused request stands in the log of the server: as one line, for it is no fault of the program."""

import logging
from http import HTTPStatus

from django.http import HttpRequest


def in_one_line(record: logging.LogRecord) -> bool:
    """Says of a refused request what was asked, by which route, and the number of who asked; of one that
    cannot be read (NUL, too many fields) also what kind of fault it has: no address and no reason, which may
    name people, and no traceback. Other records stay as they are; none is left out."""
    request: HttpRequest | None = getattr(record, "request", None)
    status: int = getattr(record, "status_code", 0)
    if request is not None and status in (HTTPStatus.BAD_REQUEST, HTTPStatus.FORBIDDEN):
        person = getattr(request, "user", None)
        kind = record.exc_info[0] if status == HTTPStatus.BAD_REQUEST and record.exc_info else None
        record.msg = "refused (%s%s): %s %s, person %s"
        record.args = (
            status,
            f" {kind.__name__}" if kind else "",
            request.method,
            request.resolver_match.view_name if request.resolver_match else "-",
            getattr(person, "pk", None) or "-",
        )
        record.exc_info = record.exc_text = None
    return True
