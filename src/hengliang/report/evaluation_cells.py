"""What stands in the computed cells of a self-evaluation workbook: formulas, the facts they ask for, and the
values they have now.

Two worksheets take part: the table with actual values and scores, and the explanation with one line for each
fact. A row whose score cannot be put into a formula keeps its value, and says why.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from hengliang.base.message import Message, message
from hengliang.base.profile import Profile
from hengliang.criteria.evaluate import Fact, outcome
from hengliang.criteria.methods import MethodError, method_curve
from hengliang.criteria.nodes import YES, Criterion
from hengliang.criteria.read import rounded
from hengliang.criteria.variable import Kind, Variable
from hengliang.report.answers import ActualValue, actual_value, linked
from hengliang.report.formula import (
    NO_WORD,
    YES_WORD,
    answered,
    literal,
    points_formula,
    quoted,
    words_of,
)
from hengliang.report.formula_digits import Asked, FormulaError
from hengliang.score.sheet import ExecutionScore, RowScore, State


class FactCell(NamedTuple):
    """A cell on the sheet of explanations that answers a question of a sentence.

    `variable` is None for points that somebody has to give. `linked` is the formula that takes the fact from
    the actual cell; None for a cell to fill in.
    """

    variable: Variable | None
    cell: str
    value: Fraction | str | None
    linked: str | None
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowCells:
    """What a row of the table computes."""

    low: str
    high: str
    """Formulas without the leading =; the same text where nothing can be open."""
    answered: str
    """The formula for whether all that is asked is stated; "" where nothing can be stated."""
    facts: tuple[FactCell, ...]
    is_live: bool
    """Whether a changed actual or fact changes the points."""
    sure: str = ""
    """The formula for the points once all is stated, where these are one number whatever is stated."""
    note: Message | None = None
    """Why there is no formula."""


def row_cells(row: RowScore, actual_cell: str, table: str, fact_cells: Iterator[str]) -> RowCells:
    """What the row computes. `table` is the name of the sheet with the actual cell; `fact_cells` hands out
    cells of the other sheet, one for each fact.
    """
    places = _places(row)
    weight = row.weight or Decimal(0)
    if row.state in (State.NOT_APPLICABLE, State.NO_POINTS):
        return RowCells("", "", "", (), False)
    if row.tree is None:
        return _judged(row, weight, next(fact_cells), places)
    asked, facts = _facts(row.tree, row, actual_cell, table, fact_cells)
    scale = Fraction(weight) / Fraction(row.points) if row.points else Fraction(1)
    try:
        _check(row, scale, places)
        low, high = points_formula(row.tree, asked, scale, places)
    except FormulaError:
        low = high = ""
    if not low:
        note = message("these points stand as a value: no formula of a spreadsheet gives them exactly")
        least, most = (
            (row.low, row.high) if row.low is not None and row.high is not None else (Decimal(0), weight)
        )
        return RowCells(_number(least), _number(most), "", facts, False, note=note)
    stated = answered(row.tree, asked)
    else_low, else_high = _unanswered(row, row.tree, facts, weight)
    sure = low if low == high else ""
    texts = (f"IF({stated},{low},{else_low})", f"IF({stated},{high},{else_high})")
    return RowCells(*texts, stated, facts, True, sure)


def _places(row: RowScore) -> int:
    number = row.low if row.low is not None else row.weight
    return max(0, -int(number.as_tuple().exponent)) if number is not None else 2


def _judged(row: RowScore, weight: Decimal, cell: str, places: int) -> RowCells:
    """Points that somebody has to give, between none and all; where the sentence leaves them to a person."""
    given = f"ROUND(MAX(0,MIN({_number(weight)},{cell})),{places})"
    least, most = (
        (row.low, row.high) if row.low is not None and row.high is not None else (Decimal(0), weight)
    )
    fact = FactCell(None, cell, None, None)
    if least == most:
        note = message("these points stand as a value: they follow from no single fact")
        return RowCells(_number(least), _number(most), "", (), False, note=note)
    stated = f"ISNUMBER({cell})"
    return RowCells(
        f"IF({stated},{given},{_number(least)})",
        f"IF({stated},{given},{_number(most)})",
        stated,
        (fact,),
        True,
    )


def _check(row: RowScore, scale: Fraction, places: int) -> None:
    """The tree with its facts gives the points of the row. Raises FormulaError."""
    if row.tree is None or any(variable not in row.facts for variable in row.tree.variables):
        return
    found = outcome(row.tree, row.facts)
    if (rounded(found.low * scale, places), rounded(found.high * scale, places)) != (row.low, row.high):
        raise FormulaError("the points come from more than the sentence")


def _facts(
    tree: Criterion, row: RowScore, actual_cell: str, table: str, fact_cells: Iterator[str]
) -> tuple[dict[Variable, Asked], tuple[FactCell, ...]]:
    actual = actual_value(row)
    links = linked(tree, row, actual, actual_cell)
    asked: dict[Variable, Asked] = {}
    facts: list[FactCell] = []
    for variable in tree.variables:
        cell, fact = next(fact_cells), row.facts.get(variable)
        words = _words(tree, variable)
        if variable in links:
            asked[variable] = links[variable]
            there = replace(links[variable], cell=f"'{table}'!{actual_cell}")
            shown = _link_formula(variable, there, actual)
            facts.append(FactCell(variable, cell, _stated(variable, fact), shown, words))
            continue
        known = fact if isinstance(fact, Fraction) else Fraction(0)
        asked[variable] = Asked(cell, known=known)
        facts.append(FactCell(variable, cell, _stated(variable, fact), None, words))
    return asked, tuple(facts)


def _words(tree: Criterion, variable: Variable) -> tuple[str, ...]:
    if variable.kind is Kind.MET:
        return YES_WORD, NO_WORD
    return words_of(tree, variable) if variable.kind is Kind.GRADE else ()


def _stated(variable: Variable, fact: Fact | None) -> Fraction | str | None:
    """A fact as people answer the question: 是 to 发生事故 is the state that earns less."""
    if variable.kind is not Kind.MET or fact is None:
        return fact
    return YES_WORD if (fact == YES) != variable.event else NO_WORD


def _link_formula(variable: Variable, asked: Asked, actual: ActualValue) -> str:
    """How the fact follows from the actual cell, to be read."""
    blank = f'IF(ISNUMBER({asked.cell}),{{}},"")'
    if asked.reach is not None:
        sign = {"≥": ">=", "≤": "<="}.get(asked.reach.operator, asked.reach.operator)
        yes, no = (NO_WORD, YES_WORD) if variable.event else (YES_WORD, NO_WORD)
        test = f"ROUND({asked.cell},9){sign}{literal(asked.reach.target)}"
        return blank.format(f"IF({test},{quoted(yes)},{quoted(no)})")
    if actual.words:
        return f'{asked.cell}&""'
    number = asked.cell
    if asked.missing_of is not None:
        number = f"MAX(0,{literal(asked.missing_of)}-{number})"
    factor = "" if asked.factor == 1 else f"*{literal(asked.factor)}"
    return blank.format(f"ROUND({number}{factor},6)")


def _unanswered(
    row: RowScore, tree: Criterion, facts: Sequence[FactCell], weight: Decimal
) -> tuple[str, str]:
    """The bounds while something is not stated: those of the sheet, as long as nothing else has changed."""
    if row.low is None or row.high is None or all(variable in row.facts for variable in tree.variables):
        return "0", _number(weight)
    tests: list[str] = []
    for fact in facts:
        if fact.value is None:
            tests.append(f'{fact.cell}=""')
        elif isinstance(fact.value, str):
            tests.append(f"{fact.cell}={quoted(fact.value)}")
        else:
            tests.append(f"ROUND({fact.cell},6)=ROUND({literal(fact.value)},6)")
    unchanged = f"AND({','.join(tests)})"
    return f"IF({unchanged},{_number(row.low)},0)", f"IF({unchanged},{_number(row.high)},{_number(weight)})"


def execution_cells(
    execution: ExecutionScore, budget: str, executed: str, profile: Profile
) -> RowCells | None:
    """What the execution of the budget computes from two cells; None where no formula is exact."""
    places = max(0, -int(execution.low.as_tuple().exponent)) if execution.low is not None else 2
    try:
        method = method_curve(execution.method, execution.points, None, None, "%", profile)
    except MethodError:
        return None
    asked = Asked(
        executed, Fraction(100), known=Fraction(execution.executed or 0), per=budget,
        known_per=Fraction(execution.budget or 1),
    )  # fmt: skip
    cells: Mapping[Variable, Asked] = dict.fromkeys(method.variables, asked)
    try:
        low, high = points_formula(method.tree, cells, Fraction(1), places)
    except FormulaError:
        return None
    stated = f"AND(ISNUMBER({budget}),ISNUMBER({executed}))"
    low, high = (f"IF({budget}=0,0,{text})" for text in (low, high))
    full = _number(execution.points)
    sure = low if low == high else ""
    return RowCells(f"IF({stated},{low},0)", f"IF({stated},{high},{full})", stated, (), True, sure)


def grade_formula(
    total: str, of: Decimal, full: Decimal, grades: Sequence[tuple[str, Decimal]], places: int
) -> str:
    """The grade of the total in the cell `total`, held against the lines in points of `full`."""
    held = total
    if of != full:
        share = Fraction(full) / Fraction(of)
        ratio = f"{total}*{literal(Fraction(share.numerator))}/{share.denominator}"
        held = f"ROUND(ROUND({ratio}*10^10,0)/10^{10 - places},0)/10^{places}"
    text = quoted(grades[-1][0])
    for name, line in reversed(grades[:-1]):
        text = f"IF({held}>={_number(line)},{quoted(name)},{text})"
    return text


def _number(number: Decimal) -> str:
    return literal(Fraction(number))
