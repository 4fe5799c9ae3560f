"""Monitoring points (普适型监测预警点): the documents that must be on file before the first one is built."""

from fractions import Fraction
from typing import cast

import narwhals as nw

from hengliang.base.message import message
from hengliang.measure.compute import Value, not_computable, number
from hengliang.measure.definition import Ledger, Metric
from hengliang.measure.engines import fetched
from hengliang.measure.records import Records

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
    built = metric.columns["built_on"]
    year = points.frame.filter(nw.col(built).is_between(records.period.start, records.period.end))
    ((first,),) = fetched(year.select(nw.col(built).min()))
    kinds = cast("tuple[str, ...]", records.parameters(ledger)["documents"])
    filed = papers.frame.filter(nw.col("_blocked").is_null(), nw.col("doc_type").is_in(list(kinds)))
    if first is not None:
        filed = filed.filter(nw.col("doc_date") < first)
    ((count,),) = fetched(filed.select(nw.col("doc_type").n_unique()))
    return number(Fraction(int(count or 0)), metric)
