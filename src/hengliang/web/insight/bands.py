"""How forms are put into bands: by their score, by the number of their indicators."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from hengliang.web.insight.queries import Known
from hengliang.web.insight.stages import STEP_OF, STEPS


class Band(NamedTuple):
    """From `low` to below `high`; None is without end."""

    key: str
    low: int
    high: int | None

    @property
    def label(self) -> str:
        """As people write it: 80–90."""
        return f"≥ {self.low}" if self.high is None else f"{self.low}–{self.high}"

    def holds(self, value: Decimal | int) -> bool:
        """Whether a value lies in it."""
        return value >= self.low and (self.high is None or value < self.high)


def _bands(*edges: int) -> tuple[Band, ...]:
    ends = (*edges[1:], None)
    return tuple(Band(str(at), low, high) for at, (low, high) in enumerate(zip(edges, ends, strict=True)))


SCORES = _bands(0, 60, 70, 80, 90)
"""Of the points reached, in percent of those that could be."""

SIZES = _bands(0, 10, 15, 20, 25, 30)
"""Of the number of indicators."""


def score_band(one: Known) -> tuple[Band, bool] | None:
    """The band that a score lies in at least, and whether it lies there for certain; None without a score."""
    if one.low is None or one.high is None or not one.of:
        return None
    low, high = (band_of(SCORES, end / one.of * 100) for end in (one.low, one.high))
    return low, low == high


def band_of(bands: tuple[Band, ...], value: Decimal | int) -> Band:
    """The band that a value lies in; the first for what lies below all."""
    return next((band for band in bands if band.holds(value)), bands[0])


def fits(one: Known, wanted: Mapping[str, str]) -> bool:
    """Whether a form is among those that are asked for.

    `step` (a key of STEPS), `reached` (that step or a later one), `late` (a key of DEADLINES, or `any`),
    `department` (a path), `score` and `size` (keys of bands), `sure` (yes: the band of the score is certain,
    no: it is not), `findings` (error, warning, none), `q` (words in the name), `noted` (any value: it was
    handed in).
    """
    step = STEP_OF[one.state]
    steps = [each.key for each in STEPS]
    late, findings, band = wanted.get("late"), wanted.get("findings"), score_band(one)
    return all(
        (
            not wanted.get("step") or step.key == wanted["step"],
            wanted.get("reached") not in steps or steps.index(step.key) >= steps.index(wanted["reached"]),
            not late or (bool(one.late) if late == "any" else late in one.late),
            not wanted.get("department") or one.department == wanted["department"],
            not wanted.get("score") or (band is not None and band[0].key == wanted["score"]),
            not wanted.get("sure") or (band is not None and band[1] == (wanted["sure"] == "yes")),
            not wanted.get("size")
            or (one.indicators is not None and band_of(SIZES, one.indicators).key == wanted["size"]),
            findings != "error" or bool(one.errors),
            findings != "warning" or bool(one.warnings),
            findings != "none" or one.errors == one.warnings == 0,
            not wanted.get("noted") or one.indicators is not None,
            wanted.get("q", "").strip().lower() in one.name.lower(),
        )
    )
