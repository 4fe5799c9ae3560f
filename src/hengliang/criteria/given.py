"""What somebody states (95, 是, 蓝灯, or an object of named facts) is matched to what a sentence asks."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import permutations, product

from hengliang.base.message import Message, message
from hengliang.base.number import read_quantity
from hengliang.criteria.evaluate import Fact, outcome
from hengliang.criteria.fact_names import names_of
from hengliang.criteria.nodes import NO, OTHER, YES, Bands, Choice, Criterion, Gate
from hengliang.criteria.variable import Kind, Variable, delay, is_percent
from hengliang.criteria.wording import is_negative

Given = str | int | Decimal | Fraction | bool | date | Mapping[str, "Given"]


class GivenError(ValueError):
    """What is stated does not answer what the sentence asks; `reason` says why."""

    def __init__(self, reason: Message) -> None:
        super().__init__(str(reason))
        self.reason = reason


def facts_of(tree: Criterion, given: Given) -> dict[Variable, Fact]:
    """The facts that `given` states, one for each variable of `tree`. Raises GivenError."""
    variables = tree.variables
    if isinstance(given, Mapping):
        dates = _dates(given)
        if len(variables) == 1 and dates is not None:
            late = delay(*dates, variables[0].unit) if variables[0].kind is Kind.DELAY else None
            if late is None:
                raise GivenError(message("the time between two dates is not what this sentence asks for"))
            return {variables[0]: late}
        if len(variables) == 1 and variables[0].ratio is not None and len(given) == 2:
            return {variables[0]: _ratio(variables[0].ratio, given)}
        return _named(tree, variables, given)
    if len(variables) == 1:
        return {variables[0]: fact_of(tree, variables[0], given)}
    word = _single_word(tree, variables, given) or _all_at_once(tree, variables, given)
    if word is not None:
        return word
    raise GivenError(
        message(
            "the sentence asks for several facts: {names}",
            names=names_of(variables),
        )
    )


def _ratio(names: tuple[str, str], given: Mapping[str, Given]) -> Fraction:
    """A rate in percent from what is divided by what."""
    sides = tuple(Variable(Kind.VALUE, name) for name in names)
    chosen = _matched(sides, [*given])
    numbers = [_number(str(given[key]).strip(), side) for key, side in zip(chosen or (), sides, strict=False)]
    if len(numbers) != 2 or numbers[0] is None or numbers[1] is None:
        raise GivenError(
            message("it is not certain which fact is which; the names are: {names}", names=names)
        )
    if not numbers[1]:
        raise GivenError(message("nothing can be divided by 0: the rate does not exist"))
    return numbers[0] / numbers[1] * 100


_DUE, _DONE = ("应完成", "期限", "due"), ("完成", "实际完成", "done")


def _dates(given: Mapping[str, Given]) -> tuple[date, date] | None:
    due = next((given[key] for key in _DUE if key in given), None)
    done = next((given[key] for key in _DONE if key in given), None)
    if due is None or done is None:
        return None
    try:
        return _date(due), _date(done)
    except ValueError:
        return None


def _date(value: Given) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))


_YES = frozenset(("是", "有", "已完成", "完成", "达标", "合格", "yes", "true", "True", "y"))
_NO = frozenset(("否", "无", "没有", "未完成", "不达标", "不合格", "no", "false", "False", "n"))


def fact_of(tree: Criterion, variable: Variable, given: Given) -> Fact:
    """One stated fact as `variable` takes it. Raises GivenError."""
    if isinstance(given, bool):
        given = YES if given else NO
    text = str(given).strip()
    if variable.is_number:
        number = number_of(text, variable)
        if number.denominator > 1 and _is_named_singly(tree, variable):
            raise GivenError(message("“{given}” is no whole number, and only such are named", given=text))
        return number
    if variable.kind is Kind.MET:
        return met_of(text, variable)
    return _label(tree, variable, text)


def _is_named_singly(tree: Criterion, variable: Variable) -> bool:
    """Whether single counts are named, 延迟1个月扣1分，延迟2个月扣2分, between which nothing is said."""
    if variable.kind not in (Kind.COUNT, Kind.DELAY):
        return False
    single = any(
        band.interval.low == band.interval.high
        for part in (*tree.parts, *tree.gates)
        if isinstance(part, Bands) and part.variable == variable
        for band in part.bands
        if band.interval.low
    )
    return single or any(_is_named_singly(section, variable) for section in tree.sections)


def number_of(given: Given, variable: Variable) -> Fraction:
    """One stated number in the unit of `variable`. Raises GivenError."""
    text = str(given).strip()
    number = _number(text, variable)
    if number is None and _RATIO.fullmatch(text):
        # What a measurement gives where the decimals have no end: 200/3.
        number = Fraction(text)
    if number is None:
        raise GivenError(message("“{given}” is no number", given=text))
    return number


_RATIO = re.compile(r"-?\d{1,30}/[1-9]\d{0,29}")


def met_of(given: Given, variable: Variable) -> str:
    """A stated yes or no: 是 for the state that earns more. Raises GivenError.

    Where the words mean the target of the indicator its value answers too.
    """
    if isinstance(given, bool):
        given = YES if given else NO
    text = str(given).strip()
    number = _number(text, variable) if variable.reach is not None else None
    if number is not None and variable.reach is not None:
        return YES if variable.reach.holds(number) else NO
    if text in _YES:
        return YES
    if text in _NO:
        return NO
    raise GivenError(message("“{given}” is neither yes nor no", given=text))


def _number(text: str, variable: Variable) -> Fraction | None:
    quantity = read_quantity(text)
    if quantity is None:
        return None
    if (
        quantity.unit
        and variable.unit
        and quantity.unit != variable.unit
        and not (is_percent(quantity.unit) and is_percent(variable.unit))
    ):
        raise GivenError(message("{given} is not in {unit}", given=text, unit=variable.unit))
    return Fraction(quantity.number)


def _label(tree: Criterion, variable: Variable, text: str) -> str:
    labels = [
        option.label
        for part in (*tree.parts, *tree.gates)
        if isinstance(part, Choice | Gate) and part.variable == variable
        for option in part.options
    ]
    for section in tree.sections:
        if variable in section.variables:
            return _label(section, variable, text)
    if text in labels:
        return text
    same = {
        option.label
        for part in (*tree.parts, *tree.gates)
        if isinstance(part, Choice | Gate) and part.variable == variable
        for option in part.options
        if text in option.also
    }
    if len(same) == 1:
        return same.pop()
    close = [
        label
        for label in labels
        if label != OTHER and (label in text or text in label) and is_negative(label) == is_negative(text)
    ]
    heard = bool(close)
    if len(close) > 1:
        # 显著 beside 社会效益显著 and 较显著: words before it that say what it is, not how much of it.
        ends = [label for label in close if label.endswith(text) and not _DEGREE.search(label[: -len(text)])]
        close = ends or [label for label in close if label.startswith(text)]
    if len(close) == 1:
        return close[0]
    if OTHER in labels and not heard:
        return OTHER
    raise GivenError(message("“{given}” is none of: {labels}", given=text, labels=tuple(labels)))


_DEGREE = re.compile("(?:较|不|很|比较|基本|部分|未|欠|稍|略|最|非常|特别|十分|一般)为?$")


def _single_word(
    tree: Criterion, variables: tuple[Variable, ...], given: Given
) -> dict[Variable, Fact] | None:
    """One word for several yes/no questions that exclude each other: 红灯 of 亮红灯扣1分，蓝灯扣0.5分."""
    text = str(given).strip()
    if any(variable.kind is not Kind.MET or not variable.event for variable in variables):
        return None
    if text in _YES | _NO or not text:
        return None
    hits = [variable for variable in variables if text in variable.name or variable.name in text]
    hits = [variable for variable in hits if is_negative(variable.name) == is_negative(text)]
    if len(hits) > 1:
        return None
    if not hits and not any(set(variable.name) & set(text) for variable in variables):
        return None
    return {variable: NO if variable in hits else YES for variable in variables}


_MOST_QUESTIONS = 4


def _all_at_once(
    tree: Criterion, variables: tuple[Variable, ...], given: Given
) -> dict[Variable, Fact] | None:
    """One 是 or 否 for several questions: 是 is all well; 否 only where each of them comes to the same."""
    text = str(given).strip() if not isinstance(given, bool) else YES if given else NO
    if text not in (YES, NO) or len(variables) > _MOST_QUESTIONS:
        return None
    if any(variable.kind is not Kind.MET for variable in variables):
        return None
    if text == YES:
        return dict.fromkeys(variables, YES)
    cases = [dict(zip(variables, case, strict=True)) for case in product((YES, NO), repeat=len(variables))]
    failed = [case for case in cases if NO in case.values()]
    if len({(found.low, found.high) for found in (outcome(tree, case) for case in failed)}) > 1:
        return None
    return dict(failed[0])


def _named(
    tree: Criterion, variables: tuple[Variable, ...], given: Mapping[str, Given]
) -> dict[Variable, Fact]:
    if len(variables) != len(given):
        raise GivenError(
            message(
                "the sentence asks for {count} facts: {names}",
                count=len(variables),
                names=names_of(variables),
            )
        )
    keys = [*given]
    chosen = _matched(variables, keys)
    if chosen is None:
        raise GivenError(
            message(
                "it is not certain which fact is which; the names are: {names}",
                names=names_of(variables),
            )
        )
    return {
        variable: _polar(tree, variable, key, given[key])
        for variable, key in zip(variables, chosen, strict=True)
    }


_MOST_NAMES = 6


def _matched(variables: tuple[Variable, ...], keys: list[str]) -> list[str] | None:
    """The keys in the order of the variables, when one order fits clearly better than any other."""
    if len(keys) == 1:
        return keys
    if len(keys) > _MOST_NAMES:
        return None
    scores = {(variable.name, key): _likeness(variable.name, key) for variable in variables for key in keys}
    ranked = sorted(
        (
            (sum(scores[variable.name, key] for variable, key in zip(variables, order, strict=True)), order)
            for order in permutations(keys)
        ),
        key=lambda pair: pair[0],
        reverse=True,
    )
    best, second = ranked[0], ranked[1]
    return [*best[1]] if best[0] > second[0] + Fraction(1, 50) else None


def _likeness(name: str, key: str) -> Fraction:
    """How many pairs and characters two names share."""
    mine, other = _grams(name), _grams(key)
    return Fraction(2 * len(mine & other), max(1, len(mine) + len(other)))


def _grams(text: str) -> set[str]:
    plain = "".join(char for char in text if char.isalnum())
    return {*plain, *(plain[at : at + 2] for at in range(len(plain) - 1))}


def _polar(tree: Criterion, variable: Variable, key: str, value: Given) -> Fact:
    """是 beside a name that says the opposite of the sentence (列入预算 for 未列入预算) is turned round.

    A count says how often it was so: 0 is 否.
    """
    if variable.kind is Kind.MET and variable.reach is None:
        number = _number(str(value).strip(), variable)
        value = value if number is None else YES if number > 0 else NO
    fact = fact_of(tree, variable, value)
    if variable.kind is not Kind.MET or fact not in (YES, NO):
        return fact
    happened = (fact == YES) if is_negative(key) == is_negative(variable.name) else (fact != YES)
    return (NO if happened else YES) if variable.event else (YES if happened else NO)
