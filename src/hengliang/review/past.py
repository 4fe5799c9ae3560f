"""The same indicators in the years before, and the same year's declaration, found among earlier forms."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple
from unicodedata import normalize

from hengliang.base.message import Message, message
from hengliang.form.model import Form, Indicator, Kind, Purpose
from hengliang.form.reached import convert, in_unit
from hengliang.form.value import NumberValue, value_of
from hengliang.review.row import Row

NO_HISTORY = message("no form of an earlier year is known")
NO_ACTUAL = message("no actual value of an earlier year is known for any indicator")
NO_DECLARATION = message("the declaration of the same year is not known")


def year_name(year: int | None) -> Message:
    """How a finding speaks of the year of an earlier form."""
    return message("the year before") if year is None else message("the year {year}", year=year)


class PastRow(NamedTuple):
    """An indicator in one earlier year, as it was declared and, where a report is known, as reported."""

    year: int | None
    indicator: Indicator
    report: Indicator | None

    def target(self, unit: str | None) -> Decimal | None:
        """Its target in `unit`; None when it was no number, or in a unit that does not convert."""
        value = value_of(self.indicator.operator, self.indicator.target, self.indicator.unit)
        return convert(value.number, self.indicator.unit, unit) if isinstance(value, NumberValue) else None

    def actual(self, unit: str | None) -> Decimal | None:
        """What was reached, in `unit`; None when it is not known or no number."""
        if self.report is None or self.report.actual is None:
            return None
        own = in_unit(self.report.actual, self.report.unit)
        return convert(own, self.report.unit, unit) if own is not None else None


class _Year(NamedTuple):
    year: int | None
    forms: tuple[Form, ...]
    declared: dict[str, Indicator]
    reported: dict[str, Indicator]


class Past:
    """Earlier forms of one organisation (and, for a project form, of the same project).

    `previous` is newest first. Forms of the same year as `form` are its own earlier stages: they are no
    history, but among them is the declaration that a report is held against.
    """

    declaration: Form | None
    """The declaration of the form's own year, None when it is not known."""

    def __init__(self, form: Form, previous: Sequence[Form]) -> None:
        self.declaration = None
        kept = [earlier for earlier in previous if _same_subject(form, earlier)]
        groups: dict[object, list[Form]] = {}
        for index, earlier in enumerate(kept):
            year = earlier.fiscal_year
            if year is not None and year == form.fiscal_year:
                if self.declaration is None and earlier.purpose is Purpose.DECLARATION:
                    self.declaration = earlier
            elif year is None or form.fiscal_year is None or year < form.fiscal_year:
                groups.setdefault(year if year is not None else f"#{index}", []).append(earlier)
        self._years = [_year(tuple(forms)) for forms in groups.values()]
        self._own = by_name(form) if groups else {}
        self._known: dict[str, tuple[PastRow, ...]] = {}

    @property
    def forms(self) -> tuple[Form, ...]:
        """One form for each earlier year, newest first: the declaration where there is one."""
        return tuple(
            next((form for form in year.forms if form.purpose is Purpose.DECLARATION), year.forms[0])
            for year in self._years
        )

    def of(self, row: Row) -> tuple[PastRow, ...]:
        """The indicator of `row` in the years before, newest first; years that lack it are left out.

        Indicators are the same when their names are, but for years, marks and blanks. A name that is cut
        off, or stands twice on a form, is the same as none.
        """
        key = same_name(row.name)
        if key not in self._own or row.is_cut("name"):
            return ()
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = tuple(self._of(key))
        return known

    def _of(self, key: str) -> Iterator[PastRow]:
        for year in self._years:
            declared, reported = year.declared.get(key), year.reported.get(key)
            if (indicator := declared or reported) is not None:
                yield PastRow(year.year, indicator, reported)


def _same_subject(form: Form, earlier: Form) -> bool:
    if form.kind is not earlier.kind:
        return False
    return form.kind is Kind.DEPARTMENT or same_name(form.project or "") == same_name(earlier.project or "")


def _year(forms: tuple[Form, ...]) -> _Year:
    declared: dict[str, Indicator] = {}
    reported: dict[str, Indicator] = {}
    for form in forms:
        names = by_name(form)
        if form.purpose is Purpose.DECLARATION:
            declared = declared or names
        elif form.purpose is Purpose.SELF_EVALUATION:
            reported = reported or names
    return _Year(forms[0].fiscal_year, forms, declared, reported)


def by_name(form: Form) -> dict[str, Indicator]:
    """The indicators of a form by the name they are recognised by; without cut and repeated names."""
    found: dict[str, Indicator] = {}
    twice: set[str] = set()
    for indicator in form.indicators:
        if "name" in indicator.truncated:
            continue
        key = same_name(indicator.name)
        if key in found:
            twice.add(key)
        found[key] = indicator
    return {key: indicator for key, indicator in found.items() if key not in twice}


_NOISE = re.compile(r"20\d\d年?度?|[\W_]")


@lru_cache(maxsize=65536)
def same_name(name: str) -> str:
    """What is left of a name once years, marks and blanks are dropped: equal for the same indicator."""
    return _NOISE.sub("", normalize("NFKC", name)).lower()
