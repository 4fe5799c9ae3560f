"""Fixtures of the web tests: an installation with the worked example, and people to act in it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client, TransactionTestCase
from django.utils import timezone

from hengliang.base.canonical import digest_of
from hengliang.web.accounts.models import Person
from hengliang.web.audit.migrations import __path__ as audit_migrations
from hengliang.web.declarations.models import Declaration, Draft, Version
from hengliang.web.project import demo
from tests.web.kept import Rows, all_rows, put_back

EXAMPLE = Path(__file__).parents[2] / "examples" / "hengyang-2023.txt"


@pytest.fixture(scope="session", autouse=True)
def flushing_of_transactional_tests() -> Iterator[None]:
    """Between tests that commit, the database is emptied, which the triggers of the log refuse: for that
    moment they are taken down."""
    from importlib import import_module

    assert audit_migrations
    triggers = import_module("hengliang.web.audit.migrations.0002_append_only")
    original = TransactionTestCase._fixture_teardown

    def teardown(self: TransactionTestCase) -> None:
        with connection.schema_editor() as editor:
            triggers.unprotect(apps, editor)
        try:
            original(self)
        finally:
            with connection.schema_editor() as editor:
                triggers.protect(apps, editor)

    TransactionTestCase._fixture_teardown = teardown
    yield
    TransactionTestCase._fixture_teardown = original


@pytest.fixture(autouse=True)
def own_folders(settings: Any, tmp_path: Path) -> None:
    """Records and files of one test are not seen by another."""
    settings.RECORD_STORE, settings.MEDIA_ROOT = tmp_path / "store", tmp_path / "files"


@pytest.fixture(scope="session")
def rows_of_the_example(django_db_setup: None, django_db_blocker: Any) -> Rows:
    """What loading the worked example writes; loaded once, and taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        before = all_rows()
        demo.load(EXAMPLE, "a password for tests")
        after = all_rows()
        transaction.set_rollback(True)
    assert all(after[table] == rows for table, rows in before.items())
    return {table: rows for table, rows in after.items() if table not in before}


@pytest.fixture
def example(rows_of_the_example: Rows, db: None) -> Declaration:
    """The worked example as a draft in a fresh installation."""
    with transaction.atomic():
        put_back(rows_of_the_example)
    return Declaration.objects.select_related("round", "organisation").get()


@pytest.fixture
def person(example: Declaration) -> Callable[[str], Person]:
    """A person of the example by sign-in name."""
    return lambda username: Person.objects.get(username=username)


@pytest.fixture
def signed_in(person: Callable[[str], Person]) -> Callable[[str], Client]:
    """A client that is signed in as a person of the example."""

    def client(username: str) -> Client:
        made = Client()
        made.force_login(person(username))
        return made

    return client


@pytest.fixture
def approved(example: Declaration) -> Declaration:
    """The worked example as approved; how it comes there is tested elsewhere."""
    content = Draft.objects.get(declaration=example).content
    example.approved = Version.objects.create(
        declaration=example, number=1, content=content, digest=digest_of(content), made_by="fuze"
    )
    example.state, example.state_since = "approved", timezone.now()
    example.save()
    return example
