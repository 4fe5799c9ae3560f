"""The pages beside the grid: fields outside the table, fixes, the history of a cell, comparisons."""

import json
from collections.abc import Callable

from django.test import Client

from hengliang.web.accounts.models import Person
from hengliang.web.declarations import actions, actions_moves, fields
from hengliang.web.declarations.draft import Edit
from hengliang.web.declarations.findings import open_findings, working_of
from hengliang.web.declarations.models import Change, Declaration

Named = Callable[[str], Person]
SignedIn = Callable[[str], Client]


def _sent(declaration: Declaration, base: int, **changed: str) -> dict[str, str]:
    form = working_of(declaration).form
    sent = {one.name: one.text for one in (*fields.single(form, "en"), *fields.lists(form, "en"))}
    blocks = fields.blocks(form, "en")
    sent |= {one.name: one.text for block in blocks for line in block.lines for one in line}
    return sent | changed | {"base": str(base)}


def test_two_people_fill_in_the_same_fields(example: Declaration, signed_in: SignedIn) -> None:
    address = f"/declarations/{example.pk}/fields/"
    clerk, head = signed_in("tianbao"), signed_in("fuze")
    first = _sent(example, 1, fiscal_year="2023")
    second = _sent(example, 1, fiscal_year="2024")
    other = _sent(example, 1, supervisor="衡阳市人民政府")
    assert clerk.post(address, first).status_code == 302
    page = head.post(address, second)
    assert page.status_code == 409
    told = page.content.decode()
    assert "王填报" in told
    assert 'value="2024"' in told
    assert working_of(example).form.fiscal_year == 2023
    del other["fiscal_year"]
    assert head.post(address, other).status_code == 302
    assert working_of(example).form.supervisor == "衡阳市人民政府"
    assert working_of(example).form.fiscal_year == 2023


def test_a_field_that_does_not_fit_is_kept_on_the_page(example: Declaration, signed_in: SignedIn) -> None:
    sent = _sent(example, 1, fiscal_year="明年")
    page = signed_in("tianbao").post(f"/declarations/{example.pk}/fields/", sent)
    assert page.status_code == 422
    assert 'value="明年"' in page.content.decode()
    assert signed_in("zhuguan").post(f"/declarations/{example.pk}/fields/", sent).status_code == 403


def test_fixes_are_applied_and_taken_back(example: Declaration, signed_in: SignedIn) -> None:
    clerk = signed_in("tianbao")
    before = working_of(example).form
    safe = sum(bool(one.finding.fix and one.finding.fix.safe) for one in open_findings(example))
    clerk.post(f"/declarations/{example.pk}/findings/fix/", {})
    left = sum(bool(one.finding.fix and one.finding.fix.safe) for one in open_findings(example))
    assert left < safe
    for change in Change.objects.filter(declaration=example).order_by("-pk"):
        address = f"/declarations/{example.pk}/history/rows/{change.row}/"
        assert clerk.get(address).status_code == 200
        clerk.post(f"{address}back/", {"change": change.pk})
    assert working_of(example).form.model_copy(update={"indicators": ()}) == before.model_copy(
        update={"indicators": ()}
    )
    now = [row.model_dump(exclude={"truncated"}) for row in working_of(example).form.indicators]
    assert now == [row.model_dump(exclude={"truncated"}) for row in before.indicators]


def test_one_fix_mends_one_finding(example: Declaration, signed_in: SignedIn) -> None:
    one = next(each for each in open_findings(example) if each.finding.code == "F02" and each.finding.fix)
    data = {"code": "F02", "row": one.row, "key": one.key}
    signed_in("tianbao").post(f"/declarations/{example.pk}/findings/fix/", data)
    assert [change.key for change in Change.objects.filter(declaration=example)] == [one.key]
    assert "F02" not in [each.finding.code for each in open_findings(example)]


def test_the_panel_reads_what_is_typed_and_saves_nothing(example: Declaration, signed_in: SignedIn) -> None:
    row = example.draft.rows[3]
    address = f"/declarations/{example.pk}/rows/{row}/"
    typed = {"key": "criterion", "value": "每少1%扣0.7分"}
    told = signed_in("tianbao").get(address, typed).content.decode()
    assert "0.7分" in told
    assert "data:image/svg+xml" in told
    assert signed_in("tianbao").get(address, {"key": "points", "value": "three"}).status_code == 200
    assert not Change.objects.filter(declaration=example).exists()
    assert "删除" in signed_in("tianbao").get(f"/declarations/{example.pk}/rows/gone/").content.decode()


def test_a_comparison_marks_what_changed(example: Declaration, person: Named, signed_in: SignedIn) -> None:
    actions_moves.move(person("tianbao"), example, "prepare")
    actions_moves.move(person("tianbao"), example, "take_back")
    example.refresh_from_db()
    actions.save(person("tianbao"), example, 1, [Edit(example.draft.rows[3], "target", "97")])
    page = signed_in("tianbao").get(f"/declarations/{example.pk}/history/compare/?from=1&to=draft")
    assert "<del>100</del>" in page.content.decode()
    assert "<ins>97</ins>" in page.content.decode()
    same = signed_in("tianbao").get(f"/declarations/{example.pk}/history/compare/?from=1&to=1")
    assert same.context["rows"] == []


def test_what_the_grid_sends_is_checked(example: Declaration, signed_in: SignedIn) -> None:
    clerk = signed_in("tianbao")
    address = f"/declarations/{example.pk}/save/"

    def post(data: object) -> tuple[int, dict[str, object]]:
        answer = clerk.post(address, json.dumps(data), content_type="application/json")
        return answer.status_code, answer.json()

    row = example.draft.rows[0]
    for broken in ([], {}, {"base_version": 1, "changes": [1]}, {"base_version": "x"}):
        assert post(broken)[0] == 400
    status, told = post({"base_version": 1, "changes": [{"row": row, "key": "points", "value": "three"}]})
    assert (status, told["row"], told["key"]) == (422, row, "points")
    inserted = {
        "base_version": 1,
        "inserts": [{"row": "abc123", "before": row}],
        "changes": [{"row": "abc123", "key": "name", "value": "新指标"}],
    }
    for _ in range(2):
        status, told = post(inserted)
        assert status == 200
    assert [one["id"] for one in told["rows"]][:2] == ["abc123", row]  # type: ignore[index, attr-defined]
    assert len(working_of(example).rows) == 26


def test_numbers_that_nobody_means_are_no_numbers(example: Declaration, signed_in: SignedIn) -> None:
    clerk, reviewer, endless = signed_in("tianbao"), signed_in("zhuguan"), "9" * 5000
    about = f"/declarations/{example.pk}"
    assert clerk.post(f"{about}/fields/", _sent(example, 1) | {"base": endless}).status_code in (302, 409)
    assert clerk.get(f"{about}/files/xlsx/", {"version": endless}).status_code == 404
    assert reviewer.get("/reviews/", {"year": "²"}).status_code == 200
    assert clerk.post("/library/collect/", {"declaration": endless}).status_code == 404
    assert signed_in("pifu").post("/rounds/open/", {"organisation": endless}).status_code == 422


def test_findings_come_page_by_page_and_by_rule(
    example: Declaration, signed_in: Callable[[str], Client]
) -> None:
    clerk = signed_in("tianbao")
    address = f"/declarations/{example.pk}/findings/"
    first = clerk.get(address)
    assert len(first.context["found"]) == 50
    assert {one["tone"] for one in first.context["found"]} == {"bad"}
    last = first.context["pages"].paginator.num_pages
    assert len(clerk.get(f"{address}?page={last}").context["found"]) <= 50
    code = first.context["filters"][0]["options"][0]["value"]
    by_rule = clerk.get(f"{address}?code={code}")
    assert {one["code"] for one in by_rule.context["found"]} == {code}
    assert clerk.get(f"{address}?code=none").context["found"] == []
