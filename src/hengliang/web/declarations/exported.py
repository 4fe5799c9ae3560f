"""A form as the documents that people hand in and keep."""

import json

from django.utils.translation import gettext as _

from hengliang.base.profile import load_profile
from hengliang.form import mof
from hengliang.form.exchange import form_to_json
from hengliang.form.model import Form
from hengliang.form.writers import docx, xlsx
from hengliang.web.declarations.draft import opened
from hengliang.web.declarations.models import Draft, Version

FORMATS = {"xlsx": "xlsx", "docx": "docx", "json": "json", "mof": "json"}
"""What a form is written as, with the ending of the file."""

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": "application/json",
}


def label(wanted: str) -> str:
    """What a format is called."""
    return {
        "xlsx": _("Declaration form as Excel"),
        "docx": _("Declaration form as Word"),
        "json": _("Exchange data (JSON)"),
        "mof": _("Records of the ministry's data standard (JSON)"),
    }[wanted]


def form_of(version: Version | Draft) -> Form:
    """The form of a version, or of the draft."""
    return opened(version.content).form


def document(form: Form, wanted: str, profile: str) -> bytes:
    """A form as a document. Raises KeyError for an unknown format, form.writers.errors.UnwritableForm."""
    match wanted:
        case "xlsx":
            return xlsx.to_bytes(form, load_profile(profile))
        case "docx":
            return docx.to_bytes(form)
        case "json":
            return _json(form_to_json(form))
        case "mof":
            return _json(mof.to_mof(form))
        case _:
            raise KeyError(wanted)


def _json(data: object) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()
