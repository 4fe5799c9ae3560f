"""What rules say of rows, each looked at by itself: worked out once for all rows with the same cells.

A rule that asks one row and nothing else of the form gives its check here. A row meets only the checks that
are meant for rows of its kind, and what they say stays with the row, which is remembered (`review.row`): a
form that is reviewed again after a change costs little more than its changed rows.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from hengliang.base.finding import Finding, Undecidable
from hengliang.base.profile import Profile
from hengliang.review.row import Row, Said

RowOutcome = Finding | Undecidable
RowKind = Callable[[Row], bool]
"""Tells rows of a kind. One function is one kind: it is asked once of each row, for all rules."""
RowCheck = Callable[[Row, Profile], RowOutcome | None]


class _Check(NamedTuple):
    code: str
    kind: RowKind
    run: RowCheck


_checks: list[_Check] = []
_kinds: dict[RowKind, int] = {}
_plans: dict[int, list[tuple[str, RowCheck]]] = {}


def register(code: str, kind: RowKind, check: RowCheck) -> None:
    """Make `check` of every row of the kind from now on, under the code of its rule."""
    _checks.append(_Check(code, kind, check))
    _kinds.setdefault(kind, 1 << len(_kinds))
    _plans.clear()


class ByRow:
    """What was said of the rows of one form under one profile, by the code of the rule."""

    def __init__(self, rows: Iterable[Row], profile: Profile) -> None:
        self._outcomes: dict[str, list[RowOutcome]] = {}
        self._kinds = 0
        outcomes = self._outcomes
        for row in rows:
            said = row.said.get(profile)
            if said is None or said.checks != len(_checks):
                said = row.said[profile] = _said(row, profile)
            self._kinds |= said.kinds
            for code, outcome in said.outcomes:
                if code in outcomes:
                    outcomes[code].append(outcome)
                else:
                    outcomes[code] = [outcome]

    def outcomes(self, code: str) -> list[RowOutcome]:
        """What the rule said, in the order of rows."""
        return self._outcomes.get(code, _NOTHING)

    def has(self, kind: RowKind) -> bool:
        """Whether there is a row of this kind."""
        return bool(self._kinds & _kinds[kind])


_NOTHING: list[RowOutcome] = []


def _said(row: Row, profile: Profile) -> Said:
    kinds = sum([bit for kind, bit in _kinds.items() if kind(row)])
    plan = _plans.get(kinds)
    if plan is None:
        plan = _plans[kinds] = [(one.code, one.run) for one in _checks if kinds & _kinds[one.kind]]
    made = [(code, check(row, profile)) for code, check in plan]
    return Said(
        kinds, len(_checks), tuple([(code, outcome) for code, outcome in made if outcome is not None])
    )
