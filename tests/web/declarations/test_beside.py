"""What stands beside an indicator on the review desk: indicators like it that other units declared."""

import random
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from hengliang.web.accounts.actions import add_organisation, give_role, take_role
from hengliang.web.accounts.models import Organisation, Person
from hengliang.web.declarations import actions, queries_review
from hengliang.web.declarations.draft import opened
from hengliang.web.declarations.models import Declaration, Draft
from hengliang.web.workflow.roles import Role
from tests.web.many import form_of

Named = Callable[[str], Person]


def _second_unit(example: Declaration, name: str, state: str) -> Declaration:
    """Another bureau whose form of the same round has an indicator of this name, in a state."""
    city = Organisation.objects.get(code="430400")
    other = add_organisation(None, name="衡阳市林业局", code="430400-306", kind="department", parent=city)
    form = form_of(random.Random(7), other.name)
    row = form.indicators[0].model_copy(update={"name": name, "target": "77", "unit": "处"})
    form = form.model_copy(update={"indicators": (*form.indicators[1:], row)})
    made = actions.begin(None, example.round, other, form=form)
    Declaration.objects.filter(pk=made.pk).update(state=state)
    return made


def _row_named(example: Declaration, name: str) -> str:
    draft = Draft.objects.get(declaration=example)
    names = [row.name for row in opened(draft.content, draft.rows).form.indicators]
    return draft.rows[names.index(name)]


@pytest.fixture
def submitted(example: Declaration) -> Declaration:
    """The worked example as it waits for its reviewers."""
    Declaration.objects.filter(pk=example.pk).update(state="submitted", state_since=timezone.now())
    example.refresh_from_db()
    return example


@pytest.mark.parametrize(("name", "percent"), [("界桩定位核查", 100), ("地灾界桩定位核查工作", 60)])
def test_a_reviewer_sees_the_indicator_of_a_second_unit(
    name: str, percent: int, submitted: Declaration, signed_in: Callable[[str], Client], person: Named
) -> None:
    second = _second_unit(submitted, name, "submitted")
    found = queries_review.similar_units(person("zhuguan"), submitted, "界桩定位核查")
    assert [(one.whose, one.row.name, one.declaration) for one in found] == [
        ("衡阳市林业局", name, second.pk)
    ]
    assert found[0].likeness >= percent
    row = _row_named(submitted, "界桩定位核查")
    panel = signed_in("zhuguan").get(f"/declarations/{submitted.pk}/rows/{row}/").content.decode()
    assert "衡阳市林业局" in panel
    assert f"/declarations/{second.pk}/" in panel
    assert "77" in panel
    own = signed_in("tianbao").get(f"/declarations/{submitted.pk}/rows/{row}/").content.decode()
    assert "衡阳市林业局" not in own


@pytest.mark.parametrize("state", ["draft", "prepared"])
def test_what_was_not_handed_in_is_not_shown(state: str, submitted: Declaration, person: Named) -> None:
    _second_unit(submitted, "界桩定位核查", state)
    assert queries_review.similar_units(person("zhuguan"), submitted, "界桩定位核查") == []


def test_units_out_of_reach_are_not_shown(submitted: Declaration, person: Named, settings: Any) -> None:
    _second_unit(submitted, "界桩定位核查", "submitted")
    reviewer = person("zhuguan")
    take_role(None, reviewer, Role.DEPARTMENT_REVIEWER, Organisation.objects.get(code="430400"))
    give_role(None, reviewer, Role.DEPARTMENT_REVIEWER, submitted.organisation)
    assert queries_review.similar_units(person("zhuguan"), submitted, "界桩定位核查") == []
    assert queries_review.similar_units(person("zhuguan"), submitted, "食品安全抽检") == []
