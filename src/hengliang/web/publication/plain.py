"""A public copy in sentences for citizens: what was promised, what came of it, what it cost."""

from decimal import Decimal
from typing import Any

from hengliang.base.message import Message, message
from hengliang.score.sheet import State


def promised(content: dict[str, Any]) -> Message:
    """How much was promised."""
    form = content["form"]
    return message(
        "{organisation} promised {goals} goals and {count} measurable results for {year}.",
        organisation=form["organisation"] or "—",
        goals=len(form["goals"]),
        count=len(form["indicators"]),
        year=form["fiscal_year"] or "—",
    )


def came_of_it(content: dict[str, Any]) -> list[Message]:
    """What came of it: how many were reached for certain, missed, and left open."""
    rows = content["sheet"]["zh_Hans"]["rows"]
    full = sum(1 for row in rows if row["low"] is not None and _same(row["low"], row["weight"]))
    missed = sum(1 for row in rows if row["high"] is not None and not _same(row["high"], row["weight"]))
    none = sum(1 for row in rows if row["state"] == State.NOT_REPORTED)
    apart = sum(1 for row in rows if row["state"] in (State.NOT_APPLICABLE, State.NO_POINTS))
    left = sum(1 for row in rows if row["state"] == State.BOUNDED and _same(row["high"], row["weight"]))
    said = [message("{full} of {count} results have full marks.", full=full, count=len(rows))]
    if missed:
        said.append(message("{count} lost points.", count=missed))
    if left:
        said.append(message("Of {count} the form does not say enough to be certain.", count=left))
    if none:
        said.append(message("{count} were not reported.", count=none))
    if apart:
        said.append(message("{count} are not scored: they do not apply, or have no points.", count=apart))
    total = content["sheet"]["zh_Hans"]["total"]
    if total["certain"]:
        said.append(message("In all {points} of {of} points.", points=total["low"], of=total["of"]))
    else:
        said.append(
            message(
                "In all between {low} and {high} of {of} points.",
                low=total["low"],
                high=total["high"],
                of=total["of"],
            )
        )
    return said


def money(content: dict[str, Any]) -> Message:
    """What was spent."""
    execution = content["sheet"]["zh_Hans"]["execution"] or _reported(content["form"])
    if execution.get("budget") is None or execution.get("executed") is None:
        return message("The unit has not published what was spent.")
    return message(
        "{executed} of a budget of {budget} 万元 were spent.",
        executed=_amount(execution["executed"]),
        budget=_amount(execution["budget"]),
    )


def _amount(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def _reported(form: dict[str, Any]) -> dict[str, Any]:
    """The money that was reported where the form leaves no points for it."""
    money = form["money"]
    if money is None or money["unit"] != "万元" or not money["rows"]:
        return {}
    return money["rows"][0]


def _same(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and Decimal(one) == Decimal(other)
