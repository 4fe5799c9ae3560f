"""The OpenAPI document as plain values for a page: routes in groups, their parameters, bodies and answers."""

from typing import Any, NamedTuple

Json = dict[str, Any]


class Route(NamedTuple):
    """One route."""

    id: str
    method: str
    path: str
    summary: str
    about: str
    scope: str
    parameters: list[Json]
    """`{name, where, kind, required, about}`, the fields of a body included."""
    answers: list[Json]
    """`{status, about, kind}`."""


class Group(NamedTuple):
    """Routes about one thing."""

    name: str
    title: str
    routes: list[Route]


def described(document: Json) -> list[Group]:
    """The routes of a document in the groups and the order that it has."""
    groups = {tag["name"]: Group(tag["name"], tag["description"], []) for tag in document["tags"]}
    schemas: Json = document["components"]["schemas"]
    for path, methods in document["paths"].items():
        for method, about in methods.items():
            groups[about["tags"][0]].routes.append(_route(method, path, about, schemas))
    return [group for group in groups.values() if group.routes]


def _route(method: str, path: str, about: Json, schemas: Json) -> Route:
    parameters = [
        {
            "name": one["name"],
            "where": one["in"],
            "kind": kind_of(one["schema"]),
            "required": one["required"],
            "about": one.get("description", ""),
        }
        for one in about.get("parameters", ())
    ]
    for media, body in about.get("requestBody", {}).get("content", {}).items():
        where = "multipart" if media.startswith("multipart") else "body"
        schema = body["schema"]
        target = schemas[schema["$ref"].rsplit("/", 1)[1]] if "$ref" in schema else schema
        if "properties" not in target or schema.get("$ref", "").endswith("/Form"):
            parameters.append(
                {"name": "", "where": where, "kind": kind_of(schema), "required": True, "about": ""}
            )
            continue
        parameters += [
            {
                "name": name,
                "where": where,
                "kind": kind_of(field),
                "required": name in target.get("required", ()),
                "about": field.get("description", ""),
            }
            for name, field in target["properties"].items()
        ]
    answers = [
        {"status": status, "about": answer["description"], "kind": _answered(answer)}
        for status, answer in about["responses"].items()
    ]
    return Route(
        about["operationId"],
        method.upper(),
        path,
        about["summary"],
        about.get("description", ""),
        " ".join(about["security"][0]["token"]),
        parameters,
        answers,
    )


def _answered(answer: Json) -> str:
    content: Json = answer.get("content", {})
    kinds = [
        kind_of(one["schema"]) if media == "application/json" and one["schema"] else media
        for media, one in content.items()
    ]
    return ", ".join(kinds)


def kind_of(schema: Json) -> str:
    """A schema in a few words: its name, or its type with its limits."""
    if "$ref" in schema:
        return str(schema["$ref"].rsplit("/", 1)[1])
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(kind_of(one) for one in schema["anyOf"]))
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    if "const" in schema:
        return str(schema["const"])
    kind = schema.get("format") or schema.get("type", "any")
    kind = " | ".join(kind) if isinstance(kind, list) else str(kind)
    if kind == "array":
        return f"[{kind_of(schema['items'])}]"
    limits = [
        f"{sign} {schema[name]}" for name, sign in (("minimum", "≥"), ("maximum", "≤")) if name in schema
    ]
    return " ".join([kind, *limits])
