"""The zip inside .xlsx, .docx and their kin: parts are unpacked one by one, never beyond the limits.

What a zip says of its sizes is not believed: a part is unpacked no further than to the limit.
"""

import re
import zipfile
import zlib
from io import BytesIO
from struct import unpack_from

from hengliang.base.message import message
from hengliang.form.containers.limits import Limits
from hengliang.form.containers.refusal import damaged, encrypted, unpacks_to

_MOST_PARTS = 20_000
_ENCRYPTED = 1
"""The bit of an entry's flags that says so."""
_MAIN = re.compile(rb"""<(?=[^<>]*/officeDocument["'])[^<>]*\sTarget\s*=\s*["']([^"'<>]*)["'][^<>]*>""")


class Archive:
    """The parts of an office file by name. Raises `Damaged`, `Encrypted` and `TooLarge`."""

    def __init__(self, data: bytes, file: str, limits: Limits) -> None:
        self.file = file
        self.limits = limits
        self._data = data
        self._left = limits.unpacked_bytes
        try:
            entries = zipfile.ZipFile(BytesIO(data)).infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, OverflowError) as error:
            raise damaged(file, message("the file is damaged: it cannot be unpacked")) from error
        if len(entries) > _MOST_PARTS:
            raise unpacks_to(file, limits.unpacked_bytes)
        self._entries = {entry.filename: entry for entry in reversed(entries)}

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
        if entry.flag_bits & _ENCRYPTED:
            raise encrypted(self.file)
        most = min(self.limits.part_bytes, self._left)
        part = self._unpacked(entry, most)
        if part is None:
            raise damaged(self.file, message("the part {name} inside the file is damaged", name=name))
        if len(part) > most:
            raise unpacks_to(self.file, most)
        self._left -= len(part)
        return part

    def _unpacked(self, entry: zipfile.ZipInfo, most: int) -> bytes | None:
        """At most one byte more than `most` of a part; None when it is damaged."""
        start = entry.header_offset
        if self._data[start : start + 4] != b"PK\x03\x04" or len(self._data) < start + 30:
            return None
        name_length, extra_length = unpack_from("<HH", self._data, start + 26)
        start += 30 + name_length + extra_length
        packed = self._data[start : start + entry.compress_size]
        if entry.compress_type == zipfile.ZIP_STORED:
            part = packed
        elif entry.compress_type == zipfile.ZIP_DEFLATED:
            try:
                part = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, most + 1)
            except zlib.error:
                return None
        else:
            return None  # no office program packs otherwise
        return part if len(part) > most or zlib.crc32(part) == entry.CRC else None

    def _find(self, name: str) -> zipfile.ZipInfo | None:
        wanted = name.lower()
        for held, entry in self._entries.items():
            if held.replace("\\", "/").lstrip("/").lower() == wanted:
                return entry
        return None
