"""How the places of a form are called: `indicators/3/target` is 指标 4 界桩定位核查 · 指标值."""

from functools import lru_cache
from typing import NamedTuple

from hengliang.base.message import message
from hengliang.form.model import Form
from hengliang.form.schema import FieldWords, field_words

_RECORDS = {
    "codes": "Codes",
    "signoff": "SignOff",
    "tasks": "Task",
    "money": "Money",
    "rows": "MoneyRow",
    "indicators": "Indicator",
    "midterm": "Target",
    "totals": "Totals",
}


class Spotted(NamedTuple):
    """A path taken apart: the list and item it lies in (`indicators`, 3), and the field in it."""

    list: str
    item: int | None
    field: str


@lru_cache(maxsize=16384)
def take_apart(path: str) -> Spotted:
    """The list, item and field that `path` names; a field outside any list has item None."""
    head, _, rest = path.partition("/")
    number, _, field = rest.partition("/")
    if number.isdigit():
        return Spotted(head, int(number), field)
    return Spotted("", None, path)


@lru_cache(maxsize=16384)
def field_label(path: str, language: str) -> str:
    """The name of the field that `path` ends in; for an item of a list that of the list."""
    words: FieldWords | None = None
    record = "Form"
    for part in path.split("/") if path else ():
        if part.isdigit():
            continue
        words = field_words().get(record, {}).get(part, words)
        record = _RECORDS.get(part, record)
    if words is None:
        return message("the whole form").say(language)
    return words.en if language == "en" else words.zh


def item_number(form: Form, spot: Spotted) -> str:
    """The number of a list item: as printed (`（三）`) for goals and duties, else counted from 1."""
    marks = {"goals": form.goal_marks, "duties": form.duty_marks}.get(spot.list, ())
    if spot.item is None:
        return ""
    return marks[spot.item] if spot.item < len(marks) else str(spot.item + 1)


_PLACES = {"column": message("a column of their own"), "remark": message("the remark column")}


def value_text(path: str, text: str | None, language: str) -> str | None:
    """The value of a field as people read it; where the points stood is said in words."""
    place = _PLACES.get(text or "") if path.endswith("/points_in") else None
    return text if place is None else place.say(language)


def place_label(form: Form, path: str, language: str) -> str:
    """The whole name of a place: `指标 4 界桩定位核查 · 指标值`, `年度总体目标 （三）`, `预算年度`."""
    spot = take_apart(path)
    if spot.item is None:
        return field_label(path, language)
    if spot.list != "indicators":
        label = f"{field_label(spot.list, language)} {item_number(form, spot)}"
        return f"{label} · {field_label(path, language)}" if spot.field else label
    label = message("indicator {number}", number=spot.item + 1).say(language)
    if spot.item < len(form.indicators):
        label = f"{label} {form.indicators[spot.item].name}"
    return f"{label} · {field_label(path, language)}" if spot.field else label
