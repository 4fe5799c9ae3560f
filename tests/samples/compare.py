"""A reading compared with the truth: rows found, missing, invented; cells right, wrong, missed, invented.

Texts are compared in NFKC without white space, with quotes and dashes unified and a final … ignored; numbers
as decimals; names without ★, 其中： and 指标1：; goals and duties without numbers and final stops. Rows are
matched by name. A wrong or invented cell is worse than a missed one.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

FORM_FIELDS = ("kind", "purpose", "organisation", "project", "fiscal_year")
MONEY_FIELDS = ("name", "initial", "budget", "executed", "expected", "rate", "points", "score")
ROW_FIELDS = (
    "level1",
    "level2",
    "operator",
    "target",
    "unit",
    "explanation",
    "criterion",
    "points",
    "actual",
    "score",
)


@dataclass
class Comparison:
    """The counts, and every difference in words."""

    rows_found: int = 0
    rows_missing: int = 0
    rows_invented: int = 0
    right: int = 0
    wrong: int = 0
    missed: int = 0
    invented: int = 0
    differences: list[str] = field(default_factory=list)

    @property
    def accuracy(self) -> float:
        """The share of cells read right."""
        return self.right / max(1, self.right + self.wrong + self.missed + self.invented)

    def cell(self, path: str, got: Any, truth: Any) -> None:
        """Count one cell."""
        if got is None and truth is None:
            return
        if got is not None and truth is not None and same(got, truth):
            self.right += 1
            return
        kind = "missed" if got is None else "invented" if truth is None else "wrong"
        setattr(self, kind, getattr(self, kind) + 1)
        self.differences.append(f"{path}: {kind}: {got!r}, truth {truth!r}")


def folded(value: object) -> str:
    """A text as it is compared."""
    text = "".join(unicodedata.normalize("NFKC", str(value)).split())
    text = re.sub("[“”„‟「」『』]", '"', text)
    text = re.sub("[‘’]", "'", text)
    text = re.sub("[—–―−─-]+", "-", text)
    return re.sub(r"(?:…|\.\.\.)+$", "", text)


def same(got: object, truth: object) -> bool:
    """Whether two cells say the same."""
    first, second = folded(got), folded(truth)
    if first == second:
        return True
    try:
        return Decimal(first) == Decimal(second)
    except InvalidOperation:
        return False


def _statement(text: str) -> str:
    return re.sub(r"[。.;；]+$", "", folded(text))


def _name(text: str) -> str:
    return re.sub(r"^其中:|^指标\d+:", "", folded(text).replace("★", ""))


def compare(got: dict[str, Any], truth: dict[str, Any]) -> Comparison:
    """`got` is what `read --json` prints, `truth` the content of a truth file."""
    result = Comparison()
    if len(got["forms"]) != len(truth["forms"]):
        result.differences.append(f"forms: {len(got['forms'])}, truth {len(truth['forms'])}")
    nothing: dict[str, Any] = {
        **dict.fromkeys(FORM_FIELDS),
        "duties": [],
        "goals": [],
        "money": None,
        "indicators": [],
    }
    for index in range(max(len(got["forms"]), len(truth["forms"]))):
        read = got["forms"][index] if index < len(got["forms"]) else nothing
        real = truth["forms"][index] if index < len(truth["forms"]) else nothing
        _compare_form(result, f"forms/{index}", read, real)
    return result


def _compare_form(result: Comparison, path: str, got: dict[str, Any], truth: dict[str, Any]) -> None:
    for name in FORM_FIELDS:
        result.cell(f"{path}/{name}", got[name], truth[name])
    for name in ("duties", "goals"):
        for index in range(max(len(got[name]), len(truth[name]))):
            first = _statement(got[name][index]) if index < len(got[name]) else None
            second = _statement(truth[name][index]) if index < len(truth[name]) else None
            result.cell(f"{path}/{name}/{index}", first, second)
    _compare_money(result, f"{path}/money", got["money"] or {}, truth["money"] or {})
    rest = list(got["indicators"])
    for row in truth["indicators"]:
        alike = [other for other in rest if _name(other["name"]) == _name(row["name"])]
        if not alike:
            result.rows_missing += 1
            result.missed += sum(row[name] is not None for name in ROW_FIELDS)
            result.differences.append(f"{path}: row missing: {row['name']}")
            continue
        best = max(alike, key=lambda other: sum(other[name] == row[name] for name in ROW_FIELDS))
        rest.remove(best)
        result.rows_found += 1
        for name in ROW_FIELDS:
            result.cell(f"{path}/{row['name']}/{name}", best[name], row[name])
        if sorted(best["truncated"]) != sorted(row["truncated"]):
            result.wrong += 1
            result.differences.append(f"{path}/{row['name']}/truncated: {best['truncated']}")
    for row in rest:
        result.rows_invented += 1
        result.differences.append(f"{path}: row invented: {row['name']}")


def _compare_money(result: Comparison, path: str, got: dict[str, Any], truth: dict[str, Any]) -> None:
    result.cell(f"{path}/unit", got.get("unit"), truth.get("unit"))
    read, real = got.get("rows", []), truth.get("rows", [])
    for index in range(max(len(read), len(real))):
        first = read[index] if index < len(read) else {}
        second = real[index] if index < len(real) else {}
        for name in MONEY_FIELDS:
            result.cell(f"{path}/rows/{index}/{name}", first.get(name), second.get(name))
