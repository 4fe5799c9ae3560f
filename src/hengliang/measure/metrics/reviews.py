"""Reviews by experts (专家评审): mean scores by item, and the share of those who judge positively.

Experts who were recused are left out. With a parameter `review_subject` only the reviews of that subject
are read; without it, those with scores for the means and those with verdicts for the share.
"""

from collections import defaultdict
from fractions import Fraction
from typing import Any

import narwhals as nw

from hengliang.base.message import message
from hengliang.criteria.evaluate import rounded
from hengliang.measure.compute import State, Value, figure, number
from hengliang.measure.definition import Ledger, Metric
from hengliang.measure.engines import fetched
from hengliang.measure.metrics.columns import lacking, no_records, word
from hengliang.measure.records import Records

_REVIEWS = "expert_review"


def means(records: Records, ledger: Ledger, metric: Metric) -> Value:
    """The mean score of each item, by the item."""
    scores = _scores(records, ledger)
    if isinstance(scores, Value):
        return scores
    if not scores:
        return Value(State.NOT_APPLICABLE, reason=message("no expert gave a score"))
    return Value(
        State.OK,
        {item: rounded(_mean(given), metric.places) for item, given in sorted(scores.items())},
    )


def passed(records: Records, ledger: Ledger, metric: Metric) -> Value:
    """Whether every mean comes to `pass_mean`, each of at least `min_experts` experts."""
    del metric
    scores = _scores(records, ledger)
    if isinstance(scores, Value):
        return scores
    parameters = records.parameters(ledger)
    least, line = figure(parameters, "min_experts") or 0, figure(parameters, "pass_mean") or 0
    good = all(len(given) >= least and _mean(given) >= line for given in scores.values())
    return Value(State.OK, bool(scores) and good)


def positive(records: Records, ledger: Ledger, metric: Metric) -> Value:
    """Experts who judge SCIENTIFIC, of all that were not recused; one who did not answer does not."""
    table = records.table(_REVIEWS)
    if table is None:
        return no_records(_REVIEWS)
    if (lack := lacking(table, ("verdict", "recused"))) is not None:
        return lack
    good = nw.col("_blocked").is_null() & (nw.col("verdict") == "SCIENTIFIC")
    rows = fetched(
        _reviews(records, ledger, "score").select(n=nw.len(), yes=good.fill_null(False).cast(nw.Int64).sum())
    )
    experts, yes = rows[0]
    if not experts:
        return Value(State.NOT_APPLICABLE, reason=message("no expert judged"))
    return number(Fraction(int(yes or 0), int(experts)) * 100, metric)


def _scores(records: Records, ledger: Ledger) -> dict[str, list[Fraction]] | Value:
    table = records.table(_REVIEWS)
    if table is None:
        return no_records(_REVIEWS)
    if (lack := lacking(table, ("item", "score", "recused"))) is not None:
        return lack
    rows = _reviews(records, ledger, "verdict").filter(
        nw.col("_blocked").is_null(), ~nw.col("score").is_null(), ~nw.col("item").is_null()
    )
    scores: dict[str, list[Fraction]] = defaultdict(list)
    for item, score in fetched(rows.select("item", "score")):
        scores[str(item)].append(Fraction(score))
    return scores


def _reviews(records: Records, ledger: Ledger, other: str) -> nw.LazyFrame[Any]:
    """The reviews of a ledger's subject by experts who were not recused; without a subject, those that do not
    answer in the `other` way."""
    table = records.tables[_REVIEWS]
    rows = table.frame.filter(
        (nw.col("_blocked") != "Q08").fill_null(True), ~nw.col("recused").fill_null(False)
    )
    subject = word(records, ledger, "review_subject")
    if subject is not None and "subject" in table.columns:
        return rows.filter(nw.col("subject") == subject)
    return rows.filter(nw.col(other).is_null()) if other in table.columns else rows


def _mean(scores: list[Fraction]) -> Fraction:
    return sum(scores, Fraction(0)) / len(scores)
