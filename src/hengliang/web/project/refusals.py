"""How a refusal stands in the log of the server: as one line, for it is no fault of the program."""

import logging
from http import HTTPStatus

from django.http import HttpRequest


def in_one_line(record: logging.LogRecord) -> bool:
    """Says of a refused request what was asked, by which route, and the number of who asked: no address and
    no reason, which may name people, and no traceback. Other records stay as they are; none is left out."""
    request: HttpRequest | None = getattr(record, "request", None)
    if request is not None and getattr(record, "status_code", None) == HTTPStatus.FORBIDDEN:
        person = getattr(request, "user", None)
        record.msg = "refused (403): %s %s, person %s"
        record.args = (
            request.method,
            request.resolver_match.view_name if request.resolver_match else "-",
            getattr(person, "pk", None) or "-",
        )
        record.exc_info = record.exc_text = None
    return True
