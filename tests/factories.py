"""Small forms, findings and verdicts for tests, with only what a test is about spelled out."""

from collections.abc import Sequence
from typing import Any

from hengliang.base.finding import Edit, Finding, Fix, Severity, Undecidable
from hengliang.base.message import Message, message
from hengliang.base.place import Place, Spot
from hengliang.form.model import Form, Indicator, Kind, Purpose
from hengliang.form.source import Source
from hengliang.review.run import Review
from hengliang.review.suppress import Suppression
from hengliang.review.verdict import Verdict, judge


def indicator(name: str = "绿色矿山核查数量", **fields: Any) -> Indicator:
    """An indicator of 60 家 with 3 points."""
    plain: dict[str, Any] = {
        "level1": "产出指标",
        "level2": "数量指标",
        "operator": "≥",
        "target": "60",
        "unit": "家",
        "points": "3",
        "points_in": "column",
    }
    return Indicator(name=name, **plain | fields)


def form(*indicators: Indicator, **fields: Any) -> Form:
    """A declaration of 测试市自然资源局 for 2026."""
    plain: dict[str, Any] = {
        "kind": Kind.DEPARTMENT,
        "purpose": Purpose.DECLARATION,
        "organisation": "测试市自然资源局",
        "fiscal_year": 2026,
    }
    return Form(indicators=indicators or (indicator(),), **plain | fields)


def finding(
    code: str = "V98",
    *paths: str | Spot,
    severity: Severity = Severity.ERROR,
    said: Message = message("the value is wrong"),  # noqa: B008
    **rest: Any,
) -> Finding:
    """A finding on whole fields or spots."""
    spots = tuple(Spot(path) if isinstance(path, str) else path for path in paths) or (Spot(""),)
    return Finding(code, severity, spots, said, **rest)


def safe(path: str, old: str | None, new: str | None) -> Fix:
    """A safe fix of one field."""
    return Fix(True, message("write it properly"), (Edit(path, old, new),))


def proposal(path: str, old: str | None, new: str | None) -> Fix:
    """A proposal for one field."""
    return Fix(False, message("decide on it"), (Edit(path, old, new),))


def verdict(
    of: Form,
    findings: Sequence[Finding] = (),
    undecidable: Sequence[Undecidable] = (),
    suppressions: Sequence[Suppression] = (),
    baseline: frozenset[str] = frozenset(),
    file: str = "form.txt",
    places: dict[str, Place] | None = None,
) -> Verdict:
    """A verdict on `of`; every row stands on a line of its own unless places are given."""
    if places is None:
        places = {
            f"indicators/{number}": Place(file, line=number + 10, column=1)
            for number in range(len(of.indicators))
        }
    review = Review(tuple(findings), tuple(undecidable), (), ("F01",))
    return judge(file, 1, of, Source(places=places), "national-2015", review, suppressions, baseline)
