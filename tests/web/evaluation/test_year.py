"""The year after approval: measured and stated values, a stage, the self-evaluation, check, evaluation."""

import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils.html import escape
from openpyxl import load_workbook

from hengliang.form.field import text_at
from hengliang.score.phased import even
from hengliang.web.accounts.models import Assignment, Person
from hengliang.web.accounts.policies import Refused
from hengliang.web.audit.queries import verify
from hengliang.web.declarations import actions as declarations
from hengliang.web.declarations import actions_moves
from hengliang.web.declarations.draft import Reorder
from hengliang.web.declarations.findings import open_findings, working_of
from hengliang.web.declarations.models import Declaration, Draft, Overruling, Step, Version
from hengliang.web.evaluation import actions, actions_monitoring, actions_remedies, queries
from hengliang.web.evaluation.actions_monitoring import Planned
from hengliang.web.evaluation.models import Remedy
from hengliang.web.evaluation.monthly import reached_by_month
from hengliang.web.evaluation.scoring import form_in_force, latest_measuring, score_of, sealed_of
from hengliang.web.evaluation.short import falls_short, is_known
from hengliang.web.evidence.actions import hand_in
from hengliang.web.jobs.actions import carry_out
from hengliang.web.jobs.models import Job

Named = Callable[[str], Person]
MINES = Path(__file__).parents[2] / "measure" / "vectors" / "I01_green_mine_check.csv"


def _paper(name: str = "证明.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, "证明材料".encode())


def _state_all(declaration: Declaration, clerk: Person, value: str = "100%") -> None:
    for row in score_of(declaration).rows:
        if not is_known(row):
            actions.state(clerk, declaration, row.index + 1, value, "尚无台账", _paper())


def test_a_measured_value_leads_back_to_its_file(
    approved: Declaration, person: Named, signed_in: Callable[[str], Client]
) -> None:
    clerk = person("tianbao")
    upload = SimpleUploadedFile("绿色矿山.csv", MINES.read_bytes())
    load = hand_in(clerk, approved.organisation, "green_mine_check", 2023, upload)
    assert load.job is not None
    carry_out(load.job.pk)
    carry_out(actions.ask_measuring(clerk, approved, None).pk)
    rows = score_of(approved).rows
    measured = [row.index + 1 for row in rows if row.actual is not None and row.actual.origin == "measured"]
    assert 1 in measured
    with pytest.raises(Refused, match="measured from records"):
        actions.state(clerk, approved, 1, "60", "我认为", _paper())
    page = signed_in("shenji").get(f"/evaluation/{approved.pk}/rows/1/").content.decode()
    assert "绿色矿山.csv" in page
    assert "data:image/svg+xml" in page


def test_a_stated_value_needs_reason_and_file(
    approved: Declaration, person: Named, signed_in: Callable[[str], Client]
) -> None:
    client = signed_in("tianbao")
    url = f"/evaluation/{approved.pk}/rows/2/state/"
    client.post(url, {"value": "95%", "reason": "尚无台账"})
    client.post(url, {"value": "95%", "reason": "", "file": _paper()})
    assert queries.stated(approved) == {}
    client.post(url, {"value": "95%", "reason": "尚无台账", "file": _paper()})
    assert queries.stated(approved)[2].value == "95%"
    with pytest.raises(Refused):
        actions.state(person("shenhe"), approved, 3, "1", "理由", _paper())


def test_the_year(approved: Declaration, person: Named) -> None:
    clerk, head = person("tianbao"), person("fuze")
    with pytest.raises(actions_moves.Missing, match="no open stage"):
        actions_moves.move(head, approved, "monitor")
    count = len(form_in_force(approved).indicators)
    actions.fill_stage(clerk, approved, 7, {n: {"value": "50"} for n in range(1, count)})
    with pytest.raises(actions_moves.Missing, match="1 indicators have no value"):
        actions_moves.move(head, approved, "monitor")
    actions.fill_stage(clerk, approved, 7, {count: {"value": "50", "likelihood": "有可能"}})
    actions_moves.move(head, approved, "monitor")
    with pytest.raises(Refused, match="handed in"):
        actions.fill_stage(clerk, approved, 7, {1: {"value": "51"}})

    with pytest.raises(actions_moves.Missing, match="no actual value"):
        actions_moves.move(head, approved, "self_evaluate")
    _state_all(approved, clerk, "0")
    actions.spend(clerk, approved, 12, Decimal("100"), Decimal("80"))
    with pytest.raises(actions_moves.Missing, match="fall short"):
        actions_moves.move(head, approved, "self_evaluate")
    for row in score_of(approved).rows:
        if falls_short(row):
            actions.explain(clerk, approved, row.index + 1, "工作滞后", "明年加快")
    actions_moves.move(head, approved, "self_evaluate")
    sealed = sealed_of(approved)
    assert sealed is not None
    total = score_of(approved).total
    assert (sealed.low, sealed.high) == (total.low, total.high)

    with pytest.raises(actions_moves.Missing, match="drawn"):
        actions_moves.move(person("shenhe"), approved, "check")
    approved.refresh_from_db()
    drawn = actions.draw(person("shenhe"), approved)
    assert len(drawn) == 5
    assert [one.number for one in actions.draw(person("shenhe"), approved)] == [one.number for one in drawn]
    for one in drawn:
        actions.recheck(person("shenhe"), approved, one.number, "agrees", "", "")
    actions_moves.move(person("shenhe"), approved, "check")

    approved.refresh_from_db()
    evaluator = person("pingjia")
    with pytest.raises(Refused):
        actions.report(evaluator, approved, "发现", "", Decimal(80), "良")
    actions.give_evaluation(person("pifu"), approved, evaluator)
    actions.report(evaluator, approved, "发现", "建议", Decimal(80), "良")
    actions_moves.move(evaluator, approved, "evaluate")
    approved.refresh_from_db()
    assert approved.state == "evaluated"

    remedy = actions_remedies.ask_remedy(person("shenhe"), approved, "finance", "加快进度", date(2024, 6, 30))
    with pytest.raises(Refused):
        actions_remedies.accept_remedy(person("shenhe"), remedy)
    actions_remedies.answer_remedy(clerk, remedy, "已完成")
    actions_remedies.accept_remedy(person("shenhe"), remedy)
    assert verify() == []


def test_the_pages_and_documents_open(approved: Declaration, signed_in: Callable[[str], Client]) -> None:
    pages = ("", "rows/1/", "rows/25/", "check/", "report/", "remedies/")
    for username in ("tianbao", "fuze", "shenhe", "pifu", "shenji", "zhuguan"):
        client = signed_in(username)
        for page in pages:
            assert client.get(f"/evaluation/{approved.pk}/{page}").status_code == 200, (username, page)
        assert client.get(f"/monitoring/{approved.pk}/7/").status_code == 200
        assert client.get("/monitoring/").status_code == client.get("/evaluation/").status_code == 200
    auditor = signed_in("shenji")
    made = auditor.get(f"/evaluation/{approved.pk}/documents/table.xlsx")
    assert load_workbook(io.BytesIO(b"".join(made.streaming_content))).worksheets
    for name in ("table.docx", "table.pdf", "explanation.pdf"):
        answer = auditor.get(f"/evaluation/{approved.pk}/documents/{name}")
        assert len(b"".join(answer.streaming_content)) > 5000
    assert auditor.get(f"/evaluation/{approved.pk}/documents/report.exe").status_code == 404
    assert signed_in("pingjia").get(f"/evaluation/{approved.pk}/").status_code == 403


def test_a_document_that_takes_long_is_made_in_the_background(
    approved: Declaration, signed_in: Callable[[str], Client], person: Named
) -> None:
    auditor, address = signed_in("shenji"), f"/evaluation/{approved.pk}/documents/explanation.docx"
    assert auditor.get(address).headers["Location"] == f"/evaluation/{approved.pk}/"
    asked = auditor.post(address)
    job = Job.objects.get()
    assert asked.headers["Location"] == f"/jobs/{job.pk}/"
    carry_out(job.pk)
    made = auditor.get(f"/jobs/{job.pk}/file/")
    assert len(b"".join(made.streaming_content)) > 5000
    Assignment.objects.filter(person=person("shenji")).delete()
    assert auditor.get(f"/jobs/{job.pk}/file/").status_code == 403


def test_what_was_handed_in_stands_fast(approved: Declaration, person: Named) -> None:
    clerk = person("tianbao")
    job = actions.ask_measuring(clerk, approved, None)
    Declaration.objects.filter(pk=approved.pk).update(state="self_evaluated")
    carry_out(job.pk)
    job.refresh_from_db()
    assert job.state == "failed"
    approved.refresh_from_db()
    assert latest_measuring(approved) is None
    for username in ("tianbao", "shenji", "zhuguan"):
        with pytest.raises(Refused):
            actions.ask_measuring(person(username), approved, None)


def test_what_is_handed_in_meanwhile_stands_fast(approved: Declaration, person: Named) -> None:
    clerk = person("tianbao")
    held = Declaration.objects.select_related("organisation", "round", "approved").get(pk=approved.pk)
    Declaration.objects.filter(pk=approved.pk).update(state="self_evaluated")
    writes: list[Callable[[], object]] = [
        lambda: actions.note_measuring(clerk, held, None, {}, {}, []),
        lambda: actions_monitoring.keep_series(clerk, held, {"1": {"1": "5"}}),
        lambda: actions.state(clerk, held, 1, "5", "尚无台账", _paper()),
        lambda: actions.explain(clerk, held, 1, "工作滞后", "明年加快"),
        lambda: actions.spend(clerk, held, 12, Decimal(100), Decimal(80)),
        lambda: actions.fill_stage(clerk, held, 7, {1: {"value": "5"}}),
        lambda: actions_monitoring.plan(clerk, held, {1: Planned(even(), None)}),
    ]
    for write in writes:
        with pytest.raises(Refused, match="not yet handed in"):
            write()
    assert latest_measuring(approved) is None
    assert queries.stated(approved) == {}


def _begin(approved: Declaration) -> Draft:
    """Makes the version in force look as if it had come there by moves; its draft."""
    draft = Draft.objects.get(declaration=approved)
    Version.objects.filter(declaration=approved).update(rows=draft.rows)
    Step.objects.create(
        declaration=approved, move="approve", source="x", target="approved", version=approved.approved
    )
    return draft


def _adjust(approved: Declaration, person: Named) -> None:
    """Takes the third indicator out and moves the second to the end."""
    clerk, head, finance = person("tianbao"), person("fuze"), person("pifu")
    draft = Draft.objects.get(declaration=approved)
    actions_moves.move(head, approved, "adjust", "政策变化")
    moved = [Reorder("delete", draft.rows[2]), Reorder("move", draft.rows[1])]
    declarations.save(clerk, approved, draft.counter, [], moved)
    Overruling.objects.bulk_create(
        Overruling(
            declaration=approved, code=one.finding.code, row=one.row, path=one.key, person=head,
            reason="原样",
            text=text_at(working_of(approved).form, one.finding.spots[0].path) or "",
        )
        for one in {(o.finding.code, o.row, o.key): o for o in open_findings(approved)}.values()
    )  # fmt: skip
    actions_moves.move(head, approved, "submit_adjustment")
    actions_moves.move(finance, approved, "approve_adjustment")
    approved.refresh_from_db()


def test_what_was_said_follows_its_indicator(approved: Declaration, person: Named) -> None:
    clerk = person("tianbao")
    _begin(approved)
    carry_out(actions.ask_measuring(clerk, approved, None).pk)
    for number, value in ((2, "two"), (3, "three"), (4, "four")):
        actions.state(clerk, approved, number, value, "尚无台账", _paper())
        actions.explain(clerk, approved, number, value, value)
    actions.fill_stage(clerk, approved, 7, {n: {"value": str(n)} for n in (2, 3, 4)})
    _adjust(approved, person)
    last = len(form_in_force(approved).indicators)
    assert {number: one.value for number, one in queries.stated(approved).items()} == {2: "four", last: "two"}
    assert {number: one.cause for number, one in queries.deviations(approved).items()} == {
        2: "four",
        last: "two",
    }
    assert set(queries.stage_rows(approved, 7)) == {2, last}
    assert latest_measuring(approved) is None


def test_what_is_to_be_put_right_outlives_its_indicator(
    approved: Declaration, person: Named, signed_in: Callable[[str], Client]
) -> None:
    _begin(approved)
    names = [one.name for one in form_in_force(approved).indicators]
    for number in (2, 3, 4):
        Remedy.objects.create(
            declaration=approved, source="monitoring", number=number, problem=f"problem {number}",
            due=date(2023, 9, 1), asked_by="shenhe",
        )  # fmt: skip
    _adjust(approved, person)
    kept = {one.problem: (one.number, one.removed) for one in queries.remedies(approved)}
    last = len(names) - 1
    assert kept == {"problem 2": (last, ""), "problem 3": (None, names[2]), "problem 4": (2, "")}
    page = signed_in("shenji").get(f"/evaluation/{approved.pk}/remedies/").content.decode()
    assert f"{escape(names[2])}（调整时已删除该指标）" in page
    assert "problem 3" in page
    with pytest.raises(IntegrityError), transaction.atomic():
        Remedy.objects.filter(number=2).update(removed="x")


def test_a_stage_that_was_handed_in_keeps_its_form(
    approved: Declaration, person: Named, signed_in: Callable[[str], Client]
) -> None:
    _begin(approved)
    names = [one.name for one in form_in_force(approved).indicators]
    count = len(names)
    said = {n: {"value": f"{n}", "cause": f"row {n}"} for n in range(1, count + 1)}
    actions.fill_stage(person("tianbao"), approved, 7, said)
    actions_moves.move(person("fuze"), approved, "monitor")
    _adjust(approved, person)
    approved = Declaration.objects.get(pk=approved.pk)
    now = [one.name for one in form_in_force(approved).indicators]
    assert now == [names[0], *names[3:], names[1]]

    client = signed_in("shenji")
    rows = client.get(f"/monitoring/{approved.pk}/7/").context["rows"]
    assert [(row["name"], row["cause"]) for row in rows] == [
        (name, f"row {number}") for number, name in enumerate(names, 1)
    ]
    ends = (f"/rows/{count - 1}/", "", "/rows/2/")
    assert all(row["url"].endswith(end) for row, end in zip(rows[1:4], ends, strict=True))
    assert rows[2]["url"] == ""
    made = client.get(f"/monitoring/{approved.pk}/7/table.xlsx")
    cells = [
        [str(cell) for cell in row if cell is not None]
        for row in load_workbook(io.BytesIO(b"".join(made.streaming_content))).worksheets[0].values
    ]
    for number, name in enumerate(names, 1):
        assert any(name in row and f"row {number}" in row for row in cells), name

    lit = queries.monitored([approved])[approved.pk].rows
    values = [lit[number].value for number in range(1, count)]
    assert values == ["1", *(str(number) for number in range(4, count + 1)), "2"]
    for number, months in reached_by_month(approved, form_in_force(approved)).items():
        assert months[7].text == lit[number].value
