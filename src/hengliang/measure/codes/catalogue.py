"""The code formats by name. Each says why a code is wrong, or None when nothing speaks against it."""

from collections.abc import Callable
from functools import lru_cache

from hengliang.base.message import Message
from hengliang.measure.codes import land, mine, month, region, social_credit, supply

FORMATS: dict[str, Callable[[str], Message | None]] = {
    "uscc": social_credit.wrong,
    "parcel": land.wrong_parcel,
    "parcel_form": land.wrong_parcel_form,
    "unit": land.wrong_unit,
    "sheet500": land.wrong_sheet,
    "land_class": land.wrong_land_class,
    "mine": mine.wrong,
    "exploration": mine.wrong_exploration,
    "supply": supply.wrong,
    "region": region.wrong_region,
    "village": region.wrong_village,
    "hazard": region.wrong_hazard,
    "month": month.wrong,
}


@lru_cache(maxsize=65536)
def wrong_code(name: str, code: str) -> Message | None:
    """What is wrong with `code` as a code of the format `name`. Raises KeyError for an unknown format."""
    return FORMATS[name](code)
