"""One way to write an archive, and everything else refused."""

import io
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.report.package.archive import Refused, first_difference, pack, unpack

FILES = {"b/two.txt": b"two", "a.txt": b"", "c.bin": bytes(range(256))}
NAMES = st.from_regex(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,9}(/[a-z]{1,5})?", fullmatch=True)


def zipped(*entries: tuple[str, bytes], method: int = zipfile.ZIP_STORED, comment: bytes = b"") -> bytes:
    """An archive as other programs write it."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        archive.comment = comment
        for name, content in entries:
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return made.getvalue()


def test_other_programs_read_it() -> None:
    with zipfile.ZipFile(io.BytesIO(pack(FILES))) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == sorted(FILES)
        assert {name: archive.read(name) for name in archive.namelist()} == FILES
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@given(st.dictionaries(NAMES, st.binary(max_size=50), max_size=6))
def test_what_is_packed_is_unpacked(files: dict[str, bytes]) -> None:
    if len({name.lower() for name in files}) < len(files):
        return
    assert unpack(pack(files)) == files


def test_the_order_of_files_changes_nothing() -> None:
    assert pack(FILES) == pack(dict(reversed(FILES.items())))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no archive",
        pack(FILES)[:-1],
        pack(FILES) + b"\n",
        b"x" + pack(FILES),
        zipped(("a.txt", b"a" * 100_000), method=zipfile.ZIP_DEFLATED),
        zipped(("a.txt", b"1"), comment=b"hello"),
        zipped(("../a.txt", b"1")),
        zipped(("/etc/a.txt", b"1")),
        zipped(("a/../../b.txt", b"1")),
        zipped(("a\\b.txt", b"1")),
        zipped(("报告.txt", b"1")),
        zipped(("a.txt", b"1"), ("A.TXT", b"2")),
        zipped(("a.txt", b"1"), ("b/", b"")),
    ],
    ids=str,
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_hostile_archives_are_refused(data: bytes) -> None:
    with pytest.raises(Refused):
        unpack(data)


def test_two_files_of_one_name_are_refused() -> None:
    entry = pack({"a.txt": b"1", "b.txt": b"2"}).replace(b"b.txt", b"a.txt")
    with pytest.raises(Refused, match=r"two files called a\.txt"):
        unpack(entry)


def test_a_size_beyond_the_archive_is_refused() -> None:
    data = bytearray(pack({"a.txt": b"1"}))
    listed = data.rindex(b"PK\1\2")
    for at in (20, 24):
        data[listed + at : listed + at + 4] = (2**31).to_bytes(4, "little")
    with pytest.raises(Refused):
        unpack(bytes(data))


def test_every_bit_of_an_archive_tells() -> None:
    data = pack({"a.txt": b"content"})
    for at in range(len(data)):
        for bit in range(8):
            changed = data[:at] + bytes([data[at] ^ 1 << bit]) + data[at + 1 :]
            try:
                files = unpack(changed)
            except Refused:
                continue
            where = first_difference(changed, pack(files))
            # Only content may differ and be a whole archive again, when its checksum fits: it never does.
            assert where is not None
    assert zlib.crc32(b"content") != zlib.crc32(b"Content")


def test_where_bytes_differ() -> None:
    long = bytes(200_000)
    assert first_difference(long, long) is None
    assert first_difference(long, long[:70_000] + b"\1" + long[70_001:]) == 70_000
    assert first_difference(long, long[:100_000]) == 100_000
