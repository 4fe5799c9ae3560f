"""Public copies: prepared by one, reviewed by another, frozen, and open to everybody."""

import csv
import io
import json
from collections.abc import Callable

import pytest
from django.test import Client
from lxml import etree

from hengliang.web.accounts.actions import add_person, give_role
from hengliang.web.accounts.models import Organisation, Person
from hengliang.web.accounts.policies import Refused
from hengliang.web.declarations import actions as declarations
from hengliang.web.declarations.models import Declaration
from hengliang.web.publication import actions
from hengliang.web.publication.content import digest_of
from hengliang.web.publication.models import PublicCopy
from hengliang.web.workflow.roles import Role

Named = Callable[[str], Person]


@pytest.fixture
def checked(approved: Declaration) -> Declaration:
    """A declaration whose self-evaluation was checked; how it comes there is tested with evaluation."""
    Declaration.objects.filter(pk=approved.pk).update(state="checked")
    approved.refresh_from_db()
    return approved


def test_four_eyes_then_the_public(
    checked: Declaration, person: Named, signed_in: Callable[[str], Client]
) -> None:
    public = Client()
    with pytest.raises(declarations.Missing, match="reviewed"):
        declarations.move(person("pifu"), checked, "publish")
    copy = actions.prepare(person("shenhe"), checked, "随决算公开")
    assert public.get(f"/public/{copy.pk}/").status_code == 404
    with pytest.raises(declarations.Missing):
        declarations.move(person("pifu"), checked, "publish")
    actions.review(person("pifu"), copy)
    declarations.move(person("pifu"), checked, "publish")
    page = public.get(f"/public/{copy.pk}/").content.decode()
    assert "衡阳市自然资源和规划局" in page
    assert "绿色矿山" in page
    assert public.get("/public/").content.decode().count(f"/public/{copy.pk}/") == 1


def test_nobody_reviews_the_own_copy(checked: Declaration, person: Named) -> None:
    copy = actions.prepare(person("pifu"), checked, "随决算公开")
    with pytest.raises(Refused, match="else"):
        actions.review(person("pifu"), copy)
    for username in ("tianbao", "fuze", "shenji", "zhuguan"):
        with pytest.raises(Refused):
            actions.prepare(person(username), checked, "随决算公开")


def test_open_data(checked: Declaration, person: Named) -> None:
    copy = actions.prepare(person("shenhe"), checked, "随决算公开")
    actions.review(person("pifu"), copy)
    declarations.move(person("pifu"), checked, "publish")
    public = Client()
    data = json.loads(public.get(f"/public/{copy.pk}/data.json").content)
    content = {name: data[name] for name in ("form", "sheet", "measurements", "stratml")}
    assert digest_of(content) == data["digest"] == copy.digest
    assert data["form"]["signoff"] is None
    rows = list(
        csv.DictReader(io.StringIO(public.get(f"/public/{copy.pk}/data.csv").content.decode("utf-8-sig")))
    )
    assert len(rows) == 25
    root = etree.fromstring(public.get(f"/public/{copy.pk}/data.xml").content)
    assert len(root.findall(".//{*}PerformanceIndicator")) == 25
    assert public.get(f"/public/{copy.pk}/data.exe").status_code == 404


def test_a_correction_replaces_and_says_so(checked: Declaration, person: Named) -> None:
    first = actions.prepare(person("shenhe"), checked, "随决算公开")
    actions.review(person("pifu"), first)
    declarations.move(person("pifu"), checked, "publish")
    checked.refresh_from_db()
    second = actions.prepare(person("shenhe"), checked, "更正执行数")
    with pytest.raises(Refused):
        actions.republish(person("pifu"), second)
    second = actions.review(person("pifu"), second)
    actions.republish(person("pifu"), second)
    public = Client()
    gone = public.get(f"/public/{first.pk}/")
    assert gone.status_code == 410
    assert "更正执行数" in gone.content.decode()
    assert public.get(f"/public/{first.pk}/data.json").status_code == 410
    assert public.get(f"/public/{second.pk}/").status_code == 200
    assert PublicCopy.objects.filter(published_at__isnull=False, withdrawn_at=None).count() == 1


def test_the_desk_shows_what_a_role_may_do(checked: Declaration, signed_in: Callable[[str], Client]) -> None:
    copy_word = "准备公开副本"
    assert copy_word in signed_in("shenhe").get("/publications/").content.decode()
    assert copy_word not in signed_in("tianbao").get("/publications/").content.decode()
    assert (
        signed_in("tianbao").post(f"/publications/prepare/{checked.pk}/", {"reason": "x"}).status_code == 403
    )


def test_another_city_prepares_nothing_here(checked: Declaration, person: Named) -> None:
    elsewhere = Organisation.objects.create(name="他市", code="430500", kind="city", path="430000/430500/")
    other, _ = add_person(None, username="other", full_name="他", organisation=None)
    give_role(None, other, Role.FINANCE_APPROVER, elsewhere)
    with pytest.raises(Refused):
        actions.prepare(other, checked, "随决算公开")
