"""All stories by ledger. A module of `stories` names its own; nothing else is needed to add one."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from hengliang.measure.synthetic import stories
from hengliang.measure.synthetic.city import Story


@cache
def all_stories() -> Mapping[str, Story]:
    """The stories, by the ledgers that they tell."""
    found: dict[str, Story] = {}
    for module in iter_modules(stories.__path__):
        found.update(import_module(f"{stories.__name__}.{module.name}").STORIES)
    return found
