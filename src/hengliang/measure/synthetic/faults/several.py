"""Faults that only several rows, or several ledgers, show: one planter for each shared check, by its code.

A planter takes the field, the ledger and the check as the ledger asks for it, changes or adds rows, and tells
the rows on which the check must report. It gives None where the ledger has no row for it.
"""

from collections.abc import Iterator

from hengliang.measure.definition import Check, Ledger
from hengliang.measure.synthetic.faults import days, ground, references, registers, series, twice
from hengliang.measure.synthetic.faults.heaps import HEAPS
from hengliang.measure.synthetic.faults.plan import Field
from hengliang.measure.synthetic.faults.spot import Planters, Spot

PLANTERS: Planters = {
    **days.PLANTERS, **ground.PLANTERS, **references.PLANTERS, **registers.PLANTERS, **series.PLANTERS,
    **twice.PLANTERS,
}  # fmt: skip
UNPLANTED = frozenset(("F05-end", "F09", "F09-none", "F10", "I18-A2"))
"""Planted, they would colour a large part of all rows, or need many years. They have tests of their own."""


def plant_checks(field: Field, ledger: Ledger) -> None:
    """One fault for every check over several rows that a ledger asks for, or has by itself."""
    for check in (*_always(ledger), *ledger.checks):
        if check.code in HEAPS or {check.code, check.reports} & UNPLANTED:
            continue
        spot = Spot(field, ledger, check)
        planter = PLANTERS.get(check.code)
        found = planter(spot) if planter is not None else None
        name = check.code if check.reports in (None, check.code) else f"{check.code} {check.reports}"
        if found is None:
            if check.code != "F11" or check.ledger is None:
                field.skipped.append((ledger.name, name))
        else:
            field.tell(ledger, name, f"{check.code}: {', '.join(check.columns.values())}"[:80], found)


def _always(ledger: Ledger) -> Iterator[Check]:
    asked = {check.code for check in ledger.checks}
    yield Check(code="Q08")
    names = {column.name for column in ledger.columns}
    if "recorded_at" in names and (ledger.happened or ledger.accepted_on) and not ledger.is_series:
        yield from (Check(code=code) for code in ("Q12", "Q13") if code not in asked)
