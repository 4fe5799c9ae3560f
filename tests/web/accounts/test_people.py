"""Organisations and people: what the tables hold, and who manages whom."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from hengliang.web.accounts.actions import add_organisation
from hengliang.web.accounts.models import Organisation, Person

Named = Callable[[str], Person]


@pytest.mark.parametrize("code", ["43040A", "4304/00", ""])
def test_codes_make_paths_that_tell_organisations_apart(example: object, code: str) -> None:
    city = Organisation.objects.get(code="430400")
    add_organisation(None, name="一局", code="43040a", kind="unit", parent=city)
    with pytest.raises(IntegrityError), transaction.atomic():
        add_organisation(None, name="二局", code=code, kind="unit", parent=city)
