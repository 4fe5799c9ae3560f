"""The fields of the form with the ministry's columns, and the JSON Schema of the exchange JSON."""

import json
from collections.abc import Iterator
from typing import Any

from hengliang.form.mof import mapping, table_names
from hengliang.form.mof_records import Column, all_tables
from hengliang.form.schema import field_words, form_schema
from reference.markdown import GENERATED, table

RECORDS = {
    "Form": ("The form", "整表", ""),
    "Codes": ("Codes", "代码", "codes/"),
    "SignOff": ("Sign-off", "填报信息", "signoff/"),
    "Task": ("Main tasks", "年度主要任务", "tasks/N/"),
    "Money": ("Money", "资金", "money/"),
    "MoneyRow": ("Lines of the money", "资金各行", "money/rows/N/"),
    "Indicator": ("Indicators", "绩效指标", "indicators/N/"),
    "Target": ("Whole-term target", "中期指标值", "indicators/N/midterm/"),
    "Totals": ("Totals", "总分", "totals/"),
}
"""The records in reading order: their names, and the path that leads to their fields."""

ROWS = {"form": "", "indicators": "indicators/N/", "money": "money/rows/N/"}
ORIGINS = {
    "standard": "called a field of the ministry standard",
    "module": "a column of the module itself",
    "assumed": "not seen for this table, taken over from its sister",
}

_OPENING = """\
# The form as data · 绩效目标表的数据结构

The exchange JSON (`hengliang read --json`, `hengliang export --as json`) has the fields below;
[form.schema.json](form.schema.json) is its JSON Schema. What a document does not have is `null`:
missing is never zero and never the empty text. Numbers are plain decimal strings (`"2300.00"`), texts
as printed, without the line breaks and blanks of the layout. N counts from 0 in paths.

交换格式（JSON）各字段如下，结构定义见 [form.schema.json](form.schema.json)。
原表没有的为 `null`，既不是 0，也不是空文字；数字一律写成十进制字符串；文字照原样，不含排版产生的换行和空格。
路径中的 N 从 0 起数。
"""
_MINISTRY = """
## The ministry's tables · 预算管理一体化标准表

What `hengliang export --as mof` writes. Names and sizes are those of a published module; the official
volume was not seen, and every name is to be checked against it before records are handed to a finance
system.

导出为财政部标准表的字段对照；字段名取自公开的模块，交付财政系统前须与正式文本核对。

Origin 来源: {origins}.
"""


def pages() -> dict[str, str]:
    """The page and the schema by path."""
    schema = form_schema()
    return {
        "form.schema.json": json.dumps(schema, ensure_ascii=False, indent=2) + "\n",
        "form.md": _page(schema),
    }


def _page(schema: dict[str, Any]) -> str:
    lines = [GENERATED, _OPENING]
    columns = _columns_by_path()
    for record, (en, zh, path) in RECORDS.items():
        properties = _properties(schema, record)
        lines.append(f"\n## {en} · {zh}\n\n")
        lines.append(
            table(
                [
                    "Path 路径",
                    "English",
                    "中文",
                    "Type",
                    "Ministry columns 财政部字段",
                    "What it holds · 含义",
                ],
                _fields(record, path, properties, schema["$defs"], columns),
            )
        )
    lines.append(_MINISTRY.format(origins="; ".join(f"*{name}* {text}" for name, text in ORIGINS.items())))
    names = table_names()
    for one in all_tables():
        en, zh = names[one.name]
        lines.append(f"\n### {one.name} · {en} · {zh}\n\n")
        lines.append(
            table(
                ["Column", "中文", "Type", "Required", "Filled from", "Origin"],
                (
                    [
                        f"`{column.name}`",
                        column.zh,
                        f"{column.type} {column.size}",
                        "yes" if column.required else "",
                        f"`{ROWS[one.rows]}{column.field}`"
                        if not column.field.startswith("@")
                        else "worked out",
                        column.origin,
                    ]
                    for column in one.columns
                ),
            )
        )
    return "".join(lines)


def _properties(schema: dict[str, Any], record: str) -> dict[str, Any]:
    return (schema if record == "Form" else schema["$defs"][record])["properties"]


def _fields(
    record: str,
    path: str,
    properties: dict[str, Any],
    records: dict[str, Any],
    columns: dict[str, list[Column]],
) -> Iterator[list[str]]:
    for name, words in field_words()[record].items():
        if name not in properties:
            continue
        yield [
            f"`{path}{name}`",
            words.en,
            words.zh,
            _type(properties[name], records),
            " ".join(dict.fromkeys(f"`{column.name}`" for column in columns.get(path + name, ()))),
            f"{words.about_en} {words.about_zh}",
        ]


def _columns_by_path() -> dict[str, list[Column]]:
    rows = {one.name: ROWS[one.rows] for one in all_tables()}
    found: dict[str, list[Column]] = {}
    for column in mapping():
        if not column.field.startswith("@"):
            found.setdefault(rows[column.table] + column.field, []).append(column)
    return found


def _type(schema: dict[str, Any], records: dict[str, Any]) -> str:
    """The JSON type of a field in a few words."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return _type(records[name], records) if "enum" in records[name] else name
    if "enum" in schema:
        return " or ".join(f"`{value}`" for value in schema["enum"])
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(_type(one, records) for one in schema["anyOf"]))
    kind = schema.get("type", "any")
    if kind == "array":
        return f"list of {_type(schema.get('items', {}), records)}"
    if isinstance(kind, list):
        return " or ".join("number" if one == "string" and "pattern" in schema else one for one in kind)
    return str(kind)
