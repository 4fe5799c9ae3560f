"""What came out of test vectors, for a terminal and for programs."""

from collections.abc import Mapping
from typing import Any, cast

from hengliang.base.message import message
from hengliang.measure.vector_comparison import Comparison
from hengliang.measure.vectors import Outcome
from hengliang.report.ink import Ink
from hengliang.report.plain_value import plain_value


def page(outcome: Outcome, language: str, ink: Ink) -> str:
    """One line for everything that differs, then the count."""
    lines = [_line(each, language, ink) for each in outcome.different]
    if outcome.beyond:
        lines.append(
            ink.dim(
                message("reported beyond the expected findings: {names}", names=tuple(outcome.beyond)).say(
                    language
                )
            )
        )
    count = message(
        "{count} compared, {different} different",
        count=len(outcome.comparisons),
        different=len(outcome.different),
    )
    said = count.say(language)
    lines.append(ink.paint(said, "error") if outcome.different else ink.good(said))
    return "".join(f"{line}\n" for line in lines)


def _line(each: Comparison, language: str, ink: Ink) -> str:
    said = message(
        "expected {expected}, found {found}", expected=_shown(each.expected), found=_shown(each.found)
    )
    return f"{ink.bold(each.vector)} {each.what}: {said.say(language)}"


def _shown(value: Any) -> str:
    if isinstance(value, Mapping):
        items = cast("Mapping[str, Any]", value).items()
        return "{" + ", ".join(f"{name}: {_shown(each)}" for name, each in items) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_shown(each) for each in cast("list[Any]", value)) + "]"
    return "-" if value is None else f"{value}"


def as_data(outcome: Outcome) -> dict[str, Any]:
    """The same for JSON: counts, every comparison, and the findings beyond the expected ones."""
    return {
        "compared": len(outcome.comparisons),
        "different": len(outcome.different),
        "comparisons": [
            {
                "vector": each.vector,
                "what": each.what,
                "expected": plain_value(each.expected, whole_as_text=True),
                "found": plain_value(each.found, whole_as_text=True),
                "equal": each.equal,
            }
            for each in outcome.comparisons
        ],
        "beyond": list(outcome.beyond),
    }
