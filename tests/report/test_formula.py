"""Formulas give exactly the points of the exact arithmetic: in binary floating point and in LibreOffice."""

import random
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from hengliang.criteria.nodes import Criterion, Steps
from hengliang.criteria.variable import Kind, Variable
from hengliang.report.formula import answered, points_formula
from hengliang.report.formula_digits import Asked, FormulaError
from tests.report.formula_cases import Case, case_of, generated, sentences
from tests.report.office import convert, needs_office
from tests.report.sheet_arithmetic import calculate

SENTENCES = sentences()
VALUE = Variable(Kind.VALUE, "", "%")


def drawn(chance: random.Random, row: int) -> Case:
    tree = chance.choice(SENTENCES) if chance.random() < 0.4 else generated(chance)
    return case_of(tree, chance, row)


@settings(max_examples=1500, deadline=None)
@given(seed=st.integers(min_value=0, max_value=2**40))
def test_binary_floating_point_makes_no_difference(seed: int) -> None:
    case = drawn(random.Random(seed), 1)
    try:
        low, high = points_formula(case.tree, case.asked, case.scale, 2)
    except FormulaError:
        return
    assert calculate(low, case.cells) == float(case.low), (low, case.cells)
    assert calculate(high, case.cells) == float(case.high), (high, case.cells)


def test_few_formulas_are_refused() -> None:
    chance, refused = random.Random(7), 0
    for _ in range(500):
        case = drawn(chance, 1)
        try:
            points_formula(case.tree, case.asked, case.scale, 2)
        except FormulaError:
            refused += 1
    assert refused < 50


@pytest.mark.parametrize(
    ("value", "points"),
    [("90", "5.00"), ("89.95", "5.00"), ("89.9", "4.99"), ("89.7", "4.97"), ("89.4", "4.94"), ("80", "4.00")],
)
def test_edges_of_small_steps(value: str, points: str) -> None:
    # 90 - 89.7 is 0.2999999999999972 in binary floating point, and that ÷ 0.1 is less than 3.
    steps = Steps(VALUE, line=Fraction(90), way=-1, size=Fraction(1, 10), amounts=(Fraction(-1, 100),))
    tree = Criterion(Fraction(5), (steps,), high=Fraction(5))
    low, high = points_formula(tree, {VALUE: Asked("A1", known=Fraction(value))}, Fraction(1), 2)
    assert low == high
    assert calculate(low, {"A1": float(value)}) == float(points)
    assert "INT(90-A1" not in low


def test_figures_that_no_spreadsheet_holds_are_refused() -> None:
    steps = Steps(VALUE, line=Fraction(10**13), way=-1, size=Fraction(1, 1000), amounts=(Fraction(-1, 100),))
    tree = Criterion(Fraction(5), (steps,), high=Fraction(5))
    with pytest.raises(FormulaError):
        points_formula(tree, {VALUE: Asked("A1")}, Fraction(1), 2)


def test_what_is_not_stated_is_not_counted() -> None:
    steps = Steps(VALUE, line=Fraction(90), way=-1, amounts=(Fraction(-1),))
    tree = Criterion(Fraction(5), (steps,))
    assert answered(tree, {VALUE: Asked("A1")}) == "ISNUMBER(A1)"


class TestOffice:
    """LibreOffice counts thousands of rows."""

    pytestmark = needs_office

    def test_a_workbook_is_counted_without_a_difference(self, tmp_path: Path) -> None:
        chance = random.Random(20231231)
        book = Workbook()
        sheet = book.worksheets[0]
        wanted: list[tuple[Decimal, Decimal]] = []
        while len(wanted) < 6000:
            case = drawn(chance, len(wanted) + 1)
            try:
                formulas = points_formula(case.tree, case.asked, case.scale, 2)
            except FormulaError:
                continue
            for cell, value in case.cells.items():
                sheet[cell] = value
            assert len(case.cells) < 15
            for column, formula in zip("QR", formulas, strict=True):
                sheet[f"{column}{len(wanted) + 1}"] = f"={formula}"
            wanted.append((case.low, case.high))
        book.save(tmp_path / "book.xlsx")
        counted = load_workbook(convert(tmp_path / "book.xlsx", "xlsx"), data_only=True).worksheets[0]
        different = [
            (row, [counted[f"{column}{row}"].value for column in "QR"], both)
            for row, both in enumerate(wanted, start=1)
            if [counted[f"{column}{row}"].value for column in "QR"] != [float(points) for points in both]
        ]
        assert different == []
