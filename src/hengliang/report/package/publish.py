"""`publish`: a package from a form, its binding and the batches of a store."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from hengliang import __version__
from hengliang.base.message import Message, message
from hengliang.base.profile import Profile
from hengliang.form.actual import Actual, Origin
from hengliang.form.model import Form
from hengliang.measure.binding import Binding, metrics_by_id
from hengliang.measure.catalogue import definition_text, groups_text
from hengliang.measure.compute import Value
from hengliang.measure.definition import Ledger
from hengliang.measure.form import Measuring, measuring
from hengliang.measure.live import Live
from hengliang.measure.measurement import Measurement
from hengliang.measure.period import Period
from hengliang.measure.store import Batch
from hengliang.measure.told import is_told
from hengliang.report.package.archive import pack
from hengliang.report.package.commitment import commitment, key_of
from hengliang.report.package.compute import Recomputed, recompute
from hengliang.report.package.contents import MANIFEST, SIGNATURE, Contents, contents, without_persons
from hengliang.report.package.facts import FORMAT, GROUPS, About, Facts, SourceBatch, Trusted
from hengliang.report.package.rows import written_rows
from hengliang.report.package.signature import Signer


class NotPublishable(ValueError):  # noqa: N818
    """A result that cannot be published; `said` tells why."""

    def __init__(self, said: Message) -> None:
        super().__init__(str(said))
        self.said = said


@dataclass(frozen=True, slots=True)
class Published:
    """A package as bytes, its digest, and what stands in it."""

    data: bytes
    contents: Contents

    @property
    def sha256(self) -> str:
        """The digest of the whole package, to be announced elsewhere."""
        return hashlib.sha256(self.data).hexdigest()


def publish(
    form: Form,
    document: bytes,
    binding: Binding,
    store: Path,
    period: Period,
    ledgers: Mapping[str, Ledger],
    profile: Profile,
    signer: Signer | None = None,
    stated: Mapping[int, Actual] | None = None,
    only: Collection[str] | None = None,
) -> Published:
    """The package: the same bytes for the same form, store and key. `document` is what the form came from.

    `stated` are the values that people stated, by the place of the indicator from 0: they are published with
    their reasons, without the names of files. `only` are the ids of the batches to read; None reads all.

    Rows leave only for metrics that can be computed from what may leave of them; the values of all other
    metrics are taken on trust, and said to be. Raises StoreError, NotPublishable, OSError.
    """
    facts, measured = _gathered(form, document, binding, store, period, ledgers, profile, only)
    said = {place: replace(one, origin=Origin.TYPED, where=None) for place, one in (stated or {}).items()}
    facts = replace(facts, stated=said)
    computed = recompute(facts)
    apart = {name: measured[name] for name, one in computed.items() if not _same(one, measured[name])}
    needed = frozenset[str]().union(*(one.asked for name, one in computed.items() if name not in apart))
    facts = replace(facts, trusted=apart, signer=signer.public if signer is not None else None)
    made = contents(facts.only(apart, needed))
    different = next((n for n, one in made.measurements.items() if not _same(one, measured[n])), None)
    if different is not None:
        raise NotPublishable(
            message("{metric} does not come out of the published rows as it was measured", metric=different)
        )
    files = dict(made.files)
    if signer is not None:
        files[SIGNATURE] = signer.sign(files[MANIFEST])
    return Published(pack(files), made)


def _gathered(
    form: Form,
    document: bytes,
    binding: Binding,
    store: Path,
    period: Period,
    ledgers: Mapping[str, Ledger],
    profile: Profile,
    only: Collection[str] | None,
) -> tuple[Facts, dict[str, Trusted]]:
    """The facts with all rows that may leave, and the values as they were measured."""
    key = key_of(store)
    with measuring(form, binding, store, period, ledgers, only=only) as done:
        every_batch = (done.later or done.live).batches
        asked = sorted(done.asked)
        about = About(
            format=FORMAT,
            hengliang=__version__,
            fiscal_year=period.end.year,
            as_of=period.as_of,
            form_document=commitment(key, "form", document),
            live_records=_live_records(key, done),
            batches={name: _batches(key, every_batch.get(name, ())) for name in asked},
        )
        known = metrics_by_id(ledgers)
        defined = sorted({*asked, *(known[metric][0].name for metric in binding.metrics)})
        facts = Facts(
            about,
            without_persons(form),
            Profile(Path(profile.name).name, profile.data),
            binding,
            {GROUPS: groups_text()} | {name: definition_text(name) for name in defined},
            _rows(done.live, every_batch, asked),
            _rows(done.later, every_batch, asked) if done.later is not None else {},
        )
        return facts, {metric: _trusted(one) for metric, one in done.measured.measurements.items()}


def _same(one: Recomputed, trusted: Trusted) -> bool:
    return _plain(_trusted(one.measurement)) == _plain(trusted)


def _plain(one: Trusted) -> list[object]:
    values: list[Value | None] = [one.value, one.without_questioned, one.restated]
    told = [None if each is None else (each.state, each.shown, each.exact) for each in values]
    return [*told, one.questioned]


def _trusted(one: Measurement) -> Trusted:
    return Trusted(one.value, one.without_questioned, one.restated, one.questioned)


def _live_records(key: bytes, done: Measuring) -> dict[str, str]:
    digests = {one.ledger.name: one.rows_sha256 for one in done.measured.measurements.values()}
    return {name: commitment(key, "live records", digest) for name, digest in sorted(digests.items())}


def _batches(key: bytes, batches: Sequence[Batch]) -> tuple[SourceBatch, ...]:
    return tuple(
        SourceBatch(
            label=str(number),
            rows=batch.rows,
            blocked=batch.blocked,
            questioned=batch.questioned,
            loaded_on=batch.loaded_at[:10],
            records=commitment(key, "batch", batch.content_sha256),
            file=commitment(key, "file", batch.source_sha256),
        )
        for number, batch in enumerate(batches, 1)
    )


def _rows(live: Live, every_batch: Mapping[str, Sequence[Batch]], ledgers: Sequence[str]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for name in ledgers:
        table = live.records.tables.get(name)
        if table is None or not is_told(table):
            continue
        batches = every_batch[name]
        labels = {batch.id: str(number) for number, batch in enumerate(batches, 1)}
        found[name] = written_rows(table, {batch.id: batch.first_row for batch in batches}, labels)
    return found
