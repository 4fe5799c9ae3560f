"""Public copies: prepared by one, reviewed by another, frozen, and open to everybody."""

import csv
import hashlib
import html
import io
import json
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from lxml import etree
from openpyxl import load_workbook

from hengliang.base.canonical import digest_of
from hengliang.report.package.verify import verify
from hengliang.web.accounts.actions import add_person, give_role
from hengliang.web.accounts.models import Organisation, Person
from hengliang.web.accounts.policies import Refused
from hengliang.web.declarations import actions_moves
from hengliang.web.declarations.models import Declaration
from hengliang.web.evaluation import actions as evaluation
from hengliang.web.evaluation.models import Spending, Stated
from hengliang.web.evaluation.scoring import score_of, sealed_of
from hengliang.web.evidence.actions import hand_in
from hengliang.web.evidence.queries import store_folder
from hengliang.web.jobs.actions import carry_out
from hengliang.web.publication import actions
from hengliang.web.publication.models import PublicCopy
from hengliang.web.workflow.roles import Role

Named = Callable[[str], Person]


MINES = Path(__file__).parents[2] / "measure" / "vectors" / "I01_green_mine_check.csv"


@pytest.fixture
def checked(approved: Declaration, person: Named) -> Declaration:
    """A declaration whose self-evaluation was sealed and checked; how it comes there is tested with
    evaluation. One value is measured, one is stated."""
    clerk = person("tianbao")
    load = hand_in(
        clerk, approved.organisation, "green_mine_check", 2023, _upload("绿色矿山.csv", MINES.read_bytes())
    )
    assert load.job is not None
    carry_out(load.job.pk)
    carry_out(evaluation.ask_measuring(clerk, approved, None).pk)
    evaluation.state(clerk, approved, 2, "95%", "尚无台账", _upload("证明.txt", b"paper"))
    evaluation.spend(clerk, approved, 12, Decimal(100), Decimal(80))
    evaluation.seal_self_evaluation(person("fuze"), approved)
    Declaration.objects.filter(pk=approved.pk).update(state="checked")
    approved.refresh_from_db()
    return approved


def _upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def _prepared(actor: Person, declaration: Declaration, reason: str = "随决算公开") -> PublicCopy:
    copy = actions.prepare(actor, declaration, reason)
    assert copy.job is not None
    carry_out(copy.job.pk)
    copy.refresh_from_db()
    return copy


def test_four_eyes_then_the_public(
    checked: Declaration, person: Named, signed_in: Callable[[str], Client]
) -> None:
    public = Client()
    with pytest.raises(actions_moves.Missing, match="reviewed"):
        actions_moves.move(person("pifu"), checked, "publish")
    copy = _prepared(person("shenhe"), checked)
    assert public.get(f"/public/{copy.pk}/").status_code == 404
    with pytest.raises(actions_moves.Missing):
        actions_moves.move(person("pifu"), checked, "publish")
    actions.review(person("pifu"), copy)
    actions_moves.move(person("pifu"), checked, "publish")
    page = public.get(f"/public/{copy.pk}/").content.decode()
    assert "衡阳市自然资源和规划局" in page
    assert "预算100万元，已支出80万元" in page
    assert "其中1项数值由台账记录计算得出" in page
    assert "绿色矿山" in page
    assert public.get("/public/").content.decode().count(f"/public/{copy.pk}/") == 1


def test_nobody_reviews_the_own_copy(checked: Declaration, person: Named) -> None:
    copy = _prepared(person("pifu"), checked)
    with pytest.raises(Refused, match="else"):
        actions.review(person("pifu"), copy)
    for username in ("tianbao", "fuze", "shenji", "zhuguan"):
        with pytest.raises(Refused):
            actions.prepare(person(username), checked, "随决算公开")


def test_open_data(checked: Declaration, person: Named) -> None:
    copy = _prepared(person("shenhe"), checked)
    actions.review(person("pifu"), copy)
    actions_moves.move(person("pifu"), checked, "publish")
    public = Client()
    data = json.loads(public.get(f"/public/{copy.pk}/data.json").content)
    content = {name: data[name] for name in ("form", "sheet", "measurements", "sealed", "stratml")}
    # Digests of records would let few-valued columns of persons be guessed from those that are published.
    assert not [one for one in data["measurements"] if {"batches", "rows_sha256"} & set(one)]
    assert digest_of(content) == data["digest"] == copy.digest
    assert data["form"]["signoff"] is None
    rows = list(
        csv.DictReader(io.StringIO(public.get(f"/public/{copy.pk}/data.csv").content.decode("utf-8-sig")))
    )
    assert len(rows) == 25
    assert all(row["一级指标"] and row["二级指标"] for row in rows)
    root = etree.fromstring(public.get(f"/public/{copy.pk}/data.xml").content)
    assert len(root.findall(".//{*}PerformanceIndicator")) == 25
    copy.refresh_from_db()
    assert root.findtext(".//{*}PublicationDate") == timezone.localdate(copy.published_at).isoformat()
    assert root.findtext(".//{*}Source") == f"http://testserver/public/{copy.pk}/data.xml"
    book = load_workbook(io.BytesIO(public.get(f"/public/{copy.pk}/data.xlsx").content))
    table = list(book.worksheets[0].iter_rows(values_only=True))
    assert len(table) == 26
    assert [row[3] for row in table[1:]] == [row["三级指标"] for row in rows]
    assert not any(cell.data_type == "f" for row in book.worksheets[0].iter_rows() for cell in row)
    assert public.get(f"/public/{copy.pk}/data.exe").status_code == 404


def test_the_open_data_are_what_their_description_says(checked: Declaration, person: Named) -> None:
    copy = _prepared(person("shenhe"), checked)
    public, base = Client(), f"/public/{copy.pk}/"
    assert public.get(f"{base}datapackage.json").status_code == 404
    actions.review(person("pifu"), copy)
    actions_moves.move(person("pifu"), checked, "publish")
    told = json.loads(public.get(f"{base}datapackage.json").content)
    assert {one["path"] for one in told["resources"]} == {
        f"data.{ending}" for ending in ("json", "csv", "xlsx", "xml", "zip")
    }
    for one in told["resources"]:
        content = public.get(base + one["path"]).getvalue()
        assert len(content) == one["bytes"]
        assert one["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert one["path"] == "data.zip" or one["sm3"] == hashlib.new("sm3", content).hexdigest()
    schema = next(one["schema"] for one in told["resources"] if one["format"] == "csv")
    table = public.get(f"{base}data.csv").content.decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(table, newline="")))
    assert lines[0] == [field["name"] for field in schema["fields"]]
    types = {"integer": int, "number": Decimal, "string": str}
    for line in lines[1:]:
        for field, cell in zip(schema["fields"], line, strict=True):
            allowed = field.get("constraints", {})
            assert cell or not allowed.get("required")
            assert not cell or cell in allowed.get("enum", [cell])
            assert not cell or types[field["type"]](cell) is not None
    copy.refresh_from_db()
    actions.withdraw(person("pifu"), copy, "数据有误")
    assert public.get(f"{base}datapackage.json").status_code == 410


def test_the_package_computes_what_was_sealed(checked: Declaration, person: Named) -> None:
    copy = _prepared(person("shenhe"), checked)
    assert copy.package is not None
    assert Client().get(f"/public/{copy.pk}/data.zip").status_code == 404
    actions.review(person("pifu"), copy)
    actions_moves.move(person("pifu"), checked, "publish")
    answer = Client().get(f"/public/{copy.pk}/data.zip")
    data = b"".join(answer.streaming_content)
    found = verify(data)
    assert found.equal, found.differences
    assert found.sha256 == copy.package.digest
    assert found.contents is not None
    sealed = sealed_of(checked)
    assert sealed is not None
    total = found.contents.sheet.total
    assert (total.low, total.high, total.of) == (sealed.low, sealed.high, sealed.of)
    origins = {row.index + 1: row.actual.origin for row in found.contents.sheet.rows if row.actual}
    assert origins == {1: "measured", 2: "typed"}
    assert found.contents.sheet.form.money is not None
    assert found.contents.sheet.form.money.rows[0].executed == 80
    assert "证明.txt".encode() not in data


def test_later_records_change_nothing_that_was_sealed(checked: Declaration, person: Named) -> None:
    before = score_of(checked).total
    lines = MINES.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    later = _upload("补充.csv", "".join(lines[:4]).encode())
    Declaration.objects.filter(pk=checked.pk).update(state="monitored")
    load = hand_in(person("tianbao"), checked.organisation, "green_mine_check", 2023, later)
    assert load.job is not None
    carry_out(load.job.pk)
    Declaration.objects.filter(pk=checked.pk).update(state="checked")
    checked.refresh_from_db()
    Stated.objects.update(value="1%")
    Spending.objects.update(executed=1)
    assert score_of(checked).total == before
    copy = _prepared(person("shenhe"), checked)
    assert copy.package is not None
    shown = copy.content["sheet"]["zh_Hans"]["total"]
    assert (shown["low"], shown["high"]) == (str(before.low), str(before.high))


def test_other_points_than_the_sealed_ones_are_not_published(checked: Declaration, person: Named) -> None:
    sealed = sealed_of(checked)
    assert sealed is not None
    sealed.content["rows"][0]["low"] = "0.01"
    sealed.save()
    with pytest.raises(Refused, match="counts other points"):
        actions.prepare(person("shenhe"), checked, "随决算公开")


def test_no_copy_is_reviewed_without_its_package(
    checked: Declaration, person: Named, signed_in: Callable[[str], Client]
) -> None:
    copy = actions.prepare(person("shenhe"), checked, "随决算公开")
    with pytest.raises(Refused, match="not made yet"):
        actions.review(person("pifu"), copy)
    with pytest.raises(Refused, match="being made"):
        actions.package_again(person("shenhe"), copy)
    assert "正在制作" in signed_in("pifu").get(f"/publications/{copy.pk}/").content.decode()
    place = next((store_folder(checked.organisation)).glob("ledger=*/**/manifest.json"))
    whole = place.read_text(encoding="utf-8")
    place.write_text("{", encoding="utf-8")
    assert copy.job is not None
    carry_out(copy.job.pk)
    page = signed_in("pifu").get(f"/publications/{copy.pk}/").content.decode()
    assert "重新制作" in page
    place.write_text(whole, encoding="utf-8")
    signed_in("pifu").post(f"/publications/{copy.pk}/", {"act": "package"})
    copy.refresh_from_db()
    assert copy.job is not None
    carry_out(copy.job.pk)
    copy.refresh_from_db()
    assert copy.package is not None
    answer = signed_in("pifu").get(f"/publications/{copy.pk}/package.zip")
    assert b"".join(answer.streaming_content)[:2] == b"PK"


def test_a_correction_replaces_and_says_so(checked: Declaration, person: Named) -> None:
    first = _prepared(person("shenhe"), checked)
    actions.review(person("pifu"), first)
    actions_moves.move(person("pifu"), checked, "publish")
    checked.refresh_from_db()
    second = _prepared(person("shenhe"), checked, "更正执行数")
    with pytest.raises(Refused, match="Only a reviewed correction"):
        actions.republish(person("pifu"), second)
    with pytest.raises(Refused, match="not on the public site"):
        actions.withdraw(person("pifu"), second, "更正")
    second = actions.review(person("pifu"), second)
    actions.republish(person("pifu"), second)
    public = Client()
    gone = public.get(f"/public/{first.pk}/")
    assert gone.status_code == 410
    assert "更正执行数" in gone.content.decode()
    assert public.get(f"/public/{first.pk}/data.json").status_code == 410
    assert public.get(f"/public/{second.pk}/").status_code == 200
    assert PublicCopy.objects.filter(published_at__isnull=False, withdrawn_at=None).count() == 1
    # Whoever still looks at the page of before withdraws or publishes nothing a second time.
    first.refresh_from_db()
    stale = PublicCopy.objects.get(pk=second.pk)
    actions.withdraw(person("pifu"), second, "数据有误")
    for again in (
        lambda: actions.withdraw(person("pifu"), stale, "再次"),
        lambda: actions.republish(person("pifu"), stale),
    ):
        with pytest.raises(Refused):
            again()
    assert PublicCopy.objects.get(pk=second.pk).withdrawn_why == "数据有误"


def test_one_copy_of_a_declaration_is_public(checked: Declaration, person: Named) -> None:
    copy = _prepared(person("shenhe"), checked)
    actions.review(person("pifu"), copy)
    actions_moves.move(person("pifu"), checked, "publish")
    copy.refresh_from_db()
    copy.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save(force_insert=True)


def test_the_desk_shows_what_a_role_may_do(checked: Declaration, signed_in: Callable[[str], Client]) -> None:
    copy_word = "准备公开副本"
    assert copy_word in signed_in("shenhe").get("/publications/").content.decode()
    assert copy_word not in signed_in("tianbao").get("/publications/").content.decode()
    assert (
        signed_in("tianbao").post(f"/publications/prepare/{checked.pk}/", {"reason": "x"}).status_code == 403
    )


def test_the_desk_reaches_every_form_that_is_ready(
    approved: Declaration, signed_in: Callable[[str], Client]
) -> None:
    Declaration.objects.bulk_create(
        Declaration(
            round=approved.round,
            organisation=approved.organisation,
            kind="project",
            project=project,
            state="approved",
            state_since=approved.state_since,
            approved=approved.approved,
        )
        for project in (*(f"X{number:03}" for number in range(300)), "Y待准备")
    )
    client = signed_in("shenhe")
    Declaration.objects.filter(project="Y待准备").update(state="checked")
    page = client.get("/publications/").content.decode()
    assert "Y待准备" in page
    assert "X000" not in page
    Declaration.objects.update(state="checked")
    pages = [client.get("/publications/", {"page": number}).content.decode() for number in range(1, 8)]
    assert sum(page.count('name="reason"') for page in pages) == 302
    assert "?page=2" in pages[0]
    assert "?page=8" not in pages[6]


@pytest.fixture
def many(checked: Declaration, person: Named) -> list[PublicCopy]:
    """Public copies of 120 projects, all of them published."""
    first = _prepared(person("shenhe"), checked)
    projects = Declaration.objects.bulk_create(
        Declaration(
            round=checked.round,
            organisation=checked.organisation,
            kind="project",
            project=f"项目{number:03}",
            state="published",
            state_since=checked.state_since,
            approved=checked.approved,
        )
        for number in range(120)
    )
    now = timezone.now()
    return PublicCopy.objects.bulk_create(
        PublicCopy(
            declaration=project,
            version=first.version,
            content=first.content,
            digest=first.digest,
            reason="随决算公开",
            prepared_by="shenhe",
            reviewed_by="pifu",
            reviewer_name="审",
            reviewed_at=now,
            published_at=now,
        )
        for project in projects
    )


def _all_pages(client: Client, address: str, name: str, **asked: str) -> list[str]:
    """The pages of a list, each reached by the link on the one before."""
    pages = [client.get(address, asked).content.decode()]
    while found := re.search(rf'rel="next" href="([^"]*\b{name}={len(pages) + 1}\b[^"]*)"', pages[-1]):
        pages.append(client.get(address + html.unescape(found[1])).content.decode())
    return pages


def test_the_public_list_ends_with_the_last_copy(many: list[PublicCopy]) -> None:
    pages = _all_pages(Client(), "/public/", "page", year="2023", q="项目")
    assert [page.count('<th scope="row">') for page in pages] == [50, 50, 20]
    assert {one.pk for one in many} == {
        int(pk) for page in pages for pk in re.findall(r"/public/(\d+)/", page)
    }
    assert all("120" in re.findall(r"<nav class=\"pages\".*?</nav>", page, re.DOTALL)[0] for page in pages)
    assert "q=%E9%A1%B9%E7%9B%AE" in pages[1]


def test_the_desk_shows_every_copy(many: list[PublicCopy], signed_in: Callable[[str], Client]) -> None:
    pages = _all_pages(signed_in("shenhe"), "/publications/", "copies", page="1")
    found = [int(pk) for page in pages for pk in re.findall(r'<a href="/publications/(\d+)/"', page)]
    assert len(found) == len(set(found)) == PublicCopy.objects.count() == 121
    assert all("page=1" in page for page in pages)


def test_another_city_prepares_nothing_here(checked: Declaration, person: Named) -> None:
    elsewhere = Organisation.objects.create(name="他市", code="430500", kind="city", path="430000/430500/")
    other, _ = add_person(None, username="other", full_name="他", organisation=None)
    give_role(None, other, Role.FINANCE_APPROVER, elsewhere)
    with pytest.raises(Refused):
        actions.prepare(other, checked, "随决算公开")


@pytest.mark.parametrize("year", ["²²²²", "9" * 5000, "-1", "20 23", "2023"])
def test_any_year_may_be_asked_for(example: Declaration, year: str) -> None:
    assert Client().get("/public/", {"year": year}).status_code == 200
