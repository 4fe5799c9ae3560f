"""Public satisfaction (公众满意度): the share of each stratum, weighted by population, and how sure it is.

Shares are exact fractions. Square roots are decimals of 50 digits, far beyond the places shown. The strata
and their counts are those of `satisfaction_stratum`; where it has populations only, answers are counted.
A stratum with fewer than `least_answers` is merged with the next larger one of its kind.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any, cast

import narwhals as nw

from hengliang.base.message import message
from hengliang.criteria.evaluate import rounded
from hengliang.measure.compute import Ask, State, Value, figure, not_computable, number
from hengliang.measure.definition import Ledger, Metric
from hengliang.measure.engines import fetched
from hengliang.measure.metrics.columns import lacking, no_records, word
from hengliang.measure.records import Records
from hengliang.measure.told import FREE, ONCE, Row, Told, holding, tell

_STRATA = "satisfaction_stratum"
_ASKED = ("response_id", "stratum", "answered_at", "duration_s", "level", "device_hash", "consent")
_Z = Fraction("1.96")
"""The quantile of the normal distribution for 95 %, as the specification of the survey writes it."""
_DIGITS = 50


@dataclass(frozen=True, slots=True)
class Stratum:
    """One stratum, or several that were merged: their names, population, valid and satisfied answers."""

    names: tuple[str, ...]
    kind: str
    population: int
    valid: int
    satisfied: int

    @property
    def share(self) -> Fraction:
        """Satisfied of valid answers."""
        return Fraction(self.satisfied, self.valid)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer that is readable. `is_valid` says whether it is counted."""

    row: int
    name: str
    stratum: str
    level: str
    is_valid: bool


def share(records: Records, ledger: Ledger, metric: Metric) -> Value:
    """The weighted share of satisfied answers, in percent."""
    return _weighted(records, ledger, lambda strata: number(weighted_share(strata) * 100, metric))


def standard_error(records: Records, ledger: Ledger, metric: Metric) -> Value:
    """The standard error of the weighted share, in percentage points."""
    return _with_error(records, ledger, lambda _, error: number(error * 100, metric))


def interval(records: Records, ledger: Ledger, metric: Metric) -> Value:
    """The weighted share less and plus 1.96 standard errors, in percent."""
    return _with_error(records, ledger, lambda mean, error: _bounds(_around(mean, error), metric))


def decided(records: Records, ledger: Ledger, metric: Metric) -> Value:
    """Whether the target (`target_pct`) lies outside the interval."""
    del metric
    target = (figure(records.parameters(ledger), "target_pct") or Fraction(0)) / 100

    def outside(mean: Fraction, error: Fraction) -> Value:
        low, high = _around(mean, error)
        return Value(State.OK, not low <= target <= high)

    return _with_error(records, ledger, outside)


def merged(records: Records, ledger: Ledger, metric: Metric) -> Value:
    """The strata that were merged, as `COUNTY_TOWN+URBAN`."""
    del metric
    return _weighted(
        records,
        ledger,
        lambda strata: Value(State.OK, tuple("+".join(each.names) for each in strata if len(each.names) > 1)),
    )


def plain_share(records: Records, ledger: Ledger, metric: Metric) -> Value:
    """Satisfied of all valid answers, each answer weighing the same, in percent."""
    return _unweighted(records, ledger, lambda part, whole: number(Fraction(part * 100, whole), metric))


def wilson(records: Records, ledger: Ledger, metric: Metric) -> Value:
    """The Wilson interval of the unweighted share, in percent."""
    return _unweighted(records, ledger, lambda part, whole: _bounds(wilson_interval(part, whole), metric))


def valid_answers(records: Records, ledger: Ledger, metric: Metric) -> Value:
    """The valid answers, in the order of the source."""
    del metric
    answers = _answers(records, ledger)
    if isinstance(answers, Value):
        return answers
    return Value(State.OK, tuple(each.name for each in answers if each.is_valid))


def dont_know(records: Records, ledger: Ledger, metric: Metric) -> Value:
    """Answers of level 0, of these and the valid ones, in percent."""
    answers = _answers(records, ledger)
    if isinstance(answers, Value):
        return answers
    unknown = sum(each.level == "0" for each in answers)
    whole = unknown + sum(each.is_valid for each in answers)
    if not whole:
        return Value(State.NOT_APPLICABLE, reason=message("there is no valid answer"))
    return number(Fraction(unknown * 100, whole), metric)


def weighted_share(strata: Iterable[Stratum]) -> Fraction:
    """The sum of W·p; W is a stratum's share of the population."""
    listed = list(strata)
    people = sum(each.population for each in listed)
    return sum((Fraction(each.population, people) * each.share for each in listed), Fraction(0))


def variance(strata: Iterable[Stratum]) -> Fraction:
    """The sum of W²·p·(1-p)/(n-1). Raises ZeroDivisionError for a stratum with one answer."""
    listed = list(strata)
    people = sum(each.population for each in listed)
    return sum(
        (
            Fraction(each.population, people) ** 2 * each.share * (1 - each.share) / (each.valid - 1)
            for each in listed
        ),
        Fraction(0),
    )


def wilson_interval(part: int, whole: int) -> tuple[Fraction, Fraction]:
    """The Wilson interval of part ÷ whole for 95 %. It never leaves 0 to 1."""
    p, z2 = Fraction(part, whole), _Z * _Z
    middle = p + z2 / (2 * whole)
    width = _Z * root(p * (1 - p) / whole + z2 / (4 * whole * whole))
    scale = 1 + z2 / whole
    return (middle - width) / scale, (middle + width) / scale


def root(square: Fraction) -> Fraction:
    """The square root, to 50 digits."""
    with localcontext(prec=_DIGITS):
        return Fraction((Decimal(square.numerator) / Decimal(square.denominator)).sqrt())


def merge(strata: Iterable[Stratum], least: int) -> list[Stratum]:
    """Merges the smallest stratum of a kind with the next larger one, while it has too few answers."""
    left = list(strata)
    while True:
        small = [
            each for each in left if each.valid < least and sum(other.kind == each.kind for other in left) > 1
        ]
        if not small:
            return left
        one = min(small, key=lambda each: each.valid)
        other = min(
            (each for each in left if each is not one and each.kind == one.kind), key=lambda each: each.valid
        )
        both = Stratum(
            (*one.names, *other.names), one.kind, one.population + other.population,
            one.valid + other.valid, one.satisfied + other.satisfied,
        )  # fmt: skip
        left = [both if each is other else each for each in left if each is not one]


def _around(mean: Fraction, error: Fraction) -> tuple[Fraction, Fraction]:
    return mean - _Z * error, mean + _Z * error


def _bounds(bounds: tuple[Fraction, Fraction], metric: Metric) -> Value:
    low, high = bounds
    return Value(State.OK, (rounded(low * 100, metric.places), rounded(high * 100, metric.places)))


def _weighted(records: Records, ledger: Ledger, work: Callable[[list[Stratum]], Value]) -> Value:
    strata = _strata(records, ledger)
    if isinstance(strata, Value):
        return strata
    least = figure(records.parameters(ledger), "least_answers") or Fraction(0)
    joined = merge(strata, int(least))
    if not sum(each.population for each in joined):
        return Value(State.NOT_APPLICABLE, reason=message("the strata have no population"))
    empty = next((each for each in joined if not each.valid), None)
    if empty is not None:
        return not_computable(message("the stratum {name} has no valid answer", name="+".join(empty.names)))
    return work(joined)


def _with_error(records: Records, ledger: Ledger, work: Callable[[Fraction, Fraction], Value]) -> Value:
    def both(strata: list[Stratum]) -> Value:
        single = next((each for each in strata if each.valid == 1), None)
        if single is not None:
            return not_computable(
                message("the stratum {name} has a single answer", name="+".join(single.names))
            )
        return work(weighted_share(strata), root(variance(strata)))

    return _weighted(records, ledger, both)


def _unweighted(records: Records, ledger: Ledger, work: Callable[[int, int], Value]) -> Value:
    strata = _strata(records, ledger)
    if isinstance(strata, Value):
        answers = _answers(records, ledger)
        if records.table(_STRATA) is not None or isinstance(answers, Value):
            return strata
        good = {*_levels(records, ledger)}
        whole = sum(each.is_valid for each in answers)
        part = sum(each.is_valid and each.level in good for each in answers)
    else:
        whole, part = sum(each.valid for each in strata), sum(each.satisfied for each in strata)
    if not whole:
        return Value(State.NOT_APPLICABLE, reason=message("there is no valid answer"))
    return work(part, whole)


def _strata(records: Records, ledger: Ledger) -> list[Stratum] | Value:
    """The strata, in the order of the source. A blocked one has no satisfied answers."""
    table = records.table(_STRATA)
    if table is None:
        return no_records(_STRATA)
    if (lack := lacking(table, ("stratum", "population"))) is not None:
        return lack
    counts = ("n_valid", "n_satisfied")
    counted = None if table.has(counts) else _counted(records, ledger)
    if isinstance(counted, Value):
        return counted
    rows = table.frame.filter(holding([ONCE, *_listed(records, ledger)]))
    survey = word(records, ledger, "survey_id")
    is_one = survey is not None or "survey_id" not in table.columns
    if not is_one and len(fetched(rows.select("survey_id").unique())) > 1:
        return not_computable(message("there are several surveys; the parameter survey_id says which"))
    parameters = records.parameters(ledger)
    found: list[Stratum] = []
    asked = ("stratum", "population", "_blocked", *(counts if counted is None else ()))
    for name, population, blocked, *given in fetched(rows.sort("_row").select(*asked)):
        valid, satisfied = given if counted is None else counted[str(name)]
        found.append(
            Stratum(
                (str(name),), str(parameters.get(f"kind_{name}", "")), int(population or 0),
                int(valid or 0), 0 if blocked else int(satisfied or 0),
            )
        )  # fmt: skip
    return found


def _counted(records: Records, ledger: Ledger) -> dict[str, tuple[int, int]] | Value:
    """Valid and satisfied answers by stratum."""
    answers = _answers(records, ledger)
    if isinstance(answers, Value):
        return answers
    good = {*_levels(records, ledger)}
    counts: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for each in answers:
        if each.is_valid:
            valid, satisfied = counts[each.stratum]
            counts[each.stratum] = (valid + 1, satisfied + (each.level in good))
    return counts


def _levels(records: Records, ledger: Ledger) -> list[str]:
    return [str(level) for level in cast("Iterable[Any]", records.parameters(ledger)["satisfied_levels"])]


def _answers(records: Records, ledger: Ledger) -> list[Answer] | Value:
    """The answers with consent that took long enough and know a level, the first of each device.

    Those of level 0 stay, but are not valid. An answer that breaks a blocking check is left out.
    """
    table = records.tables[ledger.name]
    if (lack := lacking(table, _ASKED)) is not None:
        return lack
    rows = table.frame.filter(holding([FREE, *_readable(records, ledger)]))
    listed = fetched(rows.select("_row", "response_id", "stratum", "level", "device_hash", "answered_at"))
    listed.sort(key=lambda row: (row[5], row[0]))
    seen: set[str] = set()
    found: list[Answer] = []
    for row, name, stratum, level, device, _ in listed:
        is_first = device not in seen
        if level != "0":
            seen.add(device)
        if is_first:
            found.append(Answer(int(row), str(name), str(stratum), str(level), level != "0"))
    return sorted(found, key=lambda each: each.row)


def _survey(records: Records, ledger: Ledger, columns: Iterable[str]) -> list[Ask]:
    survey = word(records, ledger, "survey_id")
    if survey is None or "survey_id" not in columns:
        return []
    return [Ask(nw.col("survey_id") == survey, message("it is of another survey"))]


def _readable(records: Records, ledger: Ledger) -> list[Ask]:
    least = int(figure(records.parameters(ledger), "min_duration_s") or 0)
    return [
        Ask(nw.col("consent"), message("without consent")),
        Ask(nw.col("duration_s") >= least, message("answered in less than {least} seconds", least=least)),
        *_survey(records, ledger, records.tables[ledger.name].columns),
    ]


def _listed(records: Records, ledger: Ledger) -> list[Ask]:
    return [
        Ask(~nw.col("stratum").is_null(), message("it names no stratum")),
        *_survey(records, ledger, records.tables[_STRATA].columns),
    ]


def _told_answers(records: Records, ledger: Ledger, metric: Metric) -> Sequence[Told]:
    """The answers: satisfied ones count, the other valid ones are among them; for the list of valid answers
    all of them count, for the share that do not know those of level 0."""
    answers = _answers(records, ledger)
    known = {each.row: each for each in answers} if isinstance(answers, list) else {}
    good, asked = {*_levels(records, ledger)}, metric.function

    def row(one: Row) -> Row:
        answer = known.get(one.row)
        if not one.counted:
            return one
        if answer is None:
            return Row(one.row, False, False, message("the device has answered before"))
        if asked == "satisfaction.dont_know":
            known_level = message("the answer knows a level")
            return one if answer.level == "0" else Row(one.row, True, False, known_level)
        if not answer.is_valid:
            return Row(one.row, False, False, message("the answer is “don't know”"))
        if asked == "satisfaction.valid_answers" or answer.level in good:
            return one
        return Row(one.row, True, False, message("not satisfied"))

    told = tell(records.tables[ledger.name], _ASKED, _readable(records, ledger))
    return [each.but(row) for each in told]


def _told_strata(records: Records, ledger: Ledger, metric: Metric) -> Sequence[Told]:
    """The strata, and where they do not say how many answered, the answers."""
    strata = records.table(_STRATA)
    if strata is None:
        return _told_answers(records, ledger, metric)
    told = tell(strata, ("stratum", "population", "n_valid", "n_satisfied"), _listed(records, ledger))
    if strata.has(("n_valid", "n_satisfied")):
        return told
    return [*told, *_told_answers(records, ledger, metric)]


TOLD = {
    **dict.fromkeys(("share", "standard_error", "interval", "decided", "merged"), _told_strata),
    **dict.fromkeys(("plain_share", "wilson"), _told_strata),
    **dict.fromkeys(("valid_answers", "dont_know"), _told_answers),
}
