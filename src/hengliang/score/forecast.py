"""What an indicator will come to by the end of the year, as a range, from what was reached by months.

Two methods, both exact and both simple enough to be worked out by hand:

- *pace*, for amounts that add up (家, 亩, 万元): between two months a part of the plan was due and a part of
  the amount was done. The rest of the plan is carried out at the slowest and at the fastest pace that was
  seen; the middle is the mean pace, which is what was reached ÷ what was due.
- *level*, for what does not add up (%, 分, 天): the year ends between the least and the greatest of the last
  values, in the middle as it stands now. Values of months in which nothing was due say nothing.

It is no statistics: three or four months give no distribution, and a range of what has been is all that can
be said honestly. Where the data are too few there is no forecast, but the reason. 财预〔2019〕136号 asks for
the year's expected completion (全年预计完成情况) and leaves the method open.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from hengliang.base.message import Message, message
from hengliang.base.unit import Dimension, unit_of
from hengliang.score.phased import MONTHS, Shares

LEAST = 3
"""So many paces, or values, are asked for."""

Method = Literal["pace", "level"]
Outlook = Literal["reached", "perhaps", "missed", "open"]
_ADDED_UP = frozenset(
    (Dimension.COUNT, Dimension.MONEY, Dimension.AREA, Dimension.LENGTH, Dimension.MASS, Dimension.VOLUME,
     Dimension.ENERGY, Dimension.DATA)
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Forecast:
    """The value at the end of the year: between `low` and `high`, in the middle `likely`.

    `assumptions` say in words what the range rests on.
    """

    low: Fraction
    likely: Fraction
    high: Fraction
    month: int
    """The last month that was reported."""
    method: Method
    assumptions: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class NoForecast:
    """Why nothing can be said of the end of the year."""

    reason: Message


def adds_up(unit: str | None) -> bool:
    """Whether values in a unit are taken to be sums that grow over the year."""
    known = unit_of(unit)
    return known is not None and known.dimension in _ADDED_UP


def forecast(reached: Mapping[int, Fraction], shares: Shares, adding: bool) -> Forecast | NoForecast:
    """The forecast from what was reached by the end of months (1 to 12).

    `shares` is the plan, `adding` whether values add up over the year.
    """
    months = sorted(reached)
    if months and months[-1] == MONTHS:
        value = reached[MONTHS]
        said = (message("the year is over: what was reached is what there is"),)
        return Forecast(value, value, value, MONTHS, "pace" if adding else "level", said)
    if adding:
        return _by_pace(reached, months, shares)
    return _by_level(reached, [month for month in months if shares[month - 1] > 0])


def _by_pace(reached: Mapping[int, Fraction], months: Sequence[int], shares: Shares) -> Forecast | NoForecast:
    if any(value < 0 for value in reached.values()):
        return NoForecast(message("an amount below 0 does not add up"))
    paces: list[Fraction] = []
    done, due = Fraction(0), Fraction(0)
    for month in months:
        if shares[month - 1] > due:
            paces.append((reached[month] - done) / (shares[month - 1] - due))
            done, due = reached[month], shares[month - 1]
    if not months or not due:
        return NoForecast(_nothing_due())
    if len(paces) < LEAST:
        return NoForecast(_too_few(len(paces)))
    last = months[-1]
    value, left = reached[last], 1 - shares[last - 1]
    # A correction downwards tells nothing of the rest of the year: what is done is not undone.
    slowest, fastest = max(Fraction(0), min(paces)), max(paces)
    mean = min(max(value / due, slowest), max(fastest, slowest))
    said = (
        message("the rest of the plan goes on at the slowest, mean and fastest pace of {count} steps so far",
                count=len(paces)),
        message("by the plan {share} % of the target were due by month {month}",
                share=_percent(shares[last - 1]), month=last),
    )  # fmt: skip
    return Forecast(
        value + left * slowest, value + left * mean, value + left * max(fastest, slowest), last, "pace", said
    )


def _by_level(reached: Mapping[int, Fraction], months: Sequence[int]) -> Forecast | NoForecast:
    if reached and not months:
        return NoForecast(_nothing_due())
    if len(months) < LEAST:
        return NoForecast(_too_few(len(months)))
    recent = [reached[month] for month in months[-LEAST:]]
    said = (
        message("a value that does not add up: the year ends between the least and the greatest of the last "
                "{count} values, as it stands now in the middle", count=LEAST),
    )  # fmt: skip
    return Forecast(min(recent), recent[-1], max(recent), months[-1], "level", said)


def _nothing_due() -> Message:
    return message("nothing of the plan was due in the months that were reported")


def _too_few(count: int) -> Message:
    return message("{count} months with values are too few; {least} are needed", count=count, least=LEAST)


def _percent(share: Fraction) -> str:
    return f"{round(float(share) * 100, 1):g}"


def outlook(found: Forecast | NoForecast, operator: str | None, target: Fraction | None) -> Outlook:
    """Whether the target will be reached: for certain within the range, perhaps, not, or nobody can tell."""
    if isinstance(found, NoForecast) or target is None:
        return "open"
    meets = {
        "≤": (found.high <= target, found.low <= target),
        "<": (found.high < target, found.low < target),
        ">": (found.low > target, found.high > target),
        "=": (found.low == found.high == target, found.low <= target <= found.high),
    }
    surely, perhaps = meets.get(operator or "", (found.low >= target, found.high >= target))
    return "reached" if surely else "perhaps" if perhaps else "missed"
