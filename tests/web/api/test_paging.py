"""Pages put together are the list, whatever their size."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from hengliang.web.api.paging import MOST, Paging, page
from hengliang.web.declarations import actions
from hengliang.web.declarations.models import Declaration
from tests.web.api.conftest import Program


@given(st.lists(st.integers()), st.integers(1, MOST), st.integers(0, 50))
def test_pages_put_together_are_the_list(items: list[int], limit: int, offset: int) -> None:
    path = f"/api/v1/things?limit={limit}&offset={offset}&kind=甲&limit=1"
    seen: list[int] = []
    asked = Paging(limit=limit, offset=offset)
    while True:
        told: dict[str, Any] = page(RequestFactory().get(path), items, asked, lambda one: one)
        assert told["total"] == len(items)
        assert len(told["items"]) <= asked.limit
        seen += told["items"]
        if told["next"] is None:
            break
        path = told["next"]
        query = parse_qs(urlsplit(path).query)
        assert query["kind"] == ["甲"]
        assert (len(query["limit"]), len(query["offset"])) == (1, 1)
        asked = Paging(limit=int(query["limit"][0]), offset=int(query["offset"][0]))
    assert seen == items[offset:]


def test_the_order_of_forms_stands(example: Declaration, program: Program) -> None:
    for number in range(7):
        actions.begin(None, example.round, example.organisation, project=f"项目{number % 3}-{number}")
    client = program("tianbao")
    whole = [one["id"] for one in client.get("/api/v1/forms").json()["items"]]
    found: list[int] = []
    path = "/api/v1/forms?limit=3"
    while path:
        told = client.get(path).json()
        found += [one["id"] for one in told["items"]]
        path = told["next"]
    assert found == whole
    assert len(set(found)) == 8
    assert client.get("/api/v1/forms?offset=1000000000").json()["items"] == []
