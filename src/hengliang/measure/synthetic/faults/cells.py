"""Faults of single rows: what is missing, no code, out of range, unreadable; every rule between columns."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import combinations, islice, product
from typing import Any

from hengliang.measure.definition import Column, Ledger, Rule
from hengliang.measure.synthetic.city import Row
from hengliang.measure.synthetic.faults.judge import Unread, codes, holds
from hengliang.measure.synthetic.faults.plan import Field
from hengliang.measure.synthetic.places import PLACE


def plant_cells(field: Field, ledger: Ledger, most: int) -> None:
    """Up to `most` columns of each kind of fault."""
    columns = [column for column in ledger.columns if column.name not in ledger.alike]
    dice = field.dice(ledger.name, "cells")
    dice.random.shuffle(columns)
    kinds = {
        # What a load knows by itself, it fills in.
        "Q01": [column for column in columns if column.need == "R" and not column.filled],
        "Q02": [column for column in columns if (column.codes and not column.open) or column.format],
        "Q10": [column for column in columns if column.least is not None or column.most is not None],
        "unread": [column for column in columns if column.type in ("int", "decimal", "date", "bool")],
    }
    row = field.city.rows(ledger.name)[-1]
    kinds = {kind: [c for c in among if row[c.name] is not None] for kind, among in kinds.items()}
    for kind, among in kinds.items():
        for column in among[:most]:
            _plant_cell(field, ledger, kind, column)


def _plant_cell(field: Field, ledger: Ledger, kind: str, column: Column) -> None:
    rows = field.city.rows(ledger.name)
    for place in islice(field.free(ledger, (column.name,)), 40):
        before = rows[place][column.name]
        value = _spoiled(kind, column, before)
        changed = {**rows[place], column.name: value}
        found = codes(ledger, changed, field.period)
        if before is None or not found or _weight(ledger, column.name) > 4:
            continue
        if kind == "Q02":
            found |= _references(ledger, column.name)
        rows[place] = changed
        field.take(ledger, place)
        done = f"{column.name}: {before} -> {value}"[:80]
        code = {"unread": "Q10", "Q02": column.reported_as}.get(kind, kind)
        field.tell(ledger, code, done, [(place, each) for each in sorted(found)])
        return
    field.skipped.append((ledger.name, f"{kind} {column.name}"))


def _spoiled(kind: str, column: Column, value: Any) -> Any:
    if kind == "Q01" or value is None:
        return None
    if kind == "unread":
        return Unread("约三百")
    if kind == "Q02":
        return "XX" if column.codes else str(value)[:-1]
    step = Decimal(1) if column.type != "int" else 1
    low = column.least is not None
    limit = column.least if column.least is not None else column.most
    assert limit is not None
    return (int(limit) if column.type == "int" else limit) + (-step if low else step)


def _references(ledger: Ledger, name: str) -> set[str]:
    """Q09 where a column refers to another ledger, F13b where readings refer to it."""
    return {check.code for check in ledger.checks if check.code in ("Q09", "F13b") and check.key == name}


_HEAVY = {"number": 6, "opening": 5, "closing": 5, "done": 3, "date": 11,
          "value": 5, "group": 6, "shape": 6, "region": 6,
          "year": 6, "stage": 5}  # fmt: skip


def _weight(ledger: Ledger, name: str) -> int:
    """How much a change of a column would disturb checks over several rows."""
    found = 0
    for check in ledger.checks:
        if check.code in ("Q12", "Q13"):
            continue
        for part, column in (*check.columns.items(), *check.optional.items()):
            if column == name:
                weight = 6 if (check.code, part) == ("stages-area", "area") else _HEAVY.get(part, 2)
                found = max(found, weight)
    return found


def plant_rules(field: Field, ledger: Ledger) -> None:
    """One fault for every rule: the smallest change of its columns that breaks it, and little else."""
    for rule in ledger.rules:
        best = None
        for tried, place in enumerate(islice(field.free(ledger, rule.columns), 60)):
            best = _better(best, _broken(field, ledger, rule, place))
            # What breaks nothing else is taken at once; otherwise the best of a few rows.
            if best is not None and (best[0] < 10 or tried > 8):
                break
        if best is None:
            field.skipped.append((ledger.name, f"{rule.code} {rule.holds.text}"))
            continue
        _, place, changed, found = best
        rows = field.city.rows(ledger.name)
        done = "; ".join(
            f"{name}: {rows[place][name]} -> {value}"
            for name, value in changed.items()
            if rows[place][name] != value
        )
        sums = _sums(field, ledger, place, changed)
        rows[place] = changed
        field.take(ledger, place)
        lines = [*((place, code) for code in sorted(found)), *sums]
        field.tell(ledger, f"{rule.code} {rule.holds.text}", done[:120], list(dict.fromkeys(lines)))


def _sums(field: Field, ledger: Ledger, place: int, changed: Row) -> list[tuple[int, str]]:
    """The rows of a group whose values no longer add up."""
    rows = field.city.rows(ledger.name)
    for check in ledger.checks:
        value = check.columns.get("value", "")
        if check.code not in ("Q10-sum", "Q10-counties") or rows[place][value] == changed[value]:
            continue
        # A group adds up to a total, or the counties of a year to their prefecture, which ends in 00.
        group = check.columns.get("group") or check.columns["year"]
        region = check.columns.get("region", "")
        places = [
            at
            for at, row in enumerate(rows)
            if row[group] == changed[group] and (not region or row[region].endswith("00"))
        ]
        field.take(ledger, *places)
        return [(at, "Q10") for at in places]
    return []


Broken = tuple[int, int, Row, set[str]]


def _better(one: Broken | None, other: Broken | None) -> Broken | None:
    return min((each for each in (one, other) if each is not None), key=lambda each: each[0], default=None)


def _broken(field: Field, ledger: Ledger, rule: Rule, place: int) -> Broken | None:
    """The best change of one row, with its cost: what else it breaks."""
    row = field.city.rows(ledger.name)[place]
    best: Broken | None = None
    for changed, cost in _changes(ledger, rule, row):
        if best is not None and cost >= best[0]:
            continue
        if holds(rule, changed, field.period, ledger.parameters) or _is_taken(field, ledger, row, changed):
            continue
        found = codes(ledger, changed, field.period, rule.columns)
        best = _better(best, (cost + 10 * len(found - {rule.code}), place, changed, found))
        if best is not None and best[0] == 0:
            return best
    return best


def _changes(ledger: Ledger, rule: Rule, row: Row) -> Iterator[tuple[Row, int]]:
    names = list(rule.columns)
    options = {name: list(_options(ledger.column(name), row, names)) for name in names}
    for count in (1, 2):
        for chosen in combinations(names, count):
            for values in islice(product(*(options[name] for name in chosen)), 400):
                changed = dict(zip(chosen, values, strict=True))
                # What is left out is compared with nothing.
                weights = (1 if value is None else _weight(ledger, name) for name, value in changed.items())
                yield {**row, **changed}, sum(weights) + count - 1


def _options(column: Column, row: Row, names: list[str]) -> Iterator[Any]:
    """Other values of a column: none, near ones, those of the other columns of the rule, wild ones."""
    value = row[column.name]
    if value is not None and column.need != "R":
        yield None
    others = [row[name] for name in names if name != column.name and row[name] is not None]
    match column.type:
        case "bool":
            yield from (not value, True, False)
        case "enum":
            yield from (code for code in column.codes if code != value)
            yield "9"
        case "date":
            dates = [each for each in row.values() if isinstance(each, date)] if value is None else others
            days = [each.date() if isinstance(each, datetime) else each for each in dates]
            for day in (each for each in (*days, value) if isinstance(each, date)):
                yield from (day + timedelta(days=step) for step in (-1, 1, -3, 5, 40, -40, 400, -400))
        case "datetime":
            for at in (each for each in (*others, value) if isinstance(each, datetime)):
                minutes = (-1, 1, -70, 5, 35, 130, 1500, 4500, 600)
                if column.name == "answered_at":
                    minutes = (900_000,)
                yield from (at + timedelta(minutes=step) for step in minutes)
        case "int" | "decimal":
            numbers = [each for each in (*others, value) if isinstance(each, int | Decimal)]
            for each in (number for number in numbers if not isinstance(number, bool)):
                changed = (each + 1, each - 1, each * 2, each // 2, each * 10, each + 1000, Decimal(0))
                yield from (int(new) if column.type == "int" else Decimal(new) for new in changed)
            yield from (0, 1, 7) if column.type == "int" else (Decimal(0), Decimal(-1), Decimal("0.01"))
        case "geometry" | "list":
            yield None
        case _:
            yield from (each for each in others if isinstance(each, str))
            if column.name == "unit":
                yield "%"
            if column.name == "region_code":
                yield from sorted(code for code, _ in PLACE.counties)
            yield f"{value or 'X'}1"


def _is_taken(field: Field, ledger: Ledger, row: Row, changed: Row) -> bool:
    """Whether the change makes the key of another row."""
    for names in (ledger.key, *ledger.unique):
        key = [changed[name] for name in names]
        if key != [row[name] for name in names] and any(
            [each[name] for name in names] == key for each in field.city.rows(ledger.name)
        ):
            return True
    return False
