"""A binding (指标与台账的对应): which metric measures which indicator of a form, which phrase of its goals.

Nothing is bound silently: a binding is a file, its names are held against the form, and for a form without
one metrics are only proposed.
"""

import tomllib
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from hengliang.base.message import Message, message
from hengliang.base.text import compact
from hengliang.form.model import Form
from hengliang.measure.catalogue import PACKS
from hengliang.measure.definition import Figure, Ledger, Metric


class BindingError(ValueError):
    """A binding that does not fit; `said` tells which entry, and what to do."""

    def __init__(self, said: Message) -> None:
        super().__init__(str(said))
        self.said = said


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Fact(_Entry):
    """A fact that a sentence asks for beside the value: the value of a metric, or 是/否 from comparing it."""

    metric: str
    at_least: str | None = None
    at_most: str | None = None
    above: str | None = None

    @property
    def is_condition(self) -> bool:
        """Whether it is a yes or no."""
        return any(limit is not None for limit in (self.at_least, self.at_most, self.above))

    def holds(self, number: Fraction) -> bool:
        """Whether a number keeps within all the limits; each is a decimal or a fraction, 200/3."""
        return (
            (self.at_least is None or number >= Fraction(self.at_least))
            and (self.at_most is None or number <= Fraction(self.at_most))
            and (self.above is None or number > Fraction(self.above))
        )


class Bound(_Entry):
    """One indicator, by its number in the form (from 1) and its name, and the metric that measures it."""

    number: int
    name: str
    metric: str
    facts: Mapping[str, Fact] = {}
    confirmed: bool = True
    """False in proposals that nobody has confirmed; they bind nothing."""


class Phrase(_Entry):
    """A phrase of the goals or duties that no indicator covers."""

    where: Literal["goals", "duties"]
    words: str
    metric: str


class Binding(_Entry):
    """All bindings of one form."""

    organisation: str
    fiscal_year: int
    indicators: tuple[Bound, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    parameters: Mapping[str, Figure] = {}
    """What the records do not say: an approved budget, last year's share, which survey is meant."""
    waiting: tuple[Bound, ...] = ()
    """Proposals that nobody has confirmed."""

    @property
    def metrics(self) -> tuple[str, ...]:
        """The ids of all metrics that are asked for."""
        asked = [bound.metric for bound in self.indicators]
        asked += [fact.metric for bound in self.indicators for fact in bound.facts.values()]
        return tuple(dict.fromkeys([*asked, *(phrase.metric for phrase in self.phrases)]))


def read_binding(path: Path) -> Binding:
    """The binding in a TOML file. Raises BindingError."""
    try:
        binding = Binding.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise BindingError(
            message("{file} cannot be read: {why}", file=str(path), why=error.strerror)
        ) from error
    except (ValidationError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BindingError(message("{file} is no binding: {why}", file=str(path), why=str(error))) from error
    confirmed = tuple(bound for bound in binding.indicators if bound.confirmed)
    waiting = tuple(bound for bound in binding.indicators if not bound.confirmed)
    return binding.model_copy(update={"indicators": confirmed, "waiting": (*binding.waiting, *waiting)})


@cache
def _shipped() -> tuple[Binding, ...]:
    return tuple(read_binding(path) for path in sorted(PACKS.glob("*/bindings/*.toml")))


def shipped_binding(form: Form) -> Binding | None:
    """The binding that comes with the product for this organisation and year; None when there is none."""
    return next(
        (
            binding
            for binding in _shipped()
            if binding.organisation == form.organisation and form.fiscal_year in (None, binding.fiscal_year)
        ),
        None,
    )


def check_binding(binding: Binding, form: Form, ledgers: Mapping[str, Ledger]) -> None:
    """Holds a binding against the form and the metrics that there are. Raises BindingError."""
    known = metrics_by_id(ledgers)
    for bound in binding.indicators:
        if not 1 <= bound.number <= len(form.indicators):
            raise BindingError(message("the form has no indicator {number}", number=bound.number))
        printed = form.indicators[bound.number - 1].name
        if compact(printed).rstrip("…⋯.") != compact(bound.name).rstrip("…⋯."):
            raise BindingError(
                message(
                    "indicator {number} is called {printed} in the form and {name} in the binding",
                    number=bound.number, printed=printed, name=bound.name,
                )
            )  # fmt: skip
    for phrase in binding.phrases:
        texts = form.goals if phrase.where == "goals" else form.duties
        if not any(phrase.words in text for text in texts):
            raise BindingError(message("the form does not say “{words}”", words=phrase.words))
    for metric in binding.metrics:
        if metric not in known:
            raise BindingError(message("there is no metric {metric}", metric=metric))


def metrics_by_id(ledgers: Mapping[str, Ledger]) -> dict[str, tuple[Ledger, Metric]]:
    """Every metric with its ledger, by id."""
    return {metric.id: (ledger, metric) for ledger in ledgers.values() for metric in ledger.metrics}


def bindings_for(form: Form, ledgers: Mapping[str, Ledger], path: Path | None) -> Binding | None:
    """The binding in the file at `path`, else the shipped one; checked. None when there is none.

    Raises BindingError.
    """
    binding = read_binding(path) if path is not None else shipped_binding(form)
    if binding is not None:
        check_binding(binding, form, ledgers)
    return binding


def unbound(form: Form, binding: Binding | None) -> Sequence[int]:
    """The places of indicators that nothing is bound to, from 0."""
    taken = {bound.number - 1 for bound in binding.indicators} if binding is not None else set[int]()
    return [index for index in range(len(form.indicators)) if index not in taken]
