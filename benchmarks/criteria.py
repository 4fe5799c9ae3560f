"""How fast scoring sentences are read and evaluated, each against a named baseline in the same run.

    python -m benchmarks.criteria

Sentences are distinct: the real ones of the samples with other numbers in them. Every measurement checks
its answers first.
"""

import json
import platform
import re
import statistics
import time
from collections import Counter
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from benchmarks.pairs import in_turn
from hengliang.base.profile import load_profile
from hengliang.criteria.as_json import as_json
from hengliang.criteria.question import question_of
from hengliang.criteria.read import CriterionReading
from hengliang.report.curve_picture import picture
from hengliang.report.png import png_of

SAMPLES = Path(__file__).parents[1] / "tests" / "samples" / "criteria" / "vectors.jsonl"
SENTENCES = 3000
_FIGURE = re.compile(r"(?<![0-9.])([1-9][0-9]?)(?![0-9.])(?=([个项次家件起%]))")


def distinct() -> Iterator[dict[str, Any]]:
    """Sentences of which no two are alike: real ones, with rates moved down and counts moved up."""
    real = [json.loads(line) for line in SAMPLES.read_text(encoding="utf-8").splitlines()]
    seen: set[str] = set()
    for move in range(200):
        for vector in real:
            text = _FIGURE.sub(lambda found, move=move: _moved(found, move), vector["text"])
            if text not in seen:
                seen.add(text)
                yield {**vector, "text": text}


def _moved(found: re.Match[str], move: int) -> str:
    number = Decimal(found[1])
    if found[2] != "%":
        return str(number + move)
    return str(number - Decimal(move) / 200) if number > 2 else found[1]


def main() -> None:
    """Measure reading, evaluating, answering and drawing, and print one line per figure."""
    print(f"Python {platform.python_version()}, {platform.machine()}")
    reading()
    evaluating()


def reading() -> None:
    """Sentences read per second, none of them twice; the slowest one."""
    profile = load_profile("national-2015")
    questions = [question_of(each) for each in islice(distinct(), SENTENCES)]
    assert len({question.text for question in questions}) == SENTENCES
    # Loads the grammar, which costs about half a second once.
    questions[0].read(profile)
    times: list[float] = []
    statuses: Counter[str] = Counter()
    for question in questions:
        start = time.process_time()
        found = question.read(profile)
        times.append(time.process_time() - start)
        statuses[found.status.value] += 1
    assert statuses["exact"] + statuses["assumed"] > SENTENCES / 3
    times.sort()
    print(
        f"read: {SENTENCES / sum(times):,.0f} distinct sentences/s of CPU time "
        f"(median {statistics.median(times) * 1000:.2f} ms, 99 of 100 under "
        f"{times[SENTENCES * 99 // 100] * 1000:.1f} ms, slowest {times[-1] * 1000:.1f} ms)"
    )
    print("read: " + ", ".join(f"{name} {count}" for name, count in statuses.most_common()))


def evaluating() -> None:
    """One sentence with steps for many values: the curve alone, with reasons, as JSON, as a picture."""
    asked = {"text": "每少1家扣0.05分，扣完为止", "points": 3, "operator": "≥", "target": 60, "unit": "家"}
    found = question_of(asked).read(load_profile("national-2015"))
    curves = found.curves
    assert curves is not None
    values = [Decimal(number) / 4 for number in range(280)]
    assert all(_scored(found, value) == _by_hand(value) for value in values)
    turn = cycle(values)
    exact = cycle([Fraction(value) for value in values])
    given = cycle([str(value) for value in values])
    taken = in_turn(
        {
            "plain Decimal code": lambda: _by_hand(next(turn)),
            "curve": lambda: curves.low.at(next(exact)),
            "score": lambda: found.score_at(next(given)),
            "score with steps": lambda: found.steps_at(next(given)),
            "answer as JSON": lambda: json.dumps(as_json(found, [next(given)], "zh_Hans")),
            "picture as SVG": lambda: picture(found, [next(given)]),
            "picture as PNG": lambda: png_of(picture(found, ["57"])),
        },
        rounds=5,
    )
    base = taken["plain Decimal code"].seconds
    for name, timing in taken.items():
        print(
            f"evaluate: {name}: {base / timing.seconds:.3f}x plain Decimal code ({1 / timing.seconds:,.0f}/s)"
        )


def _scored(found: CriterionReading, value: Decimal) -> Decimal:
    score = found.score_at(value)
    assert score is not None
    assert score.is_certain
    return score.low


def _by_hand(value: Decimal) -> Decimal:
    """The same rule written out by somebody for this one sentence."""
    short = max(Decimal(60) - value, Decimal(0)) // 1
    points = max(Decimal(3) - short * Decimal("0.05"), Decimal(0))
    return points.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


if __name__ == "__main__":
    main()
