"""F01: photos that stand for several things, held against the same written pair by pair."""

from hypothesis import given, settings
from hypothesis import strategies as st

from hengliang.measure.definition import Check
from tests.measure.loading import run, table

TYPES = {"id": "text", "photo": "text", "subject": "text", "day": "date", "near": "text"}
CHECK = Check(
    code="F01", columns={"photo": "photo", "subject": "subject", "day": "day"}, optional={"near": "near"}
)
BASES = (0, 0x00FF_00FF_00FF_00FF, 0xFFFF_FFFF_FFFF_FFFF, 0x1234_5678_9ABC_DEF0)

flips = st.lists(st.integers(0, 63), max_size=8)
hashes = st.one_of(
    st.builds(
        lambda base, bits: f"{base ^ sum(1 << bit for bit in set(bits)):016x}", st.sampled_from(BASES), flips
    ),
    st.sampled_from([None, "no hash", "1" + "0" * 16]),
)
drawn_rows = st.lists(
    st.tuples(
        st.sampled_from([None, "p", "q"]), st.sampled_from(["a", "b"]),
        st.sampled_from(["2023-03-01", "2023-03-02"]), hashes,
    ),
    max_size=14,
)  # fmt: skip
Drawn = list[tuple[str | None, str, str, str | None]]


def bits_of(text: str | None) -> int | None:
    return int(text, 16) if text is not None and len(text) == 16 else None


@settings(max_examples=150, deadline=None)
@given(drawn_rows)
def test_photos_used_twice(drawn: Drawn) -> None:
    expected: dict[int, int] = {}
    for row, (photo, *thing, near) in enumerate(drawn, 1):
        others = [(at, each) for at, each in enumerate(drawn[: row - 1], 1) if [*each[1:3]] != thing]
        same = [at for at, each in others if photo is not None and each[0] == photo]
        mine = bits_of(near)
        alike = [
            at
            for at, each in others
            if mine is not None
            and (other := bits_of(each[3])) is not None
            and (mine ^ other).bit_count() <= 6
        ]
        if same or alike:
            expected[row] = min(same or alike)
    found = run(CHECK, table("p", TYPES, [[str(at), *each] for at, each in enumerate(drawn)]))
    assert {each.row: each.with_row for each in found} == expected
