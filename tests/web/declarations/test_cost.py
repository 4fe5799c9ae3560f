"""What is remembered between requests gives what is asked for anew, and the statements that the three most
frequent requests send."""

import json
from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape
from hypothesis import given
from hypothesis import strategies as st

from hengliang.base.profile import load_profile
from hengliang.form.model import Form, Indicator, Kind, Purpose
from hengliang.form.source import NO_SOURCE, Source
from hengliang.review.run import review
from hengliang.web.accounts.models import Assignment, Person
from hengliang.web.declarations import actions, actions_review
from hengliang.web.declarations.draft import Edit, Working, edited, opened, opened_text, stored
from hengliang.web.declarations.findings import findings_of, reviewed, working_of
from hengliang.web.declarations.models import Declaration, Draft

Named = Callable[[str], Person]
SignedIn = Callable[[str], Client]
PROFILE = "national-2021"

indicators = st.builds(
    Indicator,
    name=st.sampled_from(["道路维修长度", "群众满意度", ""]),
    level1=st.sampled_from(["产出指标", None, ""]),
    target=st.sampled_from(["95", "95.0", None, "大幅提高"]),
    unit=st.sampled_from(["%", None]),
    points=st.sampled_from(["3", "3.0", None]),
    truncated=st.sampled_from([(), ("criterion",)]),
)
sources = st.sampled_from(
    [NO_SOURCE, Source(joins={"indicators/0/name": (2,)}), Source(printed={"goals": "x"})]
)


@st.composite
def workings(draw: st.DrawFn) -> Working:
    rows = draw(st.sampled_from([("a", "b"), ("b", "a"), ("c", "d")]))
    form = Form(
        kind=Kind.DEPARTMENT,
        purpose=Purpose.DECLARATION,
        indicators=tuple(draw(st.lists(indicators, min_size=2, max_size=2))),
    )
    return Working(form, draw(sources), rows)


@given(workings(), workings())
def test_only_what_says_the_same_is_taken_for_the_same(one: Working, other: Working) -> None:
    said = [(each.form.model_dump_json(), each.source) for each in (one, other)]
    assert (one.digest == other.digest) == (said[0] == said[1])


@given(st.lists(workings(), min_size=1, max_size=4))
def test_a_stored_text_is_opened_as_ever(found: list[Working]) -> None:
    for one in [*found, *reversed(found)]:
        kept = stored(one)
        again = opened_text(json.dumps(kept), one.rows)
        anew = opened(kept, one.rows)
        assert (again.form.model_dump_json(), again.source, again.rows) == (
            anew.form.model_dump_json(),
            anew.source,
            anew.rows,
        )


def test_every_edit_is_reviewed_as_if_for_the_first_time(example: Declaration) -> None:
    now = working_of(example)
    profile = example.round.profile
    first, second = now.rows[0], now.rows[3]
    for edit in (
        Edit(first, "target", "101"),
        Edit(second, "unit", None),
        Edit("form", "goals", "一个目标"),
        Edit(first, "target", now.form.indicators[0].target),
        Edit(first, "points", "3.0"),
    ):
        now, _ = edited(now, [edit])
        anew = review(now.form, load_profile(profile), now.source)
        assert reviewed(now, profile) == anew
        moved = now._replace(rows=tuple(f"other{at}" for at in range(len(now.rows))))
        for working in (now, moved, now):
            placed = findings_of(example, working)
            assert [one.finding for one in placed] == list(anew.findings)
            assert [(one.row, one.key) for one in placed] == [
                working.split(one.spots[0].path) for one in anew.findings
            ]


def test_what_another_person_saved_is_there_at_once(
    example: Declaration, person: Named, signed_in: SignedIn
) -> None:
    reader, address = signed_in("zhuguan"), f"/declarations/{example.pk}/"
    row = working_of(example).rows[3]
    for counter, target in enumerate(("7001", "7002", "7001"), start=1):
        reader.get(address)
        actions.save(person("tianbao"), example, counter, [Edit(row, "target", target)])
        page = reader.get(address)
        assert page.context["rows"][3]["cells"]["target"] == target
        assert f'data-version="{counter + 1}"' in page.content.decode()
        assert f'"target": "{target}"' in page.content.decode()


def test_a_finding_set_aside_leaves_the_page_at_once(
    example: Declaration, person: Named, signed_in: SignedIn
) -> None:
    reader, address = signed_in("zhuguan"), f"/declarations/{example.pk}/"
    placed = next(one for one in findings_of(example) if one.row != "form" and one.key)
    marks = reader.get(address).context["rows"]
    actions_review.set_aside(
        person("tianbao"), example, placed.finding.code, placed.row, placed.key, "原表如此"
    )
    fewer = reader.get(address).context["rows"]
    codes = [
        [mark["code"] for row in rows if row["id"] == placed.row for mark in row["marks"].get(placed.key, [])]
        for rows in (marks, fewer)
    ]
    assert codes[0].count(placed.finding.code) == codes[1].count(placed.finding.code) + 1


def test_a_role_taken_away_acts_with_the_next_request(example: Declaration, signed_in: SignedIn) -> None:
    reader = signed_in("zhuguan")
    pages = ("/reviews/?state=draft", f"/declarations/{example.pk}/")
    for _ in range(2):
        assert [reader.get(page).status_code for page in pages] == [200, 200]
    assert 'href="/reviews/"' in reader.get("/").content.decode()
    Assignment.objects.filter(person__username="zhuguan").delete()
    assert [reader.get(page).status_code for page in pages] == [403, 403]
    assert 'href="/reviews/"' not in reader.get("/").content.decode()


def test_the_desk_shows_what_stands_now(example: Declaration, person: Named, signed_in: SignedIn) -> None:
    reader, address = signed_in("zhuguan"), "/reviews/?state=draft"
    before = reader.get(address).content.decode()
    example.organisation.name = "<b>另一局</b> & 某处"
    example.organisation.save()
    actions_review.comment(person("zhuguan"), example, "form", "", "请补充")
    Draft.objects.filter(declaration=example).update(errors=8642)
    after = reader.get(address).content.decode()
    assert escape(example.organisation.name) in after
    assert "8642" in after
    assert "8642" not in before
    assert after.count(">1</td>") == before.count(">1</td>") + 1
    reader.cookies["hengliang_language"] = "en"
    assert "Forms to review" in reader.get(address).content.decode()


def test_the_statements_of_the_three_most_frequent_requests(
    example: Declaration, signed_in: SignedIn
) -> None:
    reviewer, clerk, address = signed_in("zhuguan"), signed_in("tianbao"), f"/declarations/{example.pk}/"
    row = working_of(example).rows[3]
    for client in (reviewer, clerk):
        client.get("/")
    assert _statements(lambda: reviewer.get("/reviews/?state=draft")) == 7
    assert _statements(lambda: reviewer.get(address)) == 10
    change = {"base_version": 1, "changes": [{"row": row, "key": "target", "value": "7001"}]}
    saved = _statements(lambda: clerk.post(f"{address}save/", change, content_type="application/json"))
    # The lock of the log, and the savepoint of a test on the embedded database.
    assert saved == {"postgresql": 14, "sqlite": 13}[connection.vendor]


def _statements(ask: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as caught:
        ask()
    return sum(not one["sql"].startswith(("SAVEPOINT", "RELEASE")) for one in caught.captured_queries)
