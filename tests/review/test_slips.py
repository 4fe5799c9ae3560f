"""Slips of the pen: the lists of the profile, and how they are looked for."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.base.profile import Profile, load_profile
from hengliang.review.slips import Slip, Slips, slips_of

PROFILE = load_profile("national-2015")
PLAIN = [pair.split("=") for pair in PROFILE.words("typos.plain")]
SLIPS = slips_of(PROFILE)


def _read(text: str) -> str:
    for slip in reversed(SLIPS.find(text)):
        text = text[: slip.start] + slip.right + text[slip.end :]
    return text


@pytest.mark.parametrize(("wrong", "right"), PLAIN, ids=[wrong for wrong, _ in PLAIN])
def test_plain_slip_is_found_and_its_mend_is_none(wrong: str, right: str) -> None:
    assert _read(f"甲，{wrong}，乙") == f"甲，{right}，乙"
    assert SLIPS.find(right) == []


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("图班整改", "图斑整改"),
        ("地图班组", "地图班组"),
        ("产权等记", "产权登记"),
        ("台账等记录", "台账等记录"),
        ("坐标座标", "坐标坐标"),
        ("一座标准厂房", "一座标准厂房"),
        ("季未。", "季末。"),
        ("季未完成", "季未完成"),
        ("每季未", "每季未"),
        ("对环境在影响程度", "对环境的影响程度"),
        ("对环境在影响程度上", "对环境在影响程度上"),
        ("在影响程度", "在影响程度"),
    ],
)
def test_neighbours_decide(text: str, meant: str) -> None:
    assert _read(text) == meant


def test_slips_come_in_order_and_never_overlap() -> None:
    assert SLIPS.find("拔款拔款，安全隐换。") == [Slip(0, 2, "拨款"), Slip(2, 4, "拨款"), Slip(7, 9, "隐患")]


def test_longer_slip_wins() -> None:
    data = {"typos": {"plain": ["甲乙=丙", "甲乙丁=戊"], "near": [], "patterns": [], "common": ""}}
    assert Slips(Profile("test", data)).find("甲乙丁") == [Slip(0, 3, "戊")]


def test_profile_without_slips() -> None:
    data = {"typos": {"plain": [], "near": [], "patterns": [], "common": ""}}
    assert Slips(Profile("test", data)).find("拔款") == []


def test_own_words_are_added(tmp_path: Path) -> None:
    (tmp_path / "profile.toml").write_text('name = "own"\ninherits = "national-2015"\n', encoding="utf-8")
    (tmp_path / "typos.toml").write_text('"plain+" = ["蒸相=蒸湘"]\n', encoding="utf-8")
    found = slips_of(load_profile(str(tmp_path))).find("蒸相区拔款")
    assert [slip.right for slip in found] == ["蒸湘", "拨款"]


@given(
    st.lists(st.sampled_from([*(word for pair in PLAIN for word in pair), "，", "甲"]), max_size=6).map(
        "".join
    )
)
def test_search_by_pairs_finds_what_a_plain_search_finds(text: str) -> None:
    starts = {slip.start for slip in SLIPS.find(text)}
    covered = {place for slip in SLIPS.find(text) for place in range(slip.start, slip.end)}
    for wrong, _ in PLAIN:
        place = text.find(wrong)
        assert (
            place < 0
            or place in starts
            or place in covered
            or set(range(place, place + len(wrong))) & covered
        )
