"""Fills an installation with a round of many forms and many signed-in people, for `benchmarks.web`.

    python -m benchmarks.web_round 300 100 recorded.json

Prints the people with their sessions and forms as JSON, and writes down the statements that the pages of the
real application send to the database, for the bare one.
"""

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from hengliang.web.project.commands import set_up

set_up()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402

from benchmarks.variants import EXAMPLE, variants  # noqa: E402
from hengliang import api  # noqa: E402
from hengliang.web.accounts.actions import add_organisation, add_person, give_role  # noqa: E402
from hengliang.web.accounts.models import Organisation, Person  # noqa: E402
from hengliang.web.declarations import actions  # noqa: E402
from hengliang.web.declarations.models import Declaration, Draft  # noqa: E402
from hengliang.web.project import demo  # noqa: E402
from hengliang.web.workflow.roles import Role  # noqa: E402

DESK = "/reviews/?state=draft"


def main(forms: int, people: int, recorded: Path) -> None:
    call_command("migrate", interactive=False, verbosity=0)
    first, _ = demo.load(EXAMPLE, "not asked for here 1")
    with transaction.atomic():
        declarations = [first, *_declared(first, forms - 1)]
        users = [_person(number, declarations[number % forms], people) for number in range(people)]
    Person.objects.update(must_change_password=False)
    told = [
        {
            "session": _session(person),
            "reviewer": own is None,
            "pk": own and own.pk,
            "rows": own and _rows(own),
        }
        for person, own in users
    ]
    settings.ALLOWED_HOSTS = ["testserver"]
    reviewer = next(one["session"] for one in told if one["reviewer"])
    kept = {"desk": _recorded(reviewer, DESK), "editor": _recorded(reviewer, f"/declarations/{first.pk}/")}
    recorded.write_text(json.dumps(kept, default=str), encoding="utf-8")
    sys.stdout.write(json.dumps({"people": told, "forms": [one.pk for one in declarations]}))


def _declared(first: Declaration, count: int) -> list[Declaration]:
    """Forms of as many other organisations, each with words of its own."""
    city = Organisation.objects.get(code="430400")
    made: list[Declaration] = []
    with tempfile.TemporaryDirectory() as folder:
        for number, text in enumerate(variants(count)):
            path = Path(folder) / f"{number}.txt"
            path.write_text(text, encoding="utf-8")
            place = add_organisation(
                None, name=f"第{number}单位", code=f"430400-9{number:03}", kind="department", parent=city
            )
            reading = api.read(path).forms[0]
            made.append(actions.begin(None, first.round, place, form=reading.form, source=reading.source))
    return made


def _person(number: int, own: Declaration, people: int) -> tuple[Person, Declaration | None]:
    """A reviewer of the city, or (two of five) a clerk with a form."""
    is_clerk = number % 5 < 2
    finance = Organisation.objects.get(code="430400-101")
    person, _ = add_person(
        None,
        username=f"p{number}",
        full_name=f"第{number}人",
        organisation=own.organisation if is_clerk else finance,
        password="not asked for here 1",
    )
    role = Role.CLERK if is_clerk else Role.DEPARTMENT_REVIEWER
    give_role(None, person, role, own.organisation if is_clerk else Organisation.objects.get(code="430400"))
    return person, own if is_clerk else None


def _session(person: Person) -> str:
    store = SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = Person.objects.get(pk=person.pk).get_session_auth_hash()
    store.create()
    return str(store.session_key)


def _rows(declaration: Declaration) -> list[str]:
    return list(Draft.objects.get(declaration=declaration).rows)


def _recorded(session: str, address: str) -> dict[str, Any]:
    """What a page reads from the database, and how long it is."""
    statements: list[tuple[str, list[Any]]] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("SELECT"):
            statements.append((sql, list(params or ())))
        return execute(sql, params, many, context)

    client = Client()
    client.cookies["sessionid"] = session
    client.get(address)
    with connection.execute_wrapper(note):
        answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return {"statements": statements, "length": len(answer.content)}


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
