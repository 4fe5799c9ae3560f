"""The chain finds what was changed, removed or put elsewhere, and the database refuses it first."""

import csv
import io
from collections.abc import Callable
from importlib import import_module

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.http import StreamingHttpResponse
from django.test import Client

from hengliang.web.accounts.actions import add_organisation, add_person, give_role
from hengliang.web.accounts.models import Organisation, Person
from hengliang.web.audit.actions import record
from hengliang.web.audit.models import Entry
from hengliang.web.audit.queries import head, verify
from hengliang.web.workflow.roles import Role

triggers = import_module("hengliang.web.audit.migrations.0002_append_only")


@pytest.fixture
def entries(transactional_db: None) -> None:
    with transaction.atomic():
        for number in range(6):
            record(None, "test.act", f"thing:{number}", "某物", detail_number=number)


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_entry SET actor = 'x'", "DELETE FROM audit_entry WHERE number = 3"]
)
def test_the_database_refuses(entries: None, statement: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert verify() == []


@pytest.mark.parametrize(
    ("statement", "number"),
    [
        ("UPDATE audit_entry SET actor = 'x' WHERE number = 3", 3),
        ("UPDATE audit_entry SET detail = '{}' WHERE number = 6", 6),
        ("DELETE FROM audit_entry WHERE number = 1", 2),
        ("DELETE FROM audit_entry WHERE number IN (3, 4)", 5),
        ("UPDATE audit_entry SET event = 'test.b' WHERE number = 2", 2),
        ("DELETE FROM audit_entry WHERE number = 6", 6),
    ],
)
def test_what_gets_past_the_triggers_is_found(entries: None, statement: str, number: int) -> None:
    noted = head()
    with connection.schema_editor() as editor:
        triggers.unprotect(apps, editor)
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
        found = verify(noted)
        assert found
        assert number in {one.number for one in found}
    finally:
        with connection.schema_editor() as editor:
            triggers.protect(apps, editor)


def test_an_entry_needs_a_transaction(transactional_db: None) -> None:
    with pytest.raises(transaction.TransactionManagementError):
        record(None, "test.act")


def test_what_is_undone_leaves_no_entry(transactional_db: None) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record(None, "test.act")
        raise ZeroDivisionError
    assert not Entry.objects.exists()


def test_the_page_checks_the_chain(
    signed_in: Callable[[str], Client], person: Callable[[str], Person]
) -> None:
    client = signed_in("sanshen")
    assert "完整" in client.post("/audit/", follow=True).content.decode()
    answer = client.get("/audit/?as=csv")
    assert isinstance(answer, StreamingHttpResponse)
    table = answer.getvalue().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table, newline="")))
    assert [row["number"] for row in rows] == [str(one.number) for one in Entry.objects.order_by("-number")]
    assert [row["hash"] for row in rows] == [one.hash for one in Entry.objects.order_by("-number")]
    assert len(rows) > 10
    assert signed_in("tianbao").get("/audit/").status_code == 403


def test_an_auditor_reads_what_is_about_the_own_organisations(
    signed_in: Callable[[str], Client], person: Callable[[str], Person]
) -> None:
    county = add_organisation(
        None, name="衡阳县", code="430421", kind="county", parent=Organisation.objects.get(code="430400")
    )
    auditor, _ = add_person(None, username="xian-shenji", full_name="县审计", organisation=county)
    give_role(None, auditor, Role.AUDITOR, county)
    Person.objects.filter(pk=auditor.pk).update(must_change_password=False)
    for username, sees in (("sanshen", True), ("shenji", True), ("xian-shenji", False)):
        client = signed_in(username)
        address = "/audit/?event=declaration.begin"
        assert bool(client.get(address).context["entries"]) == sees
        assert (b"declaration.begin" in client.get(f"{address}&as=csv").getvalue()) == sees
    assert "organisation.add" in signed_in("xian-shenji").get("/audit/").content.decode()
