"""What is noted of a form, and when: with handing in, with what reviewers set aside, with sealing."""

from collections.abc import Callable

import pytest
from django.db import transaction

from hengliang.web.accounts.models import Organisation, Person
from hengliang.web.declarations import actions, actions_moves, actions_review
from hengliang.web.declarations.draft import Edit
from hengliang.web.declarations.findings import open_findings
from hengliang.web.declarations.models import Declaration, Draft
from hengliang.web.evaluation.scoring import sealed_of
from hengliang.web.insight.actions import catch_up
from hengliang.web.insight.models import Fault, Line, Noted
from hengliang.web.insight.stages import SCORED
from hengliang.web.workflow.states import State
from tests.web import many

Named = Callable[[str], Person]


def _submitted(example: Declaration, person: Named) -> Noted:
    for placed in {(one.finding.code, one.row, one.key): one for one in open_findings(example)}.values():
        if placed.finding.severity == "error":
            actions_review.set_aside(
                person("tianbao"), example, placed.finding.code, placed.row, placed.key, "原表如此"
            )
    actions_moves.move(person("tianbao"), example, "prepare")
    assert not Noted.objects.exists()
    actions_moves.move(person("fuze"), example, "submit")
    example.refresh_from_db()
    return Noted.objects.get(declaration=example)


def test_handing_in_notes_rows_and_findings(example: Declaration, person: Named) -> None:
    noted = _submitted(example, person)
    draft = Draft.objects.get(declaration=example)
    assert noted.indicators == 25
    assert noted.points == 95
    assert (noted.errors, noted.warnings, noted.advice) == (draft.errors, draft.warnings, draft.advice)
    lines = list(Line.objects.filter(noted=noted).order_by("number"))
    assert [line.row for line in lines] == draft.rows
    assert {line.level1 for line in lines} == {"output", "benefit", "satisfaction"}
    open_now = sorted((one.finding.code, one.row) for one in open_findings(example))
    faults = Fault.objects.filter(noted=noted).select_related("line")
    assert sorted((one.code, one.line.row if one.line else "form") for one in faults) == open_now


def test_what_a_reviewer_sets_aside_counts_at_once(example: Declaration, person: Named) -> None:
    before = _submitted(example, person).warnings
    placed = next(one for one in open_findings(example) if one.finding.severity == "warning")
    actions_review.set_aside(
        person("zhuguan"), example, placed.finding.code, placed.row, placed.key, "情况属实"
    )
    assert Noted.objects.get(declaration=example).warnings < before


def test_what_was_handed_in_stands_while_the_unit_writes(example: Declaration, person: Named) -> None:
    noted = _submitted(example, person)
    actions_moves.move(person("zhuguan"), example, "return_by_department", "请补充")
    example.refresh_from_db()
    draft = Draft.objects.get(declaration=example)
    actions.save(person("tianbao"), example, draft.counter, [Edit(draft.rows[0], "name", "新名称")])
    assert not Line.objects.filter(name="新名称").exists()
    assert Noted.objects.get(declaration=example).pk == noted.pk
    Noted.objects.update(release="0")
    catch_up()
    assert not Line.objects.filter(name="新名称").exists()
    assert Noted.objects.get(declaration=example).errors == noted.errors
    actions_moves.move(person("tianbao"), example, "prepare")
    actions_moves.move(person("fuze"), example, "submit")
    assert Line.objects.filter(name="新名称").exists()


def test_a_move_that_fails_notes_nothing(example: Declaration, person: Named) -> None:
    def fail(actor: Person, declaration: Declaration) -> None:
        raise LookupError

    actions_moves.AFTER["submit"].append(fail)
    try:
        with pytest.raises(LookupError), transaction.atomic():
            _submitted(example, person)
    finally:
        actions_moves.AFTER["submit"].remove(fail)
    assert not Noted.objects.exists()


def test_what_is_not_noted_is_caught_up_with(example: Declaration) -> None:
    made = many.fill(Organisation.objects.get(code="430400"), 14)
    before = set(Noted.objects.values_list("declaration", "indicators", "points", "errors", "low", "high"))
    assert len(before) == 12
    Noted.objects.all().delete()
    catch_up()
    after = set(Noted.objects.values_list("declaration", "indicators", "points", "errors", "low", "high"))
    assert after == before
    scored = {one.pk for one in made.declarations if State(one.state) in SCORED}
    assert {pk for pk, *_, low, _ in after if low is not None} == scored


def test_a_sealed_sheet_is_noted_row_by_row(example: Declaration) -> None:
    made = many.fill(Organisation.objects.get(code="430400"), 2, states=(State.SELF_EVALUATED,))
    for one in made.declarations:
        sheet = sealed_of(one)
        assert sheet is not None
        noted = Noted.objects.get(declaration=one)
        assert (noted.low, noted.high, noted.of) == (sheet.low, sheet.high, sheet.of)
        rows = {row["number"]: row for row in sheet.content["rows"]}
        lines = list(Line.objects.filter(noted=noted))
        assert len(lines) == len(rows)
        for line in lines:
            row = rows[line.number]
            assert (line.name, line.state) == (row["name"], row["state"])
            assert line.weight is not None
            assert line.risk == line.weight - (line.low or 0)
