"""Evaluation of trees that no short sentence shows."""

from fractions import Fraction

from hengliang.criteria.evaluate import curve_of, outcome
from hengliang.criteria.nodes import Criterion, Steps
from hengliang.criteria.variable import Kind, Variable

COUNT = Variable(Kind.COUNT, "事故", "起")


def test_the_floor_holds_without_a_cap() -> None:
    tree = Criterion(Fraction(3), (Steps(COUNT, line=Fraction(0), amounts=(Fraction(-2),)),), high=None)
    found = outcome(tree, {COUNT: Fraction(5)})
    assert (found.low, found.high, found.floored) == (0, 0, True)
    curves = curve_of(tree)
    assert curves is not None
    assert curves.low.at(Fraction(5)) == 0
