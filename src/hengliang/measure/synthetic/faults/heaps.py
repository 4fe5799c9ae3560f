"""Faults of whole ledgers: F06, values that lie where people put them, and F05, records made up at the end.

They colour many rows, also some that other faults have spoiled. So they come last: rows that are still free
are changed until the heap is one, and all rows that lie in it then are told. None where too few are free.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import ROUND_DOWN, Decimal
from typing import Any

from hengliang.measure.definition import Ledger
from hengliang.measure.synthetic.city import Row
from hengliang.measure.synthetic.faults.judge import codes
from hengliang.measure.synthetic.faults.plan import Field
from hengliang.measure.synthetic.faults.rows import later
from hengliang.measure.synthetic.faults.spot import Found, Spot

Places = Sequence[int]
Lies = Callable[[Row], bool]
"""Whether a row lies in the heap."""


def _heap(
    spot: Spot, touched: Sequence[str], changes: Callable[[int, Row], Row], lies: Lies, least: int, pct: int
) -> Found | None:
    """Changes free rows until more than `pct` percent, and `least` rows, of those asked lie in the heap."""
    least = int(spot.check.figures.get("rows", Decimal(least)))
    share = spot.check.figures.get("pct", Decimal(pct))

    def is_one(asked: Places, heaped: Places) -> bool:
        return len(heaped) >= least and len(heaped) * 100 > share * len(asked)

    return _until(spot, touched, changes, lies, is_one)


def _until(
    spot: Spot,
    touched: Sequence[str],
    changes: Callable[[int, Row], Row],
    lies: Lies,
    is_one: Callable[[Places, Places], bool],
) -> Found | None:
    """Changes free rows one by one until the rows in the heap are one; the rows are as before otherwise."""
    before = list(spot.rows)
    for count, place in enumerate(_free(spot, touched)):
        row = spot.rows[place]
        changed = {**row, **changes(count, row)}
        if codes(spot.ledger, changed, spot.field.period) or not lies(changed):
            continue
        spot.rows[place] = changed
        asked = [at for at, each in enumerate(spot.rows) if spot.asked(each) and _is_there(spot, each)]
        heaped = [at for at in asked if lies(spot.rows[at])]
        if is_one(asked, heaped):
            spot.field.take(spot.ledger, *heaped)
            return [(at, spot.code) for at in heaped]
    spot.rows[:] = before
    return None


def _free(spot: Spot, touched: Sequence[str]) -> Iterator[int]:
    return spot.field.free(spot.ledger, touched, lambda row: _is_there(spot, row))


def _is_there(spot: Spot, row: Row) -> bool:
    """Whether a row has what the check asks for, as it can be read."""
    return all(isinstance(row[name], int | Decimal) for name in spot.check.columns.values())


def _last_digits(spot: Spot) -> Found | None:
    name, limit = spot.column("value"), spot.check.figures.get("chi", Decimal("27.88"))
    digit, places = 5, max((_places(row[name]) for row in spot.rows if _is_there(spot, row)), default=0)
    place, before = Decimal(1).scaleb(-places), Decimal(1).scaleb(1 - places)

    def changes(_count: int, row: Row) -> Row:
        return {name: row[name].quantize(before, ROUND_DOWN) + digit * place}

    def is_one(asked: Places, heaped: Places) -> bool:
        even = Decimal(len(asked)) / 10
        counts = Counter(int(abs(spot.rows[at][name]) / place) % 10 for at in asked)
        chi = sum(((counts[each] - even) ** 2 for each in range(10)), Decimal(0)) / even
        enough = len(asked) >= spot.check.figures.get("rows", 100)
        return enough and chi > limit and max(counts, key=lambda each: counts[each]) == digit

    return _until(spot, (name,), changes, lambda row: int(abs(row[name]) / place) % 10 == digit, is_one)


def _places(number: Decimal) -> int:
    """How many places behind the point a number has."""
    return max(0, -int(number.normalize().as_tuple().exponent))


def _in_a_band(spot: Spot) -> Found | None:
    name, low, high = spot.column("value"), spot.check.figures["low"], spot.check.figures["high"]

    def changes(count: int, _row: Row) -> Row:
        return {name: low + (high - low) * (count % 10) / 10}

    return _heap(spot, (name,), changes, lambda row: low <= row[name] <= high, 10, 30)


def _round(spot: Spot) -> Found | None:
    """Whole multiples; where the check asks for the end of the year, of things that happened then."""
    name, step, happened = spot.column("value"), spot.check.figures["step"], spot.ledger.happened or ""

    def changes(count: int, row: Row) -> Row:
        changed: Row = {name: max(Decimal(1), row[name] // step) * step}
        if not spot.asked({**row, **changed}) and isinstance(row.get(happened), date):
            by = spot.field.city.day(12, 11 + count % 10) - row[happened]
            changed |= {happened: row[happened] + by, **later(row, by)}
        return changed

    def lies(row: Row) -> bool:
        return spot.asked(row) and row[name] % step == 0

    return _heap(spot, (name, happened), changes, lies, 10, 50)


def _same(spot: Spot) -> Found | None:
    name = spot.column("value")
    place = next(_free(spot, (name,)), None)
    if place is None:
        return None
    value = spot.rows[place][name]
    return _heap(spot, (name,), lambda _count, _row: {name: value}, lambda row: row[name] == value, 10, 50)


def _equal(spot: Spot) -> Found | None:
    """The one as the other; or the other as the one, where the one is part of a sum."""
    parts = spot.check.columns
    pairs = {parts[part]: parts[part.replace("one", "other")] for part in parts if part.startswith("one")}

    def changes(_count: int, row: Row) -> Row:
        changed = {one: row[other] for one, other in pairs.items()}
        wrong = codes(spot.ledger, {**row, **changed}, spot.field.period)
        return {other: row[one] for one, other in pairs.items()} if wrong else changed

    def lies(row: Row) -> bool:
        return spot.asked(row) and all(row[one] == row[other] for one, other in pairs.items())

    return _heap(spot, (*pairs, *pairs.values()), changes, lies, 3, -1)


HEAPS: Mapping[str, Callable[[Spot], Found | None]] = {
    "F06": _last_digits,
    "F06-band": _in_a_band,
    "F06-round": _round,
    "F06-same": _same,
    "F06-equal": _equal,
}


def plant_heaps(field: Field) -> None:
    """One heap for every check for heaps that a ledger asks for, and one ledger that was filled in a rush."""
    for ledger in field.city.ledgers.values():
        for check in ledger.checks:
            if check.code not in HEAPS:
                continue
            found = HEAPS[check.code](Spot(field, ledger, check))
            name = check.code if check.reports in (None, check.code) else f"{check.code} {check.reports}"
            if found is None:
                field.skipped.append((ledger.name, name))
            else:
                field.tell(ledger, name, f"{name}: {', '.join(check.columns.values())}"[:80], found)
    by_size = sorted(
        field.city.ledgers.values(), key=lambda each: (len(field.city.rows(each.name)), each.name)
    )
    for ledger in by_size:
        if _may_be_rushed(ledger) and (found := _rush(field, ledger)) is not None:
            field.tell(ledger, "F05", "F05: recorded_at, just before the freeze", found)
            return
    field.skipped.append(("", "F05"))


def _may_be_rushed(ledger: Ledger) -> bool:
    """Whether the times of recording play no part in what else is checked."""
    asked: set[str] = set()
    for check in ledger.checks:
        if check.code not in ("Q12", "Q13"):
            asked |= {*check.columns.values(), *check.optional.values()}
    names = {column.name for column in ledger.columns}
    has_events = bool(ledger.happened or ledger.accepted_on)
    return "recorded_at" in names - asked and has_events and not ledger.is_series


def _rush(field: Field, ledger: Ledger) -> Found | None:
    """F05: more than 40 percent of a ledger is recorded in the last ten days before the freeze, which is late
    for most of it (Q13)."""
    rows, period = field.city.rows(ledger.name), field.period
    before = list(rows)
    moved: list[int] = []
    for count, place in enumerate(field.free(ledger)):
        if not _events(ledger, rows[place]):
            continue
        day = period.freeze - timedelta(days=count % 10)
        rows[place] = {**rows[place], "recorded_at": datetime.combine(day, time(9, count % 60))}
        if codes(ledger, rows[place], period) <= {"Q13"}:
            moved.append(place)
        else:
            rows[place] = before[place]
        known = [row for row in rows if isinstance(row["recorded_at"], datetime)]
        late = [at for at, row in enumerate(rows) if _is_rushed(field, ledger, row)]
        if len(late) >= 3 and len(late) * 100 > 40 * len(known):
            field.take(ledger, *late)
            told = [(at, code) for at in moved for code in sorted(codes(ledger, rows[at], period))]
            return [*((at, "F05") for at in late), *told]
    rows[:] = before
    return None


def _is_rushed(field: Field, ledger: Ledger, row: Row) -> bool:
    recorded, days = row["recorded_at"], _events(ledger, row)
    if not isinstance(recorded, datetime) or not days or max(days) > field.period.end:
        return False
    return field.period.freeze - timedelta(days=10) <= recorded.date() <= field.period.freeze


def _events(ledger: Ledger, row: Row) -> list[date]:
    values: list[Any] = [row[name] for name in (ledger.happened, ledger.accepted_on) if name]
    return [
        value.date() if isinstance(value, datetime) else value for value in values if isinstance(value, date)
    ]
