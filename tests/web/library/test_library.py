"""The life of an entry: collected, decided on, changed, counted, adopted, taken out and in as a file."""

import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from openpyxl import load_workbook

from hengliang.web.accounts.actions import add_organisation, add_person, give_role
from hengliang.web.accounts.models import Organisation, Person
from hengliang.web.accounts.policies import Refused
from hengliang.web.audit.models import Entry as Logged
from hengliang.web.audit.queries import verify
from hengliang.web.declarations.actions_moves import Missing
from hengliang.web.declarations.findings import working_of
from hengliang.web.declarations.models import Change, Declaration
from hengliang.web.library import actions, adopt, exchange, policies, queries, uses
from hengliang.web.library.content import BadContent, Content, content_from, content_of
from hengliang.web.library.models import Edition, Entry, Use
from hengliang.web.workflow.roles import Role

Named = Callable[[str], Person]
SignedIn = Callable[[str], Client]


def _entry(name: str) -> Entry:
    return Entry.objects.select_related("edition", "keeper").get(edition__name=name)


@pytest.fixture
def in_force(approved: Declaration, person: Named) -> Declaration:
    """The worked example in force, with its uses noted as its approval would have."""
    uses.note(person("pifu"), approved)
    return approved


def test_the_common_indicators_are_taken_in_once(example: Declaration, person: Named) -> None:
    count = Entry.objects.count()
    assert count == len(actions.seeds()) >= 30
    assert actions.plant(person("shenhe")) == 0
    assert all(queries.said(one).basis for one in Entry.objects.select_related("edition"))
    with pytest.raises(Refused):
        actions.plant(person("tianbao"))


def test_from_a_form_in_force_to_the_next_form(in_force: Declaration, person: Named) -> None:
    clerk, reviewer = person("tianbao"), person("shenhe")
    found = queries.candidates(clerk)
    assert {one.forms for one in found} == {1}
    # Of what the file shows only the beginning, nothing is collected.
    assert not any(one.name.endswith("…") for one in found)
    cut = next(row for row, one in uses.rows_of(in_force.approved).items() if "name" in one.truncated)  # pyright: ignore[reportArgumentType]
    with pytest.raises(Refused, match="name"):
        actions.collect(clerk, in_force, cut)
    use = next(one.use for one in found if "绿色矿山" in one.name)
    entry = actions.collect(clerk, in_force, use.row)
    assert (entry.state, entry.origin, entry.row) == ("proposed", "form", use.row)
    assert "…" not in "".join(map(str, content_of(queries.said(entry))))
    assert entry.keeper == in_force.round.organisation
    assert use.name not in {one.name for one in queries.candidates(clerk)}
    with pytest.raises(Refused, match="has an entry"):
        actions.collect(clerk, in_force, use.row)

    with pytest.raises(Refused, match="accepted"):
        adopt.adopt(clerk, entry, in_force)
    with pytest.raises(Refused):
        actions.decide(clerk, entry, Entry.State.ACCEPTED)
    actions.decide(reviewer, entry, Entry.State.ACCEPTED)
    entry = queries.entry(entry.pk)
    assert queries.use_counts([entry]) == {entry.pk: 1}
    assert [one.declaration for one in queries.users(clerk, entry).first] == [in_force]

    # Its own form is locked; the draft of somebody else's is not theirs.
    with pytest.raises(Refused, match="locked"):
        adopt.adopt(clerk, entry, in_force)
    Declaration.objects.filter(pk=in_force.pk).update(state="returned")
    in_force.refresh_from_db()
    with pytest.raises(Refused, match="declaring unit"):
        adopt.adopt(reviewer, entry, in_force)
    row = adopt.adopt(clerk, entry, in_force)
    working = working_of(in_force)
    put_in = working.form.indicators[working.rows.index(row)]
    edition = queries.said(entry)
    assert (put_in.name, put_in.unit, put_in.criterion) == (edition.name, edition.unit, edition.criterion)
    assert Change.objects.get(row=row, key="+").after == f"library:{entry.pk}.1"
    assert Logged.objects.filter(event="library.adopt").count() == 1
    assert verify() == []


def test_a_row_stands_beside_its_like(example: Declaration, person: Named) -> None:
    row = adopt.adopt(person("tianbao"), _entry("服务对象满意度"), example)
    working = working_of(example)
    at = working.rows.index(row)
    above = working.form.indicators[at - 1]
    assert at == len(working.rows) - 1
    assert "满意" in (above.level2 or "")
    assert working.form.indicators[at].level2 == above.level2
    quality = adopt.adopt(person("tianbao"), _entry("质量达标率"), example)
    working = working_of(example)
    at = working.rows.index(quality)
    assert 0 < at < len(working.rows) - 1
    assert "质量" in (working.form.indicators[at - 1].level2 or "")
    assert "质量" not in (working.form.indicators[at + 1].level2 or "")


def test_levels_that_nobody_knows_are_no_common_level(example: Declaration, person: Named) -> None:
    reviewer, clerk = person("shenhe"), person("tianbao")
    made = [
        actions.decide(reviewer, actions.write(reviewer, Content(name, level)), Entry.State.ACCEPTED)
        for name, level in (("组织生活开展次数", "党建指标"), ("廉政谈话次数", "廉政指标"))
    ]
    rows = [adopt.adopt(clerk, queries.entry(one.pk), example) for one in made]
    working = working_of(example)
    indicators = dict(zip(working.rows, working.form.indicators, strict=True))
    assert [indicators[row].level1 for row in rows] == ["党建指标", "廉政指标"]
    again = actions.decide(
        reviewer, actions.write(reviewer, Content("主题党日次数", "党建指标")), Entry.State.ACCEPTED
    )
    row = adopt.adopt(clerk, queries.entry(again.pk), example)
    working = working_of(example)
    assert working.rows[working.rows.index(row) - 1] == rows[0], "it stands beside its like"


def test_a_form_is_told_once_and_the_others_are_counted(
    in_force: Declaration, person: Named, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [one.name for one in Use.objects.order_by("pk")[:3]]
    made = actions.write(person("shenhe"), Content(names[0], "产出指标", names=tuple(names[1:])))
    entry = queries.entry(made.pk)
    address = f"/library/{entry.pk}/"
    page = signed_in("shenhe").get(address).content.decode()
    assert "1张已批复的申报表采用" in page
    assert page.count(f"/declarations/{in_force.pk}/#row-") == 3
    assert "不在您的查看范围内" not in page
    assert queries.users(person("shenhe"), entry).reached == 1
    monkeypatch.setattr(queries, "_MOST_USES", 1)
    page = signed_in("shenhe").get(address).content.decode()
    assert page.count(f"/declarations/{in_force.pk}/#row-") == 1
    assert "不在您的查看范围内" not in page
    assert "只列出前1处" in page


def test_a_page_reads_no_more_than_it_shows(
    in_force: Declaration, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    for model in (Entry, Use):
        load = model.from_db.__func__  # pyright: ignore[reportFunctionMemberAccess]

        def counted(cls: type, *args: Any, load: Any = load) -> Any:
            read.append(cls.__name__)
            return load(cls, *args)

        monkeypatch.setattr(model, "from_db", classmethod(counted))
    clerk = signed_in("tianbao")
    page = clerk.get(f"/library/pick/{in_force.pk}/")
    assert len(page.context["rows"]) == 12
    assert read.count("Entry") == 12
    version = in_force.approved
    Use.objects.bulk_create(
        Use(declaration=in_force, version=version, row=f"x{at}", name="同名指标", key="同名指标")
        for at in range(20)
    )
    read.clear()
    found = clerk.get("/library/collect/").context["candidates"]
    assert read.count("Use") == len(found) > 1


def test_reuse_is_counted_by_the_version_in_force(in_force: Declaration) -> None:
    name = Use.objects.order_by("pk")[0].name
    entry = actions.write(
        Person.objects.get(username="shenhe"), Content(f"{name}（新）", "产出指标", names=(name,))
    )
    assert queries.use_counts([queries.entry(entry.pk)])[entry.pk] == 1
    Declaration.objects.filter(pk=in_force.pk).update(approved=None, state="draft")
    assert queries.use_counts([queries.entry(entry.pk)])[entry.pk] == 0


def test_only_who_keeps_an_entry_decides(example: Declaration, person: Named) -> None:
    province = Organisation.objects.get(code="430000")
    elsewhere = add_organisation(None, name="他市", code="430500", kind="city", parent=province)
    other, _ = add_person(None, username="other", full_name="他审", organisation=elsewhere)
    give_role(None, other, Role.FINANCE_REVIEWER, elsewhere)
    entry = actions.write(person("shenhe"), Content("行政审批提速率", "产出指标", "时效指标"))
    for act in (
        lambda: actions.decide(other, entry, Entry.State.ACCEPTED),
        lambda: actions.revise(other, entry, Content("别名", "产出指标"), "改", 1),
    ):
        with pytest.raises(Refused, match="keeps"):
            act()
    with pytest.raises(Refused):
        actions.write(person("tianbao"), Content("自拟指标", "产出指标"))
    assert queries.entry(entry.pk).state == "proposed"


def test_retiring_takes_a_reason_and_can_be_undone(example: Declaration, person: Named) -> None:
    entry = _entry("培训合格率")
    with pytest.raises(Missing):
        actions.decide(person("shenhe"), entry, Entry.State.RETIRED, "  ")
    actions.decide(person("shenhe"), entry, Entry.State.RETIRED, "与质量达标率重复")
    with pytest.raises(Refused, match="accepted"):
        adopt.adopt(person("tianbao"), _entry("培训合格率"), example)
    with pytest.raises(Refused, match="already"):
        actions.decide(person("shenhe"), entry, Entry.State.RETIRED, "再来")
    assert actions.decide(person("shenhe"), entry, Entry.State.ACCEPTED).reason == ""


def test_editions_are_kept_and_two_writers_are_told(example: Declaration, person: Named) -> None:
    entry = _entry("政策知晓率")
    content = content_of(queries.said(entry))._replace(target="90")
    actions.revise(person("shenhe"), entry, content, "提高标准", 1)
    with pytest.raises(Refused, match="meantime"):
        actions.revise(person("shenhe"), entry, content._replace(target="95"), "再提高", 1)
    kept = queries.editions(entry)
    assert [(one.number, one.target) for one in kept] == [(2, "90"), (1, "85")]
    assert Logged.objects.get(event="library.revise").detail["fields"] == ["target"]
    with pytest.raises(Refused, match="has an entry"):
        actions.revise(person("shenhe"), entry, content._replace(name="质量 达标率"), "改名", 2)


def test_the_database_holds_what_must_hold(example: Declaration) -> None:
    entry = _entry("质量达标率")
    for changes in (
        {"state": "retired"},
        {"state": "proposed"},
        {"origin": "form"},
        {"key": "实际完成率"},
        {"key": ""},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Entry.objects.filter(pk=entry.pk).update(**changes)
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.filter(entry=entry).update(operator="≠")


def test_nearly_the_same_is_shown(example: Declaration, person: Named) -> None:
    made = actions.write(person("shenhe"), Content("服务对象的满意度", "满意度指标"))
    alike = queries.alike("服务对象的满意度", made.pk)
    assert alike[0].edition.name == "服务对象满意度"
    assert alike[0].percent >= 70
    groups = [{one.edition.name for one in group} for group in queries.near_duplicates()]
    assert {"服务对象满意度", "服务对象的满意度"} in groups


@pytest.mark.parametrize("kind", ["json", "xlsx"])
def test_out_and_in_again_changes_nothing(example: Declaration, person: Named, kind: str) -> None:
    contents = [content_of(queries.said(one)) for one in queries.entries(queries.found())]
    written = exchange.to_json(contents) if kind == "json" else exchange.to_xlsx(contents)
    read = exchange.read(f"指标库.{kind}", written)
    assert read == contents
    taken = actions.take_in(person("shenhe"), read, f"指标库.{kind}")
    assert taken == (0, 0, len(contents))
    changed = [*read[:-1], read[-1]._replace(target="1"), Content("全新指标", "产出指标")]
    assert actions.take_in(person("shenhe"), changed, "x") == (1, 1, len(contents) - 1)
    assert _entry("全新指标").state == "proposed"


def test_two_who_take_the_same_in_at_once(
    example: Declaration, person: Named, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper_of, new, again = policies.keeper_of, Content("全新指标", "产出指标"), []

    def meanwhile(actor: Person) -> Organisation | None:
        """Between reading the library and writing to it another import writes the same entry."""
        if not again:
            again.append(actor)
            actions.take_in(actor, [new], "first.json")
        return keeper_of(actor)

    monkeypatch.setattr(policies, "keeper_of", meanwhile)
    sent = SimpleUploadedFile("库.json", exchange.to_json([new]))
    answer = signed_in("shenhe").post("/library/take-in/", {"file": sent})
    assert answer.status_code == 422
    assert "另有人同时写入了同名条目" in answer.content.decode()
    sent.seek(0)
    assert signed_in("shenhe").post("/library/take-in/", {"file": sent}).status_code == 302
    assert _entry("全新指标").state == "proposed"


def test_what_begins_like_a_formula_stays_a_text(example: Declaration) -> None:
    written = exchange.to_xlsx([Content("=cmd()", "产出指标", definition="+1")])
    sheet = load_workbook(io.BytesIO(written)).worksheets[0]
    assert {sheet.cell(2, column).data_type for column in (3, 5)} == {"s"}


def test_wrong_files_are_told_by_line() -> None:
    for name, content in (
        ("a.json", b"{}"),
        ("a.json", b"["),
        ("a.xlsx", b"PK\x03\x04"),
        ("a.csv", "甲,乙\n1,2\n".encode()),
    ):
        with pytest.raises(exchange.BadLibrary):
            exchange.read(name, content)
    with pytest.raises(exchange.BadLibrary) as wrong:
        exchange.read(
            "a.csv", "一级指标,三级指标,指标值类型\n产出指标,好,≥\n,坏,≥\n产出指标,符号,!\n".encode()
        )
    assert [one.number for one in wrong.value.lines] == [3, 4]
    with pytest.raises(BadContent):
        content_from({"name": "——", "level1": "产出指标"})


def test_pages(in_force: Declaration, signed_in: SignedIn) -> None:
    reviewer, clerk = signed_in("shenhe"), signed_in("tianbao")
    page = reviewer.get("/library/", {"q": "群众满意"}).content.decode()
    assert page.index("服务对象满意度") > 0
    assert "新增条目" in page
    assert "新增条目" not in clerk.get("/library/").content.decode()
    assert "没有找到" in clerk.get("/library/", {"q": "量子"}).content.decode()
    made = reviewer.post(
        "/library/new/", {"name": "服务对象总体满意度", "level1": "满意度指标", "names": "满意\n很满意"}
    )
    assert made.status_code == 302
    entry = _entry("服务对象总体满意度")
    assert queries.said(entry).names == ["满意", "很满意"]
    again = reviewer.post("/library/new/", {"name": "服务对象总体满意度", "level1": "满意度指标"})
    assert again.status_code == 422
    assert "基本相同" in again.content.decode()
    assert clerk.post(f"/library/{entry.pk}/", {"act": "accept"}).status_code == 302
    entry.refresh_from_db()
    assert entry.state == "proposed"
    reviewer.post(f"/library/{entry.pk}/", {"act": "accept"})
    change = {
        "name": "服务对象总体满意度",
        "level1": "满意度指标",
        "target": "92",
        "base": "1",
        "why": "统一",
    }
    assert reviewer.post(f"/library/{entry.pk}/change/", change).status_code == 302
    shown = reviewer.get(f"/library/{entry.pk}/").content.decode()
    assert "统一" in shown
    assert "<ins>92</ins>" in shown
    assert clerk.get(f"/library/{entry.pk}/change/").status_code == 403
    assert reviewer.get("/library/duplicates/").status_code == 200
    assert "绿色矿山" in clerk.get("/library/collect/").content.decode()


def test_adopting_from_the_pages(example: Declaration, signed_in: SignedIn) -> None:
    clerk, entry = signed_in("tianbao"), _entry("预算执行率")
    assert f'value="{example.pk}"' in clerk.get(f"/library/{entry.pk}/").content.decode()
    answer = clerk.post(f"/library/{entry.pk}/", {"act": "adopt", "declaration": example.pk})
    row = working_of(example).rows[-1]
    assert answer.headers["Location"] == f"/declarations/{example.pk}/#row-{row}"
    history = clerk.get(f"/declarations/{example.pk}/history/rows/{row}/").content.decode()
    assert f'<a href="/library/{entry.pk}/">来自指标库' in history
    picked = clerk.get(f"/library/pick/{example.pk}/", {"q": "支出进度"}).content.decode()
    assert "预算执行率" in picked
    # The one main action of the page is not in each row of a list.
    assert "button-main" not in picked
    answer = clerk.post(f"/library/pick/{example.pk}/{entry.pk}/")
    assert answer.content.decode() == working_of(example).rows[-1]
    assert signed_in("fuze").post(f"/library/pick/{example.pk}/{entry.pk}/").status_code == 200
    assert signed_in("shenhe").post(f"/library/pick/{example.pk}/{entry.pk}/").status_code == 403


def test_files_of_the_pages(example: Declaration, signed_in: SignedIn) -> None:
    reviewer = signed_in("shenhe")
    got = reviewer.get("/library/files/json/", {"level2": "资金管理"})
    data = json.loads(got.content)
    assert {one["level2"] for one in data["entries"]} == {"资金管理"}
    assert reviewer.get("/library/files/exe/").status_code == 404
    data["entries"][0]["target"] = "99"
    sent = SimpleUploadedFile("库.json", json.dumps(data).encode())
    assert reviewer.post("/library/take-in/", {"file": sent}).status_code == 302
    assert _entry(data["entries"][0]["name"]).edition.target == "99"  # pyright: ignore[reportOptionalMemberAccess]
    bad = SimpleUploadedFile("库.csv", "一级指标,三级指标\n,无\n".encode())
    answer = reviewer.post("/library/take-in/", {"file": bad})
    assert answer.status_code == 422
    assert "第2行" in answer.content.decode()
    assert signed_in("tianbao").get("/library/take-in/").status_code == 403
