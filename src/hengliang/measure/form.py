"""The measurements of a form: every bound indicator and phrase, from the batches of a store."""

from collections.abc import Mapping
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb

from hengliang.form.model import Form
from hengliang.measure.binding import Binding, Proposal, metrics_by_id, proposals, unbound
from hengliang.measure.definition import Ledger
from hengliang.measure.finding import Finding
from hengliang.measure.live import live_records
from hengliang.measure.measurement import Measurement, measure
from hengliang.measure.period import Period
from hengliang.measure.store import Batch, Store


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured for a form. Measurements are by metric; findings and batches by ledger."""

    form: Form
    binding: Binding | None
    period: Period
    measurements: Mapping[str, Measurement]
    findings: Mapping[str, tuple[Finding, ...]]
    batches: Mapping[str, tuple[Batch, ...]]
    proposed: Mapping[int, tuple[Proposal, ...]]
    """Metrics that may measure the indicators that nothing is bound to, by their place from 0."""


def measure_form(
    form: Form,
    binding: Binding | None,
    store: Path,
    period: Period,
    ledgers: Mapping[str, Ledger],
    parameters: Mapping[str, Any] | None = None,
) -> Measured:
    """Measures everything that is bound; with an as-of date the restated value stands beside each.

    Raises StoreError for a store that is damaged.
    """
    known = metrics_by_id(ledgers)
    asked = [known[metric] for metric in (binding.metrics if binding is not None else ()) if metric in known]
    needed = list(ledgers.values())
    given = dict(parameters or {})
    with _connection() as connection, _connection() as second:
        live = live_records(connection, Store(store), needed, period, given)
        later = None
        if period.as_of is not None:
            later = live_records(second, Store(store), needed, replace(period, as_of=None), given)
        measurements = {metric.id: measure(live, ledger, metric, later) for ledger, metric in asked}
        return Measured(
            form, binding, period, measurements, live.findings, live.batches,
            {index: tuple(proposals(form.indicators[index], ledgers)) for index in unbound(form, binding)},
        )  # fmt: skip


def _connection() -> AbstractContextManager[duckdb.DuckDBPyConnection]:
    return closing(duckdb.connect())
