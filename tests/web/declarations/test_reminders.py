"""Reminders of deadlines: who, when, and never twice."""

from collections.abc import Callable
from datetime import date, timedelta
from threading import Thread
from typing import Any

import pytest
from django.db import connection

from hengliang.web.accounts.models import Notice, Organisation, Person
from hengliang.web.accounts.said import from_data
from hengliang.web.audit.queries import verify
from hengliang.web.declarations import reminders
from hengliang.web.declarations.models import Declaration, Reminder, Round, Step

Named = Callable[[str], Person]
DUE = date(2023, 2, 20)


def _told() -> set[str]:
    return set(
        Notice.objects.filter(event__startswith="deadline.").values_list("person__username", flat=True)
    )


@pytest.fixture
def due(example: Declaration) -> Declaration:
    Round.objects.update(declare_by=DUE)
    return example


def test_the_days_before_and_once_when_over(due: Declaration) -> None:
    unit = {"tianbao", "fuze"}
    days = {
        8: 0, 7: 2, 6: 0, 2: 0, 1: 2, 0: 0, -1: 2, -2: 0, -40: 0,
    }  # fmt: skip
    for before, expected in days.items():
        today = DUE - timedelta(days=before)
        assert reminders.remind(today) == expected, before
        assert reminders.remind(today) == 0
    assert _told() == unit
    texts = [
        from_data(one.text).say("zh_Hans")
        for one in Notice.objects.filter(person__username="fuze").order_by("pk")
    ]
    assert [one.split("：")[1] for one in texts] == [
        "1 张表应于 2023-02-20 前申报。",
        "1 张表应于 2023-02-20 前申报。",
        "1 张表应于 2023-02-20 前申报，现已逾期。",
    ]
    assert verify() == []


def test_a_missed_day_is_made_up_and_a_new_date_reminds_anew(due: Declaration) -> None:
    assert reminders.remind(DUE - timedelta(days=5)) == 2
    Round.objects.update(declare_by=DUE + timedelta(days=1))
    assert reminders.remind(DUE - timedelta(days=5)) == 2


@pytest.mark.parametrize(
    ("state", "field", "who"),
    [
        ("prepared", "declare_by", {"fuze"}),
        ("submitted", "review_by", {"zhuguan"}),
        ("department_approved", "review_by", {"shenhe", "pifu"}),
        ("approved", "monitor_by", {"tianbao", "fuze"}),
        ("monitored", "self_evaluate_by", {"tianbao", "fuze"}),
        ("submitted", "declare_by", set()),
        ("checked", "self_evaluate_by", set()),
    ],
)
def test_who_must_act_is_reminded(approved: Declaration, state: str, field: str, who: set[str]) -> None:
    Declaration.objects.update(state=state)
    Round.objects.update(**{field: DUE})
    reminders.remind(DUE)
    assert _told() == who


def test_who_handed_a_stage_in_and_adjusted_later_owes_no_stage(approved: Declaration) -> None:
    for move, source, target in (
        ("monitor", "approved", "monitored"),
        ("adjust", "monitored", "adjusting"),
        ("approve_adjustment", "adjustment_submitted", "approved"),
    ):
        Step.objects.create(declaration=approved, move=move, source=source, target=target)
    Round.objects.update(monitor_by=DUE)
    assert reminders.remind(DUE) == 0
    Round.objects.update(monitor_by=None, self_evaluate_by=DUE)
    assert reminders.remind(DUE) == 2


def test_a_unit_without_a_form_is_reminded_too(due: Declaration) -> None:
    Declaration.objects.filter(pk=due.pk).delete()
    assert reminders.remind(DUE) == 2


def test_roles_at_an_office_that_was_closed_count_for_nothing(due: Declaration) -> None:
    Organisation.objects.filter(pk=due.organisation.pk).update(active=False)
    assert reminders.remind(DUE) == 0


def test_a_closed_round_and_people_kept_out_are_left_alone(due: Declaration, person: Named) -> None:
    Person.objects.filter(username="fuze").update(is_active=False)
    reminders.remind(DUE)
    assert _told() == {"tianbao"}
    Round.objects.update(open=False, declare_by=DUE + timedelta(days=1))
    assert reminders.remind(DUE) == 0


@pytest.mark.django_db(transaction=True)
def test_several_workers_remind_once(due: Declaration) -> None:
    broken: list[BaseException] = []

    def work() -> None:
        try:
            for _ in range(3):
                reminders.remind(DUE)
        except BaseException as error:
            broken.append(error)
        finally:
            connection.close()

    threads = [Thread(target=work) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert broken == []
    assert Reminder.objects.count() == 2
    assert Notice.objects.filter(event="deadline.near").count() == 2


def test_the_days_are_a_setting(due: Declaration, settings: Any) -> None:
    settings.REMIND_DAYS = (30,)
    assert reminders.remind(DUE - timedelta(days=30)) == 2
    assert reminders.remind(DUE) == 0
