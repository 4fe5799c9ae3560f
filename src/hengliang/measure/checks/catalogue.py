"""The checks over several rows by code. Each takes the table, the check as asked, and all records.

A module of this package names its checks in `CHECKS`; nothing else is needed to add one.
"""

from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from hengliang.measure import checks
from hengliang.measure.definition import Check
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
