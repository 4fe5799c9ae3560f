"""The way back: every tree as one plain sentence, in Chinese that reads as the same curve, and in English."""

from decimal import Decimal
from fractions import Fraction

from hengliang.base.unit import Dimension, exact_decimal
from hengliang.criteria.curve import Interval
from hengliang.criteria.nodes import (
    NO,
    OTHER,
    YES,
    Band,
    Bands,
    Choice,
    Criterion,
    Formula,
    Gate,
    Node,
    Option,
    Share,
    Steps,
)
from hengliang.criteria.variable import Kind, Variable, dimension_of, is_percent

_PLACES = {
    divisor: next(places for places in range(5) if 10**places % divisor == 0)
    for divisor in range(1, 10_001)
    if 10_000 % divisor == 0
}
"""How many decimal places a fraction with so small a denominator needs."""


def number(value: Fraction) -> str:
    """`value` in figures without needless zeros; a share that has no end is cut after six places."""
    above, below = value.as_integer_ratio()
    places = _PLACES.get(below)
    if places is not None and above >= 0:
        if not places:
            return str(above)
        digits = str(above * (10**places // below)).zfill(places + 1)
        return f"{digits[:-places]}.{digits[-places:]}"
    exact = exact_decimal(value)
    if exact is None:
        exact = round(Decimal(value.numerator) / Decimal(value.denominator), 6)
    text = f"{exact:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def chinese(tree: Criterion) -> str:
    """The canonical Chinese sentence of `tree`."""
    if tree.pick:
        names = "、".join(variable.name for variable in tree.variables)
        return f"{names}中取{'最低' if tree.pick == 'least' else '最高'}分计分。"
    if tree.sections:
        return "；".join(_clauses(section, True) for section in tree.sections) + "。"
    return f"{_clauses(tree)}{_cap(tree)}{_rounding(tree)}。"


def _clauses(tree: Criterion, one_of_several: bool = False) -> str:
    loses = any(_loses(part) for part in tree.parts)
    clauses = [_part(part, tree, one_of_several or len(tree.parts) > 1) for part in tree.parts] + [
        _gate(gate, tree) for gate in tree.gates
    ]
    adds = any(isinstance(part, Steps) and not _loses(part) for part in tree.parts)
    only = tree.parts[0] if one_of_several and len(tree.parts) == 1 else None
    if isinstance(only, Steps) and only.line and loses and tree.base:
        # A section of its own names its points at the line that its steps begin at.
        unit, way = only.variable.unit, "大于等于" if only.way < 0 else "小于等于"
        reached = (
            f"{_name(only.variable)}{way}{number(only.line)}{_line_unit(unit)}的，得{number(tree.base)}分"
        )
        clauses.insert(0, reached)
        return "，".join(clauses[:2]) + "".join(f"；{clause}" for clause in clauses[2:])
    if (loses or adds) and tree.base:
        clauses.insert(0, f"基本分{number(tree.base)}分")
    return "；".join(clauses)


def _cap(tree: Criterion) -> str:
    loses = any(_loses(part) for part in tree.parts)
    if tree.high is None or (loses and tree.high == tree.base):
        return ""
    return f"；最高得{number(tree.high)}分"


def english(tree: Criterion) -> str:
    """The canonical English sentence of `tree`."""
    if tree.pick:
        names = ", ".join(variable.name for variable in tree.variables)
        return f"the {'lowest' if tree.pick == 'least' else 'highest'} of {names}."
    if tree.sections:
        return " ".join(english(section) for section in tree.sections)
    clauses = [_in_english(part, tree) for part in tree.parts]
    clauses += [f"nothing when {_met_in_english(gate)}" for gate in tree.gates]
    start = f"{number(tree.base)} points; " if tree.base else ""
    cap = "no upper limit" if tree.high is None else f"at most {number(tree.high)} points"
    return f"{start}{'; '.join(clauses)}; never below 0, {cap}."


def _loses(part: Node) -> bool:
    if isinstance(part, Steps):
        return part.amounts is None or part.amounts[0] < 0
    if isinstance(part, Bands):
        return any(band.low < 0 for band in part.bands)
    return isinstance(part, Choice) and any(option.low < 0 for option in part.options)


def _name(variable: Variable) -> str:
    return variable.name or ("指标值" if variable.kind is not Kind.RATIO else "完成率")


def _step_unit(unit: str) -> str:
    return "个百分点" if is_percent(unit) else unit


def _rounding(tree: Criterion) -> str:
    steps = [part for part in tree.parts if isinstance(part, Steps)]
    if not steps:
        return ""
    size = f"{number(steps[0].size)}{_step_unit(steps[0].variable.unit)}"
    said = {"full": "不予计算", "started": f"按{size}计算", "exact": "按比例计算"}[steps[0].whole]
    return f"；不足{size}的{said}"


def _points(verb: str, low: Fraction, high: Fraction) -> str:
    if low == high:
        return f"{verb}{number(low)}分"
    return f"{verb}{number(low)}至{number(high)}分"


def _place(band: Band) -> str:
    """第1至3名: a stretch of whole places or times."""
    low, high = band.interval.low or Fraction(1), band.interval.high
    if high is None:
        return f"第{number(low)}名及以后"
    return f"第{number(low)}名" if high == low + 1 else f"第{number(low)}至{number(high - 1)}名"


def _ranks(part: Bands) -> str:
    said: list[str] = []
    for band in part.bands:
        verb = "扣" if band.low < 0 else "得"
        low, high = (-band.high, -band.low) if band.low < 0 else (band.low, band.high)
        said.append(f"{_place(band)}" + (_points(verb, low, high) if high else "不得分"))
    return "；".join(said)


def _is_series(part: Steps) -> bool:
    return len(part.amounts or ()) > 1 and part.size == 1 and not part.line


def _series(part: Steps, closed: bool) -> str:
    """第1次扣1分；第2次及以后扣2分: steps that grow."""
    amounts, unit = part.amounts or (), part.variable.unit
    name = part.variable.name
    said: list[str] = []
    for index, amount in enumerate(amounts):
        onwards = "及以后" if index == len(amounts) - 1 and not closed else ""
        verb = "扣" if amount < 0 else "加"
        said.append(f"第{index + 1}{unit}{onwards}{name}{verb}{number(abs(amount))}分")
    most = "" if part.most is None else f"，最多扣{number(part.most)}分"
    return "；".join(said) + most


def _falling(part: Steps) -> str:
    """名次每超1名扣0.5分: what each place after the first costs."""
    amounts = part.amounts or (Fraction(0),)
    if len(amounts) == 1:
        return f"名次超过1名的，每超1名扣{number(-amounts[0])}分"
    each = "；".join(f"第{index + 2}名比前1名少{number(-amount)}分" for index, amount in enumerate(amounts))
    return f"{each}；以后每名再少{number(-amounts[-1])}分"


def is_places(part: Node) -> bool:
    """Whether `part` is a table of places."""
    return isinstance(part, Bands) and part.variable.unit == "名" and part.variable.name == "名次"


def _part(part: Node, tree: Criterion, several: bool) -> str:
    if isinstance(part, Steps):
        closed = any(gate.variable == part.variable for gate in tree.gates)
        return _series(part, closed) if _is_series(part) else _steps(part)
    if isinstance(part, Bands):
        if is_places(part):
            return _ranks(part)
        # Additions leave out the numbers that bring nothing; tiers name all numbers that can be.
        adds = tree.base > 0 or len(part.bands) == 1 or (part.bands[0].interval.low or 0) > 0
        return "；".join(_band(part.variable, band, adds) for band in part.bands)
    if isinstance(part, Share):
        return _share(part)
    if isinstance(part, Formula):
        return f"得分={part.text}"
    if isinstance(part, Choice):
        return _choice(part, tree.base, several)
    raise TypeError(type(part).__name__)


def _steps(part: Steps) -> str:
    unit = part.variable.unit
    size = f"{number(part.size)}{_step_unit(unit)}"
    amount = (part.amounts or (Fraction(0),))[-1]
    points = f"{'扣' if amount < 0 else '加'}{number(abs(amount))}分"
    most = "" if part.most is None else f"，最多扣{number(part.most)}分"
    if part.variable.kind is Kind.DELAY and not part.line:
        return f"{part.variable.name}每延迟{size}{points}{most}"
    if not part.line and part.way > 0:
        name = part.variable.name
        counted = dimension_of(unit) in (Dimension.COUNT, Dimension.DURATION)
        each = f"每有{size}" if counted and not is_percent(unit) else f"每超{size}"
        return f"{name}的，{each}{points}{most}" if name else f"{each}{points}{most}"
    if unit == "名" and part.line == 1 and part.way > 0:
        return _falling(part)
    line = f"{number(part.line)}{_line_unit(unit)}"
    if part.way < 0:
        return f"{_name(part.variable)}低于{line}的，每低{size}{points}{most}"
    return f"{_name(part.variable)}超过{line}的，每超{size}{points}{most}"


def _line_unit(unit: str) -> str:
    return "%" if is_percent(unit) else unit


def _within(interval: Interval, unit: str) -> str:
    unit = _line_unit(unit)
    if interval.low is not None and interval.low == interval.high:
        return f"等于{number(interval.low)}{unit}"
    said: list[str] = []
    if interval.low is not None:
        said.append(f"{'大于等于' if interval.low_closed else '大于'}{number(interval.low)}{unit}")
    if interval.high is not None:
        said.append(f"{'小于等于' if interval.high_closed else '小于'}{number(interval.high)}{unit}")
    return "且".join(said)


def _band(variable: Variable, band: Band, adds: bool) -> str:
    if variable.kind is Kind.DELAY and band.interval.high == 0 and band.low > 0:
        return "按时完成的，" + _points("得", band.low, band.high)
    if band.low != band.high and band.interval.low is not None and band.interval.low == band.interval.high:
        edge = f"{number(band.interval.low)}{_line_unit(variable.unit)}"
        where = f"{_name(variable)}大于等于{edge}且小于等于{edge}的，"
        return where + _points("加" if adds else "得", band.low, band.high)
    where = f"{_name(variable)}{_within(band.interval, variable.unit)}的，"
    if band.low < 0:
        return where + _points("扣", -band.high, -band.low)
    if not band.high:
        return where + ("不扣分" if adds else "不得分")
    return where + _points("加" if adds else "得", band.low, band.high)


def _share(part: Share) -> str:
    line = f"{number(part.line)}{_line_unit(part.variable.unit)}"
    points, name = number(part.points), _name(part.variable)
    if part.less:
        return f"{name}小于等于{line}的，得{points}分；大于{line}的，按比例扣分"
    if part.start:
        unit = _line_unit(part.variable.unit)
        begin = number(part.line * part.start)
        return (
            f"{name}大于等于{line}的，得{points}分；小于{begin}{unit}的，不得分；其间得分="
            f"（实际值－{begin}）÷（{number(part.line)}－{begin}）×{points}分"
        )
    return f"{name}大于等于{line}的，得{points}分；小于{line}的，按比例得分"


def _choice(part: Choice, base: Fraction, several: bool) -> str:
    options = {option.label: option for option in part.options}
    name = part.variable.name
    if part.variable.kind is Kind.MET:
        yes, no = options[YES], options[NO]
        if no.low < 0:
            return f"{name}的，{_points('扣', -no.high, -no.low)}"
        if base:
            return f"{name}的，{_points('加', yes.low, yes.high)}"
        if several and not no.high:
            return f"{name}的，{_points('得', yes.low, yes.high)}"
        return f"{name}的，{_points('得', yes.low, yes.high)}；否则{_points('得', no.low, no.high)}"
    named = [option for option in part.options if option.label != OTHER]
    if any(option.low < 0 for option in named):
        labels = "、".join(option.label for option in named)
        return f"{name}{labels}，分别扣{'、'.join(number(-option.low) for option in named)}分"
    clauses = [f"{option.label}的，{_points('得', option.low, option.high)}" for option in named]
    other = options.get(OTHER)
    return "；".join(clauses) + (f"；否则{_points('得', other.low, other.high)}" if other else "")


def _gate(gate: Bands | Gate, tree: Criterion) -> str:
    if isinstance(gate, Bands) and any(
        isinstance(part, Steps) and part.variable == gate.variable and _is_series(part) for part in tree.parts
    ):
        low = gate.bands[0].interval.low or Fraction(1)
        return f"第{number(low)}{gate.variable.unit}及以后{gate.variable.name}不得分"
    if isinstance(gate, Gate):
        return f"{gate.variable.name}的，不得分"
    if is_places(gate):
        return _ranks(gate)
    return "；".join(_band(gate.variable, band, False) for band in gate.bands)


def _in_english(part: Node, tree: Criterion) -> str:
    if isinstance(part, Steps):
        unit, amount = part.variable.unit, (part.amounts or (Fraction(0),))[-1]
        side = "below" if part.way < 0 else "above"
        kept = {"full": "whole steps only", "started": "a step begun counts", "exact": "in proportion"}[
            part.whole
        ]
        most = "" if part.most is None else f", {number(part.most)} at most"
        return (
            f"{number(abs(amount))} points {'off' if amount < 0 else 'more'} for each "
            f"{number(part.size)} {unit} {side} {number(part.line)} {unit} ({kept}{most})"
        )
    if isinstance(part, Bands):
        unit = _line_unit(part.variable.unit)
        return ", ".join(
            f"{_span_in_english(band.low, band.high)} for {_interval_in_english(band.interval)} {unit}"
            for band in part.bands
        )
    if isinstance(part, Share):
        way = "less is better" if part.less else "more is better"
        if part.start:
            way += f", nothing below {number(part.line * part.start)} {part.variable.unit}"
        return (
            f"in proportion, {number(part.points)} points at {number(part.line)} {part.variable.unit} ({way})"
        )
    if isinstance(part, Formula):
        return f"points = {part.text}"
    if isinstance(part, Choice):
        return ", ".join(
            f"{_span_in_english(option.low, option.high)} for {_option_in_english(option)}"
            for option in part.options
        )
    raise TypeError(type(part).__name__)


def _option_in_english(option: Option) -> str:
    return {YES: "yes", NO: "no", OTHER: "anything else"}.get(option.label, option.label)


def _span_in_english(low: Fraction, high: Fraction) -> str:
    return f"{number(low)} points" if low == high else f"{number(low)} to {number(high)} points"


def _interval_in_english(interval: Interval) -> str:
    left = "" if interval.low is None else f"{number(interval.low)} {'≤' if interval.low_closed else '<'} "
    right = (
        "" if interval.high is None else f" {'≤' if interval.high_closed else '<'} {number(interval.high)}"
    )
    return f"{left}value{right}"


def _met_in_english(gate: Bands | Gate) -> str:
    if isinstance(gate, Gate):
        return f"“{gate.variable.name}” is so"
    return " or ".join(_interval_in_english(band.interval) for band in gate.bands)
