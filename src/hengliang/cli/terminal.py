"""What the terminal can show: its width, its colours, and whether anybody watches."""

import os
import shutil
import sys
from collections.abc import Mapping
from typing import TextIO

_WITHOUT_TERMINAL = 100
_LEAST, _MOST = 60, 160


def has_colour(stream: TextIO, environment: Mapping[str, str] = os.environ) -> bool:
    """Whether to paint: on a terminal that can, unless `NO_COLOR` is set; always when `FORCE_COLOR` is."""
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR"):
        return True
    return is_watched(stream) and environment.get("TERM") != "dumb"


def is_watched(stream: TextIO) -> bool:
    """Whether the stream is a terminal."""
    try:
        return stream.isatty()
    except ValueError:
        return False


def columns(stream: TextIO) -> int:
    """The width to write for: that of the terminal within bounds, else 100."""
    if not is_watched(stream):
        return _WITHOUT_TERMINAL
    return max(_LEAST, min(shutil.get_terminal_size((_WITHOUT_TERMINAL, 24)).columns, _MOST))


def prepare_streams() -> None:
    """Makes both streams carry whatever a form may hold: UTF-8 unless told otherwise."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            is_utf8 = is_watched(stream) or "PYTHONIOENCODING" in os.environ
            reconfigure(errors="replace") if is_utf8 else reconfigure(encoding="utf-8", errors="replace")
    if os.name == "nt":
        # An empty command switches the Windows console to understanding colours.
        os.system("")
