"""A month of the calendar, written 2023-01."""

import re

from hengliang.base.message import Message, message

_MONTH = re.compile(r"(?:19|20)\d{2}-(?:0[1-9]|1[0-2])")


def wrong(code: str) -> Message | None:
    """What is wrong with a month."""
    return None if _MONTH.fullmatch(code) else message("a month is written 2023-01")
