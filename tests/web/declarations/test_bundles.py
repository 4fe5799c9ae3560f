"""Documents of all forms of a round: asked for, made in the background, given out while all is in reach."""

import io
import zipfile
from collections.abc import Callable

import pytest
from django.test import Client

from hengliang.web.accounts.actions import add_organisation
from hengliang.web.accounts.models import Assignment, Organisation, Person
from hengliang.web.declarations import actions, actions_review, bundles
from hengliang.web.declarations.models import Declaration, Version
from hengliang.web.jobs.actions import carry_out
from hengliang.web.jobs.models import Job
from hengliang.web.workflow.opinion import POINTS

Named = Callable[[str], Person]
SignedIn = Callable[[str], Client]


def _made(client: Client, declaration: Declaration, what: str) -> Job:
    asked = client.post("/declarations/documents/", {"round": declaration.round.pk, "what": what})
    job = Job.objects.latest("pk")
    assert asked.headers["Location"] == f"/jobs/{job.pk}/"
    carry_out(job.pk)
    job.refresh_from_db()
    return job


def _names(client: Client, job: Job) -> list[str]:
    answer = client.get(f"/jobs/{job.pk}/file/")
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        assert archive.testzip() is None
        return archive.namelist()


def test_all_forms_of_a_round(example: Declaration, signed_in: SignedIn) -> None:
    for number in range(3):
        actions.begin(None, example.round, example.organisation, project=f"项目/{number}")
    reviewer = signed_in("zhuguan")
    page = reviewer.get("/declarations/documents/").content.decode()
    assert "4 份表" in page
    assert "审核意见表" in page
    job = _made(reviewer, example, "forms:json")
    assert (job.state, job.done, job.total) == ("done", 4, 4)
    assert job.result == {"files": 4, "without": 0}
    names = _names(reviewer, job)
    assert len(set(names)) == 4
    assert all(name.endswith("绩效目标申报表.json") and "/" not in name for name in names)
    assert job.kept_until is not None
    assert signed_in("tianbao").get(f"/jobs/{job.pk}/file/").status_code == 404


def test_forms_without_a_document_are_named(
    example: Declaration, person: Named, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    reviewer = signed_in("zhuguan")
    nothing = _made(reviewer, example, "opinions:docx")
    assert nothing.state == "failed"
    assert "都没有此类文书" in reviewer.get(f"/jobs/{nothing.pk}/").content.decode()
    other = actions.begin(None, example.round, example.organisation, project="甲")
    version = Version.objects.create(
        declaration=example, number=1, content=example.draft.content, digest="0" * 64, made_by="fuze"
    )
    assert version.number == 1
    Declaration.objects.filter(pk=example.pk).update(state="submitted")
    example.refresh_from_db()
    grades = {point.key: "优" for point in POINTS}
    actions_review.write_opinion(person("zhuguan"), example, grades, {}, "", "")
    job = _made(reviewer, example, "opinions:docx")
    names = _names(reviewer, job)
    assert job.result == {"files": 1, "without": 1}
    assert sorted(name.rpartition("-")[2] for name in names) == ["没有此类文书的单位.txt", "第1版.docx"]
    assert other.project


def test_what_has_left_the_reach_is_not_given_out(
    example: Declaration, person: Named, signed_in: SignedIn
) -> None:
    reviewer = signed_in("zhuguan")
    job = _made(reviewer, example, "forms:json")
    city = Organisation.objects.get(code="430400")
    other = add_organisation(None, name="他局", code="430400-999", kind="department", parent=city)
    Assignment.objects.filter(person=person("zhuguan")).update(organisation=other)
    assert reviewer.get(f"/jobs/{job.pk}/file/").status_code == 403
    asked = reviewer.post("/declarations/documents/", {"round": example.round.pk, "what": "forms:json"})
    assert "/jobs/" not in asked.headers["Location"]


def test_what_there_is_not(example: Declaration, signed_in: SignedIn) -> None:
    clerk = signed_in("tianbao")
    address = "/declarations/documents/"
    for what in ("forms:exe", "none:docx", ""):
        assert clerk.post(address, {"round": example.round.pk, "what": what}).status_code == 404
    assert clerk.get(address, {"round": "999"}).status_code == 404
    assert set(bundles.BUNDLES) == {"forms", "opinions", "evaluation", "monitoring"}
    assert not Job.objects.exists()
