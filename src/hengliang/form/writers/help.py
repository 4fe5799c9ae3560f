"""The help that written forms carry for those who fill them in (`help.toml`), in Chinese."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from hengliang.form.model import Purpose


@cache
def _help() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads((files("hengliang.form.writers") / "help.toml").read_text(encoding="utf-8"))


def column_help(field: str) -> str | None:
    """What to enter in a column of the indicator table, None where nothing needs saying."""
    return _help()["columns"].get(field)


def words(key: str) -> str:
    """One text, by `table.key`."""
    table, _, name = key.partition(".")
    return str(_help()[table][name])


def notes(purpose: Purpose) -> Sequence[str]:
    """The 填表说明 of a form, sentence by sentence."""
    table = _help()["notes"]
    return [*table["all"], *table[purpose.value]]
