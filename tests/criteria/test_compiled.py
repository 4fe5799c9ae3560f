"""A tree made ready scores as the tree does, to the last digit, and gives the same reasons."""

import random
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from hengliang.criteria.compiled import Given, compiled
from hengliang.criteria.evaluate import Fact, outcome, rounded
from hengliang.criteria.explain import steps_of
from hengliang.criteria.nodes import NO, YES, Choice, Criterion, Gate
from hengliang.criteria.variable import Variable
from tests.report.formula_cases import generated, sentences

REAL = sentences()


def facts_for(tree: Criterion, chance: random.Random) -> dict[Variable, Fact]:
    """An answer to all that a tree asks: on its edges as often as anywhere."""
    found: dict[Variable, Fact] = {}
    for variable in tree.variables:
        if variable.is_number:
            whole = Fraction(chance.randint(0, 2400), chance.choice([1, 10, 20, 100]))
            found[variable] = chance.choice([whole, Fraction(chance.randint(0, 120)), Fraction(1, 3)])
            continue
        labels = [YES, NO]
        for part in (*tree.parts, *tree.gates):
            if isinstance(part, Choice | Gate) and part.variable == variable:
                labels = [option.label for option in part.options]
        found[variable] = chance.choice(labels)
    return found


def check(tree: Criterion, chance: random.Random) -> bool:
    """Whether the tree could be made ready; fails where it scores otherwise."""
    ready = compiled(tree)
    if ready is None:
        return False
    for _ in range(10):
        facts = facts_for(tree, chance)
        expected = outcome(tree, facts)
        given_facts: list[Given] = [facts[variable] for variable in tree.variables]
        found = ready.score(given_facts)
        assert (found.low, found.high) == (rounded(expected.low), rounded(expected.high))
        assert found.outcome == expected
        assert found.steps == steps_of(expected)
    return True


@given(st.integers(0, 2**32))
def test_generated_trees(seed: int) -> None:
    chance = random.Random(seed)
    check(generated(chance), chance)


def test_real_sentences() -> None:
    chance = random.Random(7)
    ready = sum(check(tree, chance) for tree in REAL)
    assert ready > len(REAL) * 3 // 4
