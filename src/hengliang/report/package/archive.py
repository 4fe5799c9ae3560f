"""A ZIP archive with exactly one way to write it: the same files give the same bytes on every machine.

Files are stored as they are, in the order of their names, with one fixed time, no comments, no extra fields
and nothing before, between or behind. Whoever reads an archive packs its files again and compares the bytes,
so that a changed header is found like a changed file; and what is not compressed cannot unfold.
"""

import re
import struct
import zlib
from collections.abc import Iterator, Mapping

from hengliang.base.message import Message, message

LARGEST = 1 << 30
"""Bytes of an archive that is read; what is published of a city's year has a few megabytes."""
_MOST_FILES = 10_000
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*")
_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END = struct.Struct("<4sHHHHIIH")
_VERSION, _UNIX = 20, 3 << 8
_MODE = 0o100644 << 16
_DAY = 0x21  # 1 January 1980, the first day that ZIP knows.


class Refused(ValueError):  # noqa: N818
    """Bytes that are no package; `said` tells why."""

    def __init__(self, said: Message) -> None:
        super().__init__(str(said))
        self.said = said


def pack(files: Mapping[str, bytes]) -> bytes:
    """The archive of files by name. Raises ValueError when they are larger than it may be."""
    body, listed, at = bytearray(), bytearray(), 0
    for name in sorted(files):
        data, written = files[name], name.encode()
        shared = (_VERSION, 0, 0, 0, _DAY, zlib.crc32(data), len(data), len(data), len(written), 0)
        body += _LOCAL.pack(b"PK\3\4", *shared) + written + data
        central = (_UNIX | _VERSION, *shared, 0, 0, 0, _MODE, at)
        listed += _CENTRAL.pack(b"PK\1\2", *central) + written
        at = len(body)
    if len(body) + len(listed) > LARGEST:
        raise ValueError(f"a package holds at most {LARGEST} bytes")
    end = _END.pack(b"PK\5\6", 0, 0, len(files), len(files), len(listed), at, 0)
    return bytes(body + listed + end)


def unpack(data: bytes) -> dict[str, bytes]:
    """The files in an archive. Raises Refused for whatever `pack` would never write in their stead.

    Headers that do not bear on where the files are, are left to the comparison with what `pack` writes.
    """
    if len(data) > LARGEST:
        raise Refused(message("it is larger than any package"))
    if len(data) < _END.size or data[-_END.size :][:4] != b"PK\5\6":
        raise Refused(message("it is no package, or was cut off, or something was put behind its end"))
    *_, count, size, start, _ = _END.unpack(data[-_END.size :])
    if count > _MOST_FILES or start + size + _END.size != len(data):
        raise Refused(message("the list of its files does not stand where its end says"))
    files: dict[str, bytes] = {}
    for name, content in _entries(data, start, count):
        if name.lower() in (known.lower() for known in files):
            raise Refused(message("it holds two files called {name}", name=name))
        files[name] = content
    return files


def _entries(data: bytes, start: int, count: int) -> Iterator[tuple[str, bytes]]:
    """The names and contents that the list at `start` tells of."""
    at, free = start, 0
    for _ in range(count):
        if at + _CENTRAL.size > len(data) or data[at : at + 4] != b"PK\1\2":
            raise Refused(message("the list of its files is damaged"))
        _, _, _, flags, method, _, _, _, packed, plain, length, extra, comment, _, _, _, begins = (
            _CENTRAL.unpack_from(data, at)
        )
        at += _CENTRAL.size
        name = data[at : at + length].decode("ascii", errors="replace")
        if not _NAME.fullmatch(name):
            raise Refused(message("a file in it has a name that no package has: {name}", name=ascii(name)))
        at += length
        if flags or method or packed != plain or extra or comment:
            raise Refused(message("{name} is compressed, locked or commented, as in no package", name=name))
        if begins != free:
            raise Refused(message("{name} does not stand behind the file before it", name=name))
        content = begins + _LOCAL.size + length
        free = content + plain
        if free > start:
            raise Refused(message("{name} is longer than the package", name=name))
        yield name, data[content:free]


def first_difference(one: bytes, other: bytes) -> int | None:
    """Where two byte strings differ first, from 0; None where they do not."""
    if one == other:
        return None
    for at in range(0, min(len(one), len(other)), 1 << 16):
        if one[at : at + (1 << 16)] != other[at : at + (1 << 16)]:
            pairs = zip(one[at : at + (1 << 16)], other[at : at + (1 << 16)], strict=False)
            return next((at + step for step, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
    return min(len(one), len(other))
