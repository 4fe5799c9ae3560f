"""Faults of every kind are problems (RFC 9457), in the language that was asked for."""

import json
from typing import Any

import pytest
from django.test import Client

from hengliang.web.declarations.models import Declaration
from tests.web.api.conftest import Program

FIELDS = {"type", "title", "status", "detail", "instance"}


def _told(answer: Any, status: int) -> dict[str, Any]:
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    told = json.loads(answer.content)
    assert set(told) >= FIELDS
    assert told["status"] == status
    return told


@pytest.mark.parametrize(
    "path", ["/api/v1/nothing", "/api/v1/forms/999999", "/api/v2/forms", "/api/v1/forms/"]
)
def test_nothing_there(path: str, program: Program) -> None:
    assert _told(program("tianbao").get(path), 404)["instance"] == path


def test_another_method(program: Program) -> None:
    answer = program("tianbao").delete("/api/v1/forms")
    _told(answer, 405)
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "POST"}


def test_no_token(db: None) -> None:
    for headers in ({}, {"Authorization": "Basic eDp5"}, {"Authorization": "Bearer hl_x"}):
        answer = Client(headers=headers).get("/api/v1/forms")
        _told(answer, 401)
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize(
    "sent", ["{", "[1,", '"\\u0000"', '{"text": "\\ud800"}', '{"a": NaN}', "\ufeff{}", "[" * 100_000]
)
def test_what_is_no_json(sent: str, program: Program) -> None:
    answer = program("tianbao").post("/api/v1/tools/criterion", sent, content_type="application/json")
    _told(answer, 400)


@pytest.mark.parametrize("sent", ["[null]", "[]", "null", "0", '"as_of"'])
def test_what_is_no_object(sent: str, approved: Declaration, program: Program) -> None:
    path = f"/api/v1/forms/{approved.pk}/measurements"
    told = _told(program("fuze").post(path, sent, content_type="application/json"), 422)
    assert told["detail"] == "请提交一个 JSON 对象。"


def test_another_kind_of_content(program: Program) -> None:
    _told(program("tianbao").post("/api/v1/tools/criterion", {"text": "x"}), 415)


def test_fields_are_named(program: Program) -> None:
    client = program("tianbao")
    told = _told(client.get("/api/v1/forms?limit=201&offset=-1&state=gone&fiscal_year=x"), 422)
    said = {one["parameter"]: one["detail"] for one in told["errors"]}
    assert said == {
        "limit": "数值过大",
        "offset": "数值过小",
        "state": "不在可用的取值之内",
        "fiscal_year": "应为整数",
    }
    told = _told(client.post("/api/v1/tools/criterion", {}, content_type="application/json"), 422)
    assert told["errors"] == [{"pointer": "/text", "detail": "缺少这一项"}]


def test_the_language_is_that_of_the_header(program: Program) -> None:
    client = program("tianbao")
    for wanted, title in (
        ("", "该地址没有内容"),
        ("fr, en;q=0.5", "There is nothing at this address"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "该地址没有内容"),
        ("de", "该地址没有内容"),
    ):
        answer = client.get("/api/v1/nothing", headers={"Accept-Language": wanted})
        assert _told(answer, 404)["title"] == title
        assert "Accept-Language" in answer.headers["Vary"]


def test_the_server_fails(example: Declaration, program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> None:
        raise RuntimeError("a secret of the inside")

    monkeypatch.setattr("hengliang.web.api.queries.forms", broken)
    client = program("tianbao")
    client.raise_request_exception = False
    answer = client.get("/api/v1/forms")
    _told(answer, 500)
    assert "secret" not in answer.content.decode()


def test_too_much(program: Program, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    answer = program("tianbao").post(
        "/api/v1/tools/criterion", {"text": "x" * 50}, content_type="application/json"
    )
    _told(answer, 413)
