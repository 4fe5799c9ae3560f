"""The opinion on a declaration as an official document, 绩效目标审核意见表.

Source of the layout: the review tables of 财预〔2015〕88号.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils import timezone
from docx import Document

from hengliang.base.message import message
from hengliang.report.page import Page
from hengliang.web.declarations.models import Declaration, Opinion
from hengliang.web.workflow.opinion import CONSEQUENCES, POINTS

_WIDTHS = (22, 30, 66, 18, 38)


def made(declaration: Declaration, opinion: Opinion, language: str) -> bytes:
    """The document. Grades that are not given yet are left blank, to be filled in by hand."""
    title = message("Review opinion on performance targets").say(language)
    page = Page(Document(), title)
    page.title(title)
    page.pairs(_about(declaration, opinion, language))
    table = page.table(_WIDTHS)
    table.head(
        [
            one.say(language)
            for one in (
                message("Dimension"),
                message("Review point"),
                message("What is asked"),
                message("Grade"),
                message("Remarks"),
            )
        ]
    )
    start, dimension = 0, ""
    for point in POINTS:
        said = point.dimension.say(language)
        if dimension and said != dimension:
            table.merge_down(0, start, table.next_row - 1)
        if said != dimension:
            start, dimension = table.next_row, said
        table.row(
            (
                said,
                point.name.say(language),
                point.question.say(language),
                opinion.grades.get(point.key, ""),
                opinion.remarks.get(point.key, ""),
            ),
            centred=(0, 1, 3),
        )
    table.merge_down(0, start, table.next_row - 1)
    consequence = next((said for grade, said in CONSEQUENCES.items() if grade == opinion.grade), None)
    overall = f"{opinion.grade}\n{consequence.says.say(language)}" if consequence else ""
    table.wide_row(message("Overall grade").say(language), overall, bold_first_line=True)
    table.wide_row(message("Opinion on the whole").say(language), opinion.text, height=24)
    if opinion.amendments:
        table.wide_row(message("Amendments agreed on").say(language), opinion.amendments)
    table.wide_row(
        message("Signatures").say(language),
        message("Reviewer (signature):                    Unit (seal):").say(language)
        + "\n\n"
        + message("      year    month    day").say(language),
        height=22,
    )
    with TemporaryDirectory() as folder:
        place = Path(folder) / "opinion.docx"
        page.save(place)
        return place.read_bytes()


def _about(declaration: Declaration, opinion: Opinion, language: str) -> list[tuple[str, str]]:
    side = message("Department") if opinion.side == "department" else message("Finance")
    pairs = [
        (message("Organisation").say(language), declaration.organisation.name),
        (message("Fiscal year").say(language), str(declaration.round.fiscal_year)),
        (message("Reviewed by").say(language), f"{side.say(language)} {opinion.author.full_name}"),
        (message("Date").say(language), timezone.localtime(opinion.at).date().isoformat()),
        (message("Reviewed version").say(language), str(opinion.version.number)),
        (message("Contents (SHA-256)").say(language), opinion.version.digest),
    ]
    if declaration.project:
        pairs.insert(1, (message("Project").say(language), declaration.project))
    return pairs
