"""Reviews by experts (专家评审): mean scores by item, and the share of those who judge positively.

Experts who were recused are left out. With a parameter `review_subject` only the reviews of that subject
are read; without it, those with scores for the means and those with verdicts for the share.
"""

from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction

import narwhals as nw

from hengliang.base.message import message
from hengliang.criteria.evaluate import rounded
from hengliang.measure.compute import Ask, State, Value, figure, number
from hengliang.measure.definition import Ledger, Metric
from hengliang.measure.engines import fetched
from hengliang.measure.metrics.columns import lacking, no_records, word
from hengliang.measure.records import Records
from hengliang.measure.told import FREE, ONCE, Told, holding, tell

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
    *asked, scientific = _verdicts(records, ledger)
    reviews = table.frame.filter(holding([ONCE, *asked]))
    good = holding([FREE, scientific]).cast(nw.Int64)
    experts, yes = fetched(reviews.select(n=nw.len(), yes=good.sum()))[0]
    if not experts:
        return Value(State.NOT_APPLICABLE, reason=message("no expert judged"))
    return number(Fraction(int(yes or 0), int(experts)) * 100, metric)


def _scores(records: Records, ledger: Ledger) -> dict[str, list[Fraction]] | Value:
    table = records.table(_REVIEWS)
    if table is None:
        return no_records(_REVIEWS)
    if (lack := lacking(table, ("item", "score", "recused"))) is not None:
        return lack
    rows = table.frame.filter(holding([FREE, *_given(records, ledger)]))
    scores: dict[str, list[Fraction]] = defaultdict(list)
    for item, score in fetched(rows.select("item", "score")):
        scores[str(item)].append(Fraction(score))
    return scores


def _asked(records: Records, ledger: Ledger, other: str) -> list[Ask]:
    """That a review is of the ledger's subject, by an expert who was not recused; without a subject, that it
    does not answer in the `other` way."""
    table = records.tables[_REVIEWS]
    asks = [Ask(~nw.col("recused").fill_null(False), message("the expert was recused"))]
    subject = word(records, ledger, "review_subject")
    if subject is not None and "subject" in table.columns:
        asks.append(Ask(nw.col("subject") == subject, message("the review is of another subject")))
    elif other in table.columns:
        asks.append(Ask(nw.col(other).is_null(), message("the review answers in another way")))
    return asks


def _verdicts(records: Records, ledger: Ledger) -> list[Ask]:
    good = Ask(nw.col("verdict") == "SCIENTIFIC", message("the expert does not judge so"), stays=True)
    return [*_asked(records, ledger, "score"), good]


def _given(records: Records, ledger: Ledger) -> list[Ask]:
    is_given = ~nw.col("score").is_null() & ~nw.col("item").is_null()
    return [*_asked(records, ledger, "verdict"), Ask(is_given, message("the expert gave no score"))]


def _told_verdicts(records: Records, ledger: Ledger, metric: Metric) -> Sequence[Told]:
    del metric
    return tell(records.table(_REVIEWS), ("subject", "verdict", "recused"), _verdicts(records, ledger))


def _told_scores(records: Records, ledger: Ledger, metric: Metric) -> Sequence[Told]:
    del metric
    return tell(records.table(_REVIEWS), ("subject", "item", "score", "recused"), _given(records, ledger))


def _mean(scores: list[Fraction]) -> Fraction:
    return sum(scores, Fraction(0)) / len(scores)


TOLD = {"means": _told_scores, "passed": _told_scores, "positive": _told_verdicts}
