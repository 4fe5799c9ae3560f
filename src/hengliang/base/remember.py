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
        kept = lru_cache(maxsize=size)(ask)

        @wraps(ask)
        def answer(text: str, profile: Profile) -> _Answer:
            return kept(text, profile) if len(text) <= longest else ask(text, profile)

        return answer

    return decorate
