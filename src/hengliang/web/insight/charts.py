"""Charts as options of ECharts in plain values. A bar that counts something leads to it by its `url`."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any, NamedTuple

Spec = dict[str, Any]


class Bar(NamedTuple):
    """One bar: how long it is, and where it leads."""

    value: Decimal | int | float
    url: str = ""


class Series(NamedTuple):
    """Bars of one kind, in the order of the labels. `colour` is the name of a token."""

    name: str
    bars: Sequence[Bar]
    colour: str = "--accent"


def bars(labels: Sequence[str], series: Sequence[Series], lying: bool = False) -> Spec:
    """Bars that stand, or lie with the first label on top; several series are stacked."""
    names: Spec = {"type": "category", "data": list(labels)}
    if lying:
        names |= {"inverse": True, "axisLabel": {"width": 150, "overflow": "truncate"}}
    else:
        names |= {"axisLabel": {"interval": 0, "hideOverlap": True}}
    values: Spec = {"type": "value", "minInterval": 1}
    return {
        "legend": {"show": len(series) > 1},
        "grid": {"top": 36 if len(series) > 1 else 12},
        "tooltip": {"trigger": "axis", "axisPointer": {"type": "shadow"}},
        "xAxis": values if lying else names,
        "yAxis": names if lying else values,
        "series": [
            {
                "type": "bar",
                "name": one.name,
                "stack": "all",
                "barMaxWidth": 28,
                "itemStyle": {"color": one.colour},
                "data": [{"value": float(bar.value), "url": bar.url} for bar in one.bars],
            }
            for one in series
        ],
    }


def boxes(labels: Sequence[str], fives: Sequence[Sequence[Decimal]], parts: Sequence[str], unit: str) -> Spec:
    """Least, first quarter, middle, third quarter and most of each label as bars that lie on one another,
    from the least up; `parts` are the names of the four parts between them."""
    steps = [[five[0], *(high - low for low, high in pairwise(five))] for five in fives]
    series = [
        {
            "type": "bar",
            "name": name,
            "stack": "all",
            "barMaxWidth": 48,
            "silent": True,
            "itemStyle": {"color": colour},
            "data": [float(step[at]) for step in steps],
        }
        for at, (name, colour) in enumerate(zip(("", *parts), _PARTS, strict=True))
    ]
    return {
        "legend": {"data": list(parts)},
        "grid": {"top": 56, "left": 24},
        "tooltip": {"show": False},
        "xAxis": {"type": "category", "data": list(labels)},
        "yAxis": {"type": "value", "name": unit},
        "series": series,
    }


_PARTS = ("transparent", "--rule-strong", "--accent", "--watch", "--pending")
"""What lies below the least is not drawn."""
