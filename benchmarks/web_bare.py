"""A bare Django application to measure against: each view sends the statements that the real page sends, and
answers as many bytes; a save writes the draft, the change and the entry of the log."""

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path

from hengliang.web.audit.actions import record
from hengliang.web.declarations.models import Change, Draft


@cache
def _recorded() -> dict[str, Any]:
    return json.loads(Path(os.environ["HENGLIANG_RECORDED"]).read_text(encoding="utf-8"))


def _read(name: str) -> HttpResponse:
    kept = _recorded()[name]
    with connection.cursor() as cursor:
        for sql, params in kept["statements"]:
            cursor.execute(sql, params)
            cursor.fetchall()
    return HttpResponse(b"x" * kept["length"])


def health(request: HttpRequest) -> HttpResponse:
    """Whether it answers."""
    return HttpResponse("ok")


def desk(request: HttpRequest) -> HttpResponse:
    """The statements of the desk."""
    return _read("desk")


def editor(request: HttpRequest, pk: int) -> HttpResponse:
    """The statements of the editor."""
    return _read("editor")


@transaction.atomic
def save(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows that a save of one cell writes, without asking any rule."""
    json.loads(request.body)
    draft = Draft.objects.select_for_update().get(declaration=pk)
    draft.counter += 1
    draft.save()
    Change.objects.create(declaration_id=pk, counter=draft.counter, row="r", key="target", person="p")
    record(None, "declaration.save", f"declaration:{pk}")
    return JsonResponse({"version": draft.counter, "rows": "x" * _recorded()["editor"]["length"]})


urlpatterns = [
    path("health/", health),
    # What serving asks for by name, to say where it is to be seen.
    path("", health, name="home"),
    path("public/<int:pk>/", editor, name="public-page"),
    path("reviews/", desk),
    path("declarations/<int:pk>/", editor),
    path("declarations/<int:pk>/save/", save),
]
