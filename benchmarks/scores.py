"""How fast records are scored by one sentence, against rule engines and plain Python in the same run.

    python -m benchmarks.scores

The sentence is 每降低0.1%扣0.05分 for an indicator of 5 points at 100 %; the records are rates with one
decimal. Each way is checked first against the exact tree: how many of the points it gets wrong stands beside
its speed. The rule engines leave the reason to the caller; they are measured when they are installed
(`pip install zen-engine common-expression-language`).
"""

import importlib
import platform
from collections.abc import Callable, Sequence
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Any

from benchmarks.pairs import in_turn
from hengliang.base.profile import load_profile
from hengliang.criteria.compiled import compiled
from hengliang.criteria.evaluate import outcome, rounded
from hengliang.criteria.read import read_criterion

RECORDS = [Decimal(tenths) / 10 for tenths in range(1100)]
Scorer = Callable[[Decimal], Decimal]


def main() -> None:
    """Measures every way that is at hand and prints one line for each."""
    print(f"Python {platform.python_version()}, {platform.machine()}, {len(RECORDS)} records")
    profile = load_profile("national-2015")
    reading = read_criterion("每降低0.1%扣0.05分", Decimal(5), "≥", "100", "%", profile)
    assert reading.tree is not None
    tree, (variable,) = reading.tree, reading.tree.variables
    from fractions import Fraction

    exact = [rounded(outcome(tree, {variable: Fraction(rate)}).low) for rate in RECORDS]
    ready = compiled(tree)
    assert ready is not None
    ways: dict[str, Scorer] = {
        "plain Decimal": _plain,
        "points with effects": lambda rate: ready.score((rate,)).low,
        "points with the reason in words": lambda rate: _said(ready.score((rate,))),
        "the tree itself": lambda rate: rounded(outcome(tree, {variable: Fraction(rate)}).low),
        **_engines(),
    }
    wrong = {
        name: sum(way(rate) != points for rate, points in zip(RECORDS, exact, strict=True))
        for name, way in ways.items()
    }
    assert not any(wrong[name] for name in list(ways)[:4]), wrong
    taken = in_turn({name: _all_of(way, RECORDS) for name, way in ways.items()}, rounds=7)
    base = taken["plain Decimal"].seconds
    for name, timing in taken.items():
        speed = len(RECORDS) / timing.seconds
        print(
            f"{name}: {base / timing.seconds:.2f}x plain Decimal ({speed:,.0f} scores/s), {wrong[name]} wrong"
        )


def _all_of(way: Scorer, records: Sequence[Decimal]) -> Callable[[], object]:
    return lambda: [way(rate) for rate in records]


def _plain(rate: Decimal) -> Decimal:
    """What a programmer writes for this one sentence."""
    gap = (max(Decimal(0), 100 - rate) / Decimal("0.1")).to_integral_value(ROUND_FLOOR)
    return max(Decimal(0), 5 - gap * Decimal("0.05")).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _said(scored: Any) -> Decimal:
    assert all(step.text for step in scored.steps)
    return scored.low


def _engines() -> dict[str, Scorer]:
    """The rule engines that are installed, with the same rule."""
    found: dict[str, Scorer] = {}
    zen = _module("zen")
    if zen is not None:
        expression = zen.compile_expression("max([0, 5 - floor(max([0, 100 - rate]) / 0.1) * 0.05])")
        found["zen-engine, compiled"] = lambda rate: Decimal(
            str(expression.evaluate({"rate": float(rate)}))
        ).quantize(Decimal("0.01"), ROUND_HALF_UP)
        decision = zen.ZenEngine().create_decision(_DECISION)
        found["zen-engine, with trace"] = lambda rate: Decimal(
            str(decision.evaluate({"rate": float(rate)}, {"trace": True})["result"]["points"])
        ).quantize(Decimal("0.01"), ROUND_HALF_UP)
    cel = _module("cel")
    if cel is not None:
        program = cel.compile(
            "rate >= 100.0 ? 5.0 : (rate <= 90.0 ? 0.0 : 5.0 - double(int((100.0 - rate) / 0.1)) * 0.05)"
        )
        found["common-expression-language"] = lambda rate: Decimal(
            str(program.execute({"rate": float(rate)}))
        ).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return found


_DECISION = """{"contentType": "application/vnd.gorules.decision", "nodes": [
  {"id": "in", "type": "inputNode", "name": "in", "position": {"x": 0, "y": 0}},
  {"id": "e", "type": "expressionNode", "name": "e", "position": {"x": 1, "y": 0},
   "content": {"expressions": [
    {"id": "1", "key": "points", "value": "max([0, 5 - floor(max([0, 100 - rate]) / 0.1) * 0.05])"}]}},
  {"id": "out", "type": "outputNode", "name": "out", "position": {"x": 2, "y": 0}}],
 "edges": [{"id": "a", "sourceId": "in", "targetId": "e", "type": "edge"},
           {"id": "b", "sourceId": "e", "targetId": "out", "type": "edge"}]}"""


def _module(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


if __name__ == "__main__":
    main()
