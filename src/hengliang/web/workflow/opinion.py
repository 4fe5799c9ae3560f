"""The review of targets: four dimensions, eight points, the overall grade and what it leads to.

财预〔2015〕88号 art. 22-25 and its two review tables; the rule that makes eight grades one, and the split of
points, are regarded as to be checked (regulations digest 2.5) and are shown with that mark.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal, NamedTuple

from hengliang.base.message import Message, message

Grade = Literal["优", "良", "中", "差"]
GRADES: tuple[Grade, ...] = ("优", "良", "中", "差")


class Point(NamedTuple):
    """One of the eight points: its dimension, its name, the question it asks, its points in the table."""

    key: str
    dimension: Message
    name: Message
    question: Message
    points: Decimal


POINTS: tuple[Point, ...] = (
    Point("form", message("Completeness"), message("Formal completeness"),
          message("Is the form followed, and is everything in it complete and right?"), Decimal(10)),
    Point("clear", message("Completeness"), message("Clarity"),
          message("Are the main facts shown, and output and effect described clearly?"), Decimal(10)),
    Point("relevant", message("Relevance"), message("Relevance of the goals"),
          message("Do the goals fit law, plan, duties and the work of the year?"), Decimal(15)),
    Point("indicators", message("Relevance"), message("Soundness of the indicators"),
          message("Do the indicators cover the goals, with fine and numeric values?"), Decimal(15)),
    Point("reasonable", message("Fitness"), message("Reasonable effect"),
          message("Is the effect noticeable, and in line with what is normal in the sector?"), Decimal(15)),
    Point("money", message("Fitness"), message("Match with the money"),
          message("Do target and money fit each other, neither too high nor too low?"), Decimal(15)),
    Point("reachable", message("Feasibility"), message("Likely to be reached"),
          message("Was it researched and calculated, and can it be reached?"), Decimal(10)),
    Point("conditions", message("Feasibility"), message("Conditions in place"),
          message("Is the plan sensible, and is the unit able to carry it out?"), Decimal(10)),
)  # fmt: skip

_GRADES: dict[str, Grade] = {grade: grade for grade in GRADES}


def grades_in(chosen: Mapping[str, str]) -> dict[str, Grade]:
    """The grades among what was chosen, by point; what is no point and no grade is left out."""
    return {point.key: _GRADES[word] for point in POINTS if (word := chosen.get(point.key, "")) in _GRADES}


_ENOUGH = 6
"""At least so many of the eight points carry the overall grade."""


def overall(grades: Mapping[str, Grade]) -> Grade | None:
    """The overall grade of the qualitative review table; None while one of the eight points has no grade.

    At least 6 of 8 优 and no 中 or 差: 优. At least 6 良 or better and no 差: 良. At least 6 中 or better:
    中. Otherwise 差.
    """
    given = [grades.get(point.key) for point in POINTS]
    if None in given:
        return None
    ranks = [GRADES.index(grade) for grade in given if grade is not None]
    if sum(rank == 0 for rank in ranks) >= _ENOUGH and max(ranks) <= 1:
        return "优"
    if sum(rank <= 1 for rank in ranks) >= _ENOUGH and max(ranks) <= 2:
        return "良"
    if sum(rank <= 2 for rank in ranks) >= _ENOUGH:
        return "中"
    return "差"


class Consequence(NamedTuple):
    """What a grade leads to (88号 art. 25): whether the declaration may be approved, and the words."""

    approvable: bool
    says: Message


CONSEQUENCES: dict[Grade, Consequence] = {
    "优": Consequence(True, message("Goes on to the allocation of the budget as it is.")),
    "良": Consequence(
        True,
        message("May go on once the reviewer has agreed on amendments with the unit; both are recorded."),
    ),
    "中": Consequence(False, message("The unit corrects it and submits it again.")),
    "差": Consequence(False, message("Must not go on to the allocation of the budget.")),
}
