"""Which files are meant: names as given, folders searched, standard input."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

STANDARD_INPUT = "-"
_WRITTEN = (".txt", ".md", ".csv", ".tsv", ".json", ".html", ".htm", ".mht", ".mhtml", ".pdf")
_OFFICE = (".xlsx", ".xlsm", ".xls", ".et", ".ods", ".docx", ".docm", ".doc", ".wps", ".rtf", ".odt")
ENDINGS = frozenset((*_WRITTEN, *_OFFICE))
"""The endings of files that are read when a folder is searched; a file that is named is always read."""


class Named(NamedTuple):
    """A file to read. `is_found` tells that it was found in a folder and not named itself."""

    name: str
    is_found: bool = False


def named_files(names: Sequence[str]) -> list[Named]:
    """The files meant by `names`, folders in the order of their contents' names; each file once."""
    found: dict[str, Named] = {}
    for name in names:
        if name != STANDARD_INPUT and Path(name).is_dir():
            for file in _files_in(name):
                found.setdefault(file, Named(file, is_found=True))
        else:
            found[name] = Named(name)
    return list(found.values())


def _files_in(folder: str) -> Iterator[str]:
    """The readable files below a folder. Hidden ones and the lock files of office programs are left out."""
    for where, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith((".", "~$")) and Path(name).suffix.lower() in ENDINGS:
                yield str(Path(where, name))
