"""What the engine finds in series at once, held against the same checks written row by row."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import groupby, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from hengliang.measure.checks.catalogue import shared_check
from hengliang.measure.definition import Check
from hengliang.measure.finding import Finding
from hengliang.measure.period import fiscal_year
from hengliang.measure.records import Records
from hengliang.measure.series import flat_runs
from hengliang.measure.table import Table
from tests.measure.loading import table

TYPES = {"device": "text", "channel": "text", "at": "datetime", "value": "decimal", "quality": "int"}
SERIES = {"series": "device", "series_2": "channel"}
START = datetime(2023, 3, 1)  # noqa: DTZ001
Reading = tuple[int, int, Decimal, int]
"""Its row, the hours since the start, its value, its quality."""

device = st.sampled_from(["a", "b", "ab", ""])
levels = st.sampled_from(["1", "1.0001", "2", "5", "-3"])
readings = st.lists(
    st.tuples(device, device, st.integers(0, 60), levels, st.sampled_from([None, "0", "1", "2"])), max_size=60
)


def rows_of(drawn: list[tuple[str, str, int, str, str | None]]) -> list[list[str | None]]:
    return [
        [name or None, channel or None, f"{START + timedelta(hours=hours)}", level, quality]
        for name, channel, hours, level, quality in drawn
    ]


def found(check: Check, loaded: Table) -> list[Finding]:
    return shared_check(check.code)(loaded, check, Records({loaded.name: loaded}, fiscal_year(2023)))


def unique(drawn: list[tuple[str, str, int, str, str | None]]) -> list[tuple[str, str, int, str, str | None]]:
    return list({each[:3]: each for each in drawn}.values())


def by_series(drawn: list[tuple[str, str, int, str, str | None]]) -> Iterator[list[Reading]]:
    series: dict[tuple[str, str], list[Reading]] = defaultdict(list)
    for row, (name, channel, hours, level, quality) in enumerate(drawn, 1):
        series[name, channel].append((row, hours, Decimal(level), int(quality or 0)))
    for listed in series.values():
        yield sorted(listed, key=lambda reading: reading[1])


@settings(max_examples=60, deadline=None)
@given(readings)
def test_flat_runs(drawn: list[tuple[str, str, int, str, str | None]]) -> None:
    drawn = unique(drawn)
    expected: list[tuple[int, int]] = []
    for listed in by_series(drawn):
        for _, run in groupby(listed, key=lambda reading: reading[2]):
            members = list(run)
            if len(members) > 1:
                expected.append((min(each[0] for each in members), (members[-1][1] - members[0][1]) * 3600))
    loaded = table("r", TYPES, rows_of(drawn))
    runs = flat_runs(loaded.frame, ["device", "channel"], "at", "value").select("_row", "seconds")
    assert sorted(map(tuple, runs.collect().rows())) == sorted(expected)


@settings(max_examples=60, deadline=None)
@given(readings, st.sampled_from(["0", "1", "4"]))
def test_jumps(drawn: list[tuple[str, str, int, str, str | None]], limit: str) -> None:
    drawn = unique(drawn)
    expected: dict[int, Decimal] = {}
    for listed in by_series(drawn):
        kept: Decimal | None = None
        before: tuple[bool, Decimal] | None = None
        for row, _, value, quality in listed:
            step = None if kept is None else value - kept
            wide = step is not None and abs(step) > Decimal(limit)
            back = before is not None and before[0] and step is not None
            if wide and step and not (back and before and abs(step + before[1]) * 2 < abs(step)):
                expected[row] = abs(step).normalize()
            before = (wide, step or Decimal(0))
            kept = kept if quality == 2 else value
    check = Check(
        code="Q10-jump", columns={**SERIES, "at": "at", "value": "value"}, optional={"quality": "quality"},
        figures={"jump": Decimal(limit)},
    )  # fmt: skip
    assert {
        each.row: each.figures["jump"] for each in found(check, table("r", TYPES, rows_of(drawn)))
    } == expected


@settings(max_examples=60, deadline=None)
@given(readings)
def test_the_same_key_twice(drawn: list[tuple[str, str, int, str, str | None]]) -> None:
    first: dict[tuple[str, str, int], int] = {}
    expected: dict[int, int] = {}
    for row, (name, channel, hours, *_) in enumerate(drawn, 1):
        if name and channel and first.setdefault((name, channel, hours), row) != row:
            expected[row] = first[name, channel, hours]
    check = Check(code="Q08", columns={"a": "device", "b": "channel", "c": "at"})
    twice = found(check, table("r", TYPES, rows_of(drawn)))
    assert {each.row: each.with_row for each in twice} == expected
    assert [each.row for each in twice] == sorted(expected)


changes = st.sampled_from([None, 5, 12])
copies = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 2), st.sampled_from([0, 3, 7]), changes),
    min_size=2, max_size=6, unique_by=lambda day: day[:2],
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(copies)
def test_copied_days(days: list[tuple[int, int, int, int | None]]) -> None:
    noise = [(hour * 37) % 23 for hour in range(24)]
    rows: list[list[str | None]] = []
    shapes: list[tuple[int, tuple[int, ...]]] = []
    for well, on, above, changed in days:
        values = [value + above + (1 if hour == changed else 0) for hour, value in enumerate(noise)]
        shapes.append((len(rows) + 1, tuple(after - before for before, after in pairwise(values))))
        rows += [
            [f"w{well}", "x", f"{START + timedelta(days=on, hours=hour)}", str(value), "0"]
            for hour, value in enumerate(values)
        ]
    originals: dict[tuple[int, ...], int] = {}
    expected = {row: originals[steps] for row, steps in shapes if originals.setdefault(steps, row) != row}
    check = Check(
        code="F08", columns={**SERIES, "at": "at", "value": "value"}, optional={"quality": "quality"}
    )
    copied = found(check, table("r", TYPES, rows))
    assert {each.row: each.with_row for each in copied} == expected
