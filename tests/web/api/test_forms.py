"""Forms read and written by programs: the core's JSON, optimistic locking, the apps' own policies."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.test import Client

from hengliang import api
from hengliang.criteria.as_json import as_json
from hengliang.form.exchange import form_to_json
from hengliang.form.schema import form_schema
from hengliang.report.sheet_json import sheet_record
from hengliang.web.accounts.models import Organisation, Person
from hengliang.web.api.scopes import Scope
from hengliang.web.audit.models import Entry
from hengliang.web.declarations import actions, actions_rounds
from hengliang.web.declarations.findings import findings_of, working_of
from hengliang.web.declarations.models import Declaration, Draft, Version
from hengliang.web.declarations.panel import reading_of
from hengliang.web.evaluation.actions import give_evaluation
from hengliang.web.evaluation.scoring import score_of
from tests.web.api.conftest import Program

Named = Callable[[str], Person]
EXAMPLE = Path(__file__).parents[3] / "examples" / "hengyang-2023.txt"


def _json(client: Client, method: str, path: str, data: Any, **headers: str) -> Any:
    return client.generic(
        method, path, json.dumps(data, ensure_ascii=False), content_type="application/json", headers=headers
    )


def test_a_form_is_what_the_terminal_reads(example: Declaration, program: Program) -> None:
    answer = program("tianbao").get(f"/api/v1/forms/{example.pk}/content")
    told = answer.json()
    assert answer.headers["ETag"] == f'"{example.pk}.1"'
    jsonschema.validate(told["form"], form_schema())
    read = api.read(EXAMPLE).forms[0].form
    assert {name: value for name, value in told["form"].items() if name != "source"} == form_to_json(read)
    assert all(isinstance(row["points"], str) for row in told["form"]["indicators"] if row["points"])
    assert len(told["rows"]) == len(told["form"]["indicators"]) == 25


def test_an_unchanged_draft_is_not_sent_again(example: Declaration, program: Program) -> None:
    client, path = program("tianbao"), f"/api/v1/forms/{example.pk}/content"
    answer = client.get(path, headers={"If-None-Match": f'W/"{example.pk}.1"'})
    assert (answer.status_code, answer.content) == (304, b"")
    assert client.get(path, headers={"If-None-Match": f'"{example.pk}.2"'}).status_code == 200
    head = client.head(path)
    assert (head.status_code, head.content, head.headers["ETag"]) == (200, b"", f'"{example.pk}.1"')


def test_cells_are_changed_on_a_stated_basis(example: Declaration, program: Program, person: Named) -> None:
    client, path = program("tianbao"), f"/api/v1/forms/{example.pk}/content"
    row = example.draft.rows[3]
    change = {"changes": [{"row": row, "key": "target", "value": "97"}]}
    assert _json(client, "PATCH", path, change).status_code == 428
    assert _json(client, "PATCH", path, change, **{"If-Match": '"1.99"'}).status_code == 412
    done = _json(client, "PATCH", path, change, **{"If-Match": f'"{example.pk}.1"'})
    assert (done.status_code, done.headers["ETag"]) == (200, f'"{example.pk}.2"')
    assert working_of(example).form.indicators[3].target == "97"
    late = _json(client, "PATCH", path, change, **{"If-Match": f'"{example.pk}.1"'})
    assert (late.status_code, late.json()["type"]) == (412, "urn:hengliang:problem:changed")
    bad = {"changes": [{"row": row, "key": "points", "value": "three"}]}
    told = _json(client, "PATCH", path, bad, **{"If-Match": f'"{example.pk}.2"'})
    assert (told.status_code, told.json()["errors"]) == (422, [{"row": row, "key": "points"}])
    entry = Entry.objects.get(event="declaration.save")
    assert entry.actor == "tianbao"
    assert entry.detail["through"].startswith("token:")


def test_somebody_else_saving_in_between_is_not_passed_over(
    example: Declaration, program: Program, person: Named, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the question for the state and the saving another save comes, of another cell."""
    client, path = program("tianbao"), f"/api/v1/forms/{example.pk}/content"
    rows = example.draft.rows
    save = actions.save

    def late(*given: Any, **more: Any) -> actions.Saved:
        save(person("fuze"), example, 1, [actions.Edit(rows[0], "remark", "他人")])
        return save(*given, **more)

    monkeypatch.setattr(actions, "save", late)
    change = {"changes": [{"row": rows[3], "key": "target", "value": "97"}]}
    answer = _json(client, "PATCH", path, change, **{"If-Match": f'"{example.pk}.1"'})
    assert answer.status_code == 412
    assert working_of(example).form.indicators[3].target == "100"


def test_a_draft_is_replaced_and_kept(example: Declaration, program: Program) -> None:
    client, path = program("tianbao"), f"/api/v1/forms/{example.pk}/content"
    form = client.get(path).json()["form"]
    form["indicators"] = form["indicators"][:5]
    del form["source"]
    answer = _json(client, "PUT", path, form, **{"If-Match": f'"{example.pk}.1"'})
    assert answer.status_code == 200, answer.content.decode()
    assert len(answer.json()["rows"]) == 5
    assert Version.objects.get(declaration=example).why == "replaced"
    form["indicators"][0]["points"] = 3
    told = _json(client, "PUT", path, form, **{"If-Match": answer.headers["ETag"]}).json()
    assert told["errors"][0]["pointer"] == "/indicators/0/points"


def test_policies_are_those_of_the_pages(
    example: Declaration, approved: Declaration, program: Program, person: Named
) -> None:
    path = f"/api/v1/forms/{example.pk}/content"
    data = {"changes": [{"row": example.draft.rows[3], "key": "target", "value": "97"}]}
    locked = _json(program("tianbao"), "PATCH", path, data, **{"If-Match": f'"{example.pk}.1"'})
    assert (locked.status_code, "锁定" in locked.json()["detail"]) == (403, True)
    reviewer = program("shenhe")
    assert reviewer.get(path).status_code == 200
    assert _json(reviewer, "PATCH", path, data, **{"If-Match": f'"{example.pk}.1"'}).status_code == 403
    evaluator = program("pingjia")
    assert evaluator.get("/api/v1/forms").json()["total"] == 0
    assert evaluator.get(path).status_code == 403
    Declaration.objects.filter(pk=approved.pk).update(state="checked")
    approved.refresh_from_db()
    give_evaluation(person("pifu"), approved, person("pingjia"))
    assert evaluator.get("/api/v1/forms").json()["total"] == 1
    assert evaluator.get(path).status_code == 200


def test_a_form_is_begun_once(example: Declaration, program: Program) -> None:
    client = program("tianbao")
    data = {"round": example.round.pk, "organisation": "430400-305", "project": "地灾防治"}
    made = _json(client, "POST", "/api/v1/forms", data)
    assert made.status_code == 201
    assert made.headers["Location"] == f"/api/v1/forms/{made.json()['id']}"
    assert client.get(made.headers["Location"]).json()["project"] == "地灾防治"
    assert _json(client, "POST", "/api/v1/forms", data).status_code == 409
    for other in ({"organisation": "430400-101"}, {"round": 999}):
        assert _json(client, "POST", "/api/v1/forms", data | other).status_code == 404
    assert _json(client, "POST", "/api/v1/forms", data | {"organisation": 1}).status_code == 422


def test_findings_and_readings_are_the_cores(example: Declaration, program: Program) -> None:
    client = program("tianbao")
    told = client.get(f"/api/v1/forms/{example.pk}/findings?offset=100&limit=200").json()
    known = findings_of(example)
    assert told["total"] == len(known)
    assert [(one["finding"]["code"], one["finding"]["message"]) for one in told["items"]] == [
        (one.finding.code, one.finding.message.say("zh_Hans")) for one in known[100:300]
    ]
    assert client.get(f"/api/v1/forms/{example.pk}/findings?severity=error").json()["total"] < len(known)
    readings = client.get(f"/api/v1/forms/{example.pk}/readings").json()["items"]
    row = working_of(example).form.indicators[3]
    assert readings[3]["reading"] == as_json(reading_of(row, example.round.profile), (), "zh_Hans")


def test_scores_are_the_terminals(approved: Declaration, program: Program) -> None:
    client = program("shenji")
    assert client.get(f"/api/v1/forms/{approved.pk}/score").json() == json.loads(
        json.dumps(sheet_record(score_of(approved), "zh_Hans"))
    )
    english = client.get(f"/api/v1/forms/{approved.pk}/score", headers={"Accept-Language": "en"})
    assert english.headers["Content-Language"] == "en"
    assert english.json() == json.loads(json.dumps(sheet_record(score_of(approved), "en")))
    assert client.get(f"/api/v1/forms/{approved.pk}/measurements").json()["result"] is None
    assert client.get(f"/api/v1/forms/{approved.pk}/sheets").json()["total"] == 0


def test_documents_and_versions(approved: Declaration, program: Program) -> None:
    client, path = program("shenji"), f"/api/v1/forms/{approved.pk}"
    assert client.get(f"{path}/documents/xlsx").content[:2] == b"PK"
    assert client.get(f"{path}/documents/docx?version=1").content[:2] == b"PK"
    assert client.get(f"{path}/documents/exe").status_code == 422
    assert client.get(f"{path}/documents/json?version=9").status_code == 404
    listed = client.get(f"{path}/versions").json()["items"]
    assert [(one["number"], one["in_force"]) for one in listed] == [(1, True)]
    assert client.get(f"{path}/versions/1").json()["form"] == Draft.objects.get().content


def test_rounds_are_those_above_and_below(example: Declaration, program: Program) -> None:
    city = Organisation.objects.get(code="430400")
    other = actions_rounds.open_round(None, city.parent, name="省", fiscal_year=2024, profile="hunan")  # type: ignore[arg-type]
    for username in ("tianbao", "shenhe"):
        listed = program(username).get("/api/v1/rounds").json()["items"]
        assert [one["id"] for one in listed] == [other.pk, example.round.pk]
        assert program(username).get(f"/api/v1/rounds/{example.round.pk}").status_code == 200
    assert program("tianbao").get("/api/v1/organisations").json()["total"] == 1
    assert program("shenhe").get("/api/v1/organisations").json()["total"] == 3


def test_tools_keep_nothing(example: Declaration, program: Program) -> None:
    client = program("pingjia", Scope.TOOLS_USE)
    before = Entry.objects.count()
    sentence = {"text": "每少1%扣0.7分", "points": "3", "operator": "=", "target": "100", "unit": "%",
                "given": ["98"]}  # fmt: skip
    told = _json(client, "POST", "/api/v1/tools/criterion", sentence).json()
    assert told["scores"][0]["score"] == "1.60"
    with EXAMPLE.open("rb") as file:
        reading = client.post("/api/v1/tools/read", {"file": file}).json()
    assert len(reading["forms"][0]["indicators"]) == 25
    review = _json(client, "POST", "/api/v1/tools/review", {"form": reading["forms"][0]}).json()
    found = api.review(api.read(EXAMPLE).forms[0].form, source=api.read(EXAMPLE).forms[0].source)
    assert [one["code"] for one in review["findings"]] == [one.code for one in found.findings]
    assert Entry.objects.count() == before
