"""What rules say of rows, each looked at by itself: worked out once for all rows with the same cells.

A rule that asks one row and nothing else of the form gives its check here. A row meets only the checks that
are meant for rows of its kind, and what they say stays with the row, which is remembered (`review.row`): a
form that is reviewed again after a change costs little more than its changed rows.
"""

from collections.abc import Callable, Sequence
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


def register(code: str, kind: RowKind, check: RowCheck) -> None:
    """Make `check` of every row of the kind from now on, under the code of its rule."""
    _checks.append(_Check(code, kind, check))
    _kinds.setdefault(kind, 1 << len(_kinds))


class ByRow:
    """What was said of the rows of one form under one profile, by the code of the rule."""

    def __init__(self, rows: Sequence[Row], profile: Profile) -> None:
        _look([row for row in rows if not _is_known(row, profile)], profile)
        self._outcomes: dict[str, list[RowOutcome]] = {}
        self._kinds = 0
        outcomes = self._outcomes
        for row in rows:
            said = row.said[profile]
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


def _is_known(row: Row, profile: Profile) -> bool:
    said = row.said.get(profile)
    return said is not None and said.checks == len(_checks)


def _look(rows: Sequence[Row], profile: Profile) -> None:
    """Make all checks of these rows. One check at a time goes through the rows, which is half as fast again
    as one row at a time through the checks: the check stays at hand in the processor.
    """
    kinds = [0] * len(rows)
    outcomes: list[list[tuple[str, RowOutcome]]] = [[] for _ in rows]
    members: dict[RowKind, list[tuple[Row, list[tuple[str, RowOutcome]]]]] = {}
    for kind, bit in _kinds.items():
        own = members[kind] = []
        for index, row in enumerate(rows):
            if kind(row):
                kinds[index] |= bit
                own.append((row, outcomes[index]))
    for code, kind, run in _checks:
        for row, said in members[kind]:
            outcome = run(row, profile)
            if outcome is not None:
                said.append((code, outcome))
    for row, own_kinds, said in zip(rows, kinds, outcomes, strict=True):
        row.said[profile] = Said(own_kinds, len(_checks), tuple(said))
