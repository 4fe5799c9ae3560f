"""The zip inside .xlsx, .docx and their kin: parts are unpacked one by one, never beyond the limits.

What a zip says of its sizes is not believed: a part is unpacked in pieces and given up at the limit.
"""

import re
import zipfile
import zlib
from io import BytesIO

from hengliang.base.message import message
from hengliang.form.containers.limits import Limits
from hengliang.form.containers.refusal import damaged, encrypted, unpacks_to

_MOST_PARTS = 20_000
_MAIN = re.compile(rb"""<(?=[^<>]*/officeDocument["'])[^<>]*\sTarget\s*=\s*["']([^"'<>]*)["'][^<>]*>""")


class Archive:
    """The parts of an office file by name. Raises `Damaged`, `Encrypted` and `TooLarge`."""

    def __init__(self, data: bytes, file: str, limits: Limits) -> None:
        self.file = file
        self.limits = limits
        self._left = limits.unpacked_bytes
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, OverflowError) as error:
            raise damaged(file, message("the file is damaged: it cannot be unpacked")) from error
        entries = self._zip.infolist()
        if len(entries) > _MOST_PARTS:
            raise unpacks_to(file, limits.unpacked_bytes)
        self._entries = {entry.filename: entry for entry in reversed(entries)}

    @property
    def names(self) -> frozenset[str]:
        """The names of all parts."""
        return frozenset(self._entries)

    def main_part(self) -> str:
        """The name of the part with which an office file begins; empty when this is no office file."""
        for name in ("xl/workbook.xml", "word/document.xml"):
            if name in self._entries:
                return name
        found = _MAIN.search(self.read("_rels/.rels") or b"")
        return found[1].decode("utf-8", "replace").lstrip("/") if found else ""

    def read(self, name: str) -> bytes | None:
        """The part `name`, or None when there is none. Case and the direction of slashes do not matter."""
        entry = self._entries.get(name) or self._find(name)
        if entry is None:
            return None
        if entry.flag_bits & 1:
            raise encrypted(self.file)
        most = min(self.limits.part_bytes, self._left)
        if entry.file_size > most:
            raise unpacks_to(self.file, most)
        try:
            with self._zip.open(entry) as stream:
                data = stream.read(most + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            ValueError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise damaged(
                self.file, message("the part {name} inside the file is damaged", name=name)
            ) from error
        if len(data) > most:
            raise unpacks_to(self.file, most)
        self._left -= len(data)
        return data

    def _find(self, name: str) -> zipfile.ZipInfo | None:
        wanted = name.lower()
        for held, entry in self._entries.items():
            if held.replace("\\", "/").lstrip("/").lower() == wanted:
                return entry
        return None
