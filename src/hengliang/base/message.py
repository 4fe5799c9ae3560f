"""What is said to people: an English sentence with named holes, translated when it is shown.

The sentence itself is the key of the catalogue (gettext). Catalogues lie in
`hengliang/locale/<language>/LC_MESSAGES/*.mo`, one file per room or family; English needs none.
"""

import gettext
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple, cast

# Half the time of calling the class, which counts where hundreds are made of every form.
_new = tuple[object, ...].__new__

LANGUAGES = ("zh_Hans", "en")
"""The languages spoken, the default of the web face first."""


def message(text: str, /, **values: object) -> "Message":
    """A message from its English sentence; `{name}` in it is filled from `values` when it is shown.

    Values may be messages themselves, or a tuple of them or of texts, which is said as a list.
    """
    return _new(Message, (text, values))


class Message(NamedTuple):
    """One sentence for people, kept untranslated with its values."""

    text: str
    values: Mapping[str, object] = {}

    def say(self, language: str) -> str:
        """The sentence in `language` (one of `LANGUAGES`) with its holes filled."""
        sentence = translate(self.text, language)
        if not self.values:
            return sentence
        return sentence.format_map({name: _say(value, language) for name, value in self.values.items()})

    def __str__(self) -> str:
        return self.say("en")


def listed(items: Iterable[object], language: str) -> str:
    """Texts and messages one after another, as `language` parts them."""
    return _PARTED[language].join(str(_say(item, language)) for item in items)


_PARTED = {"zh_Hans": "、", "en": ", "}


class Words(NamedTuple):
    """A text that data gives in both languages: the name of a column, the reason of a rule."""

    zh: str
    en: str

    def say(self, language: str) -> str:
        """The text in `language`."""
        return self.en if language == "en" else self.zh

    def __str__(self) -> str:
        return self.en


def _say(value: object, language: str) -> object:
    if isinstance(value, Message | Words):
        return value.say(language)
    return listed(cast("tuple[object, ...]", value), language) if isinstance(value, tuple) else value


def translate(text: str, language: str) -> str:
    """`text` in `language`; the text itself where the catalogue has no entry."""
    return _catalogue(language).get(text, text) if language != "en" else text


@cache
def _catalogue(language: str) -> Mapping[str, str]:
    entries: dict[str, str] = {}
    folder = files("hengliang") / "locale" / language / "LC_MESSAGES"
    if not folder.is_dir():
        return entries
    for entry in folder.iterdir():
        if entry.name.endswith(".mo"):
            with entry.open("rb") as stream:
                catalogue: dict[object, object] = vars(gettext.GNUTranslations(stream))["_catalog"]  # pyright: ignore[reportArgumentType]
            entries.update({str(key): str(value) for key, value in catalogue.items() if key and value})
    return entries
