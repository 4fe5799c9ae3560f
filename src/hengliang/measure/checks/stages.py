"""Stages of one thing that rest on one another: what began before the stage it rests on was done, what grew.

Which stage rests on which is the parameter `stage_order` of the ledger, such as
`["DESIGN<FIELD<REPORT"]`: each stage on all before it. Parts: `stage`, and `subject`, `subject_2` …, of which
rows that belong together have an equal one. Both report under the code that the ledger says.
"""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations
from typing import Any

from hengliang.base.message import message
from hengliang.measure.checks.asked import Asked, asked_rows
from hengliang.measure.definition import Check
from hengliang.measure.finding import Finding
from hengliang.measure.records import Records
from hengliang.measure.table import Table


def out_of_order(table: Table, check: Check, records: Records) -> list[Finding]:
    """A stage whose `start` lies before the `done` of one that it rests on; on the same day is in order.

    With the figure `open` a stage that rests on one which is not done yet is out of order too.
    """
    asks_done = "open" in check.figures
    found: dict[int, Finding] = {}
    for before, after in _pairs(table, check, records):
        if after["start"] is None or after["_row"] in found:
            continue
        if before["done"] is None and asks_done:
            reason = message("began, while {stage} is not done yet", stage=before["stage"])
        elif before["done"] is not None and after["start"] < before["done"]:
            reason = message(
                "began before {stage} was done on {day}", stage=before["stage"], day=before["done"]
            )
        else:
            continue
        found[after["_row"]] = Finding(
            check.reports or "stages", after["_row"], "audit", reason, before["_row"]
        )
    return list(found.values())


def grown(table: Table, check: Check, records: Records) -> list[Finding]:
    """A stage whose `area` is larger than that of one it rests on, by more than `pct` percent (1)."""
    factor = 1 + check.figures.get("pct", Decimal(1)) / 100
    found: dict[int, Finding] = {}
    for before, after in _pairs(table, check, records):
        if before["area"] is None or after["area"] is None or after["area"] <= before["area"] * factor:
            continue
        reason = message(
            "the area grew from {before} to {after} m²", before=before["area"], after=after["area"]
        )
        figures = {"growth_m2": after["area"] - before["area"]}
        found.setdefault(after["_row"], Finding(
            check.reports or "stages-area", after["_row"], "audit", reason, before["_row"], figures=figures
        ))  # fmt: skip
    return list(found.values())


def _pairs(table: Table, check: Check, records: Records) -> Iterator[tuple[Asked, Asked]]:
    """Every row with each row of the same thing that it rests on."""
    chains: Any = records.parameters(table.ledger)["stage_order"]
    orders = [pair for chain in chains for pair in combinations(str(chain).split("<"), 2)]
    rows: dict[tuple[str, Any], dict[str, list[Asked]]] = defaultdict(lambda: defaultdict(list))
    for row in asked_rows(table, check, records):
        for part, subject in row.items():
            if part.startswith("subject") and subject is not None:
                rows[part, subject][row["stage"]].append(row)
    for stages in rows.values():
        for first, second in orders:
            for after in stages.get(second, ()):
                for before in stages.get(first, ()):
                    yield before, after


CHECKS = {"stages": out_of_order, "stages-area": grown}
