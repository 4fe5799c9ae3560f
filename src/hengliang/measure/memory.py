"""How much memory the engine may hold while it loads and measures, and where it works beyond that.

`HENGLIANG_MEMORY` says how much, such as `512MB` or `8GB`; 2 GB unless said, for an office machine with 8. It
is asked here and nowhere else, so that the terminal, its workers and the web application agree. No result
depends on it.
"""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

VARIABLE = "HENGLIANG_MEMORY"
USUAL = "2GB"
_UNITS = {"MB": 10**6, "GB": 10**9, "MIB": 1 << 20, "GIB": 1 << 30}


class MemorySettingError(ValueError):
    """A setting of the memory that cannot be read: `text`."""

    def __init__(self, text: str) -> None:
        super().__init__(f"{VARIABLE} is an amount such as 512MB or 8GB, not {text!r}")
        self.text = text


def memory(environment: Mapping[str, str] = os.environ) -> int:
    """Bytes that the engine may hold. Raises MemorySettingError."""
    text = environment.get(VARIABLE) or USUAL
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([MG]I?B)", text.strip().upper())
    if found is None:
        raise MemorySettingError(text)
    return int(float(found[1]) * _UNITS[found[2]])


def limits(folder: Path | None = None, engines: int = 1) -> dict[str, Any]:
    """The settings of one of some engines that work side by side; beyond the memory it works in `folder`."""
    limited: dict[str, Any] = {"memory_limit": f"{memory() // engines}B"}
    return limited if folder is None else {**limited, "temp_directory": str(folder)}


def reporting(connection: "DuckDBPyConnection") -> "DuckDBPyConnection":
    """The engine, once its `query_progress` says how far a long statement is; nothing is printed."""
    connection.execute("set enable_progress_bar = true; set enable_progress_bar_print = false")
    return connection
