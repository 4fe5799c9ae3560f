"""What an OLE container holds: old Word and Excel files, and new ones behind a password, look alike outside.

Source: [MS-CFB], Compound File Binary File Format. Only the directory is read.
"""

from collections.abc import Iterator
from typing import NamedTuple

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NONE = 0xFFFFFFFA
"""Sector and entry numbers from here on mean: none."""
_ENTRY = 128


class Stream(NamedTuple):
    """A stream or storage at the top of the container."""

    name: str
    first_sector: int
    size: int


class Container:
    """The directory of an OLE file. A damaged one shows the entries that can still be reached."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        shift = _number(data, 30, 2)
        self._size = 1 << shift if 7 <= shift <= 16 else 512
        self._most = len(data) // self._size + 1
        self._tables = list(self._table_sectors())
        self.streams = {stream.name: stream for stream in self._top()}

    def start_of(self, stream: Stream, length: int) -> bytes:
        """The first bytes of a stream that is not a small one (at least 4096 bytes long)."""
        offset = (stream.first_sector + 1) * self._size
        return self._data[offset : offset + min(length, self._size)]

    def _table_sectors(self) -> Iterator[int]:
        """The sectors that hold the allocation table: 109 in the header, others in a chain."""
        for index in range(109):
            sector = _number(self._data, 76 + 4 * index, 4)
            if sector < _NONE:
                yield sector
        sector = _number(self._data, 68, 4)
        per_sector = self._size // 4 - 1
        for _ in range(self._most):
            if sector >= _NONE:
                return
            offset = (sector + 1) * self._size
            for index in range(per_sector):
                entry = _number(self._data, offset + 4 * index, 4)
                if entry < _NONE:
                    yield entry
            sector = _number(self._data, offset + 4 * per_sector, 4)

    def _next(self, sector: int) -> int:
        table, index = divmod(sector, self._size // 4)
        if table >= len(self._tables):
            return _NONE
        return _number(self._data, (self._tables[table] + 1) * self._size + 4 * index, 4)

    def _directory(self) -> bytes:
        parts: list[bytes] = []
        sector = _number(self._data, 48, 4)
        while sector < _NONE and len(parts) < self._most:
            offset = (sector + 1) * self._size
            parts.append(self._data[offset : offset + self._size])
            sector = self._next(sector)
        return b"".join(parts)

    def _top(self) -> Iterator[Stream]:
        """The entries right under the root, a tree of left and right neighbours."""
        directory = self._directory()
        waiting = [_number(directory, 76, 4)]
        seen: set[int] = set()
        while waiting:
            index = waiting.pop()
            offset = index * _ENTRY
            if index >= _NONE or index in seen or offset + _ENTRY > len(directory):
                continue
            seen.add(index)
            length = min(_number(directory, offset + 64, 2), 64)
            name = directory[offset : offset + max(length - 2, 0)].decode("utf-16-le", "replace")
            yield Stream(name, _number(directory, offset + 116, 4), _number(directory, offset + 120, 4))
            waiting += [_number(directory, offset + 68, 4), _number(directory, offset + 72, 4)]


def _number(data: bytes, offset: int, size: int) -> int:
    piece = data[offset : offset + size]
    return int.from_bytes(piece, "little") if len(piece) == size else _NONE
