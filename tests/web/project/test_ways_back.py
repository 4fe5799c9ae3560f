"""Errors that people meet by using the site as usual have a page of their own, with a way back."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from hengliang.web.declarations.models import Declaration


def test_an_address_of_forms_says_so(example: Declaration, signed_in: Callable[[str], Client]) -> None:
    answer = signed_in("tianbao").get("/account/sign-out/")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert "此地址只接收表单" in answer.content.decode()
    assert 'href="/"' in answer.content.decode()


def test_an_old_page_says_so_in_the_language_of_the_reader(db: None) -> None:
    client = Client(enforce_csrf_checks=True)
    for language, words in (("zh-hans", "页面已过期"), ("en", "The page was too old")):
        client.cookies["hengliang_language"] = language
        answer = client.post("/account/sign-in/", {"username": "tianbao"})
        assert answer.status_code == 403
        assert words in answer.content.decode()


def test_signing_in_leads_back_to_the_page_whose_form_was_sent(db: None) -> None:
    client = Client()
    page = "http://testserver/declarations/1/fields/?all=1"
    answer = client.post("/declarations/1/moves/submit/", headers={"Referer": page})
    assert answer.headers["Location"].endswith("/sign-in/?next=/declarations/1/fields/")
    for foreign in ("http://elsewhere.example/x/", ""):
        answer = client.post("/declarations/1/moves/submit/", headers={"Referer": foreign})
        assert answer.headers["Location"].endswith("/sign-in/?next=/")


def test_the_public_site_leads_to_signing_in(db: None) -> None:
    assert 'href="/account/sign-in/"' in Client().get("/public/").content.decode()


def test_whoever_is_signed_in_is_not_asked_to_sign_in_on_the_public_site(
    example: Declaration, signed_in: Callable[[str], Client]
) -> None:
    assert 'href="/account/sign-in/"' not in signed_in("tianbao").get("/public/").content.decode()


def test_too_much_is_said_in_the_language_of_the_reader(db: None, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    client, kind = Client(), "application/x-www-form-urlencoded"
    for language, words in (("zh-hans", "提交的内容过大"), ("en", "Too much was sent")):
        client.cookies["hengliang_language"] = language
        answer = client.post("/account/sign-in/", "username=" + "x" * 200, kind)
        assert answer.status_code == 413
        assert words in answer.content.decode()
        assert 'href="/"' in answer.content.decode()
