"""Editing a working copy: lists and blocks outside the table, rows put in and taken out twice."""

import json

import pytest

from hengliang.form.model import Form, Indicator, Kind, Purpose
from hengliang.form.source import NO_SOURCE
from hengliang.web.declarations import fields
from hengliang.web.declarations.draft import BadEdit, Edit, Reorder, Working, edited


def _working() -> Working:
    form = Form(
        kind=Kind.DEPARTMENT,
        purpose=Purpose.DECLARATION,
        duties=("管土地", "管矿产"),
        duty_marks=("1、", "2、"),
        indicators=(Indicator(name="核查"),),
    )
    return Working(form, NO_SOURCE, ("a",))


def test_a_list_is_changed_as_a_whole() -> None:
    after, noted = edited(_working(), [Edit("form", "duties", "管土地\n\n 管海洋 ")])
    assert after.form.duties == ("管土地", "管海洋")
    assert after.form.duty_marks == ("1、", "2、")
    assert [(one.key, one.before) for one in noted] == [("duties", "管土地\n管矿产")]


def test_printed_numbers_go_when_the_number_of_items_changes() -> None:
    after, _ = edited(_working(), [Edit("form", "duties", "管土地")])
    assert after.form.duty_marks == ()


def test_money_is_kept_exactly() -> None:
    money = json.dumps({"unit": "万元", "rows": [{"name": "合计", "initial": "1234.50"}]})
    after, _ = edited(_working(), [Edit("form", "money", money)])
    assert after.form.money is not None
    assert str(after.form.money.rows[0].initial) == "1234.50"
    same, noted = edited(after, [Edit("form", "money", money)])
    assert noted == []
    assert same.form == after.form


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("money", '{"rows": [{"name": "合计", "initial": "很多"}]}'),
        ("money", "很多"),
        ("money", '{"rows": [{"name": "合计", "initial": "1e9999"}]}'),
        ("money", '{"rows": [{"name": "合计", "initial": NaN}]}'),
        ("tasks", '[{"name": "任务", "amount": "1e-9999"}]'),
        ("tasks", '[{"name": "任务\\u0000"}]'),
        ("tasks", "[" * 100_000),
        ("fiscal_year", "明年"),
        ("fiscal_year", "99999"),
        ("indicators/0/name", "一行按编号改，不按位置改"),
        ("indicators/0/points", "很多"),
        ("kind", "project"),
        ("purpose", "self_evaluation"),
    ],
)
def test_what_no_form_holds_is_refused(key: str, value: str) -> None:
    with pytest.raises(BadEdit):
        edited(_working(), [Edit("form", key, value)])


def test_an_answer_that_was_lost_can_be_asked_for_again() -> None:
    orders = [Reorder("insert", "b", "a"), Reorder("delete", "a")]
    once, _ = edited(_working(), [Edit("b", "name", "新")], orders)
    twice, noted = edited(once, [Edit("b", "name", "新")], orders)
    assert once.rows == twice.rows == ("b",)
    assert noted == []


def test_the_page_of_fields_sends_only_what_changed() -> None:
    form = _working().form
    sent = {field.name: field.text for field in (*fields.single(form, "en"), *fields.lists(form, "en"))}
    sent |= {
        field.name: field.text
        for block in fields.blocks(form, "en")
        for line in block.lines
        for field in line
    }
    assert fields.edits(form, {**sent, "money/unit": ""}) == []
    changed = fields.edits(
        form, {**sent, "duties": "管土地\r\n管海洋", "money/0/name": "合计", "money/0/initial": "1,234.5"}
    )
    assert [edit.key for edit in changed] == ["duties", "money"]
    after, _ = edited(_working(), changed)
    assert after.form.money is not None
    assert str(after.form.money.rows[0].initial) == "1234.5"
