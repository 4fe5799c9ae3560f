"""How entries are shown on pages."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hengliang.web.declarations.compare import word_parts
from hengliang.web.declarations.grid import field_names
from hengliang.web.library import queries
from hengliang.web.library.content import FIELDS, content_of
from hengliang.web.library.models import Edition, Entry

FILTERS = ("q", "level1", "level2", "sector", "state", "origin")


def state(value: str) -> dict[str, str]:
    """The state of an entry."""
    return {
        "proposed": {"word": _("Proposed"), "tone": "pending", "shape": "◐"},
        "accepted": {"word": _("Accepted entry"), "tone": "good", "shape": "●"},
        "retired": {"word": _("Retired"), "tone": "plain", "shape": "○"},
    }[value]


def origin(value: str) -> str:
    """Where an entry came from, in a word."""
    return {
        "regulation": _("Common indicator"),
        "form": _("Form in force"),
        "office": _("Finance office"),
    }[value]


def filters(asked: Mapping[str, str]) -> list[dict[str, Any]]:
    """The filters of the list."""
    named = [("level1", _("Level 1")), ("level2", _("Level 2")), ("sector", _("Sector"))]
    choices = [
        {
            "name": name,
            "label": label,
            "value": asked[name],
            "options": [{"value": one, "label": one} for one in queries.facet(name)],
        }
        for name, label in named
    ]
    states = [{"value": one, "label": state(one)["word"]} for one in Entry.State.values]
    origins = [{"value": one, "label": origin(one)} for one in Entry.Origin.values]
    return [
        {"name": "q", "label": _("Search"), "value": asked["q"]},
        *choices,
        {"name": "state", "label": _("State"), "value": asked["state"], "options": states},
        {"name": "origin", "label": _("Origin"), "value": asked["origin"], "options": origins},
    ]


def row(entry: Entry, uses: int) -> dict[str, Any]:
    """A line of the list."""
    edition = queries.said(entry)
    return {
        "entry": entry,
        "edition": edition,
        "target": target(edition),
        "state": state(entry.state),
        "origin": origin(entry.origin),
        "uses": uses,
    }


def target(edition: Edition) -> str:
    """Sign, typical target and unit as one reads them."""
    parts = (edition.operator, edition.target, edition.unit)
    return " ".join(part for part in parts if part)


def labels() -> dict[str, str]:
    """The names of the fields of an entry."""
    names = field_names()
    return {
        "name": names["name"],
        "names": _("Other names"),
        "level1": names["level1"],
        "level2": names["level2"],
        "definition": names["explanation"],
        "operator": names["operator"],
        "target": _("Typical target"),
        "unit": names["unit"],
        "criterion": names["criterion"],
        "basis": _("Basis"),
        "sector": _("Sector"),
    }


def facts(entry: Entry, edition: Edition) -> list[dict[str, str]]:
    """What an entry says, field by field; what it does not say is left out."""
    named = labels()
    said = _texts(edition)
    shown = [{"label": named[name], "text": said[name]} for name in FIELDS if name != "name" and said[name]]
    if entry.reason:
        shown.append({"label": _("Retired because"), "text": entry.reason})
    return shown


def _texts(edition: Edition) -> dict[str, str]:
    content = content_of(edition)
    return content._asdict() | {"names": "；".join(content.names)}


def came_from(entry: Entry, may_open: bool) -> dict[str, str]:
    """Where an entry came from; with the address of its form for those who may open it."""
    version = entry.version
    if version is None:
        return {"text": origin(entry.origin), "url": ""}
    declaration = version.declaration
    text = _("{year}, {who}, version {number}").format(
        year=declaration.round.fiscal_year, who=declaration, number=version.number
    )
    url = reverse("declaration", args=[declaration.pk]) + f"#row-{entry.row}" if may_open else ""
    return {"text": text, "url": url}


def editions(found: Sequence[Edition], names: Mapping[str, str]) -> list[dict[str, Any]]:
    """The editions, newest first, each with what it changed."""
    pairs = zip(found, [*found[1:], None], strict=True)
    return [
        {
            "edition": one,
            "who": _("with the application")
            if one.made_by == "system"
            else names.get(one.made_by, one.made_by),
            "when": timezone.localtime(one.made_at).strftime("%Y-%m-%d %H:%M"),
            "changes": list(_changes(before, one)) if before is not None else [],
        }
        for one, before in pairs
    ]


def _changes(before: Edition, after: Edition) -> Iterable[dict[str, Any]]:
    old, new, named = _texts(before), _texts(after), labels()
    for name in FIELDS:
        if old[name] != new[name]:
            parts = word_parts(old[name], new[name])
            yield {"label": named[name], "kind": "changed", "before": parts[0], "after": parts[1]}
