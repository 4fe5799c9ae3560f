"""A ledger (台账) as a definition: what one row is, its columns, rules, checks and metrics.

A definition is data (one TOML file, see `packs/`): adding a ledger or a metric needs no code. Expressions are
those of `measure.expression`.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from hengliang.base.message import Words
from hengliang.measure.expression import Expression, expression
from hengliang.measure.functions import ExpressionError


class DefinitionError(ValueError):
    """A definition that cannot be used; says which file, which entry, and why."""


def _read_expression(text: object) -> Expression:
    if isinstance(text, Expression):
        return text
    if not isinstance(text, str):
        raise ValueError("an expression is a text")
    return expression(text)


Written = Annotated[Expression, BeforeValidator(_read_expression)]
"""An expression, written as text."""


def _read_figure(value: object) -> object:
    if isinstance(value, str) and re.fullmatch(r"-?\d+(\.\d+)?", value):
        return Decimal(value)
    return value


Figure = Annotated[Decimal | str | bool | tuple[str, ...], BeforeValidator(_read_figure)]
"""A parameter: a number, written as a text or as one, or a word, a date, a list of words."""

Type = Literal[
    "text", "code", "enum", "int", "decimal", "bool", "date", "datetime", "list", "degrees", "geometry"
]
Need = Literal["R", "C", "O"]
"""R required, C required under a condition that a rule states, O optional."""
Kind = Literal[
    "count", "share", "ratio", "sum", "mean", "latest", "largest", "median", "months_late", "list",
    "coverage", "change", "function",
]  # fmt: skip


class _Definition(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Said(_Definition):
    """The same in Chinese and in English."""

    zh: str
    en: str

    @property
    def words(self) -> Words:
        """As it is said."""
        return Words(self.zh, self.en)


class Column(Said):
    """One column. `unit` is the unit of its numbers; `format` names a code format (`measure.codes`)."""

    name: str = Field(pattern="^[a-z][a-z0-9_]*$")
    type: Type
    need: Need = "O"
    unit: str | None = None
    places: int | None = Field(default=None, ge=0, le=9)
    """Decimal places with which a decimal is written; at least 4 are kept."""
    codes: Mapping[str, str] = {}
    """The codes of an enum, each with its Chinese word."""
    open: bool = False
    """Whether other codes may stand there too: the list is a proposal, without a source that closes it."""
    format: str | None = None
    least: Decimal | None = None
    most: Decimal | None = None
    personal: bool = False
    """Persons, devices, answers: never leaves the house."""
    also: tuple[str, ...] = ()
    """Other headings under which files carry the column; `#` stands for a digit: `permits_####`."""
    is_point: bool = False
    """Whether a geometry is one point: files may give it as two columns of coordinates."""
    reported_as: str = "Q02"
    """The code under which a code of the wrong format is reported."""
    blank_if_absent: bool = False
    """Whether a source without the column says that the values are missing. Otherwise nobody knows, and what
    asks for the column is not computed."""
    filled: bool = False
    """Whether the load knows the value where a file leaves it out: who loaded it, when, from which file."""
    help: Said | None = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.type == "enum" and not self.codes:
            raise ValueError(f"column {self.name}: an enum lists its codes")
        if self.format and self.type != "code":
            raise ValueError(f"column {self.name}: only codes have a format")
        if self.is_point and self.type != "geometry":
            raise ValueError(f"column {self.name}: only a geometry is a point")
        return self


class Rule(Said):
    """A condition between the columns of one row, broken where it is false; unknown is no breach."""

    code: str
    """Q03, Q05, Q10, Q02 of the shared checks, or the ledger's own (`I03-B1`)."""
    holds: Written
    where: Written | None = None
    """Which rows it is asked of; all unless said, and where the source lacks the columns that tell."""
    blocking: bool = True
    """Whether a row that breaks it leaves the numerator; otherwise it opens a question."""
    figure: Written | None = None
    """A number that the finding shows: by how much it is broken."""
    figure_name: str | None = None
    """The name of the figure; `{column}` stands for the value of a column: `balance_error_{ore_unit}`."""

    @property
    def text(self) -> str:
        """The condition as it is written, with the rows that it is asked of."""
        return self.holds.text if self.where is None else f"implies({self.where.text}, {self.holds.text})"

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that it asks for, and that tell which rows it is asked of."""
        return tuple(dict.fromkeys([*self.holds.columns, *(self.where.columns if self.where else ())]))


class Check(_Definition):
    """A shared check over several rows (`measure.checks`), with the columns and figures that it asks."""

    code: str
    columns: Mapping[str, str] = {}
    """Which column plays which part: `photo = "photo_sha256"`. A check is not run where one is absent."""
    optional: Mapping[str, str] = {}
    """The same for parts without which the check can still be made."""
    figures: Mapping[str, Decimal] = {}
    where: Written | None = None
    """Which rows are looked at; all unless said."""
    ledger: str | None = None
    """Another ledger that the rows are held against, joined by `key` (a column here) to its own key."""
    key: str | None = None
    there: Mapping[str, str] = {}
    """Which column of the other ledger plays which part."""
    asks: Mapping[str, str] = {}
    """Figures that are parameters of the ledger, by their names: `distance_m = "on_site_radius_m"`."""
    reports: str | None = None
    """The code under which it reports; its own unless said."""
    blocking: bool = False
    """Whether rows leave the numerator, for checks that leave the choice to the ledger."""


class Condition(Said):
    """One of the conditions under which a row counts, and what is said of a row for which it fails."""

    when: Written
    if_there: bool = False
    """Whether it is left out where the source lacks the columns that it asks for."""
    zh: str = ""
    en: str = ""


class Metric(Said):
    """How an actual value is computed from the rows of a ledger.

    * `count`: rows, or different values of `distinct`, that are `among` and `counted`.
    * `share`: `counted` among `among`, each row weighing `weight` (1), in percent.
    * `ratio`: the sum of `weight` of the rows among, by the sum of `base`, in percent.
    * `sum`, `mean`, `largest`, `median`: of `weight` over the rows that count.
    * `latest`: the last of the dates `weight`; open while a row among has none or does not count.
    * `list`: the different values of `distinct` of the rows that count, in order.
    * `coverage`: of the values in the parameter `listed`, those that `distinct` has in rows that count; in
      percent.
    * `change`: another metric, `of`, less the parameter `whole`.
    * `months_late`: whole months from `due` (a date) to the latest, or to the as-of date while it is open.
    * `function`: worked out by a function of `measure.metrics`, named `module.function`.
    """

    id: str
    version: int = 1
    kind: Kind
    unit: str = ""
    places: int = 2
    among: tuple[Condition, ...] = ()
    counted: tuple[Condition, ...] = ()
    distinct: str | None = None
    listed: str | None = None
    """The parameter that lists the values that a `coverage` asks for."""
    counts: Literal["counted", "due", "rest"] = "counted"
    """Of a `count`: the rows that count, all rows that are among, or those of them that do not count."""
    weight: Written | None = None
    base: Written | None = None
    whole: str | None = None
    """The parameter that a share or a ratio is taken of, where no rows say it: an approved budget."""
    of: str | None = None
    """The metric of the same ledger that a change starts from."""
    due: Written | None = None
    scale: Decimal = Decimal(1)
    """What the result is multiplied with: 0.000001 for square kilometres from square metres."""
    last_of: tuple[str, ...] = ()
    """Of several rows that agree in these columns only the last is asked: with the largest `last_by`."""
    last_by: str | None = None
    function: str | None = None
    columns: Mapping[str, str] = {}
    """Which column plays which part in a function."""
    keeps_blocked: bool = False
    """Whether blocked rows stay: in cost ratios, so that bad rows never improve them."""
    despite: tuple[str, ...] = ()
    """Blocking checks in spite of which rows still count."""

    @model_validator(mode="after")
    def _fits(self) -> Self:
        needed = {"ratio": ("weight", "base"), "sum": ("weight",), "mean": ("weight",), "latest": ("weight",)}
        needed |= {"largest": ("weight",), "median": ("weight",), "months_late": ("weight", "due")}
        needed |= {"function": ("function",), "list": ("distinct",), "coverage": ("distinct", "listed")}
        needed |= {"change": ("of", "whole")}
        if self.kind == "ratio" and self.whole is not None:
            needed["ratio"] = ("weight",)
        missing = [name for name in needed.get(self.kind, ()) if getattr(self, name) is None]
        if missing:
            raise ValueError(f"metric {self.id}: a {self.kind} needs {missing[0]}")
        return self


class Scoring(_Definition):
    """The score that would follow from the metrics of a ledger (`measure.scoring_rules`).

    `determined`: the form's sentence is whole and holds the arithmetic. `provisional`: it is cut or without
    arithmetic; the rule is a placeholder between the bounds, and `question` is what must be asked.
    """

    rule: str
    points: Decimal
    status: Literal["determined", "provisional"]
    inputs: Mapping[str, str] = {}
    """Which metric gives which input of the rule: `actual = "M01"`."""
    figures: Mapping[str, Decimal | str] = {}
    """The other inputs of the rule: `target = "60"`."""
    gate_at_least: Decimal | None = None
    """The gate is open when its metric comes to so much; without it, when it is true."""
    bounds: tuple[Decimal, Decimal] | None = None
    question: Said | None = None


class Ledger(Said):
    """A ledger: `row` says what one row is, `key` the columns that may stand together once only."""

    name: str = Field(pattern="^[a-z][a-z0-9_]*$")
    row: Said
    key: tuple[str, ...]
    alike: tuple[str, ...] = ()
    """Columns of the key that are taken to be the same in all rows where the source lacks them."""
    unique: tuple[tuple[str, ...], ...] = ()
    """Other columns that may stand together once only."""
    shown: tuple[str, ...] = ()
    """The columns by which people name a row, joined by /; the key unless said."""
    shown_as: str | None = None
    """How the name is written, where joining is not enough: `{sensor_code}@{observed_at:%H:%M}`."""
    groups: tuple[str, ...] = ()
    accepted_on: str | None = None
    """The date that decides which of two rows with one key was accepted first."""
    happened: str | None = None
    """The date or instant at which the thing of a row happened."""
    is_series: bool = False
    """Readings by the million: checked when they are loaded, never fetched row by row."""
    columns: tuple[Column, ...]
    rules: tuple[Rule, ...] = ()
    checks: tuple[Check, ...] = ()
    metrics: tuple[Metric, ...] = ()
    scoring: Scoring | None = None
    notes: Said | None = None
    version: int = 1
    parameters: Mapping[str, Figure] = {}
    """Figures that rules and metrics ask for as `p.name`, with their defaults."""
    to_be_checked: tuple[Said, ...] = ()
    """Standards, figures and code tables without a confirmed source; carried into every output."""

    @model_validator(mode="after")
    def _fits(self) -> Self:
        names = [column.name for column in self.columns]
        twice = {name for name in names if names.count(name) > 1}
        if twice:
            raise ValueError(f"ledger {self.name}: column {min(twice)} is defined twice")
        known = {*names}
        asked = {*self.key, *self.shown} | {name for name in (self.accepted_on, self.happened) if name}
        asked |= {name for rule in self.rules for name in rule.columns}
        asked |= {name for metric in self.metrics for name in (*metric.last_of, metric.last_by) if name}
        asked |= {*self.alike} | {name for names in self.unique for name in names}
        asked |= {name for check in self.checks for name in columns_asked(check)}
        asked |= {name for metric in self.metrics for name in columns_of(metric)}
        if asked - known:
            raise ValueError(f"ledger {self.name}: there is no column {min(asked - known)}")
        return self

    @property
    def named_by(self) -> tuple[str, ...]:
        """The columns by which people name a row."""
        return self.shown or self.key

    def placed(self, header: Sequence[str]) -> dict[str, int]:
        """Where the columns of the ledger stand under these headings, by their names or their other names."""
        places = {name: at for at, name in reversed(list(enumerate(header)))}
        years = {re.sub(r"\d", "#", name): at for name, at in reversed(places.items())}
        places = {**years, **places}
        found: dict[str, int] = {}
        for column in self.columns:
            at = next((places[name] for name in (column.name, *column.also) if name in places), None)
            if at is not None and at not in found.values():
                found[column.name] = at
        return found

    def column(self, name: str) -> Column:
        """The column called `name`. Raises KeyError."""
        return next(column for column in self.columns if column.name == name)

    def doubts(self, language: str) -> list[str]:
        """What is to be checked (待核实), in a language."""
        return [one.words.say(language) for one in self.to_be_checked]


def columns_of(metric: Metric) -> tuple[str, ...]:
    """The columns that a metric cannot do without."""
    conditions = (*metric.among, *metric.counted)
    written = [condition.when for condition in conditions if not condition.if_there]
    written += [part for part in (metric.weight, metric.base, metric.due) if part is not None]
    names = [name for part in written for name in part.columns]
    names += metric.columns.values()
    return tuple(dict.fromkeys([*names, *([metric.distinct] if metric.distinct else [])]))


def columns_asked(check: Check) -> tuple[str, ...]:
    """The columns of its own ledger that a check asks for, the optional ones included."""
    names = [*check.columns.values(), *check.optional.values(), *([check.key] if check.key else [])]
    return tuple(dict.fromkeys([*names, *(check.where.columns if check.where else ())]))


def read_ledger(path: Path, groups: Mapping[str, tuple[Column, ...]]) -> Ledger:
    """The ledger that the file at `path` defines, with the columns of its groups behind its own.

    Raises DefinitionError, naming file and entry.
    """
    try:
        return ledger_of(path.read_text(encoding="utf-8"), path.name, groups)
    except UnicodeDecodeError as error:
        raise DefinitionError(f"{path.name}: {error}") from error


def ledger_of(text: str, file: str, groups: Mapping[str, tuple[Column, ...]]) -> Ledger:
    """The same from the text of the file. Raises DefinitionError."""
    try:
        data = tomllib.loads(text)
        own = tuple(Column.model_validate(column) for column in data.get("columns", ()))
        # A ledger may name a column of a group in its own way: the inspector is the person of the group W.
        names = {name for column in own for name in (column.name, *column.also)}
        shared = [
            column for group in data.get("groups", ()) for column in groups[group] if column.name not in names
        ]
        return Ledger.model_validate({**data, "columns": (*own, *shared)})
    except (ValidationError, ExpressionError, tomllib.TOMLDecodeError, KeyError) as error:
        raise DefinitionError(f"{file}: {error}") from error


def groups_of(text: str) -> dict[str, tuple[Column, ...]]:
    """The shared column groups that a text defines, by letter. Raises DefinitionError."""
    try:
        return {
            name: tuple(Column.model_validate(column) for column in columns)
            for name, columns in tomllib.loads(text).items()
        }
    except (ValidationError, tomllib.TOMLDecodeError, TypeError) as error:
        raise DefinitionError(f"groups: {error}") from error
