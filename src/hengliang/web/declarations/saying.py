"""Acts that may be refused, and how a page says so."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.http import HttpRequest

from hengliang.web.accounts.policies import Refused
from hengliang.web.accounts.reader import language
from hengliang.web.declarations.actions_moves import Missing
from hengliang.web.files.actions import BadFile


@contextmanager
def saying(request: HttpRequest) -> Iterator[None]:
    """Does what stands below it; the next page says why it could not be done, and the program goes on."""
    try:
        yield
    except Missing as missing:
        for need in missing.needs:
            messages.error(request, need.say(language()))
    except (Refused, BadFile) as refused:
        messages.error(request, refused.reason.say(language()))
