"""A score as a spreadsheet formula that gives exactly the points of the exact arithmetic.

Spreadsheets count in binary floating point: 90 - 89.7 is 0.2999999999999972, so (90-89.7)/0.1 is not quite 3
and INT makes 2 of it. Here every number is held to a fixed count of decimals with ROUND before it is compared
or cut to whole steps, and the points are rounded half up as whole numbers:
ROUND(ROUND(points*10^12,0)/10^10,0)/100. That is exact as long as no two different results can lie closer
together than 10^-12, which is worked out from the figures of the sentence for every formula; where it does
not hold the formula is refused (`FormulaError`) and nothing is written that is nearly right.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from hengliang.base.unit import exact_decimal
from hengliang.criteria.curve import CurveError, Interval, Piece, flat
from hengliang.criteria.evaluate import curves_of
from hengliang.criteria.expression import Asked as Quantity
from hengliang.criteria.expression import Expression, Number
from hengliang.criteria.nodes import (
    OTHER,
    YES,
    Bands,
    Choice,
    Criterion,
    Formula,
    Gate,
    Option,
    Part,
    Share,
    Steps,
)
from hengliang.criteria.variable import Kind, Variable
from hengliang.report.formula_digits import Asked, Figures, FormulaError, collect, decimals, digits_of

LONGEST = 8000
"""Characters; a workbook allows 8192 in a formula."""
DEEPEST = 60
"""IFs inside each other; a workbook allows 64."""
YES_WORD, NO_WORD = "是", "否"
_DIGITS = 12
"""Decimals that points are held to before they are rounded; one more for few points."""
_FEW_POINTS = 20
_MOST_POINTS = 200
"""More points than these leave too few digits behind the point."""
_ZERO = Fraction(0)


def answered(tree: Criterion, cells: Mapping[Variable, Asked]) -> str:
    """The formula for whether every fact of `tree` is stated."""
    tests = [_is_stated(tree, variable, cells[variable]) for variable in tree.variables]
    return tests[0] if len(tests) == 1 else f"AND({','.join(tests)})"


def words_of(tree: Criterion, variable: Variable) -> tuple[str, ...]:
    """The words that answer a question for a grade, without the one for all others."""
    return tuple(
        word
        for option in _options(tree, variable)
        if option.label != OTHER
        for word in (option.label, *option.also)
    )


def points_formula(
    tree: Criterion, cells: Mapping[Variable, Asked], scale: Fraction, places: int
) -> tuple[str, str]:
    """The formulas for the least and the most points of `tree`, times `scale`, rounded half up to `places`.

    They are the same text where nothing is open. Raises FormulaError.
    """
    figures = Figures([], [], [], [], [])
    try:
        collect(tree, cells, figures)
    except (CurveError, TypeError) as error:
        raise FormulaError("a clause that is no curve of one cell") from error
    most = max((abs(points) for points in figures.divisors), default=_ZERO)
    if most > _MOST_POINTS:
        raise FormulaError("too many points for the decimals that are kept")
    kept = _DIGITS + (most <= _FEW_POINTS)
    digits = digits_of(figures, cells, scale, 10**kept)
    low, high = (_Writer(cells, digits, side).tree(tree) for side in (0, 1))
    return _rounded(low, scale, places, kept), _rounded(high, scale, places, kept)


def quoted(text: str) -> str:
    """A text as a formula has it."""
    return '"{}"'.format(text.replace('"', '""'))


def literal(number: Fraction) -> str:
    """A number as a formula has it; a share without end is a division."""
    exact = exact_decimal(number)
    if exact is None:
        return f"({number.numerator}/{number.denominator})"
    return f"{exact.normalize():f}"


def _rounded(raw: str, scale: Fraction, places: int, kept: int) -> str:
    if scale != 1:
        raw = f"({raw})*{scale.numerator}/{scale.denominator}"
    text = f"ROUND(ROUND(({raw})*10^{kept},0)/10^{kept - places},0)/10^{places}"
    if len(text) > LONGEST:
        raise FormulaError("the formula is too long")
    return text


def _options(tree: Criterion, variable: Variable) -> list[Option]:
    found = [
        option
        for part in (*tree.parts, *tree.gates)
        if isinstance(part, Choice | Gate) and part.variable == variable
        for option in part.options
    ]
    for section in tree.sections:
        found += _options(section, variable)
    return found


def _is_stated(tree: Criterion, variable: Variable, asked: Asked) -> str:
    if variable.is_number or asked.reach is not None:
        return f"ISNUMBER({asked.cell})"
    if variable.kind is Kind.MET:
        return f'OR({asked.cell}="{YES_WORD}",{asked.cell}="{NO_WORD}")'
    if any(option.label == OTHER for option in _options(tree, variable)):
        return f'{asked.cell}<>""'
    return f"OR({','.join(f'{asked.cell}={quoted(word)}' for word in words_of(tree, variable))})"


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes the least (`side` 0) or the most points of a tree."""

    cells: Mapping[Variable, Asked]
    digits: int
    side: int

    def tree(self, tree: Criterion) -> str:
        """The points of a tree before they are rounded."""
        if tree.sections:
            sections = [self.tree(section) for section in tree.sections]
            if tree.pick:
                return _clamped(f"{'MIN' if tree.pick == 'least' else 'MAX'}({','.join(sections)})", tree)
            return _clamped(_sum(sections), tree)
        base = [literal(tree.base)] if tree.base else []
        text = _clamped(_sum([*base, *(self.part(part) for part in tree.parts)]), tree)
        for gate in reversed(tree.gates):
            text = self.gate(gate, text)
        return text

    def part(self, part: Part) -> str:
        """What one part gives or takes."""
        if isinstance(part, Steps):
            return self.steps(part)
        if isinstance(part, Choice):
            return self.choice(part)
        if isinstance(part, Formula):
            return self.formula(part)
        assert isinstance(part, Bands | Share)
        return self.curve(part)

    def curve(self, part: Bands | Share) -> str:
        """Tiers and proportions: one IF for each piece, from the left to the right."""
        curves = curves_of(part)
        whole = (curves.high if self.side else curves.low).over(flat(_ZERO))
        pieces = _alike_joined(whole.pieces)
        asked = self.cells[part.variable]
        if len(pieces) > DEEPEST:
            raise FormulaError("there are too many tiers")
        text = self.piece(pieces[-1], asked)
        for piece in reversed(pieces[:-1]):
            high = piece.interval.high
            assert high is not None
            test = self.compared(asked, "<=" if piece.interval.high_closed else "<", high)
            text = f"IF({test},{self.piece(piece, asked)},{text})"
        return text

    def piece(self, piece: Piece, asked: Asked) -> str:
        """The points on one stretch of numbers."""
        if piece.stair is not None:
            raise FormulaError("a staircase among the tiers")
        if piece.inverse and asked.per:
            raise FormulaError("a share of a share")
        if piece.inverse:
            inverse = f"{literal(piece.inverse / asked.factor)}/{self.held(asked)}"
            return _sum([literal(piece.start), inverse]) if piece.start else inverse
        slope = piece.slope * asked.factor
        if not slope:
            return literal(piece.start)
        text = f"{literal(Fraction(slope.numerator))}*{self.held(asked)}"
        if asked.per:
            text = f"{text}/{asked.per}"
        if slope.denominator != 1:
            text = f"{text}/{slope.denominator}"
        return _sum([literal(piece.start), text]) if piece.start else text

    def steps(self, part: Steps) -> str:
        """Steps away from a line, each at its price, the last price for all that follow."""
        amounts = part.amounts or ()
        if not amounts:
            return "0"
        if len(amounts) > DEEPEST:
            raise FormulaError("there are too many prices")
        counted = self.count(part)
        if len(amounts) == 1:
            text = f"{literal(amounts[0])}*{counted}"
        else:
            each = [
                f"{literal(amount)}*MAX(0,MIN(1,{counted}-{index}))"
                for index, amount in enumerate(amounts[:-1])
            ]
            text = _sum([*each, f"{literal(amounts[-1])}*MAX(0,{counted}-{len(amounts) - 1})"])
        if part.most is None:
            return text
        most = literal(part.most)
        return f"MAX(-{most},{text})" if amounts[0] < 0 else f"MIN({most},{text})"

    def count(self, part: Steps) -> str:
        """How many steps: whole ones, begun ones, or in proportion."""
        asked = self.cells[part.variable]
        if asked.per:
            raise FormulaError("steps of a share")
        line, size = part.line / asked.factor, part.size / asked.factor
        number = self.number(asked)
        gap = number if not line and part.way > 0 else f"{number}-{literal(line)}"
        if part.way < 0:
            gap = f"{literal(line)}-{number}"
        if part.whole == "exact":
            return f"MAX(0,ROUND({gap},{self.digits})/{literal(size)})"
        steps = gap if size == 1 else f"({gap})/{literal(size)}"
        # Steps that are not whole are at least this far from a whole number.
        places = len(str((size * 10**self.digits).numerator))
        held = f"ROUND({steps},{places})"
        return f"MAX(0,INT({held}))" if part.whole == "full" else f"MAX(0,ROUNDUP({held},0))"

    def formula(self, part: Formula) -> str:
        """Arithmetic over several cells; where something is divided by 0 anything up to the points."""
        divisors: list[str] = []
        text = self.expression(part.expression, part, divisors)
        if not divisors:
            return f"({text})"
        tests = [f"{divisor}=0" for divisor in divisors]
        nothing = tests[0] if len(tests) == 1 else f"OR({','.join(tests)})"
        return f"IF({nothing},{literal(part.points) if self.side else '0'},{text})"

    def expression(self, expression: Expression, part: Formula, divisors: list[str]) -> str:
        """An expression; the cells that it divides by are added to `divisors`."""
        if isinstance(expression, Number):
            return f"({literal(expression.value)})" if expression.value < 0 else literal(expression.value)
        if isinstance(expression, Quantity):
            asked = self.cells[part.asked[expression.index]]
            if asked.per:
                raise FormulaError("a share in a formula")
            factor = asked.factor * expression.scale
            text = self.held(asked)
            text = text if factor.numerator == 1 else f"{text}*{factor.numerator}"
            return text if factor == 1 else f"({text}/{factor.denominator})"
        left = self.expression(expression.left, part, divisors)
        right = self.expression(expression.right, part, divisors)
        if expression.sign == "÷":
            if isinstance(expression.right, Quantity):
                divisors.append(right)
            elif not isinstance(expression.right, Number) or not expression.right.value:
                raise FormulaError("divided by more than one cell")
        sign = {"×": "*", "÷": "/"}.get(expression.sign, expression.sign)
        return f"({left}{sign}{right})"

    def choice(self, part: Choice) -> str:
        """Yes or no, or one of several words."""
        options = {option.label: option for option in part.options}
        if part.variable.kind is Kind.MET:
            yes, no = options[YES], next(option for option in part.options if option.label != YES)
            return f"IF({self.is_so(part.variable)},{self.points(yes)},{self.points(no)})"
        if len(part.options) > DEEPEST:
            raise FormulaError("there are too many words")
        named = [option for option in part.options if option.label != OTHER]
        rest = options.get(OTHER)
        text = self.points(rest) if rest is not None else self.points(named.pop())
        for option in reversed(named):
            text = f"IF({self.is_word(part.variable, option)},{self.points(option)},{text})"
        return text

    def gate(self, gate: Bands | Gate, rest: str) -> str:
        """The gate's own points where it is closed, else `rest`."""
        if isinstance(gate, Bands):
            asked = self.cells[gate.variable]
            for band in reversed(gate.bands):
                points = literal(band.high if self.side else band.low)
                rest = f"IF({self.within(band.interval, asked)},{points},{rest})"
            return rest
        for option in reversed(gate.options):
            if gate.variable.kind is Kind.MET:
                so = self.is_so(gate.variable)
                test = so if option.label == YES else f"NOT({so})"
            else:
                test = self.is_word(gate.variable, option)
            rest = f"IF({test},{self.points(option)},{rest})"
        return rest

    def points(self, option: Option) -> str:
        """The points beside a word."""
        return literal(option.high if self.side else option.low)

    def is_so(self, variable: Variable) -> str:
        """Whether a question is answered in the way that earns more."""
        asked = self.cells[variable]
        if asked.reach is not None:
            sign = {"≥": ">=", "≤": "<="}.get(asked.reach.operator, asked.reach.operator)
            return f"{self.held(asked)}{sign}{literal(asked.reach.target)}"
        return f'{asked.cell}="{NO_WORD if variable.event else YES_WORD}"'

    def is_word(self, variable: Variable, option: Option) -> str:
        """Whether the cell holds a word, or another one for the same."""
        cell = self.cells[variable].cell
        tests = [f"{cell}={quoted(word)}" for word in (option.label, *option.also)]
        return tests[0] if len(tests) == 1 else f"OR({','.join(tests)})"

    def within(self, interval: Interval, asked: Asked) -> str:
        """Whether the number lies in an interval."""
        tests: list[str] = []
        if interval.low is not None:
            tests.append(self.compared(asked, ">=" if interval.low_closed else ">", interval.low))
        if interval.high is not None:
            tests.append(self.compared(asked, "<=" if interval.high_closed else "<", interval.high))
        return tests[0] if len(tests) == 1 else f"AND({','.join(tests)})" if tests else "TRUE"

    def compared(self, asked: Asked, sign: str, number: Fraction) -> str:
        """The fact against a number: the cell against number ÷ factor, or, of a share, against that × per."""
        line = number / asked.factor
        if not asked.per:
            return f"{self.held(asked)}{sign}{literal(line)}"
        return f"{self.held(asked)}{sign}ROUND({literal(line)}*{asked.per},{self.digits + decimals(line)})"

    def number(self, asked: Asked) -> str:
        """The number before the factor, as it comes."""
        if asked.missing_of is None:
            return asked.cell
        return f"MAX(0,{literal(asked.missing_of)}-{asked.cell})"

    def held(self, asked: Asked) -> str:
        """The number before the factor, held to its decimals."""
        return f"ROUND({self.number(asked)},{self.digits})"


def _alike_joined(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces that touch, with neighbours of one function made one."""
    joined: list[Piece] = []
    for piece in pieces:
        if joined and _function(joined[-1]) == _function(piece):
            last, here = joined.pop().interval, piece.interval
            span = Interval(last.low, last.low_closed, here.high, here.high_closed)
            piece = Piece(span, piece.start, piece.slope, piece.stair, piece.inverse)
        joined.append(piece)
    return joined


def _function(piece: Piece) -> tuple[object, ...]:
    return (piece.start, piece.slope, piece.stair, piece.inverse)


def _clamped(text: str, tree: Criterion) -> str:
    if tree.high is not None:
        text = f"MIN({literal(tree.high)},{text})"
    return f"MAX({literal(tree.low)},{text})" if tree.low is not None else text


def _sum(terms: Iterable[str]) -> str:
    text = ""
    for term in terms:
        if not text:
            text = term
        elif term.startswith("-"):
            text = f"{text}{term}"
        else:
            text = f"{text}+{term}"
    return text or "0"
