"""The glossary names every field of the form, and nothing that the code does not have."""

import re
from functools import cache
from importlib import import_module
from inspect import isclass
from pathlib import Path
from pkgutil import walk_packages

import pytest
from pydantic import BaseModel

import hengliang
from hengliang.base.profile import load_profile
from hengliang.form import model

ROWS = [
    [cell.strip() for cell in line.strip().strip("|").split("|")]
    for line in (Path(__file__).resolve().parents[2] / "GLOSSARY.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("|") and not line.startswith(("| Term", "| ---"))
]
NAMES = [name for row in ROWS for name in re.findall(r"`([^`]+)`", row[2])]
FIELDS = [
    f"{record.__name__}.{field}"
    for record in vars(model).values()
    if isclass(record) and issubclass(record, BaseModel) and record.__module__ == model.__name__
    for field in record.model_fields
]
CORE = ("base", "form", "review")


@cache
def _classes() -> dict[str, list[type]]:
    """Every class of the core rooms by its name."""
    found: dict[str, list[type]] = {}
    for room in CORE:
        package = import_module(f"hengliang.{room}")
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            for name, value in vars(import_module(module.name)).items():
                if isclass(value) and value.__module__.startswith("hengliang."):
                    found.setdefault(name, []).append(value)
    return found


def _has(owner: type, name: str) -> bool:
    return hasattr(owner, name) or name in getattr(owner, "model_fields", {}) or name in owner.__annotations__


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_of_the_form_has_a_term(field: str) -> None:
    assert field in NAMES


@pytest.mark.parametrize("name", [name for name in NAMES if name[0].isupper()])
def test_classes_and_fields_exist(name: str) -> None:
    owner, _, field = name.partition(".")
    assert owner in _classes()
    assert not field or any(_has(one, field) for one in _classes()[owner])


@pytest.mark.parametrize("name", [name for name in NAMES if name[0].islower()])
def test_other_names_are_modules_or_profile_values(name: str) -> None:
    if name.startswith(hengliang.__name__):
        import_module(name)
    else:
        assert load_profile("national-2015").has(name)


def test_rows_are_whole_and_terms_are_given_once() -> None:
    assert [row for row in ROWS if len(row) != 4 or not all(row)] == []
    terms = [row[0] for row in ROWS]
    assert len(terms) == len(set(terms))
