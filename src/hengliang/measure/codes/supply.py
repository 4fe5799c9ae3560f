"""电子监管号 of supplied land: region 6, year 4, a letter (A allocated, B granted …), serial 5.

Practice; to be checked.
"""

import re

from hengliang.base.message import Message, message

_SUPPLY = re.compile(r"\d{6}(?:19|20)\d{2}[A-Z]\d{5}")


def wrong(code: str) -> Message | None:
    """What is wrong with a supply number."""
    if not _SUPPLY.fullmatch(code):
        return message("a supply number is 6 digits of a region, a year, a letter and 5 digits")
    return None
