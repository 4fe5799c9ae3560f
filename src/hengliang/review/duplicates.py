"""Indicators that stand more than once among many forms: the same name, or nearly the same.

Names are compared as on one form (`review.names`). Candidates are looked up by their rarest pairs of
neighbouring characters: two names that share 70 % of their pairs must share one of the rarest few, so none is
missed, and no name is held against all others. Only where more than `CROWD` names have a pair in common among
their rarest ones are further ones not looked up by it; the work for each name stays bounded.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from hengliang.base.profile import Profile
from hengliang.form.model import Form
from hengliang.review.names import Content, content_of, is_near, likeness, plain_name, shares_enough

CROWD = 32
"""So many groups are looked up by one pair of characters, and no more."""


class Member(NamedTuple):
    """An indicator of a group: the form it stands on, as the caller calls it, its row there and its name.

    `likeness`: how much its name shares with the group's, in percent; 100 when they differ in marks, years
    and function words at most. `cut`: only the beginning of its name is known.
    """

    form: str
    row: int
    name: str
    likeness: int
    cut: bool

    @property
    def path(self) -> str:
        """The field of its form: `indicators/3/name`."""
        return f"indicators/{self.row}/name"


class Group(NamedTuple):
    """Indicators with nearly the same name; `name` is the most frequent one. In the order of the forms."""

    name: str
    members: tuple[Member, ...]

    @property
    def is_same(self) -> bool:
        """Whether all names are the same but for blanks and marks."""
        return len({plain_name(member.name) for member in self.members}) == 1

    @property
    def forms(self) -> int:
        """On how many forms they stand."""
        return len({member.form for member in self.members})


def duplicates(forms: Iterable[tuple[str, Form]], profile: Profile) -> tuple[Group, ...]:
    """The groups of two indicators or more with the same or nearly the same name among `forms`, each given
    with what it is called (its file). The largest group comes first.

    The order of the forms changes only the order of members.
    """
    places: dict[str, list[tuple[int, str, int, str, bool]]] = {}
    number = 0
    for called, form in forms:
        for index, indicator in enumerate(form.indicators):
            key = plain_name(indicator.name)
            if key:
                cut = "name" in indicator.truncated
                places.setdefault(key, []).append((number, called, index, indicator.name, cut))
                number += 1
    contents = {key: content_of(own[0][3], profile) for key, own in places.items()}
    leaders = _leaders(places, contents, int(profile.number("indicators.near_percent")))
    groups: dict[str, list[tuple[int, Member]]] = {}
    for key, own in places.items():
        leader = leaders[key]
        alike = (
            100
            if contents[key].words == contents[leader].words
            else likeness(contents[key], contents[leader])
        )
        found = groups.setdefault(leader, [])
        found.extend(
            (number, Member(called, index, name, alike, cut)) for number, called, index, name, cut in own
        )
    answer = [
        Group(places[leader][0][3], tuple([member for _, member in sorted(found)]))
        for leader, found in groups.items()
        if len(found) > 1
    ]
    return tuple(sorted(answer, key=lambda group: (-len(group.members), plain_name(group.name))))


def _leaders(
    places: Mapping[str, Sequence[object]], contents: Mapping[str, Content], percent: int
) -> dict[str, str]:
    """For each name the one that leads its group: itself, or the most like it among more frequent names."""
    frequency = Counter(pair for content in contents.values() for pair in content.pairs)
    same: dict[str, str] = {}
    holders: dict[str, list[str]] = {}
    leaders: dict[str, str] = {}
    for key in sorted(places, key=lambda name: (-len(places[name]), name)):
        content = contents[key]
        if len(content.words) > 1 and (first := same.get(content.words)) is not None:
            leaders[key] = first
            continue
        rarest = sorted(content.pairs, key=lambda pair: (frequency[pair], pair))[: _prefix(content, percent)]
        candidates = {one for pair in rarest for one in holders.get(pair, ())}
        alike = [one for one in candidates if shares_enough(content.pairs, contents[one].pairs, percent)]
        near = [one for one in alike if is_near(content, contents[one], percent)]
        leader = max(near, key=lambda one: (likeness(content, contents[one]), one), default=key)
        leaders[key] = leader
        same.setdefault(content.words, leader)
        if leader == key:
            for pair in rarest:
                held = holders.setdefault(pair, [])
                if len(held) < CROWD:
                    held.append(key)
    return leaders


def _prefix(content: Content, percent: int) -> int:
    """How many of its rarest pairs a name must be looked up by.

    Names that share `percent` (Dice) share at least percent ÷ (200 − percent) of the pairs of either.
    """
    size = len(content.pairs)
    shared = -(-size * percent // (200 - percent))
    return size - shared + 1 if size else 0
