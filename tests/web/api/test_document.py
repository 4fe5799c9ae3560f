"""The OpenAPI document and its page: open to everybody, in both languages, without scripts."""

import re

from django.test import Client

from hengliang.web.api.operations import OPERATIONS


def test_the_document_names_every_route(db: None) -> None:
    for language, title in (("zh-CN", "发起指标计量"), ("en", "Have indicators measured")):
        told = Client().get("/api/v1/openapi.json", headers={"Accept-Language": language}).json()
        assert told["openapi"] == "3.1.0"
        routes = [about for methods in told["paths"].values() for about in methods.values()]
        assert {about["operationId"] for about in routes} == set(OPERATIONS)
        assert title in told["components"]["securitySchemes"]["token"]["description"]
        known = told["components"]["schemas"]
        for name in set(re.findall(r"#/components/schemas/(\w+)", str(told))):
            assert name in known, name


def test_its_page_needs_no_script(db: None) -> None:
    page = Client().get("/api/")
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    text = page.content.decode()
    assert "style=" not in text
    # A block of data is no script.
    assert re.search(r"<script(?![^>]* (?:src=|type=.application/json))", text) is None
    assert all(f'id="{name}"' in text for name in OPERATIONS)
