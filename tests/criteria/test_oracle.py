"""Generated sentences against an oracle that counts step by step, without curves."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from benchmarks.criteria_oracle import compare
from hypothesis import given, settings
from hypothesis import strategies as st

from hengliang.base.profile import load_profile
from hengliang.criteria.canonical import english
from hengliang.criteria.read import read_criterion

PROFILE = load_profile("national-2015")
TENTHS = st.integers(min_value=1, max_value=200).map(lambda number: Decimal(number) / 10)
RATES = st.integers(min_value=0, max_value=1200).map(lambda number: Decimal(number) / 10)


def said(points: Decimal) -> Decimal:
    return points.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def slow_steps(gap: Decimal, size: Decimal, how: str) -> Fraction:
    """How many steps a gap is, by taking one after the other away."""
    steps = 0
    while gap >= size:
        gap, steps = gap - size, steps + 1
    if how == "按比例计算":
        return steps + Fraction(gap) / Fraction(size)
    return Fraction(steps + (how != "不予计算" and gap > 0))


@settings(max_examples=300, deadline=None)
@given(
    points=st.integers(min_value=1, max_value=20),
    line=st.integers(min_value=50, max_value=100),
    size=TENTHS,
    each=TENTHS,
    below=st.booleans(),
    how=st.sampled_from(["不予计算", "按1计算", "按比例计算"]),
    actual=RATES,
)
def test_steps_from_a_line(
    points: int, line: int, size: Decimal, each: Decimal, below: bool, how: str, actual: Decimal
) -> None:
    part = how.replace("按1计算", f"按{size}%计算")
    way = f"低于{line}%的，每低" if below else f"超过{line}%的，每超"
    text = f"合格率{way}{size}%扣{each}分，不足{size}%的{part}，扣完为止"
    reading = read_criterion(text, Decimal(points), None, None, None, PROFILE)
    gap = max(Decimal(0), (line - actual) if below else (actual - line))
    lost = slow_steps(gap, size, part) * Fraction(each)
    left = max(Fraction(0), points - lost)
    exact = Decimal(left.numerator) / Decimal(left.denominator)
    score = reading.score_at(str(actual))
    assert score is not None, reading.unread
    assert score.low == score.high == said(exact)
    curves = reading.curves
    assert curves is not None
    assert curves.is_exact
    assert curves.low.at(Fraction(actual)) == left
    assert curves.low.direction in (("up", "flat") if below else ("down", "flat"))
    assert curves.low.lowest is not None
    assert curves.low.lowest >= 0
    assert curves.low.highest == points
    assert reading.canonical is not None
    again = read_criterion(reading.canonical, Decimal(points), None, None, None, PROFILE)
    assert again.curves == curves, reading.canonical
    assert reading.tree is not None
    assert "point" in english(reading.tree)


@settings(max_examples=200, deadline=None)
@given(
    edges=st.lists(st.integers(min_value=1, max_value=99), min_size=1, max_size=5, unique=True).map(sorted),
    actual=RATES,
)
def test_tiers(edges: list[int], actual: Decimal) -> None:
    full = len(edges)
    clauses = [f"{edges[-1]}%（含）以上得{full}分"]
    clauses += [f"{edges[at - 1]}%（含）-{edges[at]}%得{at}分" for at in range(len(edges) - 1, 0, -1)]
    clauses.append(f"低于{edges[0]}%不得分")
    reading = read_criterion("，".join(clauses), Decimal(full), None, None, None, PROFILE)
    score = reading.score_at(str(actual))
    assert score is not None, reading.unread
    assert score.low == score.high == sum(1 for edge in edges if actual >= edge)
    assert reading.canonical is not None
    again = read_criterion(reading.canonical, Decimal(full), None, None, None, PROFILE)
    assert again.curves == reading.curves


@settings(max_examples=200, deadline=None)
@given(
    points=st.integers(min_value=1, max_value=50),
    target=st.integers(min_value=1, max_value=999),
    done=st.integers(min_value=0, max_value=2000),
)
def test_in_proportion(points: int, target: int, done: int) -> None:
    reading = read_criterion("按完成比例得分", Decimal(points), "≥", str(target), "个", PROFILE)
    share = min(Fraction(1), Fraction(done, target)) * points
    score = reading.score_at(str(done))
    assert score is not None
    # Half up, decided on the exact fraction.
    assert score.low == score.high == Decimal(int(share * 100 + Fraction(1, 2))) / 100


def test_a_slow_oracle_agrees() -> None:
    compared, wrong = compare(6000, 20)
    assert compared >= 6000
    assert not wrong, wrong[:3]
