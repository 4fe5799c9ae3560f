"""Values of metrics as plain data, and back: what kind of value it is goes with it."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, cast

from hengliang.base.message import LANGUAGES, Message, Words
from hengliang.measure.compute import Result, State, Value

Data = dict[str, Any]


def said_data(said: Message | Words | None) -> Data | None:
    """A text in every language."""
    return None if said is None else {language: said.say(language) for language in LANGUAGES}


def value_data(value: Value) -> Data:
    """A value: its state, what is shown, the number before rounding, the reason where there is none."""
    return {
        "state": value.state.value,
        "shown": None if value.shown is None else _shown_data(value.shown),
        "exact": None if value.exact is None else str(value.exact),
        "reason": said_data(value.reason),
    }


def value_from(data: Any) -> Value:
    """The value that data is. Raises KeyError, TypeError, ValueError or ArithmeticError for anything else."""
    reason = data["reason"]
    return Value(
        State(data["state"]),
        None if data["shown"] is None else _shown_from(data["shown"]),
        None if data["exact"] is None else Fraction(data["exact"]),
        None if reason is None else Words(str(reason["zh_Hans"]), str(reason["en"])),
    )


def _shown_data(shown: Result) -> Data:
    if isinstance(shown, bool):
        return {"yes": shown}
    if isinstance(shown, Decimal):
        return {"number": f"{shown:f}"}
    if isinstance(shown, date):
        return {"date": shown.isoformat()}
    if isinstance(shown, str):
        return {"text": shown}
    if isinstance(shown, Mapping):
        return {"by_name": {name: _shown_data(each) for name, each in shown.items()}}
    return {"list": [_shown_data(each) for each in shown]}


def _shown_from(data: Any) -> Result:
    ((kind, written),) = cast("Data", data).items()
    match kind:
        case "yes":
            return bool(written)
        case "number":
            return Decimal(written)
        case "date":
            return date.fromisoformat(written)
        case "text":
            return str(written)
        case "by_name":
            return {str(name): _shown_from(each) for name, each in written.items()}
        case "list":
            return tuple(_shown_from(each) for each in written)
        case _:
            raise ValueError(f"{kind!r} is no kind of value")
