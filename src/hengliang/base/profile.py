"""Rule profiles (规则集): everything that a region or a year decides, as dated data that inherits.

A profile is a folder of TOML files, `base/profiles/<name>/`, one file per subject; `profile.toml` names it.
A value is asked by `<file>.<key>`: `weights.sum` is the key `sum` of `weights.toml`. A profile that inherits
gives only what differs; a key that ends in `+` adds to the inherited list instead of replacing it.
Code holds no such figure. Source of the list of parameters: sections 4 and 12 of the regulations digest.
"""

import re
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import cast

from hengliang.base.message import Words

Value = object


class ProfileError(ValueError):
    """A profile that does not exist, or lacks or mistypes a value that was asked for."""


class Profile:
    """One rule profile with everything it inherits, read by dotted keys."""

    def __init__(self, name: str, data: Mapping[str, Mapping[str, Value]]) -> None:
        self.name = name
        self._data = data
        # Rules ask hundreds of times for each form, so each kind of answer is kept.
        self._values: dict[str, Value] = {}
        self._numbers: dict[str, Decimal] = {}
        self._words: dict[str, tuple[str, ...]] = {}
        self._patterns: dict[str, re.Pattern[str]] = {}

    def __repr__(self) -> str:
        return f"Profile({self.name!r})"

    def get(self, key: str) -> Value:
        """The raw value of `file.key`. Raises ProfileError when the profile has none."""
        try:
            return self._values[key]
        except KeyError:
            value = self._values[key] = self._look_up(key)
            return value

    def _look_up(self, key: str) -> Value:
        file, _, rest = key.partition(".")
        value: object = self._data.get(file)
        for part in rest.split("."):
            table = _table(value)
            if part not in table:
                raise ProfileError(f"profile {self.name!r} has no value {key!r}")
            value = table[part]
        return value

    def replaced(self, values: Mapping[str, Value]) -> "Profile":
        """This profile with other values for some keys (`criteria.part_steps`), under the same name."""
        data: dict[str, dict[str, Value]] = {file: dict(table) for file, table in self._data.items()}
        for key, value in values.items():
            file, _, rest = key.partition(".")
            over: Value = value
            for part in reversed(rest.split(".")):
                over = {part: over}
            data[file] = _merge(data.get(file, {}), _table(over))
        return Profile(self.name, data)

    @property
    def data(self) -> Mapping[str, Mapping[str, Value]]:
        """All values, inherited ones included, by file and key."""
        return self._data

    def has(self, key: str) -> bool:
        """Whether the profile has a value for `key`."""
        try:
            self.get(key)
        except ProfileError:
            return False
        return True

    def number(self, key: str) -> Decimal:
        """An exact number; written in TOML as an integer or a string."""
        try:
            return self._numbers[key]
        except KeyError:
            value = self.get(key)
            if isinstance(value, bool) or not isinstance(value, int | str):
                raise ProfileError(
                    f"profile {self.name!r}: {key!r} is no exact number: write it as a string"
                ) from None
            found = self._numbers[key] = Decimal(value)
            return found

    def flag(self, key: str) -> bool:
        """A yes or no."""
        value = self.get(key)
        if not isinstance(value, bool):
            raise ProfileError(f"profile {self.name!r}: {key!r} is neither true nor false")
        return value

    def text(self, key: str) -> str:
        """One text."""
        value = self.get(key)
        if not isinstance(value, str):
            raise ProfileError(f"profile {self.name!r}: {key!r} is no text")
        return value

    def words(self, key: str) -> tuple[str, ...]:
        """A list of words, in the order given."""
        try:
            return self._words[key]
        except KeyError:
            value = self.get(key)
            if not isinstance(value, list):
                raise ProfileError(f"profile {self.name!r}: {key!r} is no list of words") from None
            found = self._words[key] = tuple(str(word) for word in cast("list[object]", value))
            return found

    def table(self, key: str) -> Mapping[str, Value]:
        """A table of values."""
        value = self.get(key)
        if not isinstance(value, Mapping):
            raise ProfileError(f"profile {self.name!r}: {key!r} is no table")
        return cast("Mapping[str, Value]", value)

    def pattern(self, key: str) -> re.Pattern[str]:
        """One pattern that finds any of the words of `key`, longer ones first."""
        try:
            return self._patterns[key]
        except KeyError:
            words = sorted(self.words(key), key=len, reverse=True)
            found = self._patterns[key] = re.compile("|".join(map(re.escape, words)) or r"(?!)")
            return found


@cache
def load_profile(name: str) -> Profile:
    """The profile called `name` (`national-2015`), or the one in the folder that `name` is a path of.

    Raises ProfileError when there is none, when a file is no TOML, or when profiles inherit in a circle.
    """
    return Profile(name, _load(name, ()))


def profile_words(name: str) -> Words:
    """What a profile is called. Raises ProfileError where there is none of that name."""
    profile = load_profile(name)
    return Words(profile.text("profile.zh"), profile.text("profile.en"))


def profile_names() -> tuple[str, ...]:
    """The names of the profiles that come with the product."""
    return tuple(sorted(entry.name for entry in _home().iterdir() if entry.is_dir()))


def _table(value: object) -> Mapping[str, Value]:
    return cast("Mapping[str, Value]", value) if isinstance(value, Mapping) else {}


def _home() -> Path:
    return Path(str(files("hengliang") / "base" / "profiles"))


def _load(name: str, heirs: tuple[str, ...]) -> Mapping[str, Mapping[str, Value]]:
    if name in heirs:
        raise ProfileError(f"profiles inherit in a circle: {' -> '.join([*heirs, name])}")
    folder = _home() / name if not Path(name).is_dir() else Path(name)
    if not (folder / "profile.toml").is_file():
        raise ProfileError(f"there is no profile {name!r}; there are: {', '.join(profile_names())}")
    own: dict[str, dict[str, Value]] = {}
    for file in sorted(folder.glob("*.toml")):
        try:
            own[file.stem] = tomllib.loads(file.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as error:
            raise ProfileError(f"{file}: {error}") from error
    parent = own["profile"].get("inherits")
    inherited: Mapping[str, Mapping[str, Value]] = _load(str(parent), (*heirs, name)) if parent else {}
    return cast("Mapping[str, Mapping[str, Value]]", _merge(inherited, own))


def _merge(base: Mapping[str, Value], over: Mapping[str, Value]) -> dict[str, Value]:
    merged: dict[str, Value] = dict(base)
    for key, value in over.items():
        if key.endswith("+"):
            merged[key[:-1]] = [*cast("list[Value]", merged.get(key[:-1], [])), *cast("list[Value]", value)]
        elif isinstance(value, Mapping) and isinstance(merged.get(key), Mapping):
            merged[key] = _merge(cast("Mapping[str, Value]", merged[key]), cast("Mapping[str, Value]", value))
        else:
            merged[key] = value
    return merged
