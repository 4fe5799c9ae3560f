"""The same facts under several profiles, for people at a terminal: only what comes out differently."""

from collections.abc import Iterator, Sequence

from hengliang.base.message import message
from hengliang.report.grid import BAR, column_widths
from hengliang.report.sheet_text import Look, points_said
from hengliang.report.width import fit, pad, visible, width
from hengliang.score.compare import differences
from hengliang.score.sheet import ScoreSheet


def render(sheets: Sequence[ScoreSheet], language: str, look: Look) -> str:
    """The rows that the profiles score differently, and their totals and grades."""
    return "".join(f"{line.rstrip()}\n" for line in _lines(sheets, language, look))


def _lines(sheets: Sequence[ScoreSheet], language: str, look: Look) -> Iterator[str]:
    names = [sheet.profile for sheet in sheets]
    found = differences(sheets)
    yield look.ink.bold(message("Profiles compared:").say(language))
    table = [["#", message("indicator").say(language), *map(visible, names)]]
    for one in found:
        scores = [points_said(row.low, row.high, row.state).say(language) for row in one.rows]
        table.append([str(one.index + 1), visible(one.rows[0].indicator.name), *scores])
    totals = [points_said(sheet.total.low, sheet.total.high).say(language) for sheet in sheets]
    table.append(["", message("total").say(language), *totals])
    if all(sheet.grade is not None for sheet in sheets):
        or_ = message(" or ").say(language)
        grades = [or_.join(reversed(sheet.grade.possible)) if sheet.grade else "" for sheet in sheets]
        table.append(["", message("grade").say(language), *grades])
    widths = column_widths(table, look.columns - 2)
    for at, cells in enumerate(table):
        shown = [fit(text, room)[0] for text, room in zip(cells, widths, strict=True)]
        aligned = [
            pad(text, room) if column == 1 else " " * (room - width(text)) + text
            for column, (text, room) in enumerate(zip(shown, widths, strict=True))
        ]
        line = "  " + BAR.join(aligned)
        yield look.ink.dim(line) if at == 0 else line
    if not found:
        yield "  " + message("all rows have the same points").say(language)
    for one in found:
        for sheet, row in zip(sheets, one.rows, strict=True):
            said = [step.text.say(language) for step in row.steps] or [
                each.say(language) for each in row.questions
            ]
            if said:
                text = (
                    f"  {one.index + 1}  {visible(sheet.profile)}: {message('; ').say(language).join(said)}"
                )
                yield fit(visible(text), look.columns)[0]
