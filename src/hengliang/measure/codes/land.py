"""Codes of land: 宗地代码 and 不动产单元代码 (GB/T 37346-2019), 1:500 图幅号, 地类编码 (TD/T 1055-2019).

Land codes carry no check character: a mistyped digit is caught by registers and geometry only.
"""

import re
from decimal import Decimal

from hengliang.base.message import Message, message

_OWNER = "GJZ"
_FEATURE = "ABSXCDEFGHLNWY"
_PARCEL = re.compile(r"\d{12}[A-Z]{2}\d{5}")
_UNIT = re.compile(r"(.{19})([A-Z])(\d{8})")
_SHEET = re.compile(r"(\d{1,4}\.\d{2})-(\d{1,4}\.\d{2})")


def wrong_parcel(code: str) -> Message | None:
    """What is wrong with a parcel code: county 6, 地籍区 3, 地籍子区 3, feature letters 2, serial 5."""
    return wrong_parcel_form(code) or wrong_letters(code)


def wrong_parcel_form(code: str) -> Message | None:
    """What is wrong with the form of a parcel code, whatever its feature letters."""
    if len(code) != 19:
        return message("a parcel code has 19 characters, this one {count}", count=len(code))
    if not _PARCEL.fullmatch(code):
        return message("a parcel code is 12 digits, two letters, 5 digits")
    return None


def wrong_letters(code: str) -> Message | None:
    """What is wrong with the feature letters of a parcel code; None where the form is wrong already."""
    if wrong_parcel_form(code) is not None:
        return None
    if code[12] not in _OWNER:
        return message("the first feature letter is G, J or Z")
    if code[13] not in _FEATURE:
        return message("the feature code {letters} is not in the standard", letters=code[12:14])
    return None


def wrong_unit(code: str) -> Message | None:
    """What is wrong with a real-estate unit code: the parcel, a fixture letter and 8 digits."""
    if len(code) != 28:
        return message("a real-estate unit code has 28 characters, this one {count}", count=len(code))
    found = _UNIT.fullmatch(code)
    if found is None:
        return message("a real-estate unit code is a parcel code, a letter and 8 digits")
    if found[2] not in "FLQW":
        return message("the fixture letter is F, L, Q or W")
    if found[2] == "W" and found[3] != "0" * 8:
        return message("W is followed by eight zeros")
    return wrong_parcel(found[1])


def wrong_sheet(code: str) -> Message | None:
    """What is wrong with a 1:500 sheet number: the south-west corner in km, multiples of 0.25."""
    found = _SHEET.fullmatch(code)
    if found is None:
        return message("a 1:500 sheet number is N.NN-E.EE, the south-west corner in kilometres")
    if any(Decimal(part) % Decimal("0.25") for part in found.groups()):
        return message("the south-west corner of a 1:500 sheet is a multiple of 0.25 km")
    return None


_CLASSES = frozenset(
    [
        "0303",
        "0304",
        "0306",
        "0402",
        "0603",
        "1105",
        "1106",
        "1108",
        "0101",
        "0102",
        "0103",
        "0201",
        "0202",
        "0203",
        "0204",
        "0201K",
        "0202K",
        "0203K",
        "0204K",
        "0301",
        "0302",
        "0305",
        "0307",
        "0301K",
        "0302K",
        "0307K",
        "0401",
        "0403",
        "0404",
        "0403K",
        "05H1",
        "0508",
        "0601",
        "0602",
        "0701",
        "0702",
        "08H1",
        "08H2",
        "08H2A",
        "0809",
        "0810",
        "0810A",
        "09",
        "1001",
        "1002",
        "1003",
        "1004",
        "1005",
        "1006",
        "1007",
        "1008",
        "1009",
        "1101",
        "1102",
        "1103",
        "1104",
        "1104A",
        "1104K",
        "1107",
        "1107A",
        "1109",
        "1110",
        "1201",
        "1202",
        "1203",
        "1204",
        "1205",
        "1206",
        "1207",
    ]
)
"""三调工作分类, second level. A versioned table; this is the edition of the third national land survey."""


_WETLAND = frozenset(["0303", "0304", "0306", "0402", "0603", "1105", "1106", "1108"])


def first_class(code: str) -> str:
    """The first-level class of a land class code: its two digits, but 00 for wetland (湿地)."""
    return "00" if code[:4] in _WETLAND else code[:2]


def wrong_land_class(code: str) -> Message | None:
    """What is wrong with a land class code of the third survey."""
    if code in _CLASSES:
        return None
    if len(code) == 3 and code.isdigit():
        return message("{code} is a three-digit code of the second survey", code=code)
    if code[:-1] in _CLASSES and code[-1:] == "K":
        return message("there is no adjustable variant of {code}", code=code[:-1])
    return message("{code} is no land class of the third survey", code=code)
