"""The measurements of a form: every bound indicator and phrase, from the batches of a store."""

from collections.abc import Callable, Collection, Generator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from hengliang.base.message import Message, message
from hengliang.form.model import Form
from hengliang.measure.binding import Binding, metrics_by_id, unbound
from hengliang.measure.definition import Ledger
from hengliang.measure.finding import Finding
from hengliang.measure.live import Live, came_later, live_records
from hengliang.measure.measurement import Measurement, measure
from hengliang.measure.memory import MemorySettingError, limits, reporting
from hengliang.measure.period import Period
from hengliang.measure.propose import Proposal, Proposer
from hengliang.measure.records import AskedTables
from hengliang.measure.store import Batch, Store, StoreError

Watch = Callable[[int, int, Message, duckdb.DuckDBPyConnection], None]
"""Told of each step before it is done: which it is, from 0, of how many, what it is, and the engine that does
it, whose `query_progress` says how far the step is."""


def _unwatched(at: int, of: int, step: Message, engine: duckdb.DuckDBPyConnection) -> None:
    """Nobody watches."""


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


@dataclass(frozen=True, slots=True)
class Measuring:
    """What was measured, while the records are still open. `later` are the records without an as-of date."""

    measured: Measured
    live: Live
    later: Live | None
    asked: frozenset[str]
    """The ledgers that the metrics looked at."""


def measure_form(
    form: Form,
    binding: Binding | None,
    store: Path,
    period: Period,
    ledgers: Mapping[str, Ledger],
    parameters: Mapping[str, Any] | None = None,
    watch: Watch = _unwatched,
) -> Measured:
    """Measures everything that is bound.

    With an as-of date the restated value stands beside each; without one all that was recorded so far counts,
    and the value as of the freeze stands beside.

    Raises StoreError for a store that is damaged.
    """
    with measuring(form, binding, store, period, ledgers, parameters, watch=watch) as done:
        return done.measured


@contextmanager
def measuring(
    form: Form,
    binding: Binding | None,
    store: Path,
    period: Period,
    ledgers: Mapping[str, Ledger],
    parameters: Mapping[str, Any] | None = None,
    only: Collection[str] | None = None,
    watch: Watch = _unwatched,
) -> Generator[Measuring]:
    """The same, for whoever needs the rows too; from the batches with the ids `only`, where given.

    Raises StoreError for a store that is damaged.
    """
    known = metrics_by_id(ledgers)
    bound = [known[metric] for metric in (binding.metrics if binding is not None else ()) if metric in known]
    needed = list(ledgers.values())
    given = {**(binding.parameters if binding is not None else {}), **(parameters or {})}
    proposer = Proposer(ledgers)
    batches = Store(store, only)
    steps = len(bound)

    def checking(engine: duckdb.DuckDBPyConnection, before: int) -> Callable[[int, int, Ledger], None]:
        def told(at: int, of: int, ledger: Ledger) -> None:
            # Each ledger is read once more where the freeze or an as-of date asks for it.
            nonlocal steps
            steps = 2 * of + len(bound)
            watch(before * of + at, steps, message("checking {ledger}", ledger=ledger.words), engine)

        # Of how many steps is known once it is read what there is.
        of = before * steps
        watch(max(of - len(bound), 0) // 2, of, message("reading the records"), engine)
        return told

    with batches.blamed(), _connection() as connection, _connection() as second:
        live = live_records(connection, batches, needed, period, given, checking(connection, 0))
        tables = AskedTables(live.records.tables)
        live = replace(live, records=replace(live.records, tables=tables))
        later, frozen = None, live
        if period.as_of is not None:
            whole = replace(period, as_of=None)
            later = live_records(second, batches, needed, whole, given, checking(second, 1))
            frozen = None
        elif came_later(connection, batches, needed, period):
            then = replace(period, as_of=period.freeze)
            frozen = live_records(second, batches, needed, then, given, checking(second, 1))
        measurements: dict[str, Measurement] = {}
        for at, (ledger, metric) in enumerate(bound):
            step = message("measuring {metric}", metric=metric.words)
            watch(steps - len(bound) + at, steps, step, connection)
            measurements[metric.id] = measure(live, ledger, metric, later, frozen)
        measured = Measured(
            form, binding, period, measurements, live.findings, live.batches,
            {index: tuple(proposer.of(form.indicators[index])) for index in unbound(form, binding)},
        )  # fmt: skip
        yield Measuring(measured, live, later, frozenset(tables.asked))


@contextmanager
def _connection() -> Generator[duckdb.DuckDBPyConnection]:
    """One of two engines that go to the disk, beside the user's own files, when their memory is full."""
    with TemporaryDirectory(prefix="hengliang-", ignore_cleanup_errors=True) as spill:
        try:
            with closing(duckdb.connect(config=limits(Path(spill), engines=2))) as connection:
                yield reporting(connection)
        except (MemorySettingError, duckdb.OutOfMemoryException) as error:
            said = message("the records cannot be worked on: {why}", why=str(error)[:300])
            raise StoreError(said) from error
