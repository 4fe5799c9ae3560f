"""The interface itself: version 1, with all its routes."""

from typing import Any

from django.http import HttpRequest
from ninja import NinjaAPI
from ninja.parser import Parser
from ninja.renderers import JSONRenderer

from hengliang import __version__
from hengliang.base.message import message
from hengliang.web.api.operations import ROUTER
from hengliang.web.api.problems import Problem, take_over
from hengliang.web.api.routes import bulk, drafts, findings, forms, records, scores, tools
from hengliang.web.audit.storable import loads


class PlainJson(Parser):
    """Takes JSON objects alone, and nothing in them that no database or file can hold."""

    def parse_body(self, request: HttpRequest) -> Any:
        if request.content_type != "application/json":
            raise Problem(415, message("Send JSON, with the header Content-Type: application/json."))
        data = loads(request.body.decode("utf-8"))
        if not isinstance(data, dict):
            raise Problem(422, message("Send a JSON object."), "fields")
        return data


class ReadableJson(JSONRenderer):
    """Chinese as it is, not in escapes."""

    json_dumps_params = {"ensure_ascii": False}  # noqa: RUF012


interface = NinjaAPI(
    title="Hengliang 衡量",
    version=__version__,
    openapi_url=None,
    docs_url=None,
    urls_namespace="api-v1",
    renderer=ReadableJson(),
    parser=PlainJson(),
)
take_over(interface)
interface.add_router("", ROUTER)

PARTS = (
    forms.routes, drafts.routes, findings.routes, scores.routes,
    records.routes, bulk.routes, bulk.jobs, tools.routes,
)  # fmt: skip
"""The routes that stand in the router, in the order of the document."""
