"""What is different between two forms, and in two texts."""

from hypothesis import given
from hypothesis import strategies as st

from hengliang.form.model import Form, Indicator, Kind, Purpose
from hengliang.form.source import NO_SOURCE
from hengliang.web.declarations.compare import differences, word_parts
from hengliang.web.declarations.draft import Edit, Reorder, Working, edited


def _working() -> Working:
    rows = (Indicator(name="界桩定位核查", target="98", unit="%"), Indicator(name="地形图更新", target="1"))
    form = Form(kind=Kind.DEPARTMENT, purpose=Purpose.DECLARATION, goals=("一", "二"), indicators=rows)
    return Working(form, NO_SOURCE, ("a", "b"))


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_parts_of_a_text_are_the_text(old: str, new: str) -> None:
    before, after = word_parts(old, new)
    assert "".join(part.text for part in before) == old
    assert "".join(part.text for part in after) == new
    assert [part.text for part in before if not part.changed] == [
        part.text for part in after if not part.changed
    ]


def test_a_number_changes_as_a_whole() -> None:
    before, after = word_parts("完成98.5%", "完成98.0%")
    assert [part.text for part in before if part.changed] == ["98.5"]
    assert [part.text for part in after if part.changed] == ["98.0"]


def test_rows_are_followed_through_moves() -> None:
    before = _working()
    orders = [Reorder("move", "b", "a"), Reorder("insert", "c"), Reorder("delete", "a")]
    after, _ = edited(before, [Edit("b", "target", "2"), Edit("c", "name", "新指标")], orders)
    found = differences(before, after, "zh_Hans")
    assert [(one.kind, one.row, one.key) for one in found] == [
        ("changed", "b", "target"),
        ("added", "c", "+"),
        ("removed", "a", "-"),
    ]


def test_fields_outside_the_table_are_told() -> None:
    before = _working()
    after, _ = edited(before, [Edit("form", "goals", "一\n三"), Edit("form", "fiscal_year", "2024")])
    assert [(one.kind, one.key) for one in differences(before, after, "zh_Hans")] == [
        ("added", "fiscal_year"),
        ("changed", "goals/1"),
    ]


def test_a_form_does_not_differ_from_itself() -> None:
    assert differences(_working(), _working(), "zh_Hans") == []
