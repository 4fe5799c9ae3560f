"""The word lists of completeness and wording: no word twice, none in two lists that exclude each other."""

import tomllib
from collections import Counter
from importlib.resources import files
from typing import cast

import pytest

from hengliang.base.profile import load_profile, profile_names
from hengliang.form.levels import Level1, Level2, level1_of, level2_of
from hengliang.review.slips import slips_of

PROFILE = load_profile("national-2015")
HOME = files("hengliang") / "base" / "profiles" / "national-2015"
LISTS = [
    f"{subject}.{key}"
    for subject in ("completeness", "wording", "typos")
    for key, value in tomllib.loads((HOME / f"{subject}.toml").read_text(encoding="utf-8")).items()
    if isinstance(value, list) and all(isinstance(word, str) for word in value)
]


@pytest.mark.parametrize("key", LISTS)
def test_no_word_stands_twice(key: str) -> None:
    assert [word for word, times in Counter(PROFILE.words(key)).items() if times > 1] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("wording.empty_verbs", "wording.acting_verbs"),
        ("wording.empty_verbs", "wording.weak_verbs"),
        ("wording.acting_verbs", "wording.weak_verbs"),
        ("wording.task_verbs", "wording.task_nouns"),
        ("wording.placeholders", "wording.vague_values"),
    ],
)
def test_lists_exclude_each_other(one: str, other: str) -> None:
    assert set(PROFILE.words(one)).isdisjoint(PROFILE.words(other))


def test_slips_are_written_wrong() -> None:
    pairs = [pair.split("=") for pair in PROFILE.words("typos.plain")]
    pairs += [
        [entry["wrong"], entry["right"]] for entry in cast("list[dict[str, str]]", PROFILE.get("typos.near"))
    ]
    assert [pair for pair in pairs if len(pair) != 2 or pair[0] == pair[1] or len(pair[0]) < 2] == []
    assert [wrong for wrong, times in Counter(wrong for wrong, _ in pairs).items() if times > 1] == []


@pytest.mark.parametrize(
    "key", ["wording.glossary", "wording.task_verbs", "wording.filler_words", "completeness.basis_words"]
)
def test_no_list_holds_a_slip(key: str) -> None:
    assert [word for word in PROFILE.words(key) if slips_of(PROFILE).find(word)] == []


def test_pairs_of_unlike_heads_are_pairs() -> None:
    pairs = [tuple(pair.split("/")) for pair in PROFILE.words("wording.unlike_heads")]
    assert all(len(pair) == 2 and pair[0] != pair[1] for pair in pairs)
    assert len({frozenset(pair) for pair in pairs}) == len(pairs)


@pytest.mark.parametrize("name", profile_names())
def test_tree_is_made_of_known_levels(name: str) -> None:
    profile = load_profile(name)
    for level1 in profile.words("tree.level1"):
        assert level1_of(profile.text(f"tree.words.level1.{level1}")) is Level1(level1)
        for level2 in profile.words(f"tree.level2.{level1}"):
            assert level2_of(profile.text(f"tree.words.level2.{level2}")) is Level2(level2)


@pytest.mark.parametrize("name", profile_names())
def test_moves_lead_from_outside_the_tree_into_it(name: str) -> None:
    profile = load_profile(name)
    tree = {
        f"{level1}/{level2}"
        for level1 in profile.words("tree.level1")
        for level2 in profile.words(f"tree.level2.{level1}")
    }
    for pair, goal in profile.table("tree.move").items():
        assert pair in tree or goal in tree


@pytest.mark.parametrize("name", profile_names())
def test_asked_levels_are_levels(name: str) -> None:
    profile = load_profile(name)
    for key in ("completeness.level2_required", "completeness.level2_advised"):
        assert {Level2(level) for level in profile.words(key)}
