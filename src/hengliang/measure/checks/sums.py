"""Q10: sums over several rows: weights that add up to a total, counties that add up to their prefecture."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

import narwhals as nw

from hengliang.base.message import message
from hengliang.measure.checks.asked import asked_frame, asked_rows, parts_of
from hengliang.measure.definition import Check
from hengliang.measure.engines import fetched
from hengliang.measure.finding import Finding
from hengliang.measure.records import Records
from hengliang.measure.table import Table


def other_total(table: Table, check: Check, records: Records) -> list[Finding]:
    """All rows of a group whose values do not add up to the figure `total`. Parts: `value`, optional `group`.

    Rows that repeat the key of another one are left out. With the figure `all_known` nothing is said of a
    group in which a value is unknown.
    """
    parts = parts_of(table, check)
    value = parts["value"]
    rows = asked_frame(table, check, records).filter((nw.col("_blocked") != "Q08").fill_null(True))
    group = nw.col(parts["group"]) if "group" in parts else nw.lit(table.ledger.zh)
    rows = rows.select("_row", _group=group, _value=nw.col(value)).filter(~nw.col("_group").is_null())
    total = check.figures["total"]
    added = rows.group_by("_group").agg(
        s=nw.col("_value").sum(), unknown=nw.col("_value").is_null().cast(nw.Int64).sum()
    )
    sums = {
        key: Decimal(amount or 0)
        for key, amount, unknown in fetched(added.select("_group", "s", "unknown"))
        if not (unknown and "all_known" in check.figures) and Decimal(amount or 0) != total
    }
    found: list[Finding] = []
    wrong = rows.filter(nw.col("_group").is_in(list(sums))).select("_row", "_group").sort("_row")
    for row, key in fetched(wrong) if sums else ():
        shown = sums[key].normalize()
        reason = message("the values of {group} add up to {sum}, not to {total}",
                         group=key, sum=f"{shown:f}", total=total)  # fmt: skip
        found.append(Finding(check.reports or "Q10", int(row), "blocking", reason, figures={"sum": shown}))
    return found


def other_than_counties(table: Table, check: Check, records: Records) -> list[Finding]:
    """A prefecture or a province whose value is not the sum of the parts of it that are listed.

    Parts: `region`, `year`, `value`. A region whose code ends in 00 has the counties of the same first four
    digits, one that ends in 0000 its prefectures. Without parts there is nothing to compare. Rows that repeat
    the key of another one are left out.
    """
    repeats = {int(row) for (row,) in fetched(table.frame.filter(nw.col("_blocked") == "Q08").select("_row"))}
    rows = [
        row
        for row in asked_rows(table, check, records)
        if row["region"] is not None and row["value"] is not None and row["_row"] not in repeats
    ]
    sums: dict[tuple[str, Any], Decimal] = defaultdict(Decimal)
    for row in rows:
        code = str(row["region"])
        above = f"{code[:2]}0000" if code.endswith("00") else f"{code[:4]}00"
        if above != code:
            sums[above, row["year"]] += row["value"]
    found: list[Finding] = []
    for row in rows:
        parts = sums.get((str(row["region"]), row["year"]))
        if parts is not None and parts != row["value"]:
            reason = message("differs from the sum of its parts by {by}", by=row["value"] - parts)
            figures = {"difference": row["value"] - parts}
            found.append(Finding(check.reports or "Q10", row["_row"], "blocking", reason, figures=figures))
    return found


CHECKS = {"Q10-sum": other_total, "Q10-counties": other_than_counties}
