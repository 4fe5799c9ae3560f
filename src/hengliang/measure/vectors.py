"""Test vectors of ledgers: small CSV files with the metrics, scores and findings expected of them.

The format: a folder with `expected.json` and the CSV files that it names, `<id>_<ledger>.csv` each. A column
that is absent from a file is not tested; findings beyond the expected ones are listed and are no difference.
Whoever writes a ledger tests it this way.
"""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

import duckdb

from hengliang.base.message import Message, message
from hengliang.criteria.evaluate import rounded
from hengliang.measure.check import check
from hengliang.measure.compute import State, Value
from hengliang.measure.definition import Ledger
from hengliang.measure.finding import Finding
from hengliang.measure.period import Period, fiscal_year
from hengliang.measure.records import Records, value_of
from hengliang.measure.scoring_rules import rule_score
from hengliang.measure.table import Table, Unreadable, quoted, table_of
from hengliang.measure.vector_comparison import Comparison, code_comparisons


class VectorError(ValueError):
    """A folder of vectors that cannot be run; `said` tells which file, and why."""

    def __init__(self, said: Message) -> None:
        super().__init__(str(said))
        self.said = said


@dataclass(frozen=True, slots=True)
class Outcome:
    """All comparisons, and the findings that were reported beyond the expected ones, as `vector row code`."""

    comparisons: tuple[Comparison, ...]
    beyond: tuple[str, ...]

    @property
    def different(self) -> tuple[Comparison, ...]:
        """What did not come out as expected."""
        return tuple(each for each in self.comparisons if not each.equal)


def run_vectors(folder: Path, ledgers: Mapping[str, Ledger]) -> Outcome:
    """Runs every vector of a folder. Raises VectorError."""
    data = _read(folder)
    period = fiscal_year(int(data.get("fiscal_year", 2023)), _day(data.get("freeze_date")))
    found: list[Comparison] = []
    beyond: list[str] = []
    for vector in data.get("vectors", []):
        unknown = _unknown(vector, ledgers)
        if unknown:
            found += [Comparison(vector["id"], "ledger", name, None, equal=False) for name in unknown]
            continue
        comparisons, more = _vector(folder, vector, period, ledgers)
        found += comparisons
        beyond += more
    for number, rule in enumerate(data.get("rule_vectors", []), 1):
        score = _rule(rule["rule"], rule["inputs"])
        what = f"{rule['rule']} {number}"
        found.append(Comparison("rules", what, rule["expected"], score, _same(rule["expected"], score)))
    found += code_comparisons(data)
    return Outcome(tuple(found), tuple(beyond))


def _read(folder: Path) -> dict[str, Any]:
    path = folder / "expected.json"
    try:
        return json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except FileNotFoundError:
        raise VectorError(message("{folder}: there is no expected.json", folder=str(folder))) from None
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise VectorError(message("{file} is no JSON: {why}", file=str(path), why=str(error))) from None


def _day(text: Any) -> date | None:
    return date.fromisoformat(text) if text else None


def _vector(
    folder: Path, vector: Mapping[str, Any], period: Period, ledgers: Mapping[str, Ledger]
) -> tuple[list[Comparison], list[str]]:
    name = vector["id"]
    params = vector.get("params", {})
    period = _period(vector, period)
    with duckdb.connect() as connection:
        loaded = tables_of(connection, folder, vector["files"], ledgers)
        for table, _ in loaded.values():
            _keep_live(table, period.as_of)
        tables = {name: table for name, (table, _) in loaded.items()}
        records = Records(tables, period, params)
        findings = {
            name: check(table, unreadable, records).findings for name, (table, unreadable) in loaded.items()
        }
        ledger = ledgers[vector["ledger"]]
        values = {metric.id: value_of(records, ledger, metric) for metric in ledger.metrics}
        found = [_metric(name, what, expected, values) for what, expected in vector["metrics"].items()]
        found += _scores(name, vector.get("score"), ledger, values, period)
        compared, beyond = _findings(name, vector.get("findings", []), findings, tables)
    return found + compared, beyond


def _period(vector: Mapping[str, Any], usual: Period) -> Period:
    """The period of a vector, which may be of another year than the others."""
    said = {**vector, **vector.get("params", {})}
    year = int(said.get("fiscal_year", usual.end.year))
    freeze = _day(said.get("freeze_date")) or (usual.freeze if year == usual.end.year else None)
    return fiscal_year(year, freeze, _day(said.get("as_of")))


def tables_of(
    connection: duckdb.DuckDBPyConnection, folder: Path, files: Sequence[str], ledgers: Mapping[str, Ledger]
) -> dict[str, tuple[Table, list[Unreadable]]]:
    """The tables of CSV files by ledger, with the cells that could not be read. Raises VectorError."""
    found: dict[str, tuple[Table, list[Unreadable]]] = {}
    for file in files:
        ledger = ledgers[_ledger_name(file, ledgers)]
        header, rows = _csv(folder / file)
        placed = ledger.placed(header)
        kept = [[row[at] for at in placed.values()] for row in rows]
        found[ledger.name] = table_of(connection, ledger, tuple(placed), kept)
    return found


def _keep_live(table: Table, as_of: date | None) -> None:
    """Drops rows recorded after the as-of date, then those that others supersede, then the void ones."""
    name = quoted(table.name)
    if as_of is not None and "recorded_at" in table.columns:
        table.connection.execute(
            f"delete from {name} where cast(recorded_at as date) > date '{as_of.isoformat()}'"
        )
    if table.has(("record_id", "supersedes")):
        table.keep_replaced(f"select * from {name}")
        table.connection.execute(
            f"delete from {name} where record_id in "
            f"(select supersedes from {name} where supersedes is not null)"
        )
    if "void_reason" in table.columns:
        table.connection.execute(f"delete from {name} where void_reason is not null")


def _unknown(vector: Mapping[str, Any], ledgers: Mapping[str, Ledger]) -> list[str]:
    """The ledgers of a vector that nobody defines."""
    names = [vector["ledger"], *(_ledger_name(file, ledgers) for file in vector["files"])]
    return [name for name in dict.fromkeys(names) if name not in ledgers]


def _ledger_name(file: str, ledgers: Mapping[str, Ledger]) -> str:
    """The ledger at the end of the name of a file; without one, what follows the first underscore."""
    stem = Path(file).stem
    named = [name for name in ledgers if f"_{stem}".endswith(f"_{name}")]
    return max(named, key=len, default=stem.partition("_")[2])


def _csv(path: Path) -> tuple[list[str], list[list[str | None]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.reader(stream))
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise VectorError(message("{file} cannot be read: {why}", file=str(path), why=why)) from None
    if not rows:
        raise VectorError(message("{file}: the file is empty", file=str(path)))
    header = rows[0]
    return header, [
        [cell or None for cell in row] + [None] * (len(header) - len(row)) for row in rows[1:] if any(row)
    ]


def _metric(vector: str, what: str, expected: Any, values: Mapping[str, Value]) -> Comparison:
    base, _, part = what.rpartition("_")
    if what not in values and part == "state" and base in values:
        return Comparison(vector, what, expected, values[base].state, expected == values[base].state)
    value = values.get(what)
    if value is not None and isinstance(expected, str) and expected.replace(" ", "_") in {*State}:
        return Comparison(vector, what, expected, value.state, expected.replace(" ", "_") == value.state)
    shown = value.shown if value is not None and value.state is State.OK else None
    if isinstance(expected, Decimal) and value is not None and isinstance(shown, Decimal):
        # A vector may write more places than are shown: then all of them are compared.
        places = -int(expected.as_tuple().exponent)
        shown = rounded(value.exact, places) if value.exact is not None and places > 2 else shown
    return Comparison(vector, what, expected, shown, value is not None and _same(expected, shown))


def _same(expected: Any, found: Any) -> bool:
    if isinstance(expected, dict) and isinstance(found, Mapping):
        wanted, got = cast("dict[str, Any]", expected), cast("Mapping[str, Any]", found)
        return wanted.keys() == got.keys() and all(_same(wanted[key], got[key]) for key in wanted)
    if isinstance(expected, list) and isinstance(found, tuple | list):
        listed, those = cast("list[Any]", expected), cast("Sequence[Any]", found)
        return len(listed) == len(those) and all(map(_same, listed, those))
    if isinstance(expected, bool) or isinstance(found, bool) or expected is None or found is None:
        return expected is found
    if isinstance(expected, int | Decimal) and isinstance(found, int | Decimal):
        return Decimal(expected) == Decimal(found)
    return f"{expected}" == f"{found}"


def _scores(
    vector: str,
    expected: Mapping[str, Any] | None,
    ledger: Ledger,
    values: Mapping[str, Value],
    period: Period,
) -> Iterator[Comparison]:
    if expected is None:
        return
    score = _score(ledger, values, period, expected.get("params", {}), {})
    yield Comparison(vector, "score", expected["value"], score, _same(expected["value"], score))
    for reading, points in expected.get("value_if", {}).items():
        name, _, said = reading.partition("=")
        changed = {"rule": name} if not said else {name: said}
        score = _score(ledger, values, period, expected.get("params", {}), changed)
        yield Comparison(vector, f"score if {reading}", points, score, _same(points, score))


def _score(
    ledger: Ledger,
    values: Mapping[str, Value],
    period: Period,
    params: Mapping[str, Any],
    changed: Mapping[str, str],
) -> Decimal | None:
    """The points by the ledger's scoring rule, its figures as the vector states them."""
    scoring = ledger.scoring
    if scoring is None:
        return None
    inputs: dict[str, Any] = {
        **scoring.figures,
        **{key: value for key, value in params.items() if key != "gate"},
    }
    for part, metric in scoring.inputs.items():
        value = values[changed.get("actual", metric) if part == "actual" else metric]
        given = _input(part, value, period)
        if given is None:
            return None
        inputs[part] = given
    if scoring.gate_at_least is not None:
        inputs["gate"] = inputs["gate"] >= Fraction(scoring.gate_at_least)
    if "pass_share" in inputs:
        inputs["positive"] = Fraction(inputs["positive"]) >= Fraction(str(inputs["pass_share"])) * 100
    inputs |= {key: said for key, said in changed.items() if key not in ("actual", "rule")}
    return _rule(changed.get("rule", scoring.rule), {**inputs, "points": scoring.points})


def _input(part: str, value: Value, period: Period) -> Any:
    if part == "done" and value.state is State.OPEN:
        return period.as_of or period.freeze
    if value.state is not State.OK:
        return None
    return value.exact if value.exact is not None else value.shown


def _rule(rule: str, inputs: Mapping[str, Any]) -> Decimal | None:
    """The points of a rule by itself; None for a rule or an input that it does not know."""
    given = {key: value for key, value in inputs.items() if key != "points"}
    try:
        return rule_score(rule, Fraction(str(inputs["points"])), given)
    except (KeyError, ArithmeticError):
        return None


def _findings(
    vector: str,
    expected: Sequence[Mapping[str, Any]],
    found: Mapping[str, tuple[Finding, ...]],
    tables: Mapping[str, Table],
) -> tuple[list[Comparison], list[str]]:
    """Every expected finding must be reported, with the other row and the figures where they are given."""
    reported: dict[tuple[str, str], list[tuple[Finding, dict[int, str]]]] = {}
    for ledger, findings in found.items():
        names = tables[ledger].named(
            [finding.row for finding in findings]
            + [finding.with_row for finding in findings if finding.with_row is not None]
        )
        for finding in findings:
            reported.setdefault((names[finding.row], finding.code), []).append((finding, names))
    compared: list[Comparison] = []
    for each in expected:
        key = (str(each["row"]), each["check"])
        hits = reported.pop(key, [])
        wanted = {
            name: value for name, value in each.items() if name not in ("row", "check", "detail", "person")
        }
        shown = [_shown(finding, names) for finding, names in hits]
        fits = any(all(_figure(value, one.get(name)) for name, value in wanted.items()) for one in shown)
        compared.append(
            Comparison(vector, f"finding {key[0]} {key[1]}", wanted, shown or None, bool(hits) and fits)
        )
    return compared, [f"{vector} {row} {code}" for row, code in reported]


def _shown(finding: Finding, names: Mapping[int, str]) -> dict[str, Any]:
    other = {"with": names.get(finding.with_row)} if finding.with_row is not None else {}
    return {**finding.figures, **other}


def _figure(expected: Any, found: Any) -> bool:
    """Figures are compared at the places of the expected one."""
    if isinstance(expected, Decimal) and isinstance(found, int | float | Decimal | Fraction):
        places = -int(expected.as_tuple().exponent)
        return (
            rounded(Fraction(str(found)) if isinstance(found, float) else Fraction(found), max(places, 0))
            == expected
        )
    return _same(expected, found)
