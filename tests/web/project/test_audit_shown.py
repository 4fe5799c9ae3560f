"""The audit log says acts, subjects and details in words."""

import re
from pathlib import Path

import pytest

from hengliang.web import project
from hengliang.web.audit.models import Entry
from hengliang.web.project.audit_shown import act_said, shown

_WEB = Path(project.__file__ or "").parent.parent
_RECORDED = re.compile(r'(?:record|noted|_noted)\(\s*(?:[\w.]+,\s*)?"([a-z_]+\.[a-z_]+)"')


def test_every_act_has_words() -> None:
    events = {event for path in _WEB.rglob("*.py") for event in _RECORDED.findall(path.read_text("utf-8"))}
    assert len(events) > 40
    assert {event for event in events if act_said(event, "zh_Hans") == event} == set()


def test_a_move_has_the_words_of_its_button() -> None:
    assert not act_said("declaration.submit", "zh_Hans").isascii()


@pytest.mark.parametrize(
    ("event", "subject", "detail", "said"),
    [
        (
            "declaration.prepare", "declaration:7", {"source": "draft", "version": 1},
            ("申报表 7", "原状态：草稿；版本：1"),
        ),
        ("role.give", "person:2", {"role": "clerk"}, ("人员 2", "角色：填报人")),
        ("job.ask", "job:3", {"subject_of_job": "load:54"}, ("任务 3", "事项：记录 54")),
        ("evaluation.draw", "declaration:1", {"numbers": [1, 5]}, ("申报表 1", "指标序号：1、5")),
    ],
)  # fmt: skip
def test_an_entry_is_said_in_chinese(
    event: str, subject: str, detail: dict[str, object], said: tuple[str, str]
) -> None:
    found = shown(Entry(number=1, event=event, subject=subject, detail=detail), "zh_Hans")
    assert (found.subject, found.detail) == said


def test_what_has_no_words_goes_by_its_key() -> None:
    found = shown(Entry(number=1, event="new.act", subject="thing:1", detail={"size_of": 2}), "en")
    assert (found.act, found.subject, found.detail) == ("new.act", "thing:1", "size_of: 2")
