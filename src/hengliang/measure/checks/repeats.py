"""Values that may stand in one row only, and devices that may belong to one person only.

Both run in the engine and fetch only what they find, so that series of any length can be checked; they report
under the code that the ledger says.
"""

import narwhals as nw

from hengliang.base.message import message
from hengliang.measure.checks.asked import asked_frame, parts_of
from hengliang.measure.definition import Check
from hengliang.measure.engines import fetched
from hengliang.measure.finding import Finding, Severity
from hengliang.measure.records import Records
from hengliang.measure.table import Table


def repeated(table: Table, check: Check, records: Records) -> list[Finding]:
    """Rows whose `same`, `same_2` … all stand in an earlier row; with the figure `all` every such row.

    Optional `void`: a row with a reason for voiding is passed over.
    """
    parts = parts_of(table, check)
    same = [name for part, name in parts.items() if part.startswith("same")]
    rows = asked_frame(table, check, records).filter(*(~nw.col(name).is_null() for name in same))
    if "void" in parts:
        rows = rows.filter(nw.col(parts["void"]).is_null())
    marked = rows.with_columns(
        _first=nw.col("_row").min().over(*same), _last=nw.col("_row").max().over(*same)
    ).filter(nw.col("_first") != nw.col("_last"))
    if "all" not in check.figures:
        marked = marked.filter(nw.col("_row") != nw.col("_first"))
    second = (
        marked.filter(nw.col("_row") != nw.col("_first")).group_by(*same).agg(_second=nw.col("_row").min())
    )
    listed = fetched(
        marked.join(second, on=same, how="left").select("_row", "_first", "_second").sort("_row")
    )
    severity: Severity = "blocking" if check.blocking else "audit"
    reason = message("the same value stands in another row")
    return [
        Finding(
            check.reports or "repeated", int(row), severity, reason, int(other if row == first else first)
        )
        for row, first, other in listed
    ]


def shared_device(table: Table, check: Check, records: Records) -> list[Finding]:
    """The first row of each `person` on a `device` that more than `persons` (1) persons used."""
    device, person = check.columns["device"], check.columns["person"]
    most = int(check.figures.get("persons", 1))
    rows = asked_frame(table, check, records).filter(~nw.col(device).is_null(), ~nw.col(person).is_null())
    first = rows.group_by(device, person).agg(_row=nw.col("_row").min())
    many = first.group_by(device).agg(_persons=nw.len()).filter(nw.col("_persons") > most)
    listed = fetched(first.join(many, on=device, how="inner").select("_row", "_persons").sort("_row"))
    return [
        Finding(
            check.reports or "shared-device", int(row), "audit",
            message("one device stands for {count} persons", count=int(persons)),
            figures={"persons": int(persons)},
        )
        for row, persons in listed
    ]  # fmt: skip


CHECKS = {"repeated": repeated, "shared-device": shared_device}
