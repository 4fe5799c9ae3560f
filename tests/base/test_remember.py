"""Answers are kept for short texts only, and apart for each profile."""

from hengliang.base.profile import Profile, load_profile
from hengliang.base.remember import remembered_by_profile


def test_short_texts_are_asked_once_under_each_profile() -> None:
    asked: list[tuple[str, str]] = []

    @remembered_by_profile(longest=4)
    def size(text: str, profile: Profile) -> int:
        asked.append((text, profile.name))
        return len(text)

    old, new = load_profile("national-2015"), load_profile("national-2021")
    assert [size("四个字啊", old), size("四个字啊", old), size("四个字啊", new)] == [4, 4, 4]
    assert asked == [("四个字啊", "national-2015"), ("四个字啊", "national-2021")]


def test_long_texts_are_asked_anew() -> None:
    asked: list[str] = []

    @remembered_by_profile(longest=4)
    def size(text: str, profile: Profile) -> int:
        del profile
        asked.append(text)
        return len(text)

    profile = load_profile("national-2015")
    assert size("五个字的名", profile) == size("五个字的名", profile) == 5
    assert len(asked) == 2
