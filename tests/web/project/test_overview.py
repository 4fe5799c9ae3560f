"""The overview tells those who read no declarations what they look after."""

from collections.abc import Callable

import pytest
from django.test import Client

from hengliang.web.accounts.models import Assignment
from hengliang.web.declarations.models import Declaration

SignedIn = Callable[[str], Client]


@pytest.mark.parametrize(
    ("who", "place"), [("anquan", "/people/"), ("xitong", "/system/"), ("sanshen", "/audit/")]
)
def test_an_administrator_is_led_to_the_own_page(
    who: str, place: str, example: Declaration, signed_in: SignedIn
) -> None:
    page = signed_in(who).get("/")
    assert [one["href"] for one in page.context["duties"]] == [place]
    assert "#todo" not in page.content.decode()


def test_whoever_has_no_role_is_told(example: Declaration, signed_in: SignedIn) -> None:
    Assignment.objects.filter(person__username="tianbao").delete()
    assert "您尚未获得角色" in signed_in("tianbao").get("/").content.decode()


def test_who_reads_declarations_sees_them(example: Declaration, signed_in: SignedIn) -> None:
    for who in ("tianbao", "shenji"):
        page = signed_in(who).get("/")
        assert page.context["duties"] == []
        assert 'id="todo"' in page.content.decode()
