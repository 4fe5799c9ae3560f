"""Proposals as a binding file that a person confirms, entry by entry."""

import json
from collections.abc import Iterator, Mapping, Sequence

from hengliang.base.message import message
from hengliang.form.model import Form
from hengliang.measure.binding import Binding, Bound
from hengliang.measure.propose import Proposal


def binding_text(
    form: Form, year: int, known: Binding | None, proposed: Mapping[int, Sequence[Proposal]], language: str
) -> str:
    """The file, TOML: what is bound already as it is, and for every other indicator the likeliest metric.

    `proposed` are proposals by the place of an indicator, from 0. What is proposed is not confirmed, and
    binds nothing until it is.
    """
    lines = [f"# {said.say(language)}" for said in _HEAD]
    lines += [f"organisation = {_quoted(form.organisation or '')}", f"fiscal_year = {year}"]
    bound = {one.number: one for one in (known.indicators if known is not None else ())}
    for index, indicator in enumerate(form.indicators):
        number = index + 1
        lines.append("")
        if number in bound:
            lines += _entry(number, indicator.name, bound[number].metric)
            lines += _facts(bound[number])
        elif proposed.get(index):
            lines += _proposal(number, indicator.name, proposed[index], language)
        else:
            nothing = message("{number} {name}: no metric is like it", number=number, name=indicator.name)
            lines.append(_comment(nothing.say(language)))
    for phrase in known.phrases if known is not None else ():
        lines += ["", "[[phrases]]", f"where = {_quoted(phrase.where)}"]
        lines += [f"words = {_quoted(phrase.words)}", f"metric = {_quoted(phrase.metric)}"]
    return "\n".join(lines) + "\n"


_HEAD = (
    message("Which metric measures which indicator: proposals, to be confirmed by a person."),
    message(
        "An entry with confirmed = false binds nothing: set it to true, name another metric, or delete it."
    ),
)


def _proposal(number: int, name: str, proposed: Sequence[Proposal], language: str) -> Iterator[str]:
    first, *others = proposed
    reasons = "；".join(reason.say(language) for reason in first.reasons)
    why = message(
        "{confidence}: {name} ({ledger}); {reasons}",
        confidence=first.confidence.words, name=first.metric.words, ledger=first.ledger.words,
        reasons=reasons,
    )  # fmt: skip
    yield _comment(why.say(language))
    for other in others:
        said = message(
            "or {metric}, {confidence}: {name} ({ledger})",
            metric=other.metric.id, confidence=other.confidence.words, name=other.metric.words,
            ledger=other.ledger.words,
        )  # fmt: skip
        yield _comment(said.say(language))
    yield from _entry(number, name, first.metric.id)
    yield "confirmed = false"


def _entry(number: int, name: str, metric: str) -> tuple[str, ...]:
    return (
        "[[indicators]]",
        f"number = {number}",
        f"name = {_quoted(name)}",
        f"metric = {_quoted(metric)}",
    )


def _facts(bound: Bound) -> Iterator[str]:
    for name, fact in bound.facts.items():
        limits = fact.model_dump(exclude_none=True)
        inner = ", ".join(f"{key} = {_quoted(str(value))}" for key, value in limits.items())
        yield f"facts.{_quoted(name)} = {{ {inner} }}"


def _comment(text: str) -> str:
    return "# " + " ".join(text.split())


def _quoted(text: str) -> str:
    """A text as TOML writes it; JSON writes it so too."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
