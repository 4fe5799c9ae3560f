"""The demonstration plays the whole year through the actions, and ends on the public site."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.test import Client
from django.utils import timezone

from hengliang.web.accounts.models import Notice, Person
from hengliang.web.audit.queries import verify
from hengliang.web.declarations.models import DEADLINES, Declaration, Round
from hengliang.web.declarations.reminders import remind
from hengliang.web.project import demo, demo_year

EXAMPLES = Path(__file__).parents[3] / "examples"


def test_the_year_of_the_worked_example(example: Declaration) -> None:
    records = {"green_mine_check": EXAMPLES / "records" / "green-mine-checks-2023.csv"}
    played = demo_year.play(example, EXAMPLES / "hengyang-2023-actuals.csv", records)
    assert played.state == "published"
    public = Client().get("/public/").content.decode()
    assert "衡阳市自然资源和规划局" in public
    assert verify() == []


def test_the_next_year_waits_for_the_clerk(
    example: Declaration, signed_in: Callable[[str], Client], person: Callable[[str], Person]
) -> None:
    played = demo_year.play(example, EXAMPLES / "hengyang-2023-actuals.csv", {})
    round_ = Round.objects.get(fiscal_year=2024)
    days = [getattr(round_, name) for name in DEADLINES]
    assert days == sorted(days)
    assert days[0] > timezone.localdate()
    assert max(getattr(played.round, name) for name in DEADLINES) < timezone.localdate()
    told = remind()
    assert told
    assert [
        one.event for one in Notice.objects.filter(person=person("tianbao"), event__startswith="deadline")
    ]
    page = signed_in("tianbao").get("/").content.decode()
    for said in ("2024年度部门整体绩效目标：尚未申报", "还有 6 天", "整改：", "还有 30 天"):
        assert said in page, said
    assert "目前没有待办事项" in signed_in("zhuguan").get("/").content.decode()


def test_a_form_that_is_not_handed_in_has_a_deadline_ahead(db: None) -> None:
    declaration, _ = demo.load(EXAMPLES / "hengyang-2023.txt", "a password for tests", date(2024, 5, 1))
    assert declaration.round.declare_by == date(2024, 5, 7)


def test_a_watchdog_is_answered(db: None) -> None:
    assert Client().get("/health/").content == b"ok"


def test_another_name_is_refused_in_words(db: None) -> None:
    answer = Client().get("/public/", headers={"host": "somewhere.else"})
    assert answer.status_code == 400
    assert "http://somewhere.else" not in answer.content.decode()
