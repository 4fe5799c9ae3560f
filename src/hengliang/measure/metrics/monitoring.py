"""Monitoring points (普适型监测预警点): the documents that must be on file before the first one is built."""

from collections.abc import Sequence
from fractions import Fraction
from typing import cast

import narwhals as nw

from hengliang.base.message import message
from hengliang.measure.compute import Ask, Value, not_computable, number
from hengliang.measure.definition import Ledger, Metric
from hengliang.measure.engines import fetched
from hengliang.measure.records import Records
from hengliang.measure.told import FREE, Told, holding, tell

_DOCUMENTS = "project_document"


def documents_on_file(records: Records, ledger: Ledger, metric: Metric) -> Value:
    """How many of the kinds of documents asked for are dated before the first point of the year was built."""
    papers, points = records.table(_DOCUMENTS), records.tables[ledger.name]
    if papers is None:
        return not_computable(message("there are no records of project documents"))
    missing = next((name for name in ("doc_type", "doc_date") if name not in papers.columns), None)
    missing = missing or next((name for name in metric.columns.values() if name not in points.columns), None)
    if missing is not None:
        return not_computable(message("the records have no column {name}", name=missing))
    filed = papers.frame.filter(holding([FREE, *_asks(records, ledger, metric)]))
    ((count,),) = fetched(filed.select(nw.col("doc_type").n_unique()))
    return number(Fraction(int(count or 0)), metric)


def _asks(records: Records, ledger: Ledger, metric: Metric) -> list[Ask]:
    built, points = metric.columns["built_on"], records.tables[ledger.name]
    year = points.frame.filter(nw.col(built).is_between(records.period.start, records.period.end))
    ((first,),) = fetched(year.select(nw.col(built).min()))
    kinds = cast("tuple[str, ...]", records.parameters(ledger)["documents"])
    asks = [Ask(nw.col("doc_type").is_in(list(kinds)), message("such a document is not asked for"))]
    if first is not None:
        said = message("not dated before {day}, when the first point was built", day=first.isoformat())
        asks.append(Ask(nw.col("doc_date") < first, said))
    return asks


def _told(records: Records, ledger: Ledger, metric: Metric) -> Sequence[Told]:
    return tell(records.table(_DOCUMENTS), ("doc_type", "doc_date"), _asks(records, ledger, metric))


TOLD = {"documents_on_file": _told}
