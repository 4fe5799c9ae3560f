"""What a public copy holds: the form without the names of staff, the sealed sheet, and what it rests on.

The points are those that were handed in and checked. Nothing is scored anew for the public: what has no place
in the sealed sheet (the English sentences, StratML) is made from the sealed facts, and only while the same
points come out of them. Names and telephone numbers of staff are left out (regulations digest 10.3); so are
the rows of records: of them the copy gives counts and digests, by which the published package is checked.
"""

from copy import deepcopy
from dataclasses import replace
from typing import Any

from hengliang.form.exchange import form_from_json, form_to_json
from hengliang.form.model import Form
from hengliang.report import stratml
from hengliang.report.sheet_json import sheet_record
from hengliang.score.sheet import ScoreSheet
from hengliang.web.evaluation.models import Measuring, Sheet
from hengliang.web.evaluation.scoring import is_as_sealed


class OtherPoints(ValueError):  # noqa: N818
    """The sealed facts no longer give the sealed points: another version of the program, or of a profile."""


def copy_of(sealed: Sheet, sheet: ScoreSheet) -> dict[str, Any]:
    """The content of a public copy, in both languages where sentences are in it; `sheet` is what the sealed
    facts give now. Raises `OtherPoints`."""
    if not is_as_sealed(sheet, sealed):
        raise OtherPoints
    form = redacted(sheet.form)
    return {
        "form": form_to_json(form),
        "sheet": {"zh_Hans": _shown(deepcopy(sealed.content)), "en": _shown(sheet_record(sheet, "en"))},
        "measurements": _measurements(sealed.measuring),
        "sealed": sealed.digest,
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


_KEPT = (
    "metric", "version", "ledger", "name", "unit", "state", "value", "exact", "reason", "without_questioned",
    "questioned", "restated", "parameters", "to_be_checked",
)  # fmt: skip
"""No digests of the records: beside the columns that are published, those with few values could be guessed
from them. The package has commitments to them (report.package.commitment)."""


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
