"""Only who publishes for the organisation reviews, publishes again and withdraws public copies."""

from collections.abc import Callable

import pytest

from hengliang.web.accounts.models import Person
from hengliang.web.accounts.policies import Refused
from hengliang.web.declarations.models import Declaration
from hengliang.web.publication import actions
from hengliang.web.publication.models import PublicCopy

ACTS: dict[str, Callable[[Person, PublicCopy], PublicCopy]] = {
    "review": actions.review,
    "republish": actions.republish,
    "withdraw": lambda actor, copy: actions.withdraw(actor, copy, "更正"),
}


@pytest.mark.parametrize("name", ACTS)
def test_nobody_else_acts_on_a_copy(name: str, approved: Declaration) -> None:
    others = Person.objects.exclude(username="pifu")
    assert len(others) == 9
    for one in others:
        with pytest.raises(Refused, match="roles do not permit"):
            ACTS[name](one, PublicCopy(declaration=approved))
