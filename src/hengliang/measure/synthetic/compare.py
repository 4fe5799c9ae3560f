"""What the checks find in a synthetic year, held against what was planted."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import duckdb

from hengliang.measure.definition import Ledger
from hengliang.measure.finding import Finding
from hengliang.measure.live import live_records
from hengliang.measure.load.run import Loading, load
from hengliang.measure.period import Period
from hengliang.measure.store import Store
from hengliang.measure.synthetic.faults.plan import Planted
from hengliang.measure.synthetic.filling import SOURCE
from hengliang.measure.synthetic.places import PLACE
from hengliang.measure.synthetic.write import file_name

Place = tuple[str, int, str]
"""A ledger, a row of its file, and a code."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How the checks did: faults by the check they were planted for, and findings without a cause."""

    planted: Counter[str]
    found: Counter[str]
    missed: tuple[Planted, ...]
    false_alarms: tuple[Place, ...]


def load_year(folder: Path, ledgers: Mapping[str, Ledger], store: Store, period: Period) -> set[Place]:
    """Loads the files of a folder; what was found while loading."""
    found: set[Place] = set()
    loading = Loading(period.end.year, PLACE.code, SOURCE, f"{period.freeze.isoformat()}T08:00:00+08:00")
    for name, ledger in ledgers.items():
        loaded = load(folder / file_name(name), ledger, store, loading, period)
        found |= places(name, loaded.findings)
    return found


def places(ledger: str, findings: Iterable[Finding], rows: Mapping[int, int] | None = None) -> set[Place]:
    """Where findings are. Notes of gaps in a series of numbers are none: other offices number too."""
    return {
        (ledger, rows[finding.row] if rows else finding.row, finding.code)
        for finding in findings
        if not (finding.code == "F12" and finding.severity == "note")
    }


def checked(ledgers: Mapping[str, Ledger], store: Store, period: Period) -> set[Place]:
    """All findings over the records of a store, by the rows of their files."""
    found: set[Place] = set()
    with closing(duckdb.connect()) as connection:
        live = live_records(connection, store, list(ledgers.values()), period, {})
        for name, findings in live.findings.items():
            rows = dict(live.records.tables[name].rows("_source_row"))
            found |= places(name, findings, rows)
    return found


def tally(planted: Sequence[Planted], found: set[Place]) -> Tally:
    """What was found, missed, and found without cause. A fault is found when all that it breaks is."""
    told = {(each.ledger, each.row, each.code) for each in planted}
    lines: dict[int, list[Planted]] = {}
    for each in planted:
        lines.setdefault(each.fault, []).append(each)
    hit, all_of, missed = Counter[str](), Counter[str](), list[Planted]()
    for group in lines.values():
        check = group[0].check.split()[0]
        all_of[check] += 1
        lost = [each for each in group if (each.ledger, each.row, each.code) not in found]
        hit[check] += not lost
        missed += lost
    return Tally(all_of, hit, tuple(missed), tuple(sorted(found - told)))
