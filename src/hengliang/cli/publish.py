"""`hengliang publish`: a result that anybody can recompute, as one file."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from hengliang.api import DEFAULT_PROFILE
from hengliang.base.message import message
from hengliang.cli.command import language_in
from hengliang.cli.jobs import RecordsJob
from hengliang.cli.measure import form_in
from hengliang.cli.options import AsOf, Bindings, FormNumber, Profile, StoreFolder
from hengliang.cli.output import refuse_inputs, write_text, written_whole
from hengliang.cli.terminal import columns, has_colour
from hengliang.cli.usage import Usage

EXAMPLES = """
hengliang publish form.xlsx --store store -o result.zip  # Form, records, measurements and scores in one file.
hengliang publish form.xlsx --store store -o result.zip --sign bureau.pem  # The same, signed.
"""


def run(
    ctx: typer.Context,
    form: Annotated[str, typer.Argument(metavar="FORM", help="A document with a form.")],
    store: StoreFolder,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE.zip", help="The package to write.")],
    year: Annotated[
        int | None,
        typer.Option(
            "--year",
            metavar="YEAR",
            help="The fiscal year; that of the form or its binding if not given.",
        ),
    ] = None,
    as_of: AsOf = None,
    bindings: Bindings = None,
    profile: Profile = DEFAULT_PROFILE,
    sign: Annotated[
        Path | None,
        typer.Option("--sign", metavar="KEYFILE", help="Sign with this private key (`hengliang keys`)."),
    ] = None,
    number: FormNumber = None,
) -> None:
    """Writes a package with which anybody computes the result again, offline.

    Columns with persons, devices and answers stay in the house, and so do positions and names of files. The
    same form, store and key give the same bytes.
    """
    from hengliang.base.profile import load_profile
    from hengliang.cli.measuring import binding_for, complaining, period_of
    from hengliang.measure.catalogue import all_ledgers
    from hengliang.report.ink import Ink
    from hengliang.report.package.publish import NotPublishable, publish
    from hengliang.report.package.signature import UnusableKeyError, signer_of
    from hengliang.report.package.verified_text import published_page

    language = language_in(ctx)
    refuse_inputs(output, [form, *([str(sign)] if sign else [])])
    found = form_in(form, number, language)
    binding = binding_for(found, bindings)
    if binding is None:
        raise Usage(message("nothing says which metric measures which indicator: give --bindings"))
    period = period_of(RecordsJob(store, year or found.fiscal_year or binding.fiscal_year, as_of, bindings))
    try:
        with complaining(), written_whole(output) as part:
            made = publish(
                found, Path(form).read_bytes(), binding, store, period, all_ledgers(), load_profile(profile),
                signer_of(sign) if sign is not None else None,
            )  # fmt: skip
            part.write_bytes(made.data)
    except (NotPublishable, UnusableKeyError) as error:
        raise Usage(error.said) from error
    ink = Ink(has_colour(sys.stdout))
    write_text(None, [published_page(made, str(output), language, columns(sys.stdout), ink)])
