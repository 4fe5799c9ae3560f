"""Bytes to text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.form.containers.encoding import decode

FORM = "部门（单位）整体绩效目标申报表\n（2023年度）\n一级指标,二级指标,指标值\n产出指标,数量指标,≥95%\n"
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32")


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_encoding_in_use(encoding: str) -> None:
    assert decode(FORM.encode(encoding)) == FORM


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("cut", [1, 2, 3])
def test_the_last_character_may_be_cut(encoding: str, cut: int) -> None:
    text = decode((FORM + "指").encode(encoding)[:-cut])
    assert text is not None
    assert text.startswith(FORM[:-1])


def test_a_few_broken_bytes_do_not_change_the_encoding() -> None:
    data = FORM.encode()
    text = decode(data[:30] + b"\xff" + data[30:] * 10)
    assert text is not None
    assert "一级指标,二级指标" in text


def test_a_declared_gb2312_is_read_as_gb18030() -> None:
    assert decode("㙍镕".encode("gb18030"), "gb2312") == "㙍镕"


@pytest.mark.parametrize("data", [b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 20, bytes(range(256)) * 40])
def test_binary_data_is_no_text(data: bytes) -> None:
    assert decode(data) is None


@given(
    st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1),
    st.sampled_from(ENCODINGS),
)
def test_chinese_lines_survive(words: str, encoding: str) -> None:
    text = f"绩效指标\n{words}\n"
    assert decode(text.encode(encoding)) == text
