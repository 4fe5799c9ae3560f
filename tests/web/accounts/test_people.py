"""Organisations and people: what the tables hold, and who manages whom."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from hengliang.base.message import message
from hengliang.web.accounts import actions, sign_in
from hengliang.web.accounts.actions import add_organisation, add_person, give_role
from hengliang.web.accounts.models import Assignment, Organisation, Person
from hengliang.web.accounts.policies import Refused
from hengliang.web.audit.actions import record
from hengliang.web.audit.models import Entry
from hengliang.web.workflow.roles import Role

Named = Callable[[str], Person]


@pytest.mark.parametrize("code", ["43040A", "4304/00", ""])
def test_codes_make_paths_that_tell_organisations_apart(example: object, code: str) -> None:
    city = Organisation.objects.get(code="430400")
    add_organisation(None, name="一局", code="43040a", kind="unit", parent=city)
    with pytest.raises(IntegrityError), transaction.atomic():
        add_organisation(None, name="二局", code=code, kind="unit", parent=city)


@pytest.fixture
def county(example: object) -> Organisation:
    """A county of the city, with administrators and a clerk of its own."""
    city = Organisation.objects.get(code="430400")
    made = add_organisation(None, name="衡阳县", code="430421", kind="county", parent=city)
    for username, role in (
        ("xian-anquan", Role.SECURITY_ADMINISTRATOR),
        ("xian-xitong", Role.SYSTEM_ADMINISTRATOR),
        ("xian-tianbao", Role.CLERK),
    ):
        found, _ = add_person(None, username=username, full_name=f"县{role.value}", organisation=made)
        give_role(None, found, role, made)
    Person.objects.update(must_change_password=False)
    return made


def test_an_administrator_manages_the_people_within_reach(county: Organisation, person: Named) -> None:
    guard, mine, theirs = person("xian-anquan"), person("xian-tianbao"), person("pifu")
    city = Organisation.objects.get(code="430400")
    for act in (
        lambda: actions.reset_password(guard, theirs),
        lambda: actions.set_active(guard, theirs, False),
        lambda: actions.drop_second_factor(guard, theirs),
        lambda: actions.take_role(guard, theirs, Role.FINANCE_APPROVER, city),
        lambda: actions.give_role(guard, theirs, Role.FINANCE_REVIEWER, county),
        lambda: actions.give_role(guard, mine, Role.FINANCE_APPROVER, city),
        lambda: actions.add_person(guard, username="x", full_name="某", organisation=city),
        lambda: actions.take_role(guard, guard, Role.SECURITY_ADMINISTRATOR, county),
        lambda: actions.add_organisation(person("xian-xitong"), name="x", code="x", kind="unit", parent=city),
        lambda: actions.add_organisation(person("xian-xitong"), name="x", code="x", kind="unit"),
    ):
        before = Entry.objects.count()
        with pytest.raises(Refused), transaction.atomic():
            act()
        assert Entry.objects.count() == before
    actions.give_role(guard, mine, Role.UNIT_HEAD, county)
    actions.reset_password(guard, mine)
    assert actions.add_organisation(
        person("xian-xitong"), name="某乡", code="430421-1", kind="unit", parent=county
    ).path.startswith(county.path)
    # The one of the city reaches both.
    actions.reset_password(person("anquan"), mine)
    actions.reset_password(person("anquan"), theirs)


def test_pages_show_the_people_within_reach(
    county: Organisation, person: Named, signed_in: Callable[[str], Client]
) -> None:
    guard = signed_in("xian-anquan")
    page = guard.get("/people/").content.decode()
    assert "xian-tianbao" in page
    assert "pifu" not in page
    assert guard.get(f"/people/{person('pifu').pk}/").status_code == 403
    assert guard.post(f"/people/{person('pifu').pk}/", {"act": "reset"}).status_code == 403
    assert "430400-305" not in guard.get(f"/people/{person('xian-tianbao').pk}/").content.decode()
    system = signed_in("xian-xitong")
    assert "衡阳市自然资源和规划局" not in system.get("/organisations/").content.decode()
    top = {"name": "某省", "code": "x", "kind": "province"}
    assert system.post("/organisations/", top).status_code == 422


def test_an_administrator_has_one_organisation(county: Organisation, person: Named) -> None:
    city = Organisation.objects.get(code="430400")
    with pytest.raises(Refused):
        give_role(person("anquan"), person("xian-xitong"), Role.SYSTEM_ADMINISTRATOR, city)
    given = Entry.objects.filter(event="role.give").count()
    again = give_role(person("anquan"), person("xian-xitong"), Role.SYSTEM_ADMINISTRATOR, county)
    assert again == Assignment.objects.get(person=person("xian-xitong"))
    assert Entry.objects.filter(event="role.give").count() == given, "what was held is not given"


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_who_is_told_may_fail_to_sign_in_meanwhile(
    transactional_db: None, example: object, person: Named, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One act holds the lock of the log and tells a person; the other holds the row of that person and waits
    for the log. Neither waits for the other for ever."""
    met = Barrier(2, timeout=20)
    failed: list[Exception] = []

    def recorded(*args: Any, **kwargs: Any) -> Entry:
        met.wait()
        return record(*args, **kwargs)

    def tells() -> None:
        with transaction.atomic():
            record(reviewer, "test.tell")
            met.wait()
            actions.tell([clerk], "comment.ask", message("Publish"))

    def run(act: Callable[[], object]) -> None:
        try:
            act()
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    monkeypatch.setattr(sign_in, "record", recorded)
    reviewer, clerk = person("shenhe"), person("tianbao")
    threads = [Thread(target=run, args=(act,)) for act in (tells, lambda: sign_in._check("tianbao", "wrong"))]
    for one in threads:
        one.start()
    for one in threads:
        one.join(30)
    assert failed == []
    assert list(Entry.objects.order_by("-number").values_list("event", flat=True)[:2]) == [
        "sign_in.fail",
        "test.tell",
    ]
