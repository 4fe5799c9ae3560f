"""What a public copy holds: the form without the names of staff, the score sheet, and what it rests on.

Names and telephone numbers of staff are left out (regulations digest 10.3); so are the rows of records: of
them the copy gives counts and digests, by which the published package is checked.
"""

import hashlib
import json
from dataclasses import replace
from typing import Any

from hengliang.form.exchange import form_from_json, form_to_json
from hengliang.form.model import Form
from hengliang.report import stratml
from hengliang.report.sheet_json import sheet_record
from hengliang.score.sheet import ScoreSheet
from hengliang.web.evaluation.models import Measuring


def copy_of(sheet: ScoreSheet, measuring: Measuring | None) -> dict[str, Any]:
    """The content of a public copy of a scored form, in both languages where sentences are in it."""
    form = redacted(sheet.form)
    return {
        "form": form_to_json(form),
        "sheet": {language: _shown(sheet_record(sheet, language)) for language in ("zh_Hans", "en")},
        "measurements": _measurements(measuring),
        "stratml": stratml.to_bytes(replace(sheet, form=form)).decode(),
    }


def _shown(sheet: dict[str, Any]) -> dict[str, Any]:
    """The sheet without the names of files in which values were handed in."""
    for row in sheet["rows"]:
        if row["actual"] is not None and row["actual"]["origin"] != "measured":
            row["actual"]["where"] = None
    return sheet


def redacted(form: Form) -> Form:
    """The form without who filled it in and who answers for it."""
    return form.model_copy(update={"signoff": None})


def form_of(content: dict[str, Any]) -> Form:
    """The form of a public copy."""
    return form_from_json(content["form"])


def digest_of(content: dict[str, Any]) -> str:
    """The SHA-256 of a content as canonical JSON, in hex."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


_KEPT = (
    "metric", "version", "ledger", "name", "unit", "state", "value", "exact", "reason", "without_questioned",
    "questioned", "restated", "parameters", "batches", "rows_sha256", "to_be_checked",
)  # fmt: skip


def _measurements(measuring: Measuring | None) -> list[dict[str, Any]]:
    if measuring is None:
        return []
    found: list[dict[str, Any]] = []
    for one in measuring.result["zh_Hans"]["measurements"]:
        rows = one["rows"] or []
        counted = sum(1 for row in rows if row["counted"])
        kept = {name: one[name] for name in _KEPT}
        found.append(
            kept | {"counted": counted, "left_out": len(rows) - counted} if one["rows"] is not None else kept
        )
    return found
