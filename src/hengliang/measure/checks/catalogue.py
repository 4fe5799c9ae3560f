"""The checks over several rows by code. Each takes the table, the check as asked, and all records.

A module of this package names its checks in `CHECKS`; nothing else is needed to add one.
"""

from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from hengliang.measure import checks
from hengliang.measure.definition import Check, Ledger
from hengliang.measure.finding import Finding
from hengliang.measure.records import Records
from hengliang.measure.table import Table

SharedCheck = Callable[[Table, Check, Records], list[Finding]]


@cache
def shared_checks() -> Mapping[str, SharedCheck]:
    """All checks by code."""
    found: dict[str, SharedCheck] = {}
    for module in iter_modules(checks.__path__):
        if module.name != "catalogue":
            found.update(getattr(import_module(f"{checks.__name__}.{module.name}"), "CHECKS", {}))
    return found


def shared_check(code: str) -> SharedCheck:
    """The check with this code. Raises KeyError."""
    return shared_checks()[code]


def codes_of(ledger: Ledger) -> frozenset[str]:
    """The codes under which something in a ledger can be found, as far as its definition tells."""
    found = {rule.code for rule in ledger.rules}
    found |= {_code(check) for check in ledger.checks}
    found |= {"Q01" for column in ledger.columns if column.need == "R" and not column.filled}
    found |= {
        column.reported_as for column in ledger.columns if (column.codes and not column.open) or column.format
    }
    found |= {"Q10" for column in ledger.columns if column.type in _MEASURED}
    found |= {"Q08"} if ledger.key else set()
    recorded = any(column.name == "recorded_at" for column in ledger.columns)
    if recorded and (ledger.happened or ledger.accepted_on) and not ledger.is_series:
        found |= {"Q12", "Q13", "F05", "F10"}
    return frozenset(found)


_MEASURED = ("int", "decimal", "bool", "date", "datetime", "degrees")
"""Types whose text may be unreadable."""


def _code(check: Check) -> str:
    """The code that a check reports: `F06` of `F06-band`."""
    return check.reports or (check.code.split("-")[0] if check.code[:1] in "FQ" else check.code)
