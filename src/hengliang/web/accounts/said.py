"""Messages as data, so that what was said is kept and shown in the language of whoever reads it."""

from typing import Any

from hengliang.base.message import Message


def to_data(said: Message) -> dict[str, Any]:
    """A message as JSON: `{"text": …, "values": {…}}`, messages among the values included."""
    values = {
        name: to_data(value) if isinstance(value, Message) else str(value)
        for name, value in said.values.items()
    }
    return {"text": said.text, "values": values}


def from_data(data: dict[str, Any]) -> Message:
    """The message that `to_data` wrote."""
    values = {
        name: from_data(value) if isinstance(value, dict) else value for name, value in data["values"].items()
    }
    return Message(data["text"], values)
