"""Codes that begin with a region: 行政区划代码 (6 digits), of villages (12), of hazards (12, 20 or 24)."""

import re

from hengliang.base.message import Message, message

_DIGITS = re.compile(r"\d+")


def wrong_region(code: str) -> Message | None:
    """What is wrong with a region code of 6 digits (province, prefecture, county)."""
    if not _DIGITS.fullmatch(code) or len(code) != 6:
        return message("a region code has 6 digits")
    if not "11" <= code[:2] <= "82":
        return message("there is no province {code}", code=code[:2])
    return None


def wrong_village(code: str) -> Message | None:
    """What is wrong with a village code: county 6, township 3, village 3."""
    if not _DIGITS.fullmatch(code) or len(code) != 12:
        return message("a village code has 12 digits")
    return wrong_region(code[:6])


def wrong_hazard(code: str) -> Message | None:
    """What is wrong with the number of a hazard: 12 digits in registers, 20 and 24 in networks."""
    if not _DIGITS.fullmatch(code) or len(code) not in (12, 20, 24):
        return message("the number of a hazard has 12, 20 or 24 digits")
    return wrong_region(code[:6])
