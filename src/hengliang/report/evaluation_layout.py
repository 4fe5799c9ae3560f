"""Layouts of the self-evaluation table (自评表) as data: which boxes, captions and columns stand where.

A layout is a TOML file. Those that come with the product lie in `report/layouts/`; a province's or a unit's
own is given by its path. Captions are pairs, Chinese and English. `docs/how-to/write-a-layout.md` explains
every key. Sources of the shipped ones: sections 3.6 and 8.1 of the regulations digest.
"""

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from hengliang.base.message import Message, message
from hengliang.base.profile import Profile
from hengliang.form.model import Kind
from hengliang.report.data_file import DataFileError, read_data_file

Caption = tuple[str, str]
"""A caption in Chinese and in English; holes `{year}`, `{unit}`, `{points}` are filled."""

FormField = Literal[
    "", "project", "supervisor", "organisation", "codes/project", "codes/department", "codes/region",
    "fiscal_year", "duties", "goals", "achieved", "signoff/preparer", "signoff/head", "signoff/phone",
    "signoff/date", "signoff/seal",
]  # fmt: skip
"""What a box shows of the form; nothing for a box that is to be written in."""

MoneyField = Literal["name", "initial", "budget", "executed", "points", "rate", "score"]
IndicatorField = Literal[
    "number", "level1", "level2", "name", "goal", "operator", "value", "unit", "explanation", "criterion",
    "actual", "points", "weight", "score", "low", "high", "reason", "basis", "evidence", "remark",
]  # fmt: skip
"""The columns of the indicators. `goal` is the target with its sign and unit in one cell, `value` the target
alone; `weight` are the points that count where those of rows that do not apply went to others; `low` and
`high` are the least and the most points."""


class LayoutError(ValueError):
    """A layout that does not exist or is none; `reason` says why."""

    def __init__(self, reason: Message) -> None:
        super().__init__(str(reason))
        self.reason = reason


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Labelled(_Part):
    """A caption with the box beside it."""

    caption: Caption
    field: FormField = ""


class Fields(_Part):
    """Lines of captions with their values."""

    kind: Literal["fields"]
    lines: tuple[tuple[Labelled, ...], ...]


class Box(_Part):
    """A caption with one box for a text, at least `height` millimetres high."""

    kind: Literal["box"]
    caption: Caption
    field: FormField = ""
    height: int = 12


class Goals(_Part):
    """The targets of the year beside what was reached."""

    kind: Literal["goals"]
    caption: Caption
    expected: Caption
    achieved: Caption
    height: int = 18


class MoneyColumn(_Part):
    """A column of the money block; `width` in millimetres."""

    field: MoneyField
    caption: Caption
    width: int


class MoneyBlock(_Part):
    """The money, whose total line carries the points for the execution of the budget.

    `lines` are the names of the lines where the form has no money block of its own.
    """

    kind: Literal["money"]
    caption: Caption
    columns: tuple[MoneyColumn, ...]
    lines: tuple[str, ...]


class Heading(_Part):
    """A line over the whole width: 预算执行（10分）."""

    kind: Literal["heading"]
    caption: Caption
    points: Literal["", "execution", "indicators"] = ""
    """Which points `{points}` in the caption are."""


class IndicatorColumn(_Part):
    """A column of the indicators; `width` in millimetres. `only` names when it is there.

    A wide column may be made of several `parts`, so that the boxes above find edges to stand on.
    """

    field: IndicatorField
    caption: Caption
    width: int
    parts: Annotated[int, Field(ge=1, le=4)] = 1
    only: Literal["", "filled", "reweighted"] = ""
    """Always; where a row has something in it; where points went from one row to another."""


class Indicators(_Part):
    """The indicators, with the line of the total below."""

    kind: Literal["indicators"]
    columns: tuple[IndicatorColumn, ...]
    total: Caption


class Layout(_Part):
    """One layout."""

    name: str = ""
    title: Caption
    subtitle: Caption
    kinds: tuple[Kind, ...]
    """The kinds of forms that it is for."""
    profiles: tuple[str, ...] = ()
    """The rule profiles under which it is chosen before others."""
    paper: Literal["landscape", "portrait"] = "landscape"
    parts: tuple[
        Annotated[Fields | Box | Goals | MoneyBlock | Heading | Indicators, Field(discriminator="kind")], ...
    ]

    @property
    def indicators(self) -> Indicators:
        """The one table of indicators."""
        return next(part for part in self.parts if isinstance(part, Indicators))


def layout_names() -> tuple[str, ...]:
    """The names of the layouts that come with the product."""
    return tuple(sorted(path.stem for path in _home().glob("*.toml")))


@cache
def load_layout(name: str) -> Layout:
    """The layout called `name`, or the one in the file that `name` is a path of. Raises LayoutError."""
    path = Path(name)
    if path.suffix != ".toml":
        path = _home() / f"{name}.toml"
    try:
        layout = read_data_file(path, Layout, name=path.stem)
    except OSError as error:
        known = ", ".join(layout_names())
        raise LayoutError(
            message("there is no layout {name}; there are: {known}", name=name, known=known)
        ) from error
    except DataFileError as error:
        raise LayoutError(error.reason) from error
    _check(layout, path)
    return layout


def layout_for(kind: Kind, profile: Profile) -> Layout:
    """The layout for forms of `kind` under `profile`: the profile's own one, else the national one."""
    fitting = [layout for layout in map(load_layout, layout_names()) if kind in layout.kinds]
    return next(
        (layout for layout in fitting if profile.name in layout.profiles),
        load_layout(f"national-{kind.value}"),
    )


def _check(layout: Layout, path: Path) -> None:
    tables = [part for part in layout.parts if isinstance(part, Indicators)]
    fields = {column.field for table in tables for column in table.columns}
    if len(tables) != 1 or not {"name", "actual", "score"} <= fields:
        raise LayoutError(
            message(
                "{file}: a layout has one table of indicators, with columns for name, actual and score",
                file=str(path),
            )
        )


def _home() -> Path:
    return Path(str(files("hengliang") / "report" / "layouts"))
