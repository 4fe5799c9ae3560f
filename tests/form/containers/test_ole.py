"""OLE containers: old office files, and new ones behind a password."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.form.containers.ole import Container
from hengliang.form.errors import Encrypted, UnknownFormat, UnreadableFile
from tests.form.containers.build import compound, opened

LOCKED_BOOK = bytes.fromhex("0908100000060500a00000000000000000000000" + "2f000600000012345678" + "0a000000")
LOCKED_TEXT = bytes.fromhex("eca5c1000000000000000001") + bytes(100)


def test_the_streams_at_the_top_are_listed() -> None:
    container = Container(compound(Workbook=b"a", Other=b"b" * 5000))
    assert {name: stream.size for name, stream in container.streams.items()} == {
        "Workbook": 4096,
        "Other": 5120,
    }
    assert container.read(container.streams["Workbook"]) == b"a".ljust(4096, b"\0")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.xlsx", compound(EncryptedPackage=b"x", EncryptionInfo=b"y")),
        ("a.docx", compound(EncryptionInfo=b"y")),
        ("a.xls", compound(Workbook=LOCKED_BOOK)),
        ("a.doc", compound(WordDocument=LOCKED_TEXT)),
    ],
)
def test_a_password_is_said_to_be_one(tmp_path: Path, name: str, data: bytes) -> None:
    with pytest.raises(Encrypted, match="password"):
        opened(tmp_path, name, data)


def test_other_containers_are_unknown(tmp_path: Path) -> None:
    with pytest.raises(UnknownFormat):
        opened(tmp_path, "a.ppt", compound(PowerPoint=b"x"))


@given(st.data())
def test_broken_containers_end_in_an_answer(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    whole = bytearray(compound(Workbook=LOCKED_BOOK))
    for place in data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=8)):
        whole[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(8, len(whole)))
    with pytest.raises(UnreadableFile):
        opened(tmp_path_factory.getbasetemp(), "fuzzed.xls", bytes(whole[:cut]))
