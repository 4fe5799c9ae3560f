"""The OpenAPI 3.1 document: what the routes take and answer, with the schemas of the core's own JSON."""

from collections.abc import Mapping
from functools import cache
from typing import Any, cast

from hengliang.base.message import Message, message, translate
from hengliang.criteria.schema import criterion_schema
from hengliang.form.schema import form_schema, reading_schema
from hengliang.report.schema import review_schema
from hengliang.report.sheet_schema import sheet_schema
from hengliang.web.api.interface import PARTS, interface
from hengliang.web.api.operations import OPERATIONS, Operation
from hengliang.web.api.problems import MEDIA_TYPE, TITLES
from hengliang.web.api.scopes import WORDS, Scope

Json = dict[str, Any]
_ALWAYS = (401, 403, 429)

INTRODUCTION = message(
    "Send a personal token, made on the page of the account, in the header `Authorization: Bearer hl_…`. "
    "A token never reaches further than the roles of its person. Numbers that people are judged by are "
    "decimal texts. Lists come in pages (`limit`, `offset`, `total`, `next`). "
    "Faults are problems (RFC 9457). "
    "Texts for people are in Chinese, or in English with `Accept-Language: en`."
)


@cache
def document(language: str) -> Json:
    """The document with its texts in `language`."""
    made = cast("Json", _plain(interface.get_openapi_schema(path_prefix="/api/v1/")))
    made["info"]["description"] = INTRODUCTION.say(language)
    del made["servers"]
    groups = [(part.tag, part.words) for part in PARTS]
    made["tags"] = [{"name": name, "description": words.say(language)} for name, words in groups]
    made["components"]["schemas"] |= _core() | {"Problem": _problem()}
    made["components"]["securitySchemes"] = {
        "token": {
            "type": "http",
            "scheme": "bearer",
            "description": "; ".join(f"{scope.value}: {WORDS[scope].say(language)}" for scope in Scope),
        }
    }
    for path, methods in made["paths"].items():
        for about in methods.values():
            _dress(about, OPERATIONS[about["operationId"]], "{" in path, language)
    return cast("Json", _linked(made, language))


def _plain(data: Any) -> Any:
    """Plain dicts and lists, with status codes as texts."""
    if isinstance(data, Mapping):
        return {str(name): _plain(value) for name, value in data.items()}
    return [_plain(one) for one in data] if isinstance(data, list | tuple) else data


def _linked(data: Any, language: str) -> Any:
    """Names of the core's schemas as references, and what is said of fields in the language."""
    if isinstance(data, dict):
        if "x-core" in data:
            return {"$ref": f"#/components/schemas/{data['x-core']}"}
        return {
            name: translate(value, language)
            if name == "description" and isinstance(value, str) and value
            else _linked(value, language)
            for name, value in data.items()
        }
    return [_linked(one, language) for one in data] if isinstance(data, list) else data


def _dress(about: Json, known: Operation, has_path: bool, language: str) -> None:
    """Adds to a route what its models do not say."""
    about["summary"] = known.says.say(language)
    if known.about:
        about["description"] = known.about.say(language)
    else:
        about.pop("description", None)
    about["security"] = [{"token": [known.scope.value] if known.scope else []}]
    done: Json = about["responses"]
    for status, answer in done.items():
        answer["description"] = known.says.say(language)
        for name, says in known.headers.get(int(status), {}).items():
            answer.setdefault("headers", {})[name] = {
                "description": says.say(language), "required": True, "schema": {"type": "string"},
            }  # fmt: skip
        if known.files:
            answer["content"] = {
                kind: {"schema": {"type": "string", "format": "binary"} if kind != "application/json" else {}}
                for kind in known.files
            }
    statuses = {*_ALWAYS, *known.problems}
    if has_path or "requestBody" in about:
        statuses.add(404)
    if about.get("parameters") or "requestBody" in about:
        # 400: NUL in a parameter, a body that is no JSON.
        statuses |= {400, 422}
    if "requestBody" in about:
        statuses |= {413, 415}
    if 412 in statuses:
        about.setdefault("parameters", []).append(
            {"in": "header", "name": "If-Match", "required": True, "schema": {"type": "string"}}
        )
    if "ETag" in known.headers.get(200, {}) and "requestBody" not in about:
        done["304"] = {"description": message("Unchanged").say(language)}
        about["parameters"].append(
            {"in": "header", "name": "If-None-Match", "required": False, "schema": {"type": "string"}}
        )
    for status in sorted(statuses):
        done[str(status)] = _said(status, language)


def _said(status: int, language: str) -> Json:
    told: Json = {
        "description": TITLES[status].say(language),
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    headers: dict[int, tuple[str, Message, Json]] = {
        401: ("WWW-Authenticate", message("How to show a token"), {"type": "string"}),
        429: ("Retry-After", message("Seconds to wait"), {"type": "integer"}),
    }
    if status in headers:
        name, says, schema = headers[status]
        told["headers"] = {name: {"description": says.say(language), "required": True, "schema": schema}}
    return told


def _problem() -> Json:
    text = {"type": "string"}
    error = {
        "type": "object",
        "properties": dict.fromkeys(("pointer", "parameter", "in", "row", "key", "detail"), text),
    }
    return {
        "type": "object",
        "title": "Problem",
        "description": "RFC 9457",
        "required": ["type", "title", "status", "detail", "instance"],
        "properties": {
            "type": {"type": "string", "format": "uri-reference"},
            "title": text,
            "status": {"type": "integer"},
            "detail": text,
            "instance": text,
            "errors": {"type": "array", "items": error},
        },
    }


def _core() -> Json:
    """The core's schemas as components, each with the prefix of its document before its parts."""
    found: Json = {}
    for prefix, schema in (
        ("Form", form_schema()),
        ("Reading", reading_schema()),
        ("Review", review_schema()),
        ("Criteria", criterion_schema()),
        ("Score", sheet_schema()),
    ):
        parts = schema.pop("$defs")
        for name, part in {"": schema, **parts}.items():
            moved = cast("Json", _moved(part, prefix))
            found[prefix + name] = {
                key: value for key, value in moved.items() if key not in ("$schema", "$id")
            }
    return found


def _moved(data: Any, prefix: str) -> Any:
    """References into a schema's own parts as references into the components."""
    if isinstance(data, dict):
        return {
            name: f"#/components/schemas/{prefix}{value.removeprefix('#/$defs/')}"
            if name == "$ref" and isinstance(value, str)
            else _moved(value, prefix)
            for name, value in data.items()
        }
    return [_moved(one, prefix) for one in data] if isinstance(data, list) else data
