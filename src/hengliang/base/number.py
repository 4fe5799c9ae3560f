"""The one door for numbers: printed figures become exact decimals, and rounding is named."""

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

_PLAIN = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")


@lru_cache(maxsize=65536)
def read_number(text: str) -> Decimal | None:
    """The number that `text` is, and nothing else; None when it is anything more or less than one number."""
    plain = text.strip()
    return Decimal(plain.replace(",", "")) if _PLAIN.fullmatch(plain) else None


def round_half_up(number: Decimal, places: int = 2) -> Decimal:
    """`number` rounded half up to `places` decimals."""
    return number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
