"""What describes the open data of a public copy to programs: a data package (Frictionless, datapackage.json).

The columns of the table with their types and the values they may have (Table Schema), and of every file its
size and digests (SHA-256; SM3 too of what is small), by which a download is checked.
"""

import hashlib
import json
from typing import Any

from hengliang.form.model import OPERATORS
from hengliang.score.sheet import State
from hengliang.web.publication import open_data
from hengliang.web.publication.models import PublicCopy

_DIALECT = {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "lineTerminator": "\r\n", "header": True}


def as_datapackage(copy: PublicCopy, page: str) -> bytes:
    """The description, beside the files it tells of. `page` is the address of the page of the copy."""
    year, organisation = copy.declaration.round.fiscal_year, copy.declaration.organisation
    resources = [_resource(copy, ending, page) for ending in open_data.TYPES]
    if copy.package is not None:
        # Its digest is the one by which it is announced; it may be too large to be read at every call.
        resources.append(_file("package", "zip", "application/zip", copy.package.size, copy.package.digest))
    whole = {
        "profile": "data-package",
        "name": f"performance-{year}-{copy.pk}",
        "title": f"{organisation.name} {year}",
        "homepage": page,
        "created": copy.published_at.isoformat() if copy.published_at else None,
        "resources": resources,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def _resource(copy: PublicCopy, ending: str, page: str) -> dict[str, Any]:
    kind = open_data.TYPES[ending].partition(";")[0]
    names = {"csv": "indicators", "xlsx": "indicators-workbook", "json": "everything", "xml": "stratml"}
    data = open_data.written(copy, ending, page)
    made = _file(names[ending], ending, kind, len(data), hashlib.sha256(data).hexdigest())
    if "sm3" in hashlib.algorithms_available:
        made["sm3"] = hashlib.new("sm3", data).hexdigest()
    if ending != "csv":
        return made
    return made | {
        "profile": "tabular-data-resource",
        "encoding": "utf-8",
        "dialect": _DIALECT,
        "schema": _schema(copy),
    }


def _file(name: str, ending: str, kind: str, size: int, sha256: str) -> dict[str, Any]:
    return {
        "name": name,
        "path": f"data.{ending}",
        "format": ending,
        "mediatype": kind,
        "bytes": size,
        "hash": f"sha256:{sha256}",
    }


def _schema(copy: PublicCopy) -> dict[str, Any]:
    """The columns as the table has them: in Chinese, with an English title."""
    rows = open_data.rows(copy.content)
    allowed = {
        "operator": list(OPERATORS),
        "state": [state.value for state in State],
        "level1": sorted({row["level1"] for row in rows if row["level1"]}),
        "level2": sorted({row["level2"] for row in rows if row["level2"]}),
    }
    fields: list[dict[str, Any]] = []
    for name, heading, _ in open_data.COLUMNS:
        kind = "integer" if name == "number" else "number" if name in open_data.NUMBERS else "string"
        field: dict[str, Any] = {"name": heading.say("zh_Hans"), "title": heading.say("en"), "type": kind}
        if allowed.get(name):
            field["constraints"] = {"enum": allowed[name]}
        if name == "number":
            field["constraints"] = {"required": True, "unique": True}
        fields.append(field)
    return {"fields": fields, "primaryKey": [fields[0]["name"]], "missingValues": [""]}
