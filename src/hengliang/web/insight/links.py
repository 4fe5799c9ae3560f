"""Addresses of the boards and of what they lead to."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from hengliang.web.insight.models import Line
from hengliang.web.insight.stages import SCORED
from hengliang.web.workflow.states import State


def asked(request: HttpRequest) -> dict[str, str]:
    """What an address asks for, by name. Databases hold no NUL."""
    return {name: str(value).replace("\0", "") for name, value in request.GET.items()}


def key(text: str) -> int | None:
    """A key in an address; None for what is none."""
    return int(text) if text.isdecimal() and len(text) < _DIGITS else None


_DIGITS = 18


def to(route: str, pk: int, **wanted: Any) -> str:
    """The address of a page of a round or a form, narrowed by what is asked for."""
    query = urlencode({name: value for name, value in wanted.items() if value not in (None, "")})
    return reverse(route, args=[pk]) + (f"?{query}" if query else "")


def to_row(form: int, row: str) -> str:
    """The row of a form in its grid."""
    return f"{reverse('declaration', args=[form])}#row-{row}"


def to_line(line: Line) -> str:
    """Where an indicator stands: the page of its number once it is scored, else its row in the form."""
    declaration = line.noted.declaration
    if line.state and State(declaration.state) in SCORED:
        return reverse("number", args=[declaration.pk, line.number])
    return to_row(declaration.pk, line.row)
