"""Zips that lie, break or blow up."""

import struct
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from hengliang.form.containers.archive import Archive
from hengliang.form.containers.limits import Limits
from hengliang.form.errors import Damaged, Encrypted, TooLarge
from tests.form.containers.build import archive, opened

SMALL = Limits(part_bytes=1_000_000, unpacked_bytes=1_500_000)


def test_parts_are_found_whatever_case_and_slashes(tmp_path: Path) -> None:
    held = Archive(archive({"Word\\Document.xml": "x"}), "a.docx", Limits())
    assert held.read("word/document.xml") == b"x"
    assert held.read("word/other.xml") is None


def test_a_part_beyond_the_limit_is_refused() -> None:
    held = Archive(archive({"a": "x" * 1_000_001}), "a", SMALL)
    with pytest.raises(TooLarge):
        held.read("a")


def test_a_part_that_lies_about_its_size_is_refused() -> None:
    data = bytearray(archive({"a": "x" * 5_000_000}))
    for signature, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        struct.pack_into("<I", data, data.find(signature) + offset, 10)
    with pytest.raises(TooLarge):
        Archive(bytes(data), "a", SMALL).read("a")


def test_all_parts_together_have_a_limit() -> None:
    held = Archive(archive({"a": "x" * 900_000, "b": "y" * 900_000}), "a", SMALL)
    held.read("a")
    with pytest.raises(TooLarge):
        held.read("b")


@pytest.mark.parametrize("kept", [4, 60, 200, -10])
def test_a_truncated_zip_is_damaged(tmp_path: Path, kept: int) -> None:
    data = archive({"xl/workbook.xml": "x" * 500, "b": bytes(range(256))})
    with pytest.raises(Damaged):
        opened(tmp_path, "a.xlsx", data[:kept])


def test_a_part_with_wrong_bytes_is_damaged() -> None:
    data = bytearray(archive({"a": bytes(range(256)) * 4}))
    data[60] ^= 0xFF
    with pytest.raises(Damaged):
        Archive(bytes(data), "a", Limits()).read("a")


def test_an_encrypted_part_asks_for_the_password_to_be_removed() -> None:
    data = bytearray(archive({"a": "x"}))
    for signature, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        data[data.find(signature) + offset] |= 1
    with pytest.raises(Encrypted):
        Archive(bytes(data), "a", Limits()).read("a")


def test_stored_parts_are_read() -> None:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as zipped:
        zipped.writestr("a", "绩效")
    assert Archive(stream.getvalue(), "a", Limits()).read("a") == "绩效".encode()


def test_other_ways_of_packing_are_damage() -> None:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_BZIP2) as zipped:
        zipped.writestr("a", "x" * 100)
    with pytest.raises(Damaged):
        Archive(stream.getvalue(), "a", Limits()).read("a")
