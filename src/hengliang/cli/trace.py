"""`hengliang trace`: where a number comes from."""

import json
import sys
from typing import Annotated

import typer

from hengliang.api import DEFAULT_PROFILE
from hengliang.base.message import message
from hengliang.cli.command import language_in, near
from hengliang.cli.jobs import RecordsJob
from hengliang.cli.measure import form_in
from hengliang.cli.options import AsOf, Bindings, FormNumber, Json, Profile, StoreFolder, Year
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
    store: StoreFolder,
    year: Year,
    as_of: AsOf = None,
    bindings: Bindings = None,
    profile: Profile = DEFAULT_PROFILE,
    as_json: Json = False,
    number: FormNumber = None,
) -> None:
    """Walks a number back: score, reading, measurement, rows, batch, source file, row and cell.

    Rows that did not count are told too, each with the reason.
    """
    from hengliang.base.profile import load_profile
    from hengliang.cli.measuring import binding_for, complaining, period_of
    from hengliang.measure.actuals import measured_actuals
    from hengliang.measure.catalogue import all_ledgers
    from hengliang.measure.form import measuring
    from hengliang.measure.trail import trail
    from hengliang.report import trace_text
    from hengliang.report.ink import Ink
    from hengliang.score.run import score

    language = language_in(ctx)
    found = form_in(form, number, language)
    index = _index(indicator, [row.name for row in found.indicators])
    period = period_of(RecordsJob(store, year, as_of, bindings))
    binding = binding_for(found, bindings)
    with complaining(), measuring(found, binding, store, period, all_ledgers()) as done:
        measured = done.measured
        metrics = trace_text.metrics_of(measured, index + 1)
        trails = {metric: trail(done.live, measured.measurements[metric]) for metric in metrics}
    actuals = {} if binding is None else measured_actuals(found, binding, measured.measurements)
    row = score(found, actuals, load_profile(profile)).rows[index]
    if as_json:
        data = trace_text.as_data(measured, row, trails, language)
        write_text(None, [json.dumps(data, ensure_ascii=False, indent=2) + "\n"])
        return
    ink = Ink(has_colour(sys.stdout))
    write_text(None, [trace_text.page(measured, row, trails, language, columns(sys.stdout), ink)])


def _index(indicator: str, names: list[str]) -> int:
    """The place of an indicator, from 0, by its number or its name. Raises Usage."""
    if indicator.isdigit() and 1 <= int(indicator) <= len(names):
        return int(indicator) - 1
    if names.count(indicator) == 1:
        return names.index(indicator)
    if indicator in names:
        raise Usage(message("several indicators are called {name}; give the number", name=indicator))
    hint = near(indicator, names) or message("give its number, 1 to {count}", count=len(names))
    raise Usage(message("the form has no indicator {name}; {hint}", name=indicator, hint=hint))
