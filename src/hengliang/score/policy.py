"""The scoring policy (评分办法): what a profile decides about points, totals and grades."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, cast, get_args

from hengliang.base.profile import Profile, ProfileError

Reweight = Literal["level2", "level1", "all", "none"]
"""Among which rows the points of a row that does not apply are shared out."""

ExecutionMethod = Literal["X7", "G3"]
"""Linear (X7), or by the bands of 财预〔2021〕101号 (G3)."""


@dataclass(frozen=True, slots=True)
class Policy:
    """The figures of a profile that scoring asks for; their sources: `evaluation.toml`, `reporting.toml`."""

    places: int
    execution_points: Decimal
    execution_method: ExecutionMethod
    execution_beside: Decimal
    reweight: Reweight
    full_total: Decimal
    over_percent: Decimal
    text_bands: tuple[Decimal, Decimal, Decimal]
    """The lower edges of the three grades of a text target, in percent of the points."""
    grades: tuple[tuple[str, Decimal], ...]
    """The grades with their lower edges in points of `full_total`, the best first."""
    not_applicable: frozenset[str]


def policy_of(profile: Profile) -> Policy:
    """The policy of `profile`. Raises ProfileError for figures that make no sense together."""
    reweight = profile.text("evaluation.reweight")
    method = profile.text("evaluation.execution_method")
    lines = tuple(Decimal(line) for line in profile.words("reporting.grade_lines"))
    bands = tuple(Decimal(line) for line in profile.words("reporting.text_bands"))
    if reweight not in get_args(Reweight):
        raise ProfileError(f"profile {profile.name!r}: evaluation.reweight is none of {get_args(Reweight)}")
    if method not in get_args(ExecutionMethod):
        raise ProfileError(
            f"profile {profile.name!r}: evaluation.execution_method is none of {get_args(ExecutionMethod)}"
        )
    if [*lines] != sorted(lines, reverse=True) or lines[-1:] != (Decimal(0),):
        raise ProfileError(f"profile {profile.name!r}: reporting.grade_lines do not fall to 0")
    if len(bands) != 3 or [*bands] != sorted(bands, reverse=True):
        raise ProfileError(f"profile {profile.name!r}: reporting.text_bands are not three falling edges")
    return Policy(
        places=int(profile.number("evaluation.places")),
        execution_points=profile.number("evaluation.execution_points"),
        execution_method=cast("ExecutionMethod", method),
        execution_beside=profile.number("evaluation.execution_beside"),
        reweight=cast("Reweight", reweight),
        full_total=profile.number("evaluation.full_total"),
        over_percent=profile.number("reporting.over_percent"),
        text_bands=(bands[0], bands[1], bands[2]),
        grades=tuple(zip(profile.words("reporting.grades"), lines, strict=True)),
        not_applicable=frozenset(profile.words("evaluation.not_applicable")),
    )
