"""What an entry says, apart from the database: its fields, read from a form, a file, a page."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from hengliang.base.message import message
from hengliang.form.model import OPERATORS, Indicator
from hengliang.web.accounts.policies import Refused
from hengliang.web.library.models import Edition
from hengliang.web.library.uses import key_of

_LONGEST = {"name": 200, "level1": 40, "level2": 60, "operator": 2, "target": 200, "unit": 40, "sector": 60,
            "definition": 5000, "criterion": 5000, "basis": 2000}  # fmt: skip


class BadContent(Refused):
    """What no entry can say, with the reason."""


class Content(NamedTuple):
    """The fields of an entry; texts, empty where there is nothing to say."""

    name: str
    level1: str
    level2: str = ""
    names: tuple[str, ...] = ()
    definition: str = ""
    operator: str = ""
    target: str = ""
    unit: str = ""
    criterion: str = ""
    basis: str = ""
    sector: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """What its names are compared by, its own first."""
        return tuple(dict.fromkeys(key for name in (self.name, *self.names) if (key := key_of(name))))


FIELDS = Content._fields


def content_from(data: Mapping[str, Any]) -> Content:
    """The content that texts by field name are; `names` are a list, or one text with ； or line ends between
    them. Raises BadContent."""
    texts = {name: _text(name, data.get(name)) for name in _LONGEST}
    for name, most in _LONGEST.items():
        if len(texts[name]) > most:
            raise BadContent(message("{field} is longer than {most} characters", field=name, most=most))
    if not key_of(texts["name"]):
        raise BadContent(message("an entry needs a name"))
    if not texts["level1"]:
        raise BadContent(message("an entry needs a level 1"))
    if texts["operator"] not in ("", *OPERATORS):
        raise BadContent(message("the sign is one of ≥ > = < ≤ 定性"))
    given = data.get("names") or ()
    together = "\n".join(
        _text("names", one) for one in (given if isinstance(given, list | tuple) else (given,))
    )
    names = together.replace("；", "\n").replace(";", "\n").splitlines()
    clean = tuple(dict.fromkeys(name for one in names if (name := one.strip()[:200])))
    return Content(**texts, names=tuple(name for name in clean if name != texts["name"]))


def _text(field: str, value: Any) -> str:
    """A value of a field as text; a number is as it is written. Raises BadContent for anything else."""
    if value is None or isinstance(value, str):
        return (value or "").strip()
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadContent(message("{field} is no text", field=field))
    return str(value)


def content_of_row(row: Indicator, basis: str) -> Content:
    """What a row of a form proposes for the library, without texts that were cut off. Raises BadContent."""
    texts = {"name": row.name, "level1": row.level1, "level2": row.level2, "operator": row.operator,
             "target": row.target, "unit": row.unit, "definition": row.explanation,
             "criterion": row.criterion, "basis": row.basis or basis}  # fmt: skip
    cut = {"definition": "explanation"}
    return content_from(
        {name: text for name, text in texts.items() if cut.get(name, name) not in row.truncated}
    )


def content_of(edition: Edition) -> Content:
    """What an edition says."""
    return Content(**{name: getattr(edition, name) for name in FIELDS if name != "names"},
                   names=tuple(edition.names))  # fmt: skip
