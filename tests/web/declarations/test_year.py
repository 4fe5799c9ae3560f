"""The way of a declaration from draft to approval, by the actions that pages call."""

from collections.abc import Callable

import pytest
from django.test import Client

from hengliang.form.field import text_at
from hengliang.web.accounts.models import Person
from hengliang.web.accounts.policies import Refused
from hengliang.web.audit.queries import verify
from hengliang.web.declarations import actions, actions_moves
from hengliang.web.declarations.draft import Edit, Reorder
from hengliang.web.declarations.findings import open_findings, working_of
from hengliang.web.declarations.models import Declaration, Opinion, Overruling, Version

Named = Callable[[str], Person]


def _set_errors_aside(declaration: Declaration, person: Person) -> None:
    for placed in open_findings(declaration):
        if placed.finding.severity == "error":
            Overruling.objects.get_or_create(
                declaration=declaration,
                code=placed.finding.code,
                row=placed.row,
                path=placed.key,
                defaults={
                    "text": text_at(working_of(declaration).form, placed.finding.spots[0].path) or "",
                    "reason": "The printed form of 2023 stands as it is.",
                    "person": person,
                },
            )


def test_from_draft_to_approval(example: Declaration, person: Named) -> None:
    actions_moves.move(person("tianbao"), example, "prepare")
    with pytest.raises(actions_moves.Missing, match="findings are errors"):
        actions_moves.move(person("fuze"), example, "submit")
    _set_errors_aside(example, person("fuze"))
    actions_moves.move(person("fuze"), example, "submit")
    actions_moves.move(person("zhuguan"), example, "approve_by_department")
    with pytest.raises(actions_moves.Missing, match="opinion"):
        actions_moves.move(person("pifu"), example, "approve")
    version = Version.objects.get(declaration=example)
    Opinion.objects.create(version=version, side="finance", grade="良", author=person("shenhe"))
    actions_moves.move(person("pifu"), example, "approve")
    example.refresh_from_db()
    assert example.state == "approved"
    assert example.approved == version
    assert verify() == []


def test_nobody_decides_on_the_own_form(example: Declaration, person: Named) -> None:
    actions_moves.move(person("tianbao"), example, "prepare")
    for username in ("zhuguan", "shenhe", "shenji", "anquan", "tianbao"):
        with pytest.raises(Refused):
            actions_moves.move(person(username), example, "submit")


def test_two_editors_lose_nothing(example: Declaration, person: Named) -> None:
    row = example.draft.rows[0]
    first = actions.save(person("tianbao"), example, 1, [Edit(row, "target", "61")])
    assert first.draft.counter == 2
    other_cell = actions.save(person("fuze"), example, 1, [Edit(row, "unit", "座")])
    assert other_cell.draft.counter == 3
    with pytest.raises(actions.Conflicts) as clash:
        actions.save(person("fuze"), example, 1, [Edit(row, "target", "62")])
    assert [(one.mine, one.theirs, one.by) for one in clash.value.conflicts] == [("62", "61", "tianbao")]
    example.draft.refresh_from_db()
    assert example.draft.content["indicators"][0]["target"] == "61"


def test_two_editors_of_a_list(example: Declaration, person: Named) -> None:
    """One mends an item of a list, as a fix of a finding does, the other writes the list anew."""
    actions.save(person("tianbao"), example, 1, [Edit("form", "goals", "一\n二")])
    actions.save(person("tianbao"), example, 2, [Edit("form", "goals/0", "一点")])
    with pytest.raises(actions.Conflicts) as clash:
        actions.save(person("fuze"), example, 2, [Edit("form", "goals", "一\n二\n三")])
    assert [(one.key, one.theirs) for one in clash.value.conflicts] == [("goals", "一点\n二")]
    with pytest.raises(actions.Conflicts):
        actions.save(person("fuze"), example, 1, [Edit("form", "goals/0", "一样")])
    # Who wants what stands already is in nobody's way.
    assert actions.save(person("fuze"), example, 2, [Edit("form", "goals", "一点\n二")]).draft.counter == 3


def test_a_row_of_one_and_a_cell_of_another(example: Declaration, person: Named) -> None:
    """Rows put in, moved and taken out by one while the other types."""
    rows = example.draft.rows
    actions.save(
        person("tianbao"), example, 1, [Edit("neu1", "name", "新")], [Reorder("insert", "neu1", rows[0])]
    )
    after = actions.save(person("fuze"), example, 1, [Edit(rows[0], "target", "61")]).draft
    assert after.rows == ["neu1", *rows]
    assert [after.content["indicators"][at].get("target") for at in (0, 1)] == [None, "61"]
    actions.save(
        person("tianbao"), example, 3, [], [Reorder("move", rows[1], "neu1"), Reorder("delete", rows[2])]
    )
    after = actions.save(person("fuze"), example, 3, [Edit(rows[1], "target", "62")]).draft
    assert after.content["indicators"][0]["target"] == "62"
    with pytest.raises(actions.Conflicts) as clash:
        actions.save(person("fuze"), example, 3, [Edit(rows[2], "target", "63")])
    assert [(one.row, one.theirs, one.by) for one in clash.value.conflicts] == [(rows[2], None, "tianbao")]


def test_a_form_is_begun_once(example: Declaration) -> None:
    with pytest.raises(Refused):
        actions.begin(None, example.round, example.organisation)
    assert Declaration.objects.count() == 1


def test_pages_open(example: Declaration, signed_in: Callable[[str], Client]) -> None:
    clerk = signed_in("tianbao")
    assert clerk.get("/declarations/").status_code == 200
    page = clerk.get(f"/declarations/{example.pk}/")
    assert page.status_code == 200
    assert "衡阳市自然资源和规划局" in page.content.decode()
    assert [len(row["cells"]) > 0 for row in page.context["rows"]] == [True] * 25
    assert "unsafe-inline" not in page.headers["Content-Security-Policy"]
