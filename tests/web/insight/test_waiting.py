"""The list of what waits for a person: everybody sees their own next step, by when, and nothing else."""

from collections.abc import Callable
from datetime import date

from django.test import Client

from hengliang.web.accounts.models import Person
from hengliang.web.declarations.actions_moves import move
from hengliang.web.declarations.actions_review import answer, comment, set_aside
from hengliang.web.declarations.actions_rounds import open_round
from hengliang.web.declarations.findings import open_findings
from hengliang.web.declarations.models import Declaration, Round
from hengliang.web.evaluation.actions import fill_stage
from hengliang.web.evaluation.actions_remedies import answer_remedy, ask_remedy
from hengliang.web.project.demo import near_deadlines

Named = Callable[[str], Person]
SignedIn = Callable[[str], Client]
EVERYBODY = (
    "tianbao",
    "fuze",
    "zhuguan",
    "shenhe",
    "pifu",
    "shenji",
    "pingjia",
    "xitong",
    "anquan",
    "sanshen",
)


def _waits(signed_in: SignedIn) -> dict[str, list[tuple[str, date | None]]]:
    """What waits for whom, for those for whom anything does."""
    lists = {who: signed_in(who).get("/").context["tasks"] for who in EVERYBODY}
    return {who: [(one["task"].text, one["task"].until) for one in own] for who, own in lists.items() if own}


def test_a_form_waits_for_one_after_the_other(
    example: Declaration, person: Named, signed_in: SignedIn
) -> None:
    days = near_deadlines(date(2023, 1, 1))
    Round.objects.update(**days)
    found = _waits(signed_in)
    assert set(found) == {"tianbao", "fuze"}
    assert [until for _, until in found["tianbao"]] == [days["declare_by"]]
    for placed in open_findings(example):
        if placed.finding.severity == "error":
            set_aside(person("tianbao"), example, placed.finding.code, placed.row, placed.key, "如原表")
    move(person("tianbao"), example, "prepare")
    assert set(_waits(signed_in)) == {"fuze"}
    move(person("fuze"), example, "submit")
    found = _waits(signed_in)
    assert set(found) == {"zhuguan"}
    assert [until for _, until in found["zhuguan"]] == [days["review_by"]]
    move(person("zhuguan"), example, "approve_by_department")
    assert set(_waits(signed_in)) == {"shenhe", "pifu"}


def test_a_form_in_force_waits_for_the_unit(
    approved: Declaration, person: Named, signed_in: SignedIn
) -> None:
    days = near_deadlines(date(2023, 1, 1))
    Round.objects.update(**days)
    found = _waits(signed_in)
    assert set(found) == {"tianbao", "fuze"}
    assert [until for _, until in found["tianbao"]] == [days["monitor_by"]]
    rows = {number: {"value": "1"} for number in range(1, 26)}
    fill_stage(person("tianbao"), approved, 7, rows)
    move(person("fuze"), approved, "monitor")
    assert [until for _, until in _waits(signed_in)["tianbao"]] == [days["self_evaluate_by"]]
    approved.refresh_from_db()
    remedy = ask_remedy(person("shenhe"), approved, "monitoring", "加快进度", date(2023, 2, 1), 1)
    assert _waits(signed_in)["tianbao"][0] == ("整改：加快进度", date(2023, 2, 1))
    answer_remedy(person("tianbao"), remedy, "已加快")
    found = _waits(signed_in)
    assert len(found["tianbao"]) == 1
    assert found["shenhe"] == [("核对整改情况：加快进度", None)]


def test_comments_wait_for_an_answer_and_then_for_who_asked(
    example: Declaration, person: Named, signed_in: SignedIn
) -> None:
    asked = comment(person("zhuguan"), example, "form", "goal", "请补充")
    comment(person("zhuguan"), example, "form", "goal", "请改正")
    title = str(example)
    assert (f"{title}：回复2条审核意见", None) in _waits(signed_in)["tianbao"]
    answer(person("tianbao"), asked, "已补充")
    found = _waits(signed_in)
    assert (f"{title}：回复1条审核意见", None) in found["tianbao"]
    assert found["zhuguan"] == [(f"{title}：处理1条已回复的审核意见", None)]


def test_a_new_round_waits_for_who_declares(example: Declaration, person: Named, signed_in: SignedIn) -> None:
    days = near_deadlines(date(2024, 1, 1))
    open_round(
        person("pifu"), example.round.organisation, name="2024年度", fiscal_year=2024,
        profile="national-2021", **days,
    )  # fmt: skip
    found = _waits(signed_in)
    assert set(found) == {"tianbao", "fuze"}
    assert found["tianbao"][0] == ("2024年度：尚未申报", days["declare_by"])
