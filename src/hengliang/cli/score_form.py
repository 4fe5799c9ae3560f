"""What a worker does with one form that is to be scored."""

import pickle
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from hengliang.base.message import message
from hengliang.base.profile import Profile, load_profile
from hengliang.cli.jobs import ScoreDone, ScoreJob
from hengliang.cli.output import written_whole
from hengliang.cli.usage import Usage
from hengliang.form.actual import Actual
from hengliang.form.actuals import read_actuals
from hengliang.form.containers.limits import Limits
from hengliang.form.model import Form
from hengliang.form.source import Reading
from hengliang.report import compared_text, needed_text, sheet_json, sheet_text
from hengliang.report.ink import Ink
from hengliang.score.match import match
from hengliang.score.needed import (
    Needed,
    TotalNeeded,
    goal_of_grade,
    goal_of_total,
    needed_for_full,
    needed_for_row,
    needed_for_total,
)
from hengliang.score.policy import policy_of
from hengliang.score.row import Scorer
from hengliang.score.run import score
from hengliang.score.sheet import ScoreSheet


def score_form(job: ScoreJob) -> ScoreDone:
    """Scores one form as `job` asks. Raises UnreadableFile for the actual values, and Usage."""
    reading: Reading = pickle.loads(job.reading)
    form = reading.forms[job.number].form
    profiles = [load_profile(name) for name in job.profiles]
    if job.format == "template":
        return _template(job, form, profiles[0])
    given = _given(job, form, profiles[0])
    actuals = given.matched.actuals if given is not None else _measured(job, form)
    sheets = [score(form, actuals, profile) for profile in profiles]
    left_out = len(given.matched.lost) if given is not None else 0
    if job.format == "json":
        needed = _needed_record(job, sheets[0], profiles[0])
        text = sheet_json.whole(sheets, job.name, job.number + 1, given, needed, job.look.language)
        done = _written(job, text, left_out)
    elif job.format == "text":
        done = ScoreDone(_text(job, sheets, profiles, given), left_out)
    elif job.format == "html" and job.out is not None:
        _explain(job, sheets[0], job.out)
        done = ScoreDone("", left_out, (str(job.out),))
    else:
        done = _document(job, sheets[0], profiles[0], left_out)
    return _reported(job, sheets[0], profiles[0], _explained(job, sheets[0], done))


def _explained(job: ScoreJob, sheet: ScoreSheet, done: ScoreDone) -> ScoreDone:
    """Writes the explanation of scores (得分说明) too, where it was asked for."""
    if job.explain is None:
        return done
    _explain(job, sheet, job.explain)
    return done._replace(written=(*done.written, str(job.explain)))


def _reported(job: ScoreJob, sheet: ScoreSheet, profile: Profile, done: ScoreDone) -> ScoreDone:
    """Writes the report in words too, where it was asked for: 自评报告, or with findings 评价报告."""
    if job.report is None:
        return done
    from hengliang.report import evaluation_report_docx
    from hengliang.report.data_file import DataFileError
    from hengliang.report.evaluation_told import read_findings, told_of

    language = job.look.language
    try:
        found = None if job.findings is None else read_findings(job.findings, policy_of(profile))
    except OSError as error:
        why = error.strerror or str(error)
        raise Usage(message("cannot read {file}: {why}", file=str(job.findings), why=why)) from error
    except DataFileError as error:
        raise Usage(error.reason) from error
    with written_whole(job.report) as part:
        part.write_bytes(evaluation_report_docx.to_bytes(sheet, told_of(sheet, language, found), language))
    return done._replace(written=(*done.written, str(job.report)))


def _explain(job: ScoreJob, sheet: ScoreSheet, path: Path) -> None:
    from hengliang.report import explanation_docx, explanation_html, explanation_pdf
    from hengliang.report.fonts import NoChineseFontError

    writers = {".docx": explanation_docx, ".html": explanation_html, ".pdf": explanation_pdf}
    try:
        made = writers[path.suffix.lower()].to_bytes(sheet, job.look.language)
    except NoChineseFontError as error:
        raise Usage(message("there is no font with Chinese characters: install Noto Sans CJK")) from error
    with written_whole(path) as part:
        part.write_bytes(made)


def _given(job: ScoreJob, form: Form, profile: Profile) -> sheet_text.Given | None:
    if job.actuals is None:
        return None
    scorer = Scorer(profile, policy_of(profile), form.fiscal_year)
    stated = read_actuals(job.actuals, Limits(seconds=job.seconds))
    return sheet_text.Given(stated, match(form, stated, scorer))


def _measured(job: ScoreJob, form: Form) -> dict[int, Actual] | None:
    """The actual values that records give; None when the form's own column is to be taken."""
    if job.records is None:
        return None
    from hengliang.cli.measuring import measured_form
    from hengliang.measure.actuals import measured_actuals

    measured = measured_form(form, job.records)
    if measured.binding is None:
        raise Usage(message("nothing says which metric measures which indicator: give --bindings"))
    return measured_actuals(form, measured.binding, measured.measurements)


def _written(job: ScoreJob, text: str, left_out: int) -> ScoreDone:
    if job.out is None:
        return ScoreDone(text, left_out)
    with written_whole(job.out) as part:
        part.write_text(text, encoding="utf-8")
    return ScoreDone("", left_out, (str(job.out),))


def _document(job: ScoreJob, sheet: ScoreSheet, profile: Profile, left_out: int) -> ScoreDone:
    """Writes the self-evaluation table (自评表)."""
    from hengliang.report import evaluation_docx, evaluation_pdf, evaluation_xlsx
    from hengliang.report.evaluation_layout import LayoutError, layout_for, load_layout
    from hengliang.report.fonts import NoChineseFontError

    assert job.out is not None
    writers = {"xlsx": evaluation_xlsx, "docx": evaluation_docx, "pdf": evaluation_pdf}
    try:
        layout = load_layout(job.layout) if job.layout else layout_for(sheet.form.kind, profile)
        made = writers[job.format].to_bytes(sheet, layout, job.look.language)
    except LayoutError as error:
        raise Usage(error.reason) from error
    except NoChineseFontError as error:
        raise Usage(message("there is no font with Chinese characters: install Noto Sans CJK")) from error
    with written_whole(job.out) as part:
        part.write_bytes(made)
    return ScoreDone("", left_out, (str(job.out),))


def _template(job: ScoreJob, form: Form, profile: Profile) -> ScoreDone:
    from hengliang.report import actuals_template

    if job.out is None:
        raise Usage(message("a template is written to a file"))
    with written_whole(job.out) as part:
        part.write_bytes(actuals_template.made(form, profile, job.out.suffix.lower(), job.look.language))
    return ScoreDone("", 0, (str(job.out),))


def _text(
    job: ScoreJob, sheets: Sequence[ScoreSheet], profiles: Sequence[Profile], given: sheet_text.Given | None
) -> str:
    language = job.look.language
    look = sheet_text.Look(job.look.columns, Ink(job.look.colour), job.look.verbose)
    text = sheet_text.render(sheets[0], job.name, given, language, look)
    if len(sheets) > 1:
        text += "\n" + compared_text.render(sheets, language, look)
    if job.need is not None:
        rows, total = _needed(job.need, sheets[0], profiles[0])
        text += "\n"
        if total is not None:
            text += needed_text.render_total(total, job.need, language, look)
        else:
            text += needed_text.render_rows(rows, language, look)
    return text


def _needed_record(job: ScoreJob, sheet: ScoreSheet, profile: Profile) -> dict[str, Any] | None:
    if job.need is None:
        return None
    rows, total = _needed(job.need, sheet, profile)
    return sheet_json.needed_record(rows, total, job.need, job.look.language)


def _needed(
    wanted: str, sheet: ScoreSheet, profile: Profile
) -> tuple[tuple[Needed, ...], TotalNeeded | None]:
    """What `--need` asks: rows for full marks or one row's points, or a total. Raises Usage."""
    policy = policy_of(profile)
    if wanted == "full":
        return needed_for_full(sheet, profile), None
    row, colon, points = wanted.replace("：", ":").partition(":")
    if colon:
        number = _number(points, wanted)
        if not row.isdecimal() or not 0 < int(row) <= len(sheet.rows):
            raise Usage(message("there is no indicator {number}", number=row))
        scorer = Scorer(profile, policy, sheet.form.fiscal_year)
        return (needed_for_row(sheet.rows[int(row) - 1], number, scorer),), None
    grades = [name for name, _ in policy.grades]
    if wanted in grades:
        goal = goal_of_grade(sheet, wanted, policy)
    else:
        goal = goal_of_total(sheet, _number(wanted, wanted), policy) if sheet.total.of else None
    if goal is None:
        raise Usage(message("the form has no points, so there is no total"))
    total = needed_for_total(sheet, goal, profile)
    return total.alone, total


def _number(text: str, wanted: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or number < 0:
        raise Usage(message("--need is full, points, a grade or ROW:POINTS, not {wanted}", wanted=wanted))
    return number
