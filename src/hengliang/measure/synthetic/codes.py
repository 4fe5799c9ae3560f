"""Codes that are right in form and stand for nothing: serials begin where none are given out."""

from hengliang.measure.codes.social_credit import check_character
from hengliang.measure.synthetic.places import PLACE


def document_no(kind: str, year: int, serial: int) -> str:
    """The number of a document (发文字号) of the city, which says that it is synthetic."""
    return f"{PLACE.sign}合成{kind}〔{year}〕{serial}号"


def uscc(serial: int) -> str:
    """A unified social credit code (统一社会信用代码) with its check character."""
    body = f"91{PLACE.code}MA9{serial:06d}"
    return body + check_character(body)


def parcel(county: str, serial: int, letters: str = "GB") -> str:
    """A parcel code (宗地代码) of 19 characters."""
    zone, rest = divmod(serial, 99_999)
    return f"{county}990{zone + 1:03d}{letters}{rest + 1:05d}"


def mine(county: str, year: int, serial: int) -> str:
    """A mining licence number (采矿许可证号) of 23 characters."""
    return f"C{county}{year}{serial % 12 + 1:02d}7120{serial:06d}"


def exploration(county: str, serial: int) -> str:
    """An exploration permit number (勘查许可证号) of 23 characters."""
    return f"T{county}2022010{serial:09d}"


def supply(county: str, year: int, serial: int) -> str:
    """A supply number (电子监管号)."""
    return f"{county}{year}B{serial:05d}"


def hazard(county: str, kind: str, serial: int) -> str:
    """The number of a hazard in registers (隐患点统一编号), 12 digits."""
    return f"{county}{kind}{serial:04d}"


def point(county: str, kind: str, serial: int) -> str:
    """The network code of a monitoring point, 20 digits."""
    return f"{county}200701{kind}{serial:06d}"


def village(county: str, serial: int) -> str:
    """A village code, 12 digits."""
    return f"{county}{100 + serial // 200:03d}{200 + serial % 200:03d}"
