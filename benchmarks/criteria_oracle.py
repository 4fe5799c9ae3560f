"""Compares the arithmetic of read sentences with a slow oracle that counts with integers, step by step.

    python benchmarks/criteria_oracle.py [COUNT] [SEED]

Sentences of many families are made with random numbers and read; for each of them many actual values are
scored by the product and by the oracle here, which knows nothing of trees, curves or fractions: it takes
whole thousandths and counts. Prints the cases compared and every difference; the exit code is 1 when there is
one.
"""

import random
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from time import process_time
from typing import NamedTuple

from hengliang.base.profile import load_profile
from hengliang.criteria.evaluate import rounded
from hengliang.criteria.read import CriterionReading, read_criterion

MILLE = 1000
"""All numbers of the oracle are whole thousandths."""
VALUES = 400
"""Actual values scored for one sentence."""


class Case(NamedTuple):
    """A sentence, its points, and what the oracle says for an actual value; all but the text in thousandths.

    The oracle answers in points × `scale` ÷ 1000, so that slopes stay whole.
    """

    text: str
    points: int
    most: int
    scale: int
    score: Callable[[int], int]


def said(number: int) -> str:
    """Thousandths as a figure."""
    whole, part = divmod(number, MILLE)
    return f"{whole}.{part:03d}".rstrip("0").rstrip(".")


def _steps(chance: random.Random) -> Case:
    points, line = chance.randint(1, 30) * MILLE, chance.randint(20, 100) * MILLE
    size, each = chance.randint(1, 80) * 100, chance.randint(1, 60) * 50
    below, how = chance.random() < 0.5, chance.choice(["不予计算", f"按{said(size)}%计算"])
    floor = chance.choice([0, 0, chance.randint(0, points // MILLE) * MILLE])
    way = f"低于{said(line)}%的，每低" if below else f"超过{said(line)}%的，每超"
    most = f"，最多扣{said(points - floor)}分" if floor and points > floor else ""
    text = f"合格率{way}{said(size)}%扣{said(each)}分{most}，不足{said(size)}%的{how}"
    least = floor if most else 0

    def score(actual: int) -> int:
        gap = line - actual if below else actual - line
        left = points
        while gap > 0:
            if gap < size and how == "不予计算":
                break
            gap, left = gap - size, left - each
            if left <= least:
                return least
        return left

    return Case(text, points, 150 * MILLE, 1, score)


def _counted(chance: random.Random) -> Case:
    points, each = chance.randint(1, 30) * MILLE, chance.randint(1, 60) * 50
    word = chance.choice(["每发现一处问题扣", "每出现1次违规扣", "发现一起投诉扣", "每缺一项扣"])

    def score(actual: int) -> int:
        left = points
        for _ in range(actual // MILLE):
            left -= each
            if left <= 0:
                return 0
        return left

    return Case(f"{word}{said(each)}分，扣完为止", points, 60 * MILLE, 1, score)


def _tiers(chance: random.Random) -> Case:
    edges = sorted(chance.sample(range(5, 100), chance.randint(1, 5)))
    top = len(edges) * MILLE
    clauses = [f"{edges[-1]}%（含）以上得{len(edges)}分"]
    clauses += [f"{edges[at - 1]}%（含）-{edges[at]}%得{at}分" for at in range(len(edges) - 1, 0, -1)]
    clauses.append(f"低于{edges[0]}%不得分")

    def score(actual: int) -> int:
        return sum(MILLE for edge in edges if actual >= edge * MILLE)

    return Case("，".join(clauses), top, 150 * MILLE, 1, score)


def _share(chance: random.Random) -> Case:
    points, gate = chance.randint(1, 30), chance.choice([0, chance.randint(10, 90)])
    text = "完成率达到100%得满分，低于100%按比例得分" + (f"，低于{gate}%不得分" if gate else "")

    def score(actual: int) -> int:
        if actual < gate * MILLE:
            return 0
        return min(actual, 100 * MILLE) * points

    return Case(text, points * MILLE, 150 * MILLE, 100, score)


def _series(chance: random.Random) -> Case:
    points, first, more = (
        chance.randint(3, 30) * MILLE,
        chance.randint(1, 4) * 500,
        chance.randint(1, 4) * 500,
    )
    text = f"第一次扣{said(first)}分，第二次扣{said(first + more)}分，以此类推"

    def score(actual: int) -> int:
        left, price = points, first
        for _ in range(actual // MILLE):
            left, price = left - price, price + more
            if left <= 0:
                return 0
        return left

    return Case(text, points, 20 * MILLE, 1, score)


def _places(chance: random.Random) -> Case:
    count = chance.randint(2, 6)
    points = sorted(chance.sample(range(2, 30), count), reverse=True)
    rest = chance.choice([0, 1])
    other = "其余不得分" if not rest else "其余得1分"
    text = "，".join(f"第{at + 1}名得{value}分" for at, value in enumerate(points)) + f"，{other}"

    def score(actual: int) -> int:
        place = actual // MILLE
        return points[place - 1] * MILLE if place <= count else rest * MILLE

    return Case(text, points[0] * MILLE, 20 * MILLE, 1, score)


FAMILIES = (_steps, _counted, _tiers, _share, _series, _places)


def _whole_only(make: Callable[[random.Random], Case]) -> bool:
    return make in (_counted, _series, _places)


def _actuals(make: Callable[[random.Random], Case], case: Case, chance: random.Random) -> Iterator[int]:
    for _ in range(VALUES):
        if _whole_only(make):
            yield chance.randint(make is _places, case.most // MILLE) * MILLE
        else:
            yield chance.choice([chance.randint(0, case.most), chance.randint(0, case.most // MILLE) * MILLE])


def compare(count: int, seed: int) -> tuple[int, list[str]]:
    """How many cases were compared, and the differences in words."""
    chance, profile = random.Random(seed), load_profile("national-2015")
    compared, wrong = 0, list[str]()
    while compared < count:
        make = chance.choice(FAMILIES)
        case = make(chance)
        reading = read_criterion(case.text, Decimal(case.points) / MILLE, None, None, None, profile)
        curves = reading.curves
        if curves is None or not curves.is_exact:
            wrong.append(f"{case.text}: not read as one curve")
            compared += 1
            continue
        for actual in _actuals(make, case, chance):
            expected = Fraction(case.score(actual), MILLE * case.scale)
            found = curves.low.at(Fraction(actual, MILLE))
            compared += 1
            if found != expected or rounded(expected) != _half_up(case, actual):
                wrong.append(f"{case.text} at {said(actual)}: {found} and not {expected}")
        wrong += _whole_path(reading, case, make, chance)
    return compared, wrong


def _half_up(case: Case, actual: int) -> Decimal:
    """The points rounded half up to cents with integers alone."""
    per_cent = MILLE * case.scale // 100
    return Decimal((2 * case.score(actual) + per_cent) // (2 * per_cent)).scaleb(-2)


def _whole_path(
    reading: CriterionReading, case: Case, make: Callable[[random.Random], Case], chance: random.Random
) -> list[str]:
    """One value through all of the product, from the text of a number to rounded points."""
    actual = next(_actuals(make, case, chance))
    score = reading.score_at(said(actual))
    right = score is not None and score.is_certain and score.low == _half_up(case, actual)
    return [] if right else [f"{case.text} at {said(actual)}: {score}"]


def main() -> int:
    """Compare as many cases as asked for; the exit code."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    started = process_time()
    compared, wrong = compare(count, seed)
    for sentence in wrong[:20]:
        print(sentence)
    print(f"{compared} cases compared, {len(wrong)} differences, {process_time() - started:.1f} s of CPU")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
