"""The interface for programs: its OpenAPI document as a page in both languages."""

from collections.abc import Iterator
from typing import Any

from reference.markdown import CHINESE, ENGLISH, GENERATED, SUFFIX, both, table
from reference.web import set_up


def pages() -> dict[str, str]:
    """The page in both languages."""
    document, described = _loaded()
    return {f"api{SUFFIX[one]}.md": _page(described, document(one), one) for one in (ENGLISH, CHINESE)}


def _loaded() -> tuple[Any, Any]:
    """The makers of the document; they need the web application set up."""
    set_up()
    from hengliang.web.api.described import described
    from hengliang.web.api.openapi import document

    return document, described


def _page(described: Any, document: dict[str, Any], language: str) -> str:
    title = both("The interface for programs", "程序接口", language)
    how = both("How to use it", "使用方法", language)
    return (
        f"{GENERATED}# {title}\n\n{document['info']['description']}\n\n"
        + both("The whole document", "完整文档", language)
        + f": `/api/v1/openapi.json`. {how}: `docs/how-to/use-the-api.md`.\n\n"
        + "\n".join(part for group in described(document) for part in _group(group, language))
    )


def _group(group: Any, language: str) -> Iterator[str]:
    yield f"## {group.title}\n"
    sent = both("sent|where|kind|meaning", "提交|位置|类别|含义", language).split("|")
    answered = both("status|answer", "状态码|返回", language).split("|")
    for route in group.routes:
        yield f"### `{route.method} {route.path}`\n"
        yield f"{route.summary}。\n" if language == CHINESE else f"{route.summary}.\n"
        if route.about:
            yield f"{route.about}\n"
        if route.scope:
            yield f"{both('Scope', '用途', language)}: `{route.scope}`\n"
        if route.parameters:
            rows = [
                (f"`{one['name']}`{' *' if one['required'] else ''}", one["where"], one["kind"], one["about"])
                for one in route.parameters
            ]
            yield table(sent, rows)
        fine = [one for one in route.answers if one["status"] < "4"]
        yield table(answered, [(one["status"], one["kind"] or one["about"]) for one in fine])
        others = ", ".join(one["status"] for one in route.answers if one["status"] >= "4")
        yield f"{both('Problems', '错误', language)}: {others}\n"
