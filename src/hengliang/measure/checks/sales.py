"""Sales of land and of mining rights: who buys, and how long the notice was."""

from decimal import Decimal

from hengliang.base.message import message
from hengliang.measure.checks.asked import asked_rows
from hengliang.measure.definition import Check
from hengliang.measure.finding import Finding
from hengliang.measure.records import Records
from hengliang.measure.table import Table
from hengliang.measure.workdays import Calendar


def platform_buyer(table: Table, check: Check, records: Records) -> list[Finding]:
    """The `buyer` holds land as a platform company (平台公司托底拿地): parts `holder`, `kind`."""
    rows = asked_rows(table, check, records)
    platforms = {row["holder"] for row in rows if row["kind"] == "PLATFORM" and row["holder"] is not None}
    reason = message("the buyer is a platform company of the same city")
    return [
        Finding(check.reports or "platform-buyer", row["_row"], "audit", reason)
        for row in rows
        if row["buyer"] in platforms
    ]


def short_notice(table: Table, check: Check, records: Records) -> list[Finding]:
    """Fewer than `working_days` (20) working days from the `notice` to the `event`, by the calendar."""
    calendar = Calendar.of(records)
    least = int(check.figures.get("working_days", Decimal(20)))
    found: list[Finding] = []
    for row in asked_rows(table, check, records):
        if row["notice"] is None or row["event"] is None or calendar is None:
            continue
        days = calendar.between(row["notice"], row["event"])
        if days is not None and days < least:
            reason = message(
                "the notice ran for {days} working days, {least} are asked for", days=days, least=least
            )
            found.append(
                Finding(
                    check.reports or "notice", row["_row"], "audit", reason, figures={"working_days": days}
                )
            )
    return found


CHECKS = {"platform-buyer": platform_buyer, "notice": short_notice}
