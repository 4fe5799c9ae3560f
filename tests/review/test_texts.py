"""All texts of a form in one string: what is found there is found in its field, at its characters."""

import re

from hypothesis import given
from hypothesis import strategies as st

from hengliang.base.place import Spot
from hengliang.form.field import text_at
from hengliang.form.model import Form, Indicator, Kind, Purpose, Task
from hengliang.review.texts import Texts

FORM = Form(
    kind=Kind.DEPARTMENT,
    purpose=Purpose.DECLARATION,
    title="绩效目标申报表",
    goals=("完成核查。", "", "建成预警点。。"),
    tasks=(Task(name="核查"),),
    indicators=(
        Indicator(name="核查数量", explanation="核查家数"),
        Indicator(name="合格率", target="95", criterion="每少1家扣1分"),
    ),
)


def _find(pattern: str, column: str | None = None) -> list[tuple[str, tuple[tuple[int, int], ...]]]:
    return [(found.path, found.places) for found in Texts(FORM).find(re.compile(pattern), column)]


def test_found_in_every_column() -> None:
    assert _find("核查") == [
        ("goals/0", ((2, 4),)),
        ("tasks/0/name", ((0, 2),)),
        ("indicators/0/name", ((0, 2),)),
        ("indicators/0/explanation", ((0, 2),)),
    ]
    assert _find("申报") == [("title", ((4, 6),))]


def test_found_in_one_column() -> None:
    assert _find("核查", "name") == [("indicators/0/name", ((0, 2),))]
    assert _find("核查", "criterion") == []


def test_line_feeds_are_the_ends_of_fields() -> None:
    assert _find(r"\n建成", "goals") == [("goals/2", ((0, 2),))]
    assert _find(r"[分率](?=\n)") == [("indicators/1/name", ((2, 3),)), ("indicators/1/criterion", ((6, 7),))]


def test_places_of_one_field_come_together() -> None:
    found = next(Texts(FORM).find(re.compile("[1家]"), "criterion"))
    assert found.places == ((2, 3), (3, 4), (5, 6))
    assert found.words == ("1", "家", "1")
    assert found.spots[0] == Spot("indicators/1/criterion", 2, 3)
    assert found.with_words(["2", "户", "3"]) == "每少2户扣3分"


def test_column_stands_between_line_feeds() -> None:
    assert Texts(FORM).column("name") == "\n核查数量\n合格率\n"
    assert Texts(FORM).column("midterm_goals") == "\n"


def test_form_without_rows() -> None:
    assert Texts(Form(kind=Kind.PROJECT, purpose=Purpose.MONITORING)).column("name") == "\n"


@given(
    st.lists(
        st.tuples(st.text("甲乙。\n", max_size=5), st.none() | st.text("甲乙。\n", max_size=5)), max_size=5
    )
)
def test_every_place_is_found_where_it_stands(rows: list[tuple[str, str | None]]) -> None:
    form = FORM.model_copy(
        update={"indicators": tuple(Indicator(name=name, criterion=criterion) for name, criterion in rows)}
    )
    found = {
        (spot.path, spot.start, spot.end)
        for column in ("name", "criterion")
        for field in Texts(form).find(re.compile("[甲乙]"), column)
        for spot in field.spots
    }
    expected = {
        (f"indicators/{index}/{field}", place, place + 1)
        for index in range(len(rows))
        for field in ("name", "criterion")
        for place, char in enumerate(text_at(form, f"indicators/{index}/{field}") or "")
        if char in "甲乙"
    }
    assert found == expected
