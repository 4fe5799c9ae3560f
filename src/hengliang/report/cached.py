"""Workbooks with what their formulas give now: programs that do not count, and readers, show these values."""

from collections.abc import Mapping
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree  # pyright: ignore

_SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def with_values(package: bytes, values: Mapping[tuple[int, str], Decimal | str]) -> bytes:
    """The workbook `package` with the value of each formula, by number of the sheet (from 1) and cell."""
    result = BytesIO()
    with ZipFile(BytesIO(package)) as old, ZipFile(result, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            for number in {sheet for sheet, _ in values}:
                if name == f"xl/worksheets/sheet{number}.xml":
                    mine = {cell: value for (sheet, cell), value in values.items() if sheet == number}
                    data = _filled(data, mine)
            new.writestr(name, data)
    return result.getvalue()


def _filled(data: bytes, values: Mapping[str, Decimal | str]) -> bytes:
    root: Any = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    for cell in root.iter(f"{_SPACE}c"):
        value = values.get(cell.get("r"))
        if value is None or cell.find(f"{_SPACE}f") is None:
            continue
        held = cell.find(f"{_SPACE}v")
        if held is None:
            held = etree.SubElement(cell, f"{_SPACE}v")
        held.text = value if isinstance(value, str) else f"{value:f}"
        if isinstance(value, str):
            cell.set("t", "str")
        elif "t" in cell.attrib:
            del cell.attrib["t"]
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
