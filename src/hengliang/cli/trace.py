"""`hengliang trace`: where a number comes from."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from hengliang.api import DEFAULT_PROFILE
from hengliang.base.message import message
from hengliang.cli.command import language_in, near
from hengliang.cli.jobs import RecordsJob
from hengliang.cli.measure import measure_file
from hengliang.cli.options import AsOf, Bindings
from hengliang.cli.output import write_text
from hengliang.cli.terminal import columns, has_colour
from hengliang.cli.usage import Usage

EXAMPLES = """
hengliang trace form.xlsx 1 --store store --year 2023  # From the points of row 1 to the rows of the files.
hengliang trace form.xlsx 公众满意度 --store store --year 2023  # The same by name.
"""


def run(
    ctx: typer.Context,
    form: Annotated[str, typer.Argument(metavar="FORM", help="A document with a form.")],
    indicator: Annotated[
        str, typer.Argument(metavar="INDICATOR", help="Its number in the form, or its name.")
    ],
    store: Annotated[Path, typer.Option("--store", metavar="DIR", help="The folder of the batches.")],
    year: Annotated[int, typer.Option("--year", metavar="YEAR", help="The fiscal year.", min=1990, max=2100)],
    as_of: AsOf = None,
    bindings: Bindings = None,
    profile: Annotated[str, typer.Option(metavar="NAME", help="The rule profile.")] = DEFAULT_PROFILE,
) -> None:
    """Walks a number back: score, reading, measurement, counted rows, batch, source file and row."""
    from hengliang.base.profile import load_profile
    from hengliang.measure.actuals import measured_actuals
    from hengliang.report import trace_text
    from hengliang.report.ink import Ink
    from hengliang.score.run import score

    language = language_in(ctx)
    measured = measure_file(form, None, RecordsJob(store, year, as_of, bindings), language)
    actuals = (
        {}
        if measured.binding is None
        else measured_actuals(measured.form, measured.binding, measured.measurements)
    )
    sheet = score(measured.form, actuals, load_profile(profile))
    names = [row.indicator.name for row in sheet.rows]
    if indicator.isdigit() and 1 <= int(indicator) <= len(names):
        index = int(indicator) - 1
    elif names.count(indicator) == 1:
        index = names.index(indicator)
    elif indicator in names:
        raise Usage(message("several indicators are called {name}; give the number", name=indicator))
    else:
        hint = near(indicator, names) or message("give its number, 1 to {count}", count=len(names))
        raise Usage(message("the form has no indicator {name}; {hint}", name=indicator, hint=hint))
    ink = Ink(has_colour(sys.stdout))
    write_text(None, [trace_text.page(measured, sheet.rows[index], language, columns(sys.stdout), ink)])
