"""Programs that call with a token."""

from collections.abc import Callable

import pytest
from django.test import Client

from hengliang.web.accounts.models import Person
from hengliang.web.api.actions import make
from hengliang.web.api.scopes import Scope, open_to
from hengliang.web.declarations.models import Declaration

Program = Callable[..., Client]


@pytest.fixture
def program(example: Declaration, person: Callable[[str], Person]) -> Program:
    """A client that shows a token of a person, with all scopes that the person can give, or those named."""

    def client(username: str, *scopes: Scope) -> Client:
        who = person(username)
        _, secret = make(who, f"program {len(made)}", scopes or open_to(who), 30)
        made.append(secret)
        return Client(headers={"Authorization": f"Bearer {secret}"})

    made: list[str] = []
    return client
