"""Digests of contents: equal contents have equal digests, whatever the order of their keys."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from hengliang.base.canonical import digest_of


def test_the_bytes_that_are_hashed() -> None:
    assert (
        digest_of({"b": [1, None], "a": "衡"})
        == hashlib.sha256('{"a":"衡","b":[1,null]}'.encode()).hexdigest()
    )


@given(st.dictionaries(st.text(), st.integers(), min_size=2))
def test_the_order_of_keys_does_not_count_and_every_value_does(content: dict[str, int]) -> None:
    assert digest_of(dict(reversed(content.items()))) == digest_of(content)
    name = next(iter(content))
    assert digest_of(content | {name: content[name] + 1}) != digest_of(content)
