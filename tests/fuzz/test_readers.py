"""Spoiled files of every format: each becomes a document or one clear error, and soon.

A small part of what `scripts/fuzz_readers.py` does for hours.
"""

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hengliang.form.containers.open import open_document
from hengliang.form.document import Table
from hengliang.form.errors import UnreadableFile
from tests.fuzz.seeds import seeds, spoiled

SECONDS = 10
BITES = (
    b"",
    b"\0",
    b"\xff" * 4,
    b"999999999",
    b"-1",
    b"<",
    b">",
    b"&#0;",
    b"/>",
    b'"',
    b"\n" * 9,
    b"<!--",
    b"<w:tbl>",
    b"]]>",
)


def spoil(data: bytes, draw: st.DrawFn) -> bytes:
    """A few pieces cut out, doubled, or replaced."""
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = min(start + draw(st.sampled_from((0, 1, 2, 4, 16, 200))), len(data))
        piece = draw(
            st.one_of(
                st.sampled_from(BITES),
                st.binary(max_size=6),
                st.just(data[start:end] * 3),
                st.just(data[:start][-40:]),
            )
        )
        data = data[:start] + piece + data[end:]
    return data


@pytest.mark.parametrize("name", sorted(seeds()))
def test_spoiled_files_end_in_an_answer(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")  # nothing is converted here

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.data())
    def run(data: st.DataObject) -> None:
        draw = data.draw
        path = tmp_path / name
        path.write_bytes(
            spoiled(seeds()[name], lambda part: spoil(part, draw), lambda n: draw(st.integers(0, n - 1)))
        )
        begin = time.perf_counter()
        try:
            document = open_document(path)
        except UnreadableFile as error:
            assert error.reason.say("zh_Hans")
        else:
            assert document.blocks
            for block in document.blocks:
                if isinstance(block, Table):
                    assert len({len(row) for row in block.rows}) == 1
                    assert all(block.place(cell).within is not None for cell in block.cells())
                else:
                    assert block.text.strip()
        assert time.perf_counter() - begin < SECONDS

    run()


@pytest.mark.parametrize("name", sorted(set(seeds()) - {"locked.doc"}))
def test_the_seeds_are_read(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(seeds()[name])
    assert any(isinstance(block, Table) for block in open_document(path).blocks)
