"""Messages as data, so that what was said is kept and shown in the language of whoever reads it."""

from typing import Any, cast

from hengliang.base.message import Message, Words


def to_data(said: Message) -> dict[str, Any]:
    """A message as JSON: `{"text": …, "values": {…}}`.

    Among the values a message is such an object, a text in both languages `{"zh": …, "en": …}`, a list an
    array; all others are texts.
    """
    return {"text": said.text, "values": {name: _kept(value) for name, value in said.values.items()}}


def from_data(data: dict[str, Any]) -> Message:
    """The message that `to_data` wrote."""
    return Message(data["text"], {name: _read(value) for name, value in data["values"].items()})


def _kept(value: object) -> Any:
    if isinstance(value, Message):
        return to_data(value)
    if isinstance(value, Words):
        return value._asdict()
    return (
        [_kept(item) for item in cast("tuple[object, ...]", value)]
        if isinstance(value, tuple)
        else str(value)
    )


def _read(value: Any) -> object:
    if isinstance(value, list):
        return tuple(_read(item) for item in cast("list[Any]", value))
    if isinstance(value, dict):
        kept = cast("dict[str, Any]", value)
        return from_data(kept) if "text" in kept else Words(**kept)
    return value
