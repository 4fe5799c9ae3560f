"""NUL, which no text of PostgreSQL holds, is refused wherever it may come in; the server does not fail."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hengliang.web.accounts.models import Person
from hengliang.web.api.actions import make
from hengliang.web.api.scopes import open_to
from hengliang.web.declarations.models import Declaration
from hengliang.web.declarations.queries import counter
from hengliang.web.library import exchange
from hengliang.web.library.models import Entry

SignedIn = Callable[[str], Client]


@pytest.mark.parametrize(
    "path",
    ["/public/?q=%00", "/library/?q=a%00b", "/library/?sector=%00", "/audit/?person=%00", "/public/?%00=x"],
)
def test_in_an_address(path: str, example: Declaration, signed_in: SignedIn) -> None:
    answer = signed_in("shenhe").get(path)
    assert answer.status_code == 400
    assert "请求" in answer.content.decode()
    assert "Content-Security-Policy" in answer.headers


@pytest.mark.parametrize("path", ["/public/?q=%00", "/public/?" + "&".join(f"a{n}=1" for n in range(1100))])
def test_in_the_language_of_the_reader(path: str, db: None, settings: Any) -> None:
    """Not in that of whom the thread served before."""
    english, chinese = Client(), Client()
    english.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    for client, said in ((english, "could not be read"), (chinese, "请求"), (english, "could not be read")):
        answer = client.get(path)
        assert answer.status_code == 400
        assert said in answer.content.decode()


def test_for_programs(example: Declaration, person: Callable[[str], Person]) -> None:
    who = person("tianbao")
    _, secret = make(who, "program", open_to(who), 30)
    answer = Client(headers={"Authorization": f"Bearer {secret}"}).get("/api/v1/forms?organisation=%00")
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_in_a_field_and_in_a_cookie(example: Declaration, signed_in: SignedIn) -> None:
    assert Client().post("/account/sign-in/", {"username": "a\0", "password": "x"}).status_code == 400
    client = Client()
    client.cookies["sessionid"] = "abcdefgh\0"
    assert client.get("/").status_code == 400


def test_in_what_the_editor_sends(example: Declaration, signed_in: SignedIn) -> None:
    for bad in ("\0", "\ud800"):
        change = {"row": bad, "key": "name", "value": bad}
        sent = {"base_version": counter(example), "changes": [change]}
        answer = signed_in("tianbao").post(
            f"/declarations/{example.pk}/save/", json.dumps(sent), content_type="application/json"
        )
        assert answer.status_code == 400


def test_in_a_library(example: Declaration, signed_in: SignedIn) -> None:
    count = Entry.objects.count()
    data = {"format": exchange.FORMAT, "entries": [{"level1": "产出指标", "name": "新\0指标"}]}
    sent = SimpleUploadedFile("库.json", json.dumps(data).encode())
    assert signed_in("shenhe").post("/library/take-in/", {"file": sent}).status_code == 422
    assert Entry.objects.count() == count
