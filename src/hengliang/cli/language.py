"""Which language is spoken: by option, by environment, by the locale of the machine."""

import os
from collections.abc import Mapping, Sequence

OPTION = "--lang"
VARIABLE = "HENGLIANG_LANG"


def take_language(arguments: Sequence[str]) -> tuple[str | None, list[str]]:
    """The value of the last `--lang` before any `--`, and the arguments without them."""
    wanted: str | None = None
    rest: list[str] = []
    left = list(arguments)
    while left:
        argument = left.pop(0)
        if argument == "--":
            return wanted, [*rest, argument, *left]
        if argument == OPTION and left:
            wanted = left.pop(0)
        elif argument.startswith(f"{OPTION}="):
            wanted = argument.partition("=")[2]
        else:
            rest.append(argument)
    return wanted, rest


def language_named(name: str) -> str | None:
    """The language that `zh`, `zh-CN`, `zh_Hans`, `en` … mean; None for any other name."""
    plain = name.lower().replace("-", "_").split(".")[0].split("_")[0]
    return {"zh": "zh_Hans", "en": "en"}.get(plain)


def language_of(environment: Mapping[str, str]) -> str:
    """The language of the environment: `HENGLIANG_LANG`, else Chinese where the locale is, else English."""
    if chosen := language_named(environment.get(VARIABLE, "")):
        return chosen
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(variable):
            return language_named(value) or "en"
    return _language_of_windows() or "en"


def _language_of_windows() -> str | None:
    """Windows keeps the language of its screens elsewhere than in the environment."""
    if os.name != "nt":
        return None
    import ctypes
    import locale

    code = ctypes.windll.kernel32.GetUserDefaultUILanguage()  # type: ignore[attr-defined,unused-ignore]
    return language_named(locale.windows_locale.get(code, ""))
