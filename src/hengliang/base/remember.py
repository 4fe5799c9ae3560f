"""Answers that are kept: a pure question about a text under a profile is worked out once."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

from hengliang.base.profile import Profile

_Answer = TypeVar("_Answer")
_Question = Callable[[str, Profile], _Answer]


def remembered_by_profile(
    size: int = 65536, longest: int = 256
) -> Callable[[_Question[_Answer]], _Question[_Answer]]:
    """Decorator: answers on texts up to `longest` characters are kept, under each profile.

    Longer texts are answered anew each time, so that a hostile document cannot fill the memory.
    """

    def decorate(ask: _Question[_Answer]) -> _Question[_Answer]:
        kept: dict[Profile, Callable[[str], _Answer]] = {}

        def keep(profile: Profile) -> Callable[[str], _Answer]:
            def under_profile(text: str) -> _Answer:
                return ask(text, profile)

            return kept.setdefault(profile, lru_cache(maxsize=size)(under_profile))

        @wraps(ask)
        def answer(text: str, profile: Profile) -> _Answer:
            if len(text) > longest:
                return ask(text, profile)
            # Kept by the text alone: keys of text and profile would be looked at in each garbage collection.
            known = kept.get(profile)
            return known(text) if known is not None else keep(profile)(text)

        return answer

    return decorate
