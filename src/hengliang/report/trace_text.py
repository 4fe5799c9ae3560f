"""A number walked back: score <- reading <- measurement <- counted rows <- batch <- source file and row."""

from collections.abc import Iterator

from hengliang.base.message import Message, message
from hengliang.measure.form import Measured
from hengliang.measure.measurement import Measurement
from hengliang.report.ink import Ink
from hengliang.report.measured_text import lines_of
from hengliang.report.width import wrap
from hengliang.score.sheet import RowScore, State

_STATES = {
    State.NOT_REPORTED: message("not reported"),
    State.NOT_APPLICABLE: message("not applicable"),
    State.NO_POINTS: message("the form gives it no points"),
}


def page(measured: Measured, row: RowScore, language: str, columns: int, ink: Ink) -> str:
    """The way of the number of one indicator, from its points to the rows of the files."""
    number = row.index + 1
    lines = [f"{number}  {ink.bold(row.indicator.name)}"]
    points = [_points(row), *(step.text for step in row.steps)]
    lines += _part(message("score"), [one.say(language) for one in points], language, columns, ink)
    if row.reading is not None:
        said = [row.reading.text, *([row.reading.canonical] if row.reading.canonical else [])]
        said += [one.say(language) for one in row.assumptions]
        lines += _part(message("reading"), said, language, columns, ink)
    bindings = measured.binding.indicators if measured.binding is not None else ()
    bound = next((one for one in bindings if one.number == number), None)
    if bound is None:
        lines += _part(
            message("measurement"), [message("nothing is bound to it").say(language)], language, columns, ink
        )
        return "".join(f"{line}\n" for line in lines)
    metrics = [bound.metric, *(fact.metric for fact in bound.facts.values())]
    for metric in dict.fromkeys(metrics):
        one = measured.measurements[metric]
        lines.append(ink.info(message("measurement").say(language)))
        lines += lines_of(one, language, columns, ink, rows=True)
        lines += _batches(measured, one, language, columns, ink)
    return "".join(f"{line}\n" for line in lines)


def _points(row: RowScore) -> Message:
    if row.low is None or row.high is None:
        return _STATES.get(row.state, message("not reported"))
    if row.low == row.high:
        return message("{points} of {of} points", points=f"{row.low:f}", of=f"{row.weight:f}")
    return message(
        "{low} to {high} of {of} points", low=f"{row.low:f}", high=f"{row.high:f}", of=f"{row.weight:f}"
    )


def _part(title: Message, texts: list[str], language: str, columns: int, ink: Ink) -> Iterator[str]:
    yield ink.info(title.say(language))
    yield from (f"    {line}" for text in texts for line in wrap(text, columns - 4))


def _batches(measured: Measured, one: Measurement, language: str, columns: int, ink: Ink) -> Iterator[str]:
    for batch in measured.batches.get(one.ledger.name, ()):
        said = message(
            "batch {id}: {rows} rows of {file}, loaded {at} by {who}; SHA-256 of the file {file_digest}, "
            "of the records {digest}",
            id=batch.id, rows=batch.rows, file=batch.source_file, at=batch.loaded_at, who=batch.loaded_by,
            file_digest=batch.source_sha256, digest=batch.content_sha256,
        )  # fmt: skip
        yield from (ink.dim(f"      {line}") for line in wrap(said.say(language), columns - 6))
