"""The board of one form: what to do, what loses points, what is missing; and who may open it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hengliang.web.accounts.actions import add_organisation, add_person, give_role
from hengliang.web.accounts.models import Organisation, Person
from hengliang.web.declarations.models import Comment, Declaration, Round
from hengliang.web.evaluation.actions import fill_stage
from hengliang.web.evaluation.actions_remedies import ask_remedy
from hengliang.web.evaluation.scoring import score_of
from hengliang.web.workflow.roles import Role
from hengliang.web.workflow.states import State
from tests.web import many

Named = Callable[[str], Person]
SignedIn = Callable[[str], Client]


def _rows(context: Any, name: str) -> list[list[str]]:
    table = next(one["table"] for one in context["sections"] if one["id"] == name)
    return [[cell.get("text") or cell.get("value") or "" for cell in row["cells"]] for row in table["rows"]]


def test_a_unit_lands_on_its_own_board(example: Declaration, signed_in: SignedIn) -> None:
    answer = signed_in("tianbao").get("/insight/")
    assert answer.headers["Location"] == f"/insight/forms/{example.pk}/"
    assert signed_in("shenhe").get("/insight/").headers["Location"] == f"/insight/rounds/{example.round.pk}/"


def test_a_draft_says_what_is_to_be_mended(example: Declaration, person: Named, signed_in: SignedIn) -> None:
    Round.objects.update(declare_by=date(2022, 11, 30))
    Comment.objects.create(declaration=example, row="form", text="请补充", author=person("zhuguan"))
    context = signed_in("tianbao").get(f"/insight/forms/{example.pk}/").context
    todo = [row[0] for row in _rows(context, "todo")]
    assert todo[0] == "答复审核意见 1 条"
    assert todo[1].startswith("修改错误")
    assert any(text.startswith("送单位负责人") or "单位负责人" in text for text in todo)
    assert _rows(context, "deadlines")[0][2].startswith("已逾期")
    assert "losing" not in [one["id"] for one in context["sections"]]
    auditor = signed_in("shenji").get(f"/insight/forms/{example.pk}/").context
    assert _rows(auditor, "todo") == []


def test_a_form_in_force_says_what_loses_points(
    approved: Declaration, person: Named, signed_in: SignedIn
) -> None:
    fill_stage(person("tianbao"), approved, 7, {1: {"value": "1"}, 2: {"value": "100"}})
    ask_remedy(person("shenhe"), approved, "finance", "加快进度", date(2023, 6, 30), 1)
    context = signed_in("fuze").get(f"/insight/forms/{approved.pk}/").context
    sheet = score_of(approved)
    rows = _rows(context, "losing")
    assert len(rows) == len(sheet.rows) == 25
    risks = [float(row[6]) for row in rows if row[6]]
    assert risks == sorted(risks, reverse=True)
    assert all(row[2] == "未报" for row in rows)
    light = next(row[3] for row in rows if row[0].startswith("1 "))
    assert light.startswith("预警")
    todo = [row[0] for row in _rows(context, "todo")]
    assert todo[0] == "整改：加快进度"
    assert "填报 25 项指标的完成值" in todo
    ledgers = _rows(context, "records")
    assert len(ledgers) > 5
    assert {row[3] for row in ledgers} == {"未提供"}


def test_a_board_reads_no_more_for_more_rows(example: Declaration, signed_in: SignedIn) -> None:
    made = many.fill(Organisation.objects.get(code="430400"), 6, states=(State.CHECKED,))
    client = signed_in("shenji")
    counts: set[int] = set()
    for one in made.declarations:
        with CaptureQueriesContext(connection) as caught:
            assert client.get(f"/insight/forms/{one.pk}/").status_code == 200
        counts.add(len(caught))
    assert max(counts) <= 28


def test_who_opens_the_board_of_a_form(example: Declaration, signed_in: SignedIn) -> None:
    url = f"/insight/forms/{example.pk}/"
    for username in ("tianbao", "fuze", "zhuguan", "shenhe", "pifu", "shenji"):
        assert signed_in(username).get(url).status_code == 200, username
    for username in ("pingjia", "xitong", "anquan", "sanshen"):
        assert signed_in(username).get(url).status_code == 403, username
    city = Organisation.objects.get(code="430400")
    other = add_organisation(None, name="他局", code="430400-999", kind="department", parent=city)
    stranger, _ = add_person(None, username="stranger", full_name="他", organisation=other)
    give_role(None, stranger, Role.CLERK, other)
    Person.objects.update(must_change_password=False)
    client = Client()
    client.force_login(stranger)
    assert client.get(url).status_code == 403
    assert client.get("/insight/").context["rows"] == []


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_pages_speak_one_language(language: str, approved: Declaration, signed_in: SignedIn) -> None:
    client = signed_in("shenhe")
    client.cookies["hengliang_language"] = language
    page = client.get(f"/insight/rounds/{approved.round.pk}/").content.decode()
    assert ("申报表办理到哪个环节？" in page) == (language == "zh-hans")
    assert ("Where do the forms stand?" in page) == (language == "en")
