"""Findings set aside, comments, opinions, the queue, rounds: who may do what, and what it leads to."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from docx import Document

from hengliang.web.accounts.models import Notice, Organisation, Person
from hengliang.web.accounts.policies import Refused
from hengliang.web.audit.queries import entries
from hengliang.web.declarations import actions, actions_moves, actions_review, actions_rounds, queries_review
from hengliang.web.declarations.draft import Edit
from hengliang.web.declarations.findings import findings_of
from hengliang.web.declarations.models import Declaration, Draft, Opinion, Overruling, Round
from hengliang.web.workflow.opinion import POINTS

Named = Callable[[str], Person]
SignedIn = Callable[[str], Client]


def _first_error(declaration: Declaration) -> tuple[str, str, str]:
    found = next(one for one in findings_of(declaration) if one.finding.severity == "error" and one.key)
    return found.finding.code, found.row, found.key


def test_a_finding_set_aside_is_back_when_its_text_changes(example: Declaration, person: Named) -> None:
    code, row, key = "V01", example.draft.rows[3], "target"
    before = Draft.objects.get(declaration=example).errors
    with pytest.raises(Refused):
        actions_review.set_aside(person("tianbao"), example, code, row, key, "  ")
    actions_review.set_aside(person("tianbao"), example, code, row, key, "原表如此")
    about = [one for one in findings_of(example) if (one.finding.code, one.row, one.key) == (code, row, key)]
    assert about[0].overruled is not None
    assert Draft.objects.get(declaration=example).errors == before - 1
    assert entries(event="finding.set_aside")[0].detail["reason"] == "原表如此"
    actions.save(person("tianbao"), example, 1, [Edit(row, key, "99")])
    about = [one for one in findings_of(example) if (one.finding.code, one.row, one.key) == (code, row, key)]
    assert [one.overruled for one in about] == [None]


def test_nobody_sets_aside_what_is_locked(example: Declaration, person: Named) -> None:
    actions_moves.move(person("tianbao"), example, "prepare")
    example.refresh_from_db()
    with pytest.raises(Refused):
        actions_review.set_aside(person("tianbao"), example, *_first_error(example), "原表如此")
    for outsider in ("shenji", "pingjia"):
        with pytest.raises(Refused):
            actions_review.set_aside(person(outsider), example, *_first_error(example), "原表如此")


def test_a_comment_is_asked_answered_and_settled(
    example: Declaration, person: Named, signed_in: SignedIn
) -> None:
    row = example.draft.rows[0]
    with pytest.raises(Refused):
        actions_review.comment(person("tianbao"), example, row, "target", "自问")
    with pytest.raises(Refused):
        actions_review.comment(person("zhuguan"), example, row, "no such field", "？")
    asked = actions_review.comment(person("zhuguan"), example, row, "target", "依据？")
    assert Notice.objects.filter(event="comment.ask", person=person("tianbao")).exists()
    page = signed_in("tianbao").get(f"/declarations/{example.pk}/")
    marked = [mark["message"] for mark in page.context["rows"][0]["marks"]["target"]]
    assert "赵主管: 依据？" in marked
    actions_review.answer(person("tianbao"), asked, "见附件")
    assert Notice.objects.filter(event="comment.answer", person=person("zhuguan")).exists()
    with pytest.raises(Refused):
        actions_review.settle(person("tianbao"), asked)
    actions_review.settle(person("zhuguan"), asked)
    assert queries_review.open_comments(example) == []
    thread = queries_review.threads(example, row)[0]
    assert [one.text for one in thread.answers] == ["见附件"]


def _submitted(example: Declaration, person: Named) -> None:
    for placed in findings_of(example):
        if placed.finding.severity == "error":
            actions_review.set_aside(
                person("fuze"), example, placed.finding.code, placed.row, placed.key, "原表如此"
            )
    actions_moves.move(person("tianbao"), example, "prepare")
    actions_moves.move(person("fuze"), example, "submit")
    example.refresh_from_db()


def test_the_opinion_belongs_to_whose_turn_it_is(
    example: Declaration, person: Named, signed_in: SignedIn
) -> None:
    _submitted(example, person)
    grades = {point.key: "优" for point in POINTS}
    for other in ("shenhe", "pifu", "fuze"):
        with pytest.raises(Refused):
            actions_review.write_opinion(person(other), example, grades, {}, "", "")
    department = actions_review.write_opinion(
        person("zhuguan"), example, grades | {"form": "中"}, {}, "好", ""
    )
    assert (department.side, department.grade) == ("department", "良")
    half = actions_review.write_opinion(person("zhuguan"), example, {"form": "优", "clear": "甲"}, {}, "", "")
    assert (half.pk, half.grade, half.grades) == (department.pk, "", {"form": "优"})
    page = signed_in("zhuguan").post(
        f"/declarations/{example.pk}/opinion/", {f"grade_{point.key}": "良" for point in POINTS}
    )
    assert page.status_code == 422
    page = signed_in("zhuguan").post(
        f"/declarations/{example.pk}/opinion/",
        {f"grade_{point.key}": "良" for point in POINTS}
        | {
            "amendments": "第4项改为95%",
            "text": "总体可行",
            "base": actions_review.state_of(half),
        },
    )
    assert page.status_code == 302
    written = Opinion.objects.get()
    data = signed_in("fuze").get(f"/declarations/{example.pk}/opinion/{written.pk}/document/").content
    tables = Document(BytesIO(data)).tables
    told = "\n".join(cell.text for row in tables[0].rows for cell in row.cells)
    assert "第4项改为95%" in told
    assert "总体可行" in told


def test_colleagues_do_not_write_over_each_other(
    example: Declaration, person: Named, signed_in: SignedIn
) -> None:
    _submitted(example, person)
    one, other = signed_in("zhuguan"), signed_in("zhuguan")
    address = f"/declarations/{example.pk}/opinion/"
    base = one.get(address).context["form"]["base"].value()
    given = {f"grade_{point.key}": "优" for point in POINTS} | {"base": base}
    assert one.post(address, given | {"text": "先写"}).status_code == 302
    page = other.post(address, given | {"text": "后写"})
    assert page.status_code == 422
    assert "后写" in page.content.decode(), "what was typed is not lost"
    assert "赵主管" in page.content.decode()
    assert Opinion.objects.get().text == "先写"
    again = other.get(address).context["form"]["base"].value()
    assert other.post(address, given | {"text": "后写", "base": again}).status_code == 302


def test_what_was_moved_on_meanwhile_is_asked_anew(example: Declaration, person: Named) -> None:
    """Somebody acts on a page that was loaded before the form moved on."""
    _submitted(example, person)
    loaded = Declaration.objects.select_related("organisation", "round").get(pk=example.pk)
    found = findings_of(loaded)[0]
    actions_moves.move(person("zhuguan"), example, "return_by_department", "补充依据")
    with pytest.raises(Refused):
        actions_review.write_opinion(person("zhuguan"), loaded, {}, {}, "晚了", "")
    with pytest.raises(Refused):
        actions_review.set_aside(person("zhuguan"), loaded, found.finding.code, found.row, found.key, "晚了")


def test_the_queue_shows_what_waits_and_never_the_own_form(example: Declaration, person: Named) -> None:
    today = date(2023, 3, 1)
    assert list(queries_review.queue(person("zhuguan"), {"state": "waiting"}, today)) == []
    _submitted(example, person)
    assert list(queries_review.queue(person("zhuguan"), {"state": "waiting"}, today)) == [example]
    assert list(queries_review.queue(person("shenhe"), {"state": "waiting"}, today)) == []
    assert list(queries_review.queue(person("fuze"), {}, today)) == []
    find = queries_review.queue
    reviewer = person("zhuguan")
    assert list(find(reviewer, {"organisation": "自然资源"}, today)) == [example]
    assert list(find(reviewer, {"organisation": "教育"}, today)) == []
    assert list(find(reviewer, {"findings": "error"}, today)) == []
    assert list(find(reviewer, {"findings": "warning"}, today)) == [example]
    assert list(find(reviewer, {"year": "2022"}, today)) == []
    Round.objects.update(review_by=date(2023, 2, 28))
    assert list(find(reviewer, {"deadline": "late"}, today)) == [example]
    assert list(find(reviewer, {"deadline": "week"}, today)) == []


def test_no_deadline_is_missed_by_what_was_decided(
    approved: Declaration, signed_in: SignedIn, person: Named
) -> None:
    Round.objects.update(review_by=date(2023, 2, 28))
    desk = signed_in("shenhe")
    for state, late in (("submitted", True), ("department_approved", True), ("approved", False)):
        Declaration.objects.update(state=state)
        assert [row["late"] for row in desk.get("/reviews/?state=").context["rows"]] == [late]
        assert len(desk.get("/reviews/?deadline=late").context["rows"]) == late
    Round.objects.update(review_by=timezone.localdate())
    assert len(desk.get("/reviews/?deadline=week").context["rows"]) == 0


def test_what_was_taken_up_already_is_not_noted_again(example: Declaration, person: Named) -> None:
    clerk = person("tianbao")
    set_aside = actions_review.set_aside(clerk, example, "V01", example.draft.rows[3], "target", "原表如此")
    page = Overruling.objects.get(pk=set_aside.pk)
    actions_review.take_up(clerk, page)
    with pytest.raises(Refused):
        actions_review.take_up(clerk, Overruling(pk=set_aside.pk, declaration=example))
    assert len(entries(event="finding.take_up")) == 1


def test_last_year_and_similar_units_stand_beside(
    example: Declaration, person: Named, signed_in: SignedIn
) -> None:
    _submitted(example, person)
    actions_moves.move(person("zhuguan"), example, "approve_by_department")
    Opinion.objects.create(
        version=queries_review.latest_version(example), side="finance", grade="优", author=person("shenhe")
    )
    actions_moves.move(person("pifu"), example, "approve")
    city = Organisation.objects.get(code="430400")
    round_ = actions_rounds.open_round(None, city, name="2024", fiscal_year=2024, profile="national-2015")
    clerk = signed_in("tianbao")
    bureau = example.organisation
    answer = clerk.post(f"/declarations/new/{round_.pk}/{bureau.pk}/", {"how": "copy", "last": example.pk})
    later = Declaration.objects.get(round=round_)
    assert answer.headers["Location"] == f"/declarations/{later.pk}/"
    assert later.draft.content["fiscal_year"] == 2024
    found = queries_review.last_year(person("tianbao"), later, "界桩定位核查工作")
    assert [(one.year, one.row.name) for one in found] == [(2023, "界桩定位核查")]
    panel = clerk.get(f"/declarations/{later.pk}/rows/{later.draft.rows[3]}/").content.decode()
    assert f"/declarations/{example.pk}/" in panel


def test_a_round_is_opened_by_finance_alone(example: Declaration, signed_in: SignedIn) -> None:
    place = Organisation.objects.get(code="430400").pk
    data = {
        "organisation": place,
        "name": "2024年度",
        "fiscal_year": 2024,
        "profile": "national-2015",
        "declare_by": "2023-11-30",
        "review_by": "2023-10-31",
    }
    for other in ("tianbao", "zhuguan", "shenhe", "xitong"):
        assert signed_in(other).post("/rounds/open/", data).status_code == 403
    approver = signed_in("pifu")
    assert approver.post("/rounds/open/", data).status_code == 422
    assert approver.post("/rounds/open/", data | {"review_by": "2023-12-31"}).status_code == 302
    assert approver.post("/rounds/open/", data | {"review_by": "2023-12-31"}).status_code == 422
    made = Round.objects.get(fiscal_year=2024)
    page = approver.get("/rounds/").content.decode()
    assert "衡阳市自然资源和规划局" in page
    later = {f"round-{made.pk}-declare_by": "2023-12-15", f"round-{made.pk}-review_by": "2023-12-01"}
    assert signed_in("shenhe").post(f"/rounds/{made.pk}/deadlines/", later).status_code == 403
    assert approver.post(f"/rounds/{made.pk}/deadlines/", later).status_code == 422
    later[f"round-{made.pk}-review_by"] = "2023-12-31"
    assert approver.post(f"/rounds/{made.pk}/deadlines/", later).status_code == 302
    made.refresh_from_db()
    assert (made.declare_by, made.review_by) == (date(2023, 12, 15), date(2023, 12, 31))
    approver.post(f"/rounds/{made.pk}/", {"open": "no"})
    assert not Round.objects.get(pk=made.pk).open
    assert (
        signed_in("tianbao").get(f"/declarations/new/{made.pk}/{example.organisation.pk}/").status_code == 404
    )


@pytest.mark.django_db(transaction=True)
def test_a_round_is_opened_once_by_two_at_once(example: Declaration, signed_in: SignedIn) -> None:
    city = Organisation.objects.get(code="430400")
    data = {"organisation": city.pk, "name": "两次", "fiscal_year": 2024, "profile": "national-2015"}
    clients = [signed_in("pifu") for _ in range(4)]
    begun, found = Barrier(len(clients)), list[int]()

    def post(client: Client) -> None:
        begun.wait()
        try:
            found.append(client.post("/rounds/open/", data).status_code)
        finally:
            connection.close()

    threads = [Thread(target=post, args=(client,)) for client in clients]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(found) == [302, 422, 422, 422]
    assert len(entries(event="round.open")) == 2, "that of the example, and one more"


def test_administrators_read_no_form(example: Declaration, signed_in: SignedIn) -> None:
    for page in ("", "findings/", "comments/", "opinion/", "history/", "files/", "fields/", "files/xlsx/"):
        address = f"/declarations/{example.pk}/{page}"
        assert signed_in("anquan").get(address).status_code == 403
        assert signed_in("pingjia").get(address).status_code == 403
        assert signed_in("shenji").get(address).status_code == 200
