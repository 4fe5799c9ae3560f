"""The official opinion on a form's targets, 绩效目标审核意见表, drafted as far as rules can judge.

Four dimensions, eight points, a proposed grade for each with the findings it rests on, the proposed overall
grade with its derivation and what it leads to, and room for the reviewer's own grades, opinion, signature
and date. It says that it is a draft. Source of the layout: the review tables of 财预〔2015〕88号.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from docx import Document

from hengliang.base.finding import Finding, Severity
from hengliang.base.message import Message, message
from hengliang.base.profile import Profile
from hengliang.report.grouped import chief_paths, groups, numbers, undecided_groups
from hengliang.report.labels import field_label
from hengliang.report.page import Page
from hengliang.report.severity import severity_word
from hengliang.review.catalogue import rule_by_code
from hengliang.review.grade import Grade, PointGrade, Proposed, by_dimension, propose
from hengliang.review.verdict import Verdict, digest

_OPINION_WIDTHS = (22, 44, 64, 20, 24)
_LIST_WIDTHS = (12, 18, 40, 64, 40)
_BOX = "□"
_DATE = message("      year    month    day")


def write(verdicts: Sequence[Verdict], profile: Profile, out: Path, language: str) -> None:
    """Writes the opinions on the forms of one file to `out`, one after the other."""
    page = Page(Document(), message("Opinion on performance targets").say(language))
    for number, verdict in enumerate(verdicts):
        if number:
            page.turn()
        _opinion(page, verdict, profile, language)
        page.turn()
        _details(page, verdict, language)
    page.save(out)


def _opinion(page: Page, verdict: Verdict, profile: Profile, language: str) -> None:
    proposed = propose(profile, rule_by_code(), verdict.findings, verdict.undecidable, verdict.passed)
    page.title(message("Opinion on performance targets (draft)").say(language))
    page.note(
        message(
            "Drafted by rules that a machine can check, for the reviewer's use. All grades are proposals; "
            "the reviewer decides. Not judged means that too few rules could be decided."
        ).say(language)
    )
    _about(page, verdict, language)
    table = page.table(_OPINION_WIDTHS)
    table.head(
        _say(
            language,
            message("Dimension"),
            message("Review point"),
            message("Found by rules"),
            message("Proposed grade"),
            message("Reviewer's grade"),
        )
    )
    choices = [f"{_BOX}{_name(grade, language)}" for grade in proposed.grades]
    pairs = "\n".join("  ".join(choices[at : at + 2]) for at in range(0, len(choices), 2))
    for first, points in by_dimension(proposed.points):
        start = table.next_row
        for point in points:
            table.row(
                (
                    first.dimension_en if language == "en" else first.dimension,
                    _question(point, language),
                    "\n".join(_found(point, verdict, language)),
                    _grade_word(point, language),
                    pairs,
                ),
                bold_first_line=(1,),
                centred=(0, 3, 4),
            )
        table.merge_down(0, start, table.next_row - 1)
    overall = "\n".join(_derivation(proposed, language))
    table.wide_row(message("Overall grade (proposed)").say(language), overall, bold_first_line=True)
    table.wide_row(message("Overall grade (reviewer)").say(language), "    ".join(choices))
    table.wide_row(message("Opinion on the whole").say(language), "", height=28)
    table.wide_row(
        message("Signatures").say(language),
        message("Reviewer (signature):                    Unit (seal):").say(language)
        + f"\n\n{_DATE.say(language)}",
        height=22,
    )


def _about(page: Page, verdict: Verdict, language: str) -> None:
    form = verdict.form
    empty = message("(empty)").say(language)
    year = empty if form.fiscal_year is None else str(form.fiscal_year)
    pairs = [
        (field_label("organisation", language), form.organisation or empty),
        (field_label("fiscal_year", language), year),
        (message("Reviewed file").say(language), Path(verdict.file).name),
        (message("Rule profile").say(language), verdict.profile),
        (message("Contents (SHA-256)").say(language), digest(form)),
    ]
    if form.project:
        pairs.insert(1, (field_label("project", language), form.project))
    page.pairs(pairs)


def _question(graded: PointGrade, language: str) -> str:
    point = graded.point
    return f"{point.en}\n{point.question_en}" if language == "en" else f"{point.id}\n{point.question}"


def _found(graded: PointGrade, verdict: Verdict, language: str) -> Iterator[str]:
    """The rules with findings, one a line; advice on one line together."""
    advice: dict[str, None] = {}
    by_code: dict[str, list[Finding]] = {}
    for group in groups(graded.findings):
        by_code.setdefault(group[0].code, []).extend(group)
    for code, findings in by_code.items():
        if findings[0].severity == Severity.ADVICE:
            advice[code] = None
            continue
        places = numbers(verdict.form, chief_paths(findings), language)
        word = severity_word(findings[0].severity).say(language)
        yield f"{code} {word} {_title(code, language)} {places}".rstrip()
    if advice:
        yield message("advice: {codes}", codes=" ".join(advice)).say(language)
    if graded.undecidable:
        codes = dict.fromkeys(one.code for one in graded.undecidable)
        yield message("undecidable: {codes}", codes=" ".join(codes)).say(language)
    if not graded.findings and graded.decided:
        yield message("{count} rules found nothing", count=graded.decided).say(language)
    elif not graded.decided:
        yield message("no rule could judge this").say(language)


def _grade_word(graded: PointGrade, language: str) -> str:
    if graded.grade is None:
        return message("not judged").say(language)
    return _name(graded.grade, language)


def _derivation(proposed: Proposed, language: str) -> Iterator[str]:
    """The proposed overall grade first, then how it came about and what it leads to."""
    comma = message(", ").say(language)
    if proposed.best == proposed.worst:
        yield _name(proposed.best, language)
    else:
        yield message(
            "between {worst} and {best}",
            worst=_name(proposed.worst, language),
            best=_name(proposed.best, language),
        ).say(language)
    tally = [
        message("{count} × {grade}", count=count, grade=_name(grade, language)).say(language)
        for grade in proposed.grades
        if (count := sum(point.grade == grade for point in proposed.points))
    ]
    open_points = [point.point for point in proposed.points if point.grade is None]
    if open_points:
        names = comma.join(point.en if language == "en" else point.id for point in open_points)
        tally.append(message("not judged: {points}", points=names).say(language))
    yield message("Grades of the points: {tally}.", tally=comma.join(tally)).say(language)
    for rule in proposed.overall:
        names = comma.join(_name(grade, language) for grade in rule.none_of)
        none_of = message(" and none {grades}", grades=names) if names else ""
        yield message(
            "{grade}: at least {at_least} of {count} points {grade} or better{none_of}.",
            grade=_name(rule.grade, language),
            at_least=rule.at_least,
            count=len(proposed.points),
            none_of=none_of,
        ).say(language)
    yield message("{grade}: all else.", grade=_name(proposed.grades[-1], language)).say(language)
    limits = [_limit(grade, language) for grade in proposed.grades]
    yield message(
        "Grade of a point, by how many of its rules found something, when at least {needed} could be "
        "decided: {limits}.",
        needed=proposed.needed,
        limits=message("; ").say(language).join(limits),
    ).say(language)
    for grade in dict.fromkeys((proposed.worst, proposed.best)):
        consequence = grade.consequence_en if language == "en" else grade.consequence
        yield message(
            "What {grade} leads to: {consequence}", grade=_name(grade, language), consequence=consequence
        ).say(language)


def _limit(grade: Grade, language: str) -> str:
    limits: list[str] = []
    if grade.errors is not None:
        limits.append(message("at most {count} with errors", count=grade.errors).say(language))
    if grade.warnings is not None:
        limits.append(message("at most {count} with warnings", count=grade.warnings).say(language))
    said = message(", ").say(language).join(limits) or message("all else").say(language)
    return f"{_name(grade, language)} {said}"


def _details(page: Page, verdict: Verdict, language: str) -> None:
    page.title(message("Annex: findings in detail").say(language), size=14)
    table = page.table(_LIST_WIDTHS)
    table.head(
        _say(
            language,
            message("Code"),
            message("Severity"),
            message("Place on the form"),
            message("Finding"),
            message("Remedy"),
        )
    )
    for group in groups(verdict.findings):
        first = group[0]
        said = "\n".join(dict.fromkeys(finding.message.say(language) for finding in group[:6]))
        if len(group) > 6:
            said += "\n" + message("and {count} more", count=len(group) - 6).say(language)
        remedies = dict.fromkeys(_remedy(finding, language) for finding in group[:6])
        places = numbers(verdict.form, chief_paths(group), language) or message("the whole form").say(
            language
        )
        table.row(
            (
                first.code,
                severity_word(first.severity).say(language),
                places,
                said,
                "\n".join(filter(None, remedies)),
            ),
            centred=(0, 1),
        )
    for together in undecided_groups(verdict.undecidable):
        word = message("undecidable").say(language)
        places = numbers(verdict.form, chief_paths(together), language)
        table.row((together[0].code, word, places, together[0].reason.say(language), ""), centred=(0, 1))


def _remedy(finding: Finding, language: str) -> str:
    if finding.fix:
        return finding.fix.say.say(language)
    return finding.expected.say(language) if finding.expected else ""


def _title(code: str, language: str) -> str:
    rule = rule_by_code().get(code)
    return "" if rule is None else rule.en if language == "en" else rule.zh


def _name(grade: Grade, language: str) -> str:
    return grade.en if language == "en" else grade.id


def _say(language: str, *messages: Message) -> list[str]:
    return [one.say(language) for one in messages]
