"""Messages that are kept are said as they were, in either language."""

import json

import pytest

from hengliang.base.message import LANGUAGES, Message, Words, message
from hengliang.web.accounts.said import from_data, to_data

_REASON = message("{name} ({count})", name=message("delay"), count=3)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "said",
    [
        message("no row counts"),
        message("{reason}; asked is: {what}", reason=_REASON, what=Words("图斑", "parcels")),
        message("facts that no sentence asks for: {names}", names=("甲", _REASON, Words("乙", "two"))),
    ],
    ids=["plain", "in each other", "list"],
)
def test_a_kept_message_says_the_same(said: Message, language: str) -> None:
    kept = json.loads(json.dumps(to_data(said)))
    assert from_data(kept).say(language) == said.say(language)
