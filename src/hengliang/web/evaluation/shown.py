"""Score sheets as pages show them: plain values."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hengliang.criteria.fact_names import facts_said
from hengliang.criteria.printed import Span
from hengliang.form.actual import Origin
from hengliang.form.model import Indicator
from hengliang.score.sheet import RowScore, ScoreSheet, State, Total

STATE_TONES: dict[State, str] = {
    State.SCORED: "good",
    State.BOUNDED: "pending",
    State.NOT_REPORTED: "watch",
    State.NOT_APPLICABLE: "plain",
    State.NO_POINTS: "plain",
}


def target_of(indicator: Indicator) -> str:
    """A target as people write it: ≥60家."""
    sign = indicator.operator if indicator.operator and indicator.operator != "定性" else ""
    return f"{sign}{indicator.target or ''}{indicator.unit or ''}"


def number(value: Decimal | None) -> str:
    """A number of points."""
    return "" if value is None else f"{value:f}"


def actual_said(text: str | None, facts: Mapping[str, str], language: str) -> str:
    """An actual value as stated; where only facts are known, these. Empty when nothing was reported."""
    return text or facts_said(facts, language)


def row_shown(row: RowScore, language: str) -> dict[str, Any]:
    """One row of the sheet."""
    known = row.low is not None and row.low == row.high
    weight = row.weight if row.weight is not None else row.points
    return {
        "number": row.index + 1,
        "level1": row.indicator.level1 or "",
        "level2": row.indicator.level2 or "",
        "name": row.indicator.name,
        "target": target_of(row.indicator),
        "actual": actual_said(row.actual.text, row.actual.facts, language) if row.actual else "",
        "measured": row.actual is not None and row.actual.origin is Origin.MEASURED,
        "value": number(row.low) if known else "",
        "low": "" if known else number(row.low),
        "high": "" if known else number(row.high),
        "of": number(weight),
        "state": row.state.value,
        "tone": STATE_TONES[row.state],
        "bar": bar(row.low, row.high, weight),
        "loss": row.loss,
        "steps": [step.text.say(language) for step in row.steps],
        "assumptions": [one.say(language) for one in row.assumptions],
        "questions": [one.say(language) for one in row.questions],
        "remarks": [one.say(language) for one in row.remarks],
    }


def bar(low: Decimal | None, high: Decimal | None, weight: Decimal | None) -> dict[str, Any] | None:
    """The parts of a bar in percent: got for certain, may be lost, lost; None without points."""
    if not weight:
        return None
    least, most = low or Decimal(0), weight if high is None else high
    got = round(float(Fraction(least) / Fraction(weight) * 100), 1)
    got_to = round(float(Fraction(most) / Fraction(weight) * 100), 1)
    return {"got": got, "may": round(got_to - got, 1), "got_to": got_to, "lost": round(100 - got_to, 1)}


def at_risk(row: RowScore) -> Decimal:
    """The points that an indicator has lost or may still lose: what a board is sorted by."""
    if row.weight is None:
        return Decimal(0)
    return row.weight - (row.low or Decimal(0))


def total_shown(total: Total) -> dict[str, str]:
    """A total as `number.html` takes it."""
    if total.is_certain:
        return {"value": number(total.low), "of": number(total.of)}
    return {"low": number(total.low), "high": number(total.high), "of": number(total.of)}


def grade_shown(sheet: ScoreSheet) -> str:
    """The grade, or all that are possible: 良 / 中."""
    return " / ".join(sheet.grade.possible) if sheet.grade else ""


def runs(numbers: Sequence[int]) -> list[str]:
    """Numbers in their order, those that follow one another as one: 1–3, 5."""
    found: list[list[int]] = []
    for one in numbers:
        if found and found[-1][-1] == one - 1:
            found[-1][1:] = [one]
        else:
            found.append([one])
    return ["–".join(map(str, run)) for run in found]


def words_read(text: str, spans: tuple[Span, ...]) -> list[dict[str, str]]:
    """A sentence in parts: those that were read are underlined."""
    read = [False] * len(text)
    for span in spans:
        for at in range(max(0, span[0]), min(len(text), span[1])):
            read[at] = True
    parts: list[dict[str, str]] = []
    for char, is_read in zip(text, read, strict=True):
        tone = "read" if is_read else ""
        if parts and parts[-1]["tone"] == tone:
            parts[-1]["text"] += char
        else:
            parts.append({"text": char, "tone": tone})
    return parts
