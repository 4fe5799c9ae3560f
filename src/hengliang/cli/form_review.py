"""The review of one file's forms, dressed as the plan asks: told, mended, compared or proposed."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from hengliang import api
from hengliang.base.finding import Finding
from hengliang.base.message import Message, message
from hengliang.base.profile import Profile, load_profile
from hengliang.cli.jobs import ReviewDone, ReviewJob, has_run_out, overrules_nothing
from hengliang.cli.output import written_whole
from hengliang.cli.usage import one_of
from hengliang.form.model import Form
from hengliang.form.source import ReadForm, Reading, Source
from hengliang.report import as_csv, as_json, as_sarif, as_text, changes
from hengliang.report.ink import Ink
from hengliang.review.baseline import entries
from hengliang.review.catalogue import selected
from hengliang.review.fix import Applied, fix_form
from hengliang.review.rule import Rule
from hengliang.review.run import Review, review
from hengliang.review.suppress import SUFFIX, Suppression, read_suppressions, still_holding, suppress
from hengliang.review.verdict import Verdict, judge, total


class _Done(NamedTuple):
    """One form: what is said of it, as it was, and as the applied fixes leave it."""

    verdict: Verdict
    before: Form
    after: Form
    applied: tuple[Applied, ...]


def review_forms(job: ReviewJob, reading: Reading, earlier: Sequence[Sequence[Form]]) -> ReviewDone:
    """Reviews the forms of one file as `job` asks. Raises UnreadableFile for a bad file of suppressions."""
    plan = job.plan
    profile, rules = load_profile(plan.profile), selected(plan.select, plan.ignore)
    own = _own_suppressions(job) if plan.suppressions is None else ()
    holding = still_holding(own, plan.today) if plan.suppressions is None else plan.suppressions
    forms = [
        _review(job, number, read, previous, profile, rules, holding)
        for number, (read, previous) in enumerate(zip(reading.forms, earlier, strict=True), 1)
    ]
    verdicts = [done.verdict for done in forms]
    written, remarks = _write_files(job, forms, reading.format, profile)
    unused = [entry for entry in holding if all(entry in verdict.unused for verdict in verdicts)]
    if plan.suppressions is None:
        remarks += [overrules_nothing(entry.code, entry.place) for entry in unused]
        remarks += [has_run_out(*entry[:2], entry.until) for entry in own if entry not in holding]
    known = [entries(verdict.form, [*verdict.findings, *verdict.known]) for verdict in verdicts]
    return ReviewDone(
        piece=_piece(job, forms, rules),
        counts=tuple(total(verdict.counts for verdict in verdicts)),
        codes=dict(Counter(finding.code for verdict in verdicts for finding in verdict.findings)),
        baseline={key: entry for one in known for key, entry in one.items()},
        unused=tuple((entry.code, entry.place) for entry in unused) if plan.suppressions else (),
        written=tuple(map(str, written)),
        remarks=tuple(f"{job.name}: {remark.say(plan.look.language)}" for remark in remarks),
    )


def _review(
    job: ReviewJob,
    number: int,
    read: ReadForm,
    previous: Sequence[Form],
    profile: Profile,
    rules: Sequence[Rule],
    suppressions: Sequence[Suppression],
) -> _Done:
    plan = job.plan
    known = plan.baseline or frozenset()

    def is_wanted(form: Form, finding: Finding) -> bool:
        return bool(suppress(form, (finding,), suppressions).kept)

    def judged(form: Form, source: Source, found: Review) -> Verdict:
        return judge(job.name, number, form, source, profile.name, found, suppressions, known)

    if plan.mode in ("review", "propose"):
        found = review(read.form, profile, read.source, previous, rules)
        return _Done(judged(read.form, read.source, found), read.form, read.form, ())
    fixed = fix_form(read.form, profile, read.source, previous, rules, is_wanted)
    if plan.mode == "fix":
        verdict = judged(fixed.form, fixed.source, fixed.review)
    else:
        found = review(read.form, profile, read.source, previous, rules)
        verdict = judged(read.form, read.source, found)
    return _Done(verdict, read.form, fixed.form, fixed.applied)


def _own_suppressions(job: ReviewJob) -> tuple[Suppression, ...]:
    """Those of the file beside this one."""
    beside = Path(f"{job.name}{SUFFIX}")
    return read_suppressions(beside) if beside.is_file() else ()


def _write_files(
    job: ReviewJob, forms: Sequence[_Done], file_format: str, profile: Profile
) -> tuple[list[Path], list[Message]]:
    """Writes what goes into files of its own, and returns which, with what there is to say of it."""
    plan = job.plan
    if plan.mode == "fix":
        written: list[Path] = []
        for done, out in zip(forms, job.out, strict=True):
            if done.applied:
                form_as = one_of(api.FORMATS, out.suffix.lower().lstrip("."), "-o")
                with written_whole(out) as part:
                    api.export(done.after, part, form_as, profile.name)
                written.append(out)
        return written, []
    if plan.mode != "review" or plan.format not in ("xlsx", "docx"):
        return [], []
    verdicts = [done.verdict for done in forms]
    out = job.out[0]
    remarks: list[Message] = []
    with written_whole(out) as part:
        if plan.format == "docx":
            from hengliang.report import as_docx

            as_docx.write(verdicts, profile, part, plan.look.language)
        else:
            from hengliang.report import as_xlsx

            original = Path(job.name) if file_format == "xlsx" else None
            marked = as_xlsx.write(verdicts, original, part, plan.look.language)
            if original and not marked:
                remarks.append(
                    message("its cells could not be marked; the findings are in a workbook of their own")
                )
    return [out], remarks


def _piece(job: ReviewJob, forms: Sequence[_Done], rules: Sequence[Rule]) -> str:
    plan = job.plan
    language = plan.look.language
    verdicts = [done.verdict for done in forms]
    if plan.format == "json" and plan.mode == "propose":
        return ",\n".join(
            as_json.dumps(one) for verdict in verdicts for one in changes.proposal_records(verdict, language)
        )
    if plan.format == "json":
        return ",\n".join(as_json.piece(verdict, language) for verdict in verdicts)
    if plan.format == "sarif":
        pieces = [as_sarif.piece(verdict, rules, language, plan.baseline is not None) for verdict in verdicts]
        return ",\n".join(filter(None, pieces))
    if plan.format == "csv":
        return "".join(as_csv.piece(verdict, language) for verdict in verdicts)
    if plan.format == "text":
        return "".join(_text(job, done, number) for number, done in enumerate(forms))
    return ""


def _text(job: ReviewJob, done: _Done, index: int) -> str:
    plan = job.plan
    language, ink = plan.look.language, Ink(plan.look.colour)
    look = as_text.Look(plan.look.columns, ink, plan.look.verbose, plan.look.quiet)
    if plan.mode == "diff":
        names = (job.name, str(job.out[index]))
        return changes.diff(done.before, done.after, done.applied, names, language, ink)
    if plan.mode == "propose":
        return changes.proposal_text(done.verdict, language, ink)
    text = as_text.render(done.verdict, language, look)
    head = as_text.heading(done.verdict, language, look)
    if text or not plan.look.quiet:
        text = f"{head}\n{text}"
    if plan.mode == "fix":
        text += changes.mended_text(done.applied, str(job.out[index]), language)
    return text
