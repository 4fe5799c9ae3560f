"""What fixes change on a form, as a unified diff of its fields, and what is proposed."""

from collections import Counter
from collections.abc import Iterator, Sequence

from hengliang.base.finding import Finding
from hengliang.base.message import message
from hengliang.form.field import text_at
from hengliang.form.model import Form
from hengliang.report.ink import Ink
from hengliang.report.labels import place_label, value_text
from hengliang.report.records import Record, finding_record
from hengliang.report.width import visible
from hengliang.review.fix import Applied, real_edits
from hengliang.review.verdict import Verdict


def diff(
    before: Form, after: Form, applied: Sequence[Applied], names: tuple[str, str], language: str, ink: Ink
) -> str:
    """A unified diff of the fields that `applied` changed, "" when none did, under the two `names`."""
    codes: dict[str, dict[str, None]] = {}
    for one in applied:
        for edit in one.edits:
            codes.setdefault(edit.path, {})[one.code] = None
    lines: list[str] = []
    for path, by in codes.items():
        old, new = (value_text(path, text_at(form, path), language) for form in (before, after))
        if old == new:
            continue
        label = visible(place_label(before, path, language))
        lines.append(ink.info(f"@@ {label} @@ {' '.join(by)}"))
        if old:
            lines += (ink.paint(f"-{visible(line)}", "error") for line in old.split("\n"))
        if new:
            lines += (ink.good(f"+{visible(line)}") for line in new.split("\n"))
    if not lines:
        return ""
    head = [ink.bold(f"--- {visible(names[0])}"), ink.bold(f"+++ {visible(names[1])}")]
    return "".join(f"{line}\n" for line in [*head, *lines])


def proposal_text(verdict: Verdict, language: str, ink: Ink) -> str:
    """The proposals of a form's findings, for people: place, what is proposed, what would change."""
    lines: list[str] = []
    for finding in proposed(verdict):
        assert finding.fix is not None
        label = visible(place_label(verdict.form, finding.spots[0].path, language))
        said = visible(finding.fix.say.say(language))
        colon = message(": ").say(language)
        lines.append(f"{verdict.file}: {ink.bold(finding.code)} {label}{colon}{said}")
        lines += _changes(verdict.form, finding, language, ink)
    return "".join(f"{line}\n" for line in lines)


def proposed(verdict: Verdict) -> list[Finding]:
    """The findings that count and propose what only the declaring unit may decide."""
    return [finding for finding in verdict.findings if finding.fix and not finding.fix.safe]


def proposal_records(verdict: Verdict, language: str) -> list[Record]:
    """The findings with a proposal, as records."""
    head = {"file": verdict.file, "number": verdict.number}
    return [head | finding_record(verdict, finding, language) for finding in proposed(verdict)]


def _changes(form: Form, finding: Finding, language: str, ink: Ink) -> Iterator[str]:
    assert finding.fix is not None
    empty = message("(empty)").say(language)
    for edit in real_edits(finding.fix):
        label = place_label(form, edit.path, language).rpartition(" · ")[2]
        old, new = (visible(value_text(edit.path, text, language) or empty) for text in (edit.old, edit.new))
        yield f"      {visible(label)}: {ink.paint(old, 'error')} → {ink.good(new)}"


def mended_text(applied: Sequence[Applied], out: str, language: str) -> str:
    """One line on what was mended and where the mended form is; or that there was nothing to mend."""
    if not applied:
        return message("Nothing could be mended safely.").say(language) + "\n"
    counts = Counter(one.code for one in applied)
    codes = " ".join(f"{code}×{count}" for code, count in sorted(counts.items()))
    said = message("{count} mended ({codes}), written to {file}", count=len(applied), codes=codes, file=out)
    return said.say(language) + "\n"
