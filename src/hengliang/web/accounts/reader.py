"""Who asks, and in which language the answer is to be."""

from typing import cast

from django.http import HttpRequest
from django.utils.translation import get_language

from hengliang.web.accounts.models import Person


def person_of(request: HttpRequest) -> Person:
    """The signed-in person of a guarded view."""
    return cast("Person", request.user)


def whole(text: str) -> int | None:
    """A whole number as people type it; None for what is none or too long to be meant."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _DIGITS else None


_DIGITS = 9


def language() -> str:
    """The language of the reader, as the core names it: `zh_Hans` or `en`."""
    return "en" if (get_language() or "").startswith("en") else "zh_Hans"
