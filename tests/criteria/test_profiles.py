"""What a profile decides changes the points, and is named in the reading."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from hengliang.base.profile import Profile, load_profile
from hengliang.criteria.read import Status, read_criterion


@pytest.fixture
def profile(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Profile]:
    """The national profile with one convention of `criteria.toml` changed."""
    (tmp_path / "profile.toml").write_text('inherits = "national-2015"\n', encoding="utf-8")
    (tmp_path / "criteria.toml").write_text(f"{request.param}\n", encoding="utf-8")
    yield load_profile(str(tmp_path))


@pytest.mark.parametrize(
    ("profile", "sentence", "operator", "target", "unit", "given", "score"),
    [
        ('part_steps = "full"', "每降低1%扣1分", "≥", "100", "%", "98.5", "9.00"),
        ('part_steps = "started"', "每降低1%扣1分", "≥", "100", "%", "98.5", "8.00"),
        ('part_steps = "exact"', "每降低1%扣1分", "≥", "100", "%", "98.5", "8.50"),
        ('percent_steps = "points"', "每降低1%扣1分", "≥", "50", "%", "48", "8.00"),
        ('percent_steps = "relative"', "每降低1%扣1分", "≥", "50", "%", "48", "6.00"),
        ('reverse = "X2"', "按比例得分", "≤", "100", "万元", "125", "7.50"),
        ('reverse = "X3"', "按比例得分", "≤", "100", "万元", "125", "8.00"),
        ('band_edge = "upper"', "90%以上得10分，90%以下得5分", None, None, None, "90", "10.00"),
        ('band_edge = "lower"', "90%以上得10分，90%以下得5分", None, None, None, "90", "5.00"),
    ],
    indirect=["profile"],
)
def test_conventions(
    profile: Profile,
    sentence: str,
    operator: str | None,
    target: str | None,
    unit: str | None,
    given: str,
    score: str,
) -> None:
    reading = read_criterion(sentence, Decimal(10), operator, target, unit, profile)
    found = reading.score_at(given)
    assert found is not None
    assert found.low == found.high == Decimal(score)
    assert reading.status is Status.ASSUMED
    assert reading.assumptions
