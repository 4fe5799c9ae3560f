"""Indicators with the same or nearly the same name are found among many forms, in bounded time."""

from time import process_time

from hypothesis import given
from hypothesis import strategies as st

from hengliang.base.profile import load_profile
from hengliang.form.model import Form, Indicator, Kind, Purpose
from hengliang.review.duplicates import duplicates
from hengliang.review.names import content_of, is_near

PROFILE = load_profile("national-2015")


def form(*names: str) -> Form:
    rows = tuple(Indicator(name=name, truncated=("name",) if name.endswith("…") else ()) for name in names)
    return Form(kind=Kind.DEPARTMENT, purpose=Purpose.DECLARATION, indicators=rows)


def test_same_names_on_two_forms() -> None:
    (group,) = duplicates([("a", form("造林面积", "培训人次")), ("b", form("造林 面积"))], PROFILE)
    assert group.is_same
    assert group.forms == 2
    assert [(member.form, member.path, member.likeness) for member in group.members] == [
        ("a", "indicators/0/name", 100),
        ("b", "indicators/0/name", 100),
    ]


def test_near_names_follow_the_most_frequent_one() -> None:
    forms = [
        ("a", form("农村公路安全防护设施")),
        ("b", form("农村公路安全防护设施")),
        ("c", form("安全防护设施农村公路…")),
        ("d", form("渔政执法次数")),
    ]
    (group,) = duplicates(forms, PROFILE)
    assert group.name == "农村公路安全防护设施"
    assert not group.is_same
    assert [(member.form, member.cut) for member in group.members] == [
        ("a", False),
        ("b", False),
        ("c", True),
    ]
    assert group.members[2].likeness < 100


def test_years_and_function_words_do_not_part_names() -> None:
    (group,) = duplicates([("a", form("2022年教师培训人次")), ("b", form("2023年度教师培训人次"))], PROFILE)
    assert [member.likeness for member in group.members] == [100, 100]
    assert not group.is_same


def test_parallel_names_are_no_group() -> None:
    assert duplicates([("a", form("春季学期资助人数", "秋季学期资助人数"))], PROFILE) == ()


def test_largest_group_first() -> None:
    forms = [(str(number), form("造林面积", *["学生满意度"] * (number < 2))) for number in range(3)]
    assert [len(group.members) for group in duplicates(forms, PROFILE)] == [3, 2]


NAMES = st.lists(st.text("造林面积培训教师学生人数", min_size=1, max_size=6), max_size=10)


@given(NAMES)
def test_groups_are_the_same_in_any_order(names: list[str]) -> None:
    ahead = [("f", form(name)) for name in names]
    groups = {group.name: len(group.members) for group in duplicates(ahead, PROFILE)}
    assert groups == {group.name: len(group.members) for group in duplicates(ahead[::-1], PROFILE)}


@given(NAMES)
def test_members_are_near_their_group_and_in_one_group_only(names: list[str]) -> None:
    groups = duplicates([("f", form(*names))], PROFILE)
    places = [member.row for group in groups for member in group.members]
    assert len(places) == len(set(places))
    for group in groups:
        leader = content_of(group.name, PROFILE)
        for member in group.members:
            own = content_of(member.name, PROFILE)
            assert own.words == leader.words or is_near(own, leader, 70)


def test_names_that_all_look_alike_do_not_take_quadratic_time() -> None:
    names = [f"项目甲乙丙丁{chr(0x4E00 + number)}完成率" for number in range(6000)]
    begin = process_time()
    duplicates([("f", form(*names))], PROFILE)
    assert process_time() - begin < 10
