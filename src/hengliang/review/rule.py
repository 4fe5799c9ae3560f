"""What a rule is, and what it is given to look at."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, lru_cache, wraps
from typing import Literal

from hengliang.base.finding import Edit, Finding, Fix, NotApplicable, Severity, Undecidable
from hengliang.base.message import Message
from hengliang.base.place import Spot
from hengliang.base.profile import Profile
from hengliang.form.model import Form
from hengliang.form.source import NO_SOURCE, Source
from hengliang.review.by_row import ByRow, RowCheck, RowKind, register
from hengliang.review.kinds import any_row
from hengliang.review.past import Past
from hengliang.review.points import Weighted, total, weighted
from hengliang.review.row import Row, rows_of
from hengliang.review.sentence import Sentence
from hengliang.review.texts import Texts
from hengliang.review.topics import Alignment

Outcome = Finding | Undecidable | NotApplicable

# Half the time of calling the class, which counts where hundreds are made of every form.
_new = tuple[object, ...].__new__
Check = Callable[["Context"], Iterable[Outcome]]


@dataclass(frozen=True)
class Context:
    """What a rule looks at: one form, the profile, and what else is known.

    `source` says where the contents stood (empty for a form that was never a document). `previous` are the
    forms of the same organisation that came before, newest first: those of earlier years, and for a report
    the declaration of its own year; empty when none are known.
    """

    form: Form
    profile: Profile
    source: Source = NO_SOURCE
    previous: tuple[Form, ...] = ()

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The indicators with what rules ask of them."""
        return rows_of(self.form.indicators)

    @cached_property
    def by_row(self) -> ByRow:
        """What rules say of the indicators, each looked at by itself."""
        return ByRow(self.rows, self.profile)

    @cached_property
    def texts(self) -> Texts:
        """All texts of the form in one string, for rules that look for characters wherever they stand."""
        return Texts(self.form)

    @cached_property
    def text_rows(self) -> tuple[Row, ...]:
        """The indicators whose target the form calls 定性."""
        return tuple([row for row in self.rows if row.operator == "定性"])

    @cached_property
    def percent_rows(self) -> tuple[Row, ...]:
        """The indicators whose unit is %."""
        return tuple([row for row in self.rows if row.unit is not None and row.unit.canonical == "%"])

    @cached_property
    def scored(self) -> tuple[tuple[Row, Sentence], ...]:
        """The indicators that have a scoring standard, each with its sentence taken apart."""
        return tuple([(row, row.sentence) for row in self.rows if row.criterion is not None])

    @cached_property
    def weighted(self) -> tuple[Weighted, ...]:
        """The indicators that have points."""
        return weighted(self.rows)

    @cached_property
    def points(self) -> Decimal:
        """The sum of all points."""
        return total(self.weighted)

    @cached_property
    def alignment(self) -> Alignment:
        """How duties, goals and indicators meet."""
        return Alignment(self.form, self.rows, self.profile)

    @cached_property
    def past(self) -> Past:
        """The same indicators in the years before, and the declaration that a report is held against."""
        return Past(self.form, self.previous)


@dataclass
class Rule:
    """A coded check, registered by making it in a module under `review/rules/`.

    The module's docstring is the rule's page: English first, then a line `---`, then the same in Chinese.
    A code is never given to another rule.
    """

    code: str
    """Family letter and number, `V06`."""
    name: str
    """Names the fault in English, in kebab case: `percent-out-of-reach`. Reads well after "allow"."""
    zh: str
    """名称: the fault in Chinese."""
    en: str
    """The fault in English words."""
    severity: Severity
    basis: tuple[str, ...]
    """Duties in `review/obligations.toml` that the rule checks: `88:规范完整性`, `101:重点突出`."""
    reads: tuple[str, ...]
    """The parts of the form it looks at: `indicators.target`, `goals`, `money`."""
    fix: Literal["safe", "proposal", "none"] = "none"
    since: str = "0.1.0"
    status: Literal["preview", "stable", "deprecated"] = "stable"
    run: Check = field(init=False)

    def check(self, function: Check) -> Check:
        """Decorator: `function` is what the rule does. It yields nothing when the form passes."""
        self.run = function
        return function

    def check_rows(
        self, kind: RowKind = any_row, none: Message | None = None
    ) -> Callable[[RowCheck], RowCheck]:
        """Decorator: the function is what the rule does with one row of this kind, looked at by itself. It
        gives None when the row passes. `none` is the reason not to apply to a form without such a row.
        """

        def decorate(function: RowCheck) -> RowCheck:
            self.look_at_rows(kind)(function)

            @wraps(function)
            def run(context: Context) -> Iterable[Outcome]:
                said = context.by_row
                if none is not None and not said.has(kind):
                    return (NotApplicable(self.code, none),)
                return said.outcomes(self.code)

            self.run = run
            return function

        return decorate

    def look_at_rows(self, kind: RowKind = any_row) -> Callable[[RowCheck], RowCheck]:
        """Decorator: what the function says of each row is in `context.by_row`, for a rule that also looks at
        the form and hands it on with `check`.
        """

        def decorate(function: RowCheck) -> RowCheck:
            register(kind, function)
            return function

        return decorate

    def finds(
        self,
        spots: str | Spot | tuple[Spot, ...],
        message: Message,
        observed: str = "",
        expected: Message | None = None,
        fix: Fix | None = None,
    ) -> Finding:
        """A finding of this rule; `spots` may be the path of one whole field."""
        return _new(Finding, (self.code, self.severity, _spots(spots), message, observed, expected, fix))

    def undecidable(self, spots: str | Spot | tuple[Spot, ...], reason: Message) -> Undecidable:
        """The rule cannot say, because the text it needs is cut off or missing."""
        return Undecidable(self.code, _spots(spots), reason)

    def not_applicable(self, reason: Message) -> NotApplicable:
        """The form has nothing that this rule is about."""
        return NotApplicable(self.code, reason)


def _spots(spots: str | Spot | tuple[Spot, ...]) -> tuple[Spot, ...]:
    if isinstance(spots, str):
        return _whole(spots)
    if isinstance(spots, Spot):
        return (spots,)
    return spots


@lru_cache(maxsize=4096)
def _whole(path: str) -> tuple[Spot, ...]:
    return (Spot(path),)


def safe_fix(say: Message, *edits: Edit) -> Fix:
    """A mend that changes no promise and may be applied unasked."""
    return _new(Fix, (True, say, edits))


def proposal(say: Message, *edits: Edit) -> Fix:
    """A mend that only the declaring unit may decide on."""
    return _new(Fix, (False, say, edits))
