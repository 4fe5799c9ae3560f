"""Which number an indicator of one version has in another."""

from collections.abc import Mapping

from hengliang.web.declarations.models import Version
from hengliang.web.evaluation.models import Stage


def renumbered(before: Version, now: Version) -> Mapping[int, int]:
    """The numbers of `before` to those of `now`, by the ids of the rows; rows that are gone are left out."""
    places = {row: number for number, row in enumerate(now.rows, 1)}
    return {number: places[row] for number, row in enumerate(before.rows, 1) if row in places}


def number_now(stage: Stage, number: int, now: Version | None) -> int | None:
    """The number in the version in force of what a stage calls `number`; None where the row is gone."""
    if stage.version is None or now is None or stage.version.pk == now.pk:
        return number
    return renumbered(stage.version, now).get(number)
