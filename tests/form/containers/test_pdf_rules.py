"""Grids of strokes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.form.containers.pdf_rules import Field, Stroke, TooManyStrokes, grids_of


def test_fields_without_a_stroke_between_them_are_one() -> None:
    upright = [Stroke(0, 0, 100), Stroke(50, 0, 50), Stroke(100, 0, 100)]
    level = [Stroke(0, 0, 100), Stroke(50, 0, 100), Stroke(100, 0, 100)]
    (grid,) = grids_of(upright, level, 1000)
    assert set(grid.fields) == {Field(0, 0, 1, 1), Field(0, 1, 1, 1), Field(1, 0, 1, 2)}


def test_short_and_broken_strokes() -> None:
    dashes = [Stroke(50, start, start + 3) for start in range(0, 100, 5)]
    tick = [Stroke(25, 20, 24)]
    frame = [Stroke(0, 0, 100), Stroke(100, 0, 100)]
    (grid,) = grids_of([*frame, *dashes, *tick], frame, 1000)
    assert grid.lefts == (0, 50, 100)


def test_separate_grids_do_not_share_columns() -> None:
    def box(left: float, middle: float, top: float) -> tuple[list[Stroke], list[Stroke]]:
        upright = [Stroke(x, top, top + 50) for x in (left, middle, left + 200)]
        return upright, [Stroke(y, left, left + 200) for y in (top, top + 50)]

    first, second = box(0, 80, 0), box(0, 120, 100)
    grids = grids_of(first[0] + second[0], first[1] + second[1], 1000)
    assert sorted(grid.lefts for grid in grids) == [(0, 80, 200), (0, 120, 200)]


def test_a_region_of_another_shape_is_split_into_rows() -> None:
    # The strokes between the upper fields and under the upper right one are missing.
    upright = [Stroke(0, 0, 100), Stroke(50, 50, 100), Stroke(100, 0, 100)]
    level = [Stroke(0, 0, 100), Stroke(50, 0, 60), Stroke(100, 0, 100)]
    (grid,) = grids_of(upright, level, 1000)
    assert set(grid.fields) == {Field(0, 0, 1, 2), Field(1, 0, 1, 1), Field(1, 1, 1, 1)}


def test_too_many_crossings_are_refused() -> None:
    many = [Stroke(10 * at, 0, 1000) for at in range(100)]
    with pytest.raises(TooManyStrokes):
        grids_of(many, many, 9_999)


# Few places, so that strokes meet and there are grids to look at.
NUMBERS = st.sampled_from([0.0, 100.0, 200.0, 300.0, 400.0])
STROKES = st.lists(
    st.tuples(NUMBERS, NUMBERS, NUMBERS).map(lambda found: Stroke(found[0], *sorted(found[1:]))),
    min_size=4,
    max_size=12,
)


@given(STROKES, STROKES)
def test_cells_never_overlap_and_stay_inside(upright: list[Stroke], level: list[Stroke]) -> None:
    for grid in grids_of(upright, level, 10_000):
        covered = [
            (row, column)
            for field in grid.fields
            for row in range(field.row, field.row + field.row_span)
            for column in range(field.column, field.column + field.column_span)
        ]
        assert len(covered) == len(set(covered))
        assert all(
            0 <= row < len(grid.tops) - 1 and 0 <= column < len(grid.lefts) - 1 for row, column in covered
        )
