"""What a cell of each type holds, in words: for templates, and for cells that cannot be read."""

from hengliang.base.message import Message, message
from hengliang.measure.definition import Type

TYPE_WORDS: dict[Type, Message] = {
    "text": message("text"), "code": message("code"), "enum": message("one of the list"),
    "int": message("whole number"),
    "decimal": message("number"), "bool": message("是 or 否"), "date": message("date, 2023-12-31"),
    "datetime": message("date and time, 2023-12-31 08:30"), "list": message("several, separated by ；"),
    "degrees": message("degrees, decimal"), "geometry": message("geometry, WKT"),
}  # fmt: skip
