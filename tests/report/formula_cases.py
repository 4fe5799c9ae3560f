"""Many criteria with facts at and around all their edges, for the proof that formulas count exactly."""

import json
import random
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from hengliang.base.profile import load_profile
from hengliang.criteria.curve import Interval
from hengliang.criteria.evaluate import Fact, curves_of, outcome, rounded
from hengliang.criteria.nodes import NO, YES, Band, Bands, Choice, Criterion, Gate, Option, Share, Steps
from hengliang.criteria.read import read_criterion
from hengliang.criteria.variable import Kind, Variable
from hengliang.report.formula import words_of
from hengliang.report.formula_digits import Asked

VECTORS = Path(__file__).parent.parent / "samples" / "criteria" / "vectors.jsonl"


class Case(NamedTuple):
    """A criterion with one answer to all it asks: the cells, what stands in them, and the exact points."""

    tree: Criterion
    asked: dict[Variable, Asked]
    cells: dict[str, float | str]
    facts: dict[Variable, Fact]
    scale: Fraction
    low: Decimal
    high: Decimal


def sentences() -> list[Criterion]:
    """The trees of real sentences."""
    profile = load_profile("national-2015")
    trees: list[Criterion] = []
    for line in VECTORS.read_text(encoding="utf-8").splitlines():
        vector = json.loads(line)
        points = Decimal(vector["points"]) if vector.get("points") else None
        reading = read_criterion(
            vector["text"], points, vector.get("operator"), vector.get("target"), vector.get("unit"), profile
        )
        if reading.tree is not None:
            trees.append(reading.tree)
    return trees


def generated(chance: random.Random) -> Criterion:
    """A criterion with one to three parts and up to two variables, with the figures sentences hold."""
    variables = [
        Variable(chance.choice([Kind.VALUE, Kind.RATE, Kind.COUNT, Kind.RATIO]), name, "%") for name in "甲乙"
    ]
    full = Fraction(chance.randint(1, 20))
    parts = tuple(_part(chance, chance.choice(variables), full) for _ in range(chance.randint(1, 3)))
    base = (
        full
        if any(isinstance(part, Steps) and (part.amounts or (0,))[0] < 0 for part in parts)
        else Fraction(0)
    )
    gates = (_gate(chance, variables[0]),) if chance.random() < 0.2 else ()
    return Criterion(base, parts, gates, Fraction(0), full if chance.random() < 0.8 else None)


def _figure(chance: random.Random, most: int, places: int) -> Fraction:
    return Fraction(chance.randint(1, most * 10**places), 10**places)


def _part(chance: random.Random, variable: Variable, full: Fraction) -> Steps | Bands | Share | Choice:
    kind = chance.choice(["steps", "steps", "steps", "bands", "share", "met"])
    if kind == "met":
        zero = Fraction(0)
        met = Variable(Kind.MET, "丙", event=chance.random() < 0.5)
        lost = -_figure(chance, 5, 1)
        return (
            Choice(met, options=(_option(YES, zero), _option(NO, lost)))
            if chance.random() < 0.5
            else Choice(met, options=(_option(YES, full), _option(NO, zero)))
        )
    if kind == "steps":
        sign = chance.choice([-1, -1, -1, 1])
        count = chance.choice([1, 1, 1, 2, 4])
        return Steps(
            variable,
            line=chance.choice([Fraction(0), _figure(chance, 120, chance.randint(0, 2)), Fraction(100)]),
            way=chance.choice([-1, 1]),
            size=chance.choice([Fraction(1), Fraction(1, 10), _figure(chance, 5, 2), Fraction(5)]),
            amounts=tuple(sign * _figure(chance, 2, 2) for _ in range(count)),
            whole=chance.choice(["full", "started", "exact"]),
            most=full / 2 if chance.random() < 0.3 else None,
        )
    if kind == "bands":
        edges = sorted({_figure(chance, 110, chance.randint(0, 2)) for _ in range(chance.randint(1, 5))})
        return Bands(variable, bands=tuple(_bands(chance, edges, full)))
    less = chance.choice(["", "", "X2", "X3"])
    line = chance.choice([Fraction(60), Fraction(100), _figure(chance, 300, chance.randint(0, 2))])
    start = Fraction(chance.choice([0, 0, 6])) / 10 if not less else Fraction(0)
    return Share(variable, line=line, points=full, less=less, start=start)


def _option(label: str, points: Fraction) -> Option:
    return Option(label, points, points)


def _bands(chance: random.Random, edges: list[Fraction], full: Fraction) -> Iterator[Band]:
    closed = chance.random() < 0.5
    for index in range(len(edges) + 1):
        low = edges[index - 1] if index else None
        high = edges[index] if index < len(edges) else None
        if index and chance.random() < 0.1:
            continue
        most = full * index / len(edges)
        least = most / 2 if chance.random() < 0.1 else most
        yield Band(
            Interval(low, closed and low is not None, high, not closed and high is not None), least, most
        )


def _gate(chance: random.Random, variable: Variable) -> Bands | Gate:
    zero = Fraction(0)
    if chance.random() < 0.5:
        return Gate(Variable(Kind.MET, "丁", event=True), options=(_option(NO, zero),))
    edge = _figure(chance, 60, 1)
    return Bands(variable, bands=(Band(Interval(high=edge, high_closed=chance.random() < 0.5), zero, zero),))


def edges_of(tree: Criterion, variable: Variable) -> list[Fraction]:
    """Numbers at which something happens."""
    found: list[Fraction] = [Fraction(0), Fraction(100)]
    for section in tree.sections:
        found += edges_of(section, variable)
    for part in (*tree.parts, *tree.gates):
        if part.variable != variable:
            continue
        if isinstance(part, Steps):
            found += [part.line + part.way * part.size * step for step in (0, 1, 2, 3, 7, 10)]
        elif isinstance(part, Bands | Share):
            ends = [
                end
                for piece in curves_of(part).low.pieces
                for end in (piece.interval.low, piece.interval.high)
            ]
            found += [end for end in ends if end is not None]
    return found


def case_of(tree: Criterion, chance: random.Random, row: int) -> Case:
    """One answer to all that `tree` asks, in cells A, B, C … of `row`."""
    asked: dict[Variable, Asked] = {}
    cells: dict[str, float | str] = {}
    facts: dict[Variable, Fact] = {}
    for index, variable in enumerate(tree.variables):
        cell = f"{chr(65 + index)}{row}"
        if variable.kind is Kind.MET:
            word = chance.choice(["是", "否"])
            cells[cell] = word
            facts[variable] = YES if (word == "是") != variable.event else NO
            asked[variable] = Asked(cell)
        elif variable.kind is Kind.GRADE:
            word = chance.choice(words_of(tree, variable))
            cells[cell] = word
            facts[variable] = _label(tree, variable, word)
            asked[variable] = Asked(cell)
        else:
            asked[variable], cells[cell], facts[variable] = _number(tree, variable, chance, cell)
    scale = chance.choice([Fraction(1)] * 5 + [Fraction(4, 3), Fraction(11, 10)])
    found = outcome(tree, facts)
    return Case(tree, asked, cells, facts, scale, rounded(found.low * scale), rounded(found.high * scale))


def _label(tree: Criterion, variable: Variable, word: str) -> str:
    for part in (*tree.parts, *tree.gates):
        if isinstance(part, Choice | Gate) and part.variable == variable:
            for option in part.options:
                if word in (option.label, *option.also):
                    return option.label
    return next(label for section in tree.sections if (label := _label(section, variable, word)))


def _number(
    tree: Criterion, variable: Variable, chance: random.Random, cell: str
) -> tuple[Asked, float, Fraction]:
    edge = chance.choice(edges_of(tree, variable))
    off = Fraction(
        chance.choice([0, 0, 0, 1, -1, 5, -5, 123, -321, 10000, chance.randint(-5000, 5000)]), 1000
    )
    way = chance.choice(["plain", "plain", "share", "target", "missing"])
    if way == "share":
        number = Decimal(round(float(edge + off), 4)).quantize(Decimal("0.0001")) / 100
        return Asked(cell, Fraction(100), known=Fraction(number)), float(number), Fraction(number) * 100
    if way == "target":
        target = Fraction(chance.choice([7, 30, 60, 97, 12345, 20047]), chance.choice([1, 10]))
        number = Decimal(round(float((edge + off) * target / 100), 3)).quantize(Decimal("0.001"))
        factor = 100 / target
        return Asked(cell, factor, known=Fraction(number)), float(number), Fraction(number) * factor
    if way == "missing":
        target = Fraction(chance.choice([60, 100, 997]), chance.choice([1, 10]))
        number = Decimal(round(float(target - edge - off), 3)).quantize(Decimal("0.001"))
        fact = max(Fraction(0), target - Fraction(number))
        return Asked(cell, missing_of=target, known=Fraction(number)), float(number), fact
    number = Decimal(round(float(edge + off), 3)).quantize(Decimal("0.001"))
    return Asked(cell, known=Fraction(number)), float(number), Fraction(number)
