"""Indicators whose target is money."""

from hengliang.base.profile import Profile
from hengliang.base.unit import Dimension
from hengliang.review.bounds import is_cost
from hengliang.review.row import Row

_MONEY = (Dimension.MONEY, Dimension.MONEY_RATE)


def is_money(row: Row) -> bool:
    """Whether the target is an amount of money, or money for each of something; 5万 under a cost is one."""
    unit = row.unit
    if unit is None or row.is_qualitative or row.number is None:
        return False
    return unit.dimension in _MONEY or (is_cost(row) and row.unit_text in _AMOUNTS)


_AMOUNTS = ("万", "亿")


def is_priced(row: Row, profile: Profile) -> bool:
    """Whether it is named for what is paid or saved (资料编制费, 节约资金) and its target is the amount."""
    return is_money(row) and row.name.endswith(profile.words("indicators.words.priced"))
