"""All files of a package, computed from its facts: the same for whoever publishes and whoever verifies."""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from hengliang.base.message import LANGUAGES
from hengliang.criteria.as_json import as_json
from hengliang.form.model import Form, SignOff
from hengliang.form.writers import xlsx
from hengliang.form.writers.errors import UnwritableForm
from hengliang.measure.actuals import measured_actuals
from hengliang.report import evaluation_xlsx, sheet_json
from hengliang.report.evaluation_layout import layout_for
from hengliang.report.package.archive import pack
from hengliang.report.package.compute import Recomputed, RowTold, recompute
from hengliang.report.package.facts import Facts, fact_files, json_bytes
from hengliang.report.package.page import page, readme
from hengliang.report.package.rows import csv_bytes
from hengliang.report.package.values import Data, said_data, value_data
from hengliang.score.run import score
from hengliang.score.sheet import ScoreSheet

MANIFEST, SIGNATURE = "manifest.sha256", "manifest.sig"
MEASUREMENTS, SCORE, CRITERIA = "measurements.json", "score.json", "criteria.json"
_LANGUAGE = LANGUAGES[0]


@dataclass(frozen=True, slots=True)
class Contents:
    """The files of a package by name, without its signature, and what stands in them."""

    files: Mapping[str, bytes]
    measurements: Mapping[str, Recomputed]
    sheet: ScoreSheet


def contents(facts: Facts) -> Contents:
    """Everything that follows from the facts, and of them only those that something follows from.

    Raises Broken, ProfileError, LayoutError.
    """
    found = recompute(facts)
    facts = facts.only(
        [name for name, one in found.items() if one.trust is not None],
        frozenset[str]().union(*(one.asked for one in found.values())),
    )
    measurements = {name: one.measurement for name, one in found.items()}
    actuals = {**facts.stated, **measured_actuals(facts.form, facts.binding, measurements)}
    sheet = score(facts.form, actuals, facts.profile)
    files = fact_files(facts)
    files[MEASUREMENTS] = json_bytes([_measurement(one) for one in found.values()])
    for name, one in found.items():
        if one.rows is not None:
            files[f"counted/{name}.csv"] = csv_bytes(_TOLD, _told(one.rows))
    readings = [(row.index + 1, row.reading) for row in sheet.rows if row.reading is not None]
    files[CRITERIA] = json_bytes(
        [{"number": number, **as_json(reading, (), _LANGUAGE)} for number, reading in readings]
    )
    files[SCORE] = json_bytes(sheet_json.sheet_record(sheet, _LANGUAGE))
    layout = layout_for(facts.form.kind, facts.profile)
    files["score.xlsx"] = _plain_office(evaluation_xlsx.to_bytes(sheet, layout, _LANGUAGE))
    # A form that no workbook can hold is published as data only.
    with suppress(UnwritableForm):
        files["form/form.xlsx"] = _plain_office(xlsx.to_bytes(facts.form, facts.profile))
    files["index.html"] = page(facts, found, sheet).encode()
    files["README.md"] = readme(facts, found).encode()
    files[MANIFEST] = manifest(files)
    return Contents(files, found, sheet)


def manifest(files: Mapping[str, bytes]) -> bytes:
    """The SHA-256 of every file, in the format of `sha256sum`."""
    lines = (f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    return "".join(lines).encode()


def without_persons(form: Form) -> Form:
    """The form without the names and telephone numbers of staff."""
    if form.signoff is None:
        return form
    signoff = SignOff(date=form.signoff.date, seal=form.signoff.seal)
    return form.model_copy(update={"signoff": signoff})


def _plain_office(document: bytes) -> bytes:
    """An office file with its parts stored as they are: no compressor's version shows in its bytes."""
    with ZipFile(BytesIO(document)) as parts:
        return pack({name: parts.read(name) for name in parts.namelist()})


def _measurement(found: Recomputed) -> Data:
    one = found.measurement
    return {
        "metric": one.metric.id,
        "version": one.metric.version,
        "name": said_data(one.metric.words),
        "ledger": one.ledger.name,
        "unit": one.metric.unit,
        "value": value_data(one.value),
        "without_questioned": value_data(one.without_questioned),
        "questioned_rows": one.questioned,
        "restated": None if one.restated is None else value_data(one.restated),
        "parameters": {name: _parameter(value) for name, value in one.parameters.items()},
        "batches": dict(one.batches),
        "live_records": one.rows_sha256,
        "computed_from": sorted(found.asked),
        "trust": said_data(found.trust),
        "to_be_checked": [said_data(each.words) for each in one.ledger.to_be_checked],
    }


def _parameter(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return [_parameter(each) for each in value]
    return value if value is None or isinstance(value, bool) else str(value)


_TOLD = ("ledger", "row", "name", "among", "counted", "reason_zh", "reason_en", "batch", "source_row")


def _told(rows: tuple[RowTold, ...]) -> Iterator[list[str | None]]:
    for told in rows:
        row = told.row
        reason = [None, None] if row.reason is None else [row.reason.say(each) for each in LANGUAGES]
        flags = ["Y" if flag else "N" for flag in (row.among, row.counted)]
        yield [told.ledger, str(row.row), told.name, *flags, *reason, told.batch, str(told.source_row)]
