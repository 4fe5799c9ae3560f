"""Indicators of the same name in many forms are one of the worst, and lead to each of them."""

from collections.abc import Callable
from decimal import Decimal

from django.test import Client

from hengliang.web.accounts.models import Organisation
from hengliang.web.declarations.models import Declaration
from hengliang.web.insight.models import Line
from hengliang.web.insight.worst import Scored, groups
from hengliang.web.workflow.states import State
from tests.web import many

SignedIn = Callable[[str], Client]


def _scored(name: str, form: int, weight: str, low: str | None, high: str | None) -> Scored:
    return Scored(name, form, Decimal(weight), low and Decimal(low), high and Decimal(high))  # pyright: ignore


def test_by_hand() -> None:
    found = groups(
        (
            _scored("群众满意度", 1, "4", "1", "1"),
            _scored("群众 满意度", 2, "10", "5", "10"),
            _scored("群众满意度", 3, "5", None, None),
            _scored("群众满意度", 3, "5", "5", "5"),
            _scored("培训人数", 1, "3", "0", "0"),
            _scored("开工率", 1, "3", "3", "3"),
        )
    )
    assert [one.name for one in found] == ["群众满意度", "培训人数"]
    first = found[0]
    assert (first.forms, first.indicators) == (3, 4)
    # Lost 75 %, 0, 0, 0; may be lost 0, 50 %, 100 %, 0.
    assert (first.lost, first.may) == (Decimal("18.75"), Decimal("37.50"))
    assert first.risk == 3 + 5 + 5
    assert (found[1].lost, found[1].may, found[1].risk) == (100, 0, 3)
    assert groups(()) == []


def test_the_board_leads_to_each_of_them(example: Declaration, signed_in: SignedIn) -> None:
    made = many.fill(Organisation.objects.get(code="430400"), 6, states=(State.CHECKED,))
    lines = list(Line.objects.filter(noted__declaration__round=made.round, risk__gt=0).order_by("pk"))
    by_form = {line.noted.pk: line for line in lines}
    ours = list(by_form.values())[:3]
    for line, name in zip(ours, ("绝无仅有的指标", "绝无仅有 的指标", "绝无仅有的指标"), strict=True):
        Line.objects.filter(pk=line.pk).update(name=name)
    client, base = signed_in("shenhe"), f"/insight/rounds/{made.round.pk}"
    tables = {one["id"]: one["table"] for one in client.get(f"{base}/scores/").context["sections"]}
    row = next(row for row in tables["worst"]["rows"] if row["cells"][0]["text"] == "绝无仅有的指标")
    name, forms, indicators, _lost, _may, _risk = row["cells"]
    assert (forms["value"], indicators["value"]) == ("3", "3")
    assert client.get(forms["href"]).context["count"] == 3
    listed = client.get(name["href"]).context["sections"][0]["table"]["rows"]
    places = {f"/evaluation/{line.noted.declaration.pk}/rows/{line.number}/" for line in ours}
    assert {line["cells"][1]["href"] for line in listed} == places
    # Nobody sees a name of another round.
    assert client.get(f"{base}/indicators/?indicator=没有这个").context["count"] == 0
