"""Messages as data, so that what was said is kept and shown in the language of whoever reads it."""

from typing import Any

from hengliang.base.message import Message, Words


def to_data(said: Message) -> dict[str, Any]:
    """A message as JSON: `{"text": …, "values": {…}}`, messages and words among the values included."""
    return {"text": said.text, "values": {name: _kept(value) for name, value in said.values.items()}}


def _kept(value: object) -> Any:
    match value:
        case Message():
            return to_data(value)
        case Words():
            return value._asdict()
        case _:
            return str(value)


def from_data(data: dict[str, Any]) -> Message:
    """The message that `to_data` wrote."""
    return Message(data["text"], {name: _said(value) for name, value in data["values"].items()})


def _said(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    return from_data(value) if "text" in value else Words(**value)
