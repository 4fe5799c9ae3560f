"""What came of publishing and of verifying, for a terminal and for programs."""

from collections.abc import Iterator
from typing import Any

from hengliang.base.message import Message, message
from hengliang.report.ink import Ink
from hengliang.report.package.contents import Contents
from hengliang.report.package.publish import Published
from hengliang.report.package.rows import ABOUT
from hengliang.report.package.verify import Signed, Verified
from hengliang.report.width import wrap

_SIGNED = {
    Signed.NONE: message("not signed"),
    Signed.UNKNOWN: message("signed with the key in the package; whose it is, `--key` tells"),
    Signed.KNOWN: message("signed with the key given"),
    Signed.WRONG: message("the signature is wrong"),
}


def published_page(made: Published, file: str, language: str, columns: int, ink: Ink) -> str:
    """What was written, what of the records leaves the house, and what rests on trust."""
    lines = [
        message(
            "{file}: {count} files, {bytes} bytes",
            file=ink.bold(file), count=len(made.contents.files), bytes=len(made.data),
        ).say(language),
        f"SHA-256 {made.sha256}",
        *_basis(made.contents, language, columns, ink),
        ink.info(message("Columns that leave the house; look through them before you publish").say(language)),
    ]  # fmt: skip
    for name, rows in sorted(made.contents.files.items()):
        folder, _, ledger = name.partition("/")
        if folder == "records":
            header = rows.split(b"\r\n", 1)[0].decode().split(",")[len(ABOUT) :]
            text = f"{ledger.removesuffix('.csv')}: {', '.join(header)}"
            lines += [f"    {line}" for line in wrap(text, columns - 4)]
    return "".join(f"{line}\n" for line in lines)


def page(found: Verified, file: str, language: str, columns: int, ink: Ink) -> str:
    """Whether a package is equal to what was computed again, and where not."""
    if found.equal:
        verdict = ink.good(message("equal: everything was computed again").say(language))
    else:
        verdict = ink.paint(message("not equal").say(language), "error")
    lines = [f"{ink.bold(file)}  {verdict}", f"SHA-256 {found.sha256}", _SIGNED[found.signed].say(language)]
    lines += [
        ink.paint(line, "warning") for note in found.notes for line in wrap(note.say(language), columns)
    ]
    for one in found.differences:
        text = one.said.say(language) if one.file is None else f"{one.file}: {one.said.say(language)}"
        lines += [f"    {line}" for line in wrap(text, columns - 4)]
    if found.contents is not None:
        lines += _basis(found.contents, language, columns, ink)
        lines.append(_total(found.contents).say(language))
    return "".join(f"{line}\n" for line in lines)


def _basis(made: Contents, language: str, columns: int, ink: Ink) -> Iterator[str]:
    trusted = [one for one in made.measurements.values() if one.trust is not None]
    yield message(
        "{computed} measurements can be computed again from the published rows; {trusted} rest on trust.",
        computed=len(made.measurements) - len(trusted),
        trusted=len(trusted),
    ).say(language)
    for one in trusted:
        metric = one.measurement.metric
        said = message(
            "{metric} {name} rests on trust: {why}", metric=metric.id, name=metric.words, why=one.trust
        )
        yield from (ink.dim(f"    {line}") for line in wrap(said.say(language), columns - 4))
    if made.measurements:
        yield message(
            "Blocked and questioned rows are taken as marked: checks see columns that are not published."
        ).say(language)


def _total(made: Contents) -> Message:
    total = made.sheet.total
    grades = made.sheet.grade.possible if made.sheet.grade is not None else "-"
    return message(
        "total {low} to {high} of {of} points; grade {grades}",
        low=f"{total.low:f}", high=f"{total.high:f}", of=f"{total.of:f}", grades=grades,
    )  # fmt: skip


def as_data(found: Verified, language: str) -> dict[str, Any]:
    """The same for JSON."""
    made = found.contents
    total = None if made is None else made.sheet.total
    grade = None if made is None else made.sheet.grade
    return {
        "equal": found.equal,
        "sha256": found.sha256,
        "signed": found.signed.value,
        "written_by": None if found.facts is None else found.facts.about.hengliang,
        "notes": [note.say(language) for note in found.notes],
        "differences": [{"file": one.file, "said": one.said.say(language)} for one in found.differences],
        "measurements": [] if made is None else [
            {
                "metric": name,
                "computed": one.trust is None,
                "trust": None if one.trust is None else one.trust.say(language),
            }
            for name, one in made.measurements.items()
        ],
        "total": None if total is None else {
            "low": f"{total.low:f}", "high": f"{total.high:f}", "of": f"{total.of:f}",
            "grades": [] if grade is None else [*grade.possible],
        },
    }  # fmt: skip
