"""The lists of evaluation and monitoring: as many queries for many declarations as for few."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hengliang.web.accounts.models import Organisation, Person
from hengliang.web.declarations.models import Declaration
from hengliang.web.evaluation.actions import give_evaluation
from hengliang.web.evaluation.models import Plan, Stage
from hengliang.web.workflow.states import IN_FORCE
from tests.web import many

_STATES = tuple(sorted(IN_FORCE))


def _queries(client: Client, url: str) -> int:
    # The session is written with the first request only.
    client.get(url)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(url).status_code == 200
    return len(caught)


@pytest.mark.parametrize(
    ("url", "username"), [("/evaluation/", "shenji"), ("/monitoring/", "shenji"), ("/", "pifu")]
)
def test_a_list_asks_no_more_for_more_rows(
    url: str, username: str, example: Declaration, signed_in: Callable[[str], Client]
) -> None:
    city = Organisation.objects.get(code="430400")
    many.fill(city, 6, seed=1, states=_STATES)
    client = signed_in(username)
    few = _queries(client, url)
    many.fill(city, 30, seed=2, states=_STATES)
    assert _queries(client, url) == few
    assert few <= 13


def test_a_long_list_has_pages(example: Declaration, signed_in: Callable[[str], Client]) -> None:
    many.fill(Organisation.objects.get(code="430400"), 53, states=_STATES)
    client = signed_in("shenhe")
    for url in ("/evaluation/", "/monitoring/"):
        first, second = (client.get(url, {"page": page}).context["rows"] for page in (1, 2))
        assert (len(first), len(second)) == (50, 3)


def test_the_light_of_a_list_is_that_of_the_plan(
    approved: Declaration, signed_in: Callable[[str], Client]
) -> None:
    stage = Stage.objects.create(declaration=approved, month=7)
    stage.rows.create(number=1, value="0")
    client = signed_in("tianbao")

    def listed() -> str:
        return client.get("/monitoring/").context["rows"][0]["light"]["word"]

    assert listed() == "预警"
    Plan.objects.create(declaration=approved, number=1, shares=["0"] * 11 + ["100"])
    assert listed() == "待定"


def test_what_was_given_to_an_evaluator_is_listed(
    approved: Declaration, person: Callable[[str], Person], signed_in: Callable[[str], Client]
) -> None:
    client = signed_in("pingjia")
    assert client.get("/evaluation/").context["rows"] == []
    give_evaluation(person("pifu"), approved, person("pingjia"))
    assert [row["declaration"] for row in client.get("/evaluation/").context["rows"]] == [approved]
