"""The vocabulary of the profile: no word in two lists, and every related word is a known one."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import cast

from hengliang.base.profile import load_profile
from hengliang.review.lexicon import lexicon_of

PROFILE = load_profile("national-2015")
LISTS = ("acts", "generic", "qualifiers", "made", "things", "people")


def words() -> Iterator[str]:
    for name in LISTS:
        yield from PROFILE.words(f"alignment.{name}")
    for group in PROFILE.table("alignment.terms").values():
        yield from cast("Sequence[str]", group)


def test_no_word_stands_twice() -> None:
    assert [word for word, number in Counter(words()).items() if number > 1] == []


def test_words_have_two_characters_or_more() -> None:
    # A single character belongs to too many words to be one by itself.
    single = {word for word in words() if len(word) < 2}
    assert single <= set("抓更最岁率")


def test_same_and_related_words_are_known() -> None:
    lexicon = lexicon_of(PROFILE)
    named = {word for group in (*lexicon.same.values(), *lexicon.related.values()) for word in group}
    assert {word for word in named if lexicon.kinds.get(word) not in ("terms", "people")} == set()


def test_a_word_means_one_thing() -> None:
    groups = [cast("Sequence[str]", group) for group in PROFILE.table("alignment.same").values()]
    assert [
        word for word, number in Counter(w for group in groups for w in group).items() if number > 1
    ] == []


def test_heads_and_their_exceptions_differ() -> None:
    assert set(PROFILE.words("indicators.heads")).isdisjoint(PROFILE.words("indicators.no_heads"))
    assert set(PROFILE.words("indicators.words.funds")).isdisjoint(PROFILE.words("indicators.words.no_funds"))
