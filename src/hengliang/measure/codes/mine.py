"""采矿许可证号 and 勘查许可证号.

The first: 23 characters, C + issuing region 6 + year 4 + month 2 + class 4 + serial 6. Length and beginning:
自然资办发〔2020〕32号, DZ/T 0443-2023 annex A. The split inside is to be checked. The second: T and digits,
18 or 23 characters; to be checked.
"""

import re

from hengliang.base.message import Message, message

_EXPLORATION = re.compile(r"T(\d{17}|\d{22})")
_MINE = re.compile(r"C\d{6}((?:19|20)\d{2})(\d{2})\d{10}")


def wrong(code: str) -> Message | None:
    """What is wrong with a mining licence number."""
    if not code.startswith("C"):
        return message("a mining licence number begins with C")
    if len(code) != 23:
        return message("a mining licence number has 23 characters, this one {count}", count=len(code))
    found = _MINE.fullmatch(code)
    if found is None:
        return message("a mining licence number is C, 6 digits, a year, a month and 10 digits")
    if not 1 <= int(found[2]) <= 12:
        return message("there is no month {month} in a mining licence number", month=found[2])
    return None


def wrong_exploration(code: str) -> Message | None:
    """What is wrong with an exploration permit number: T and digits, 18 or 23 characters."""
    if not _EXPLORATION.fullmatch(code):
        return message("an exploration permit number is T and 17 or 22 digits")
    return None
