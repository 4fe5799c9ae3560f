"""What came of earlier forms (上年完成情况): rules and reviewers hold the targets of a new form against it.

Reports are taken in by an app above this one. It registers how the reports on some declarations are read.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from hengliang.form.model import Form, Indicator
from hengliang.web.declarations.models import Declaration


class Report(NamedTuple):
    """The report on a declaration as a form of self-evaluation, and the page that tells where the number
    of an indicator comes from, by its place from 1."""

    form: Form
    page: Callable[[int], str]

    def of(self, declared: Indicator) -> tuple[str, str]:
        """What an indicator came to, as it was written, and the page of that number; empty where none is
        known."""
        for number, row in enumerate(self.form.indicators, 1):
            came = declared.model_dump(include={"actual", "score"})
            if row.actual and row.model_copy(update=came) == declared:
                return row.actual, self.page(number)
        return "", ""


Reports = Callable[[Sequence[Declaration]], Mapping[int, Report]]

_READ: list[Reports] = []


def reports(read: Reports) -> Reports:
    """Registers how the reports on declarations are read: by the key of the declaration."""
    _READ.append(read)
    return read


def reports_on(found: Sequence[Declaration]) -> dict[int, Report]:
    """The reports on declarations that were handed in and not returned, by the key of the declaration."""
    known: dict[int, Report] = {}
    for read in _READ if found else ():
        known |= read(found)
    return known
