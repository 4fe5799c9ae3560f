"""`hengliang ledger`: the ledgers that evidence records are kept in."""

import json
import sys
import tomllib
from datetime import datetime, timedelta, timezone
from getpass import getuser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hengliang.base.message import message
from hengliang.cli.command import Command, Group, language_in, near
from hengliang.cli.ledger_year import load_folder, synthesize
from hengliang.cli.options import Json, StoreFolder, Year
from hengliang.cli.output import refuse_inputs, write_text, written_whole
from hengliang.cli.reconcile import reconcile
from hengliang.cli.terminal import columns, has_colour
from hengliang.cli.usage import Usage

if TYPE_CHECKING:
    from hengliang.measure.definition import Ledger
    from hengliang.measure.load.run import Loading, Manner
    from hengliang.measure.store import Store

BLOCKED = 1
"""The exit code when rows are blocked."""
DIFFERENT = 1
"""The exit code when vectors came out otherwise than expected."""

app = typer.Typer(
    cls=Group,
    help="The ledgers that evidence records are kept in: templates, checks, loading, test vectors.",
    epilog="""
hengliang ledger list  # All ledgers with their metrics.
hengliang ledger describe green_mine_check  # The columns, rules and metrics of one.
hengliang ledger template green_mine_check -o mines.xlsx  # A workbook to fill in.
hengliang ledger load mines.xlsx --ledger green_mine_check --store s --year 2023 --org 430400  # Stores it.
hengliang ledger test tests/measure/vectors  # Runs test vectors: what differs from what was expected.
""",
    context_settings={"help_option_names": ["-h", "--help"]},
)

RecordsFile = Annotated[
    Path,
    typer.Argument(
        metavar="FILE",
        help="Records: CSV of any encoding, a workbook, GeoJSON, GeoPackage, a zipped Shapefile, Parquet.",
    ),
]
LedgerOption = Annotated[str, typer.Option("--ledger", metavar="LEDGER", help="The ledger they belong to.")]
MappingOption = Annotated[
    Path | None,
    typer.Option("--mapping", metavar="FILE", help='Headings of another house, TOML: "heading" = "column".'),
]
ErrorsOption = Annotated[
    Path | None,
    typer.Option("--errors", metavar="FILE.xlsx", help="Write the file again with its bad cells marked."),
]
LayerOption = Annotated[
    str | None,
    typer.Option("--layer", metavar="NAME", help="The layer, sheet or file to read, where FILE has several."),
]
CrsOption = Annotated[
    str | None,
    typer.Option(
        "--crs",
        metavar="SYSTEM",
        help="The coordinate system of the geometry: EPSG:4526, CGCS2000, WGS84, GCJ-02, BD-09. "
        "What the file or the row says if not given.",
    ),
]
CompleteOption = Annotated[
    bool | None,
    typer.Option(
        "--complete/--incomplete",
        help="Refuse a file without all required columns, or take what there is. If not given, it is refused "
        "where headings mean nothing here.",
        show_default=False,
    ),
]


def list_ledgers(ctx: typer.Context, as_json: Json = False) -> None:
    """Lists all ledgers: what one row is, and which metrics are computed from them."""
    from hengliang.measure.catalogue import all_ledgers
    from hengliang.report import ledger_text
    from hengliang.report.ink import Ink

    found = list(all_ledgers().values())
    if as_json:
        write_text(None, [_json([ledger_text.summary(ledger) for ledger in found])])
        return
    write_text(None, [ledger_text.table(found, language_in(ctx), Ink(has_colour(sys.stdout)))])


def describe(
    ctx: typer.Context,
    names: Annotated[
        list[str], typer.Argument(metavar="LEDGER…", help="Names of ledgers, English or Chinese.")
    ],
    as_json: Json = False,
) -> None:
    """Prints the columns, rules, checks and metrics of ledgers."""
    from hengliang.report import ledger_text
    from hengliang.report.ink import Ink

    pages: list[str] = []
    for name in names:
        ledger = _ledger(name)
        if as_json:
            pages.append(_json(ledger_text.descriptor(ledger)))
        else:
            ink = Ink(has_colour(sys.stdout))
            pages.append(ledger_text.page(ledger, language_in(ctx), columns(sys.stdout), ink))
    write_text(None, ["\n".join(pages)])


def test(
    ctx: typer.Context,
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="A folder with expected.json and the CSV files it names.")
    ],
    as_json: Json = False,
) -> None:
    """Runs test vectors of ledgers and prints every metric, score and finding that differs.

    Exit codes: 0 all as expected, 1 something differs, 2 the folder cannot be run.
    """
    from hengliang.measure.catalogue import all_ledgers
    from hengliang.measure.vectors import VectorError, run_vectors
    from hengliang.report import vectors_text
    from hengliang.report.ink import Ink

    try:
        outcome = run_vectors(folder, all_ledgers())
    except VectorError as error:
        raise Usage(error.said) from error
    if as_json:
        write_text(None, [_json(vectors_text.as_data(outcome))])
    else:
        write_text(None, [vectors_text.page(outcome, language_in(ctx), Ink(has_colour(sys.stdout)))])
    if outcome.different:
        raise typer.Exit(DIFFERENT)


def template(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="LEDGER", help="The name of a ledger, English or Chinese.")],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="The workbook to write.")],
) -> None:
    """Writes the Excel template of a ledger: headings, lists to choose from, notes, a filled example."""
    from hengliang.report import ledger_template

    if output.suffix.lower() != ".xlsx":
        raise Usage(
            message("{file}: a template is a workbook; give a name that ends in .xlsx", file=str(output))
        )
    made = ledger_template.to_bytes(_ledger(name), language_in(ctx))
    with written_whole(output) as part:
        part.write_bytes(made)


def load(
    ctx: typer.Context,
    file: RecordsFile,
    name: LedgerOption,
    store: StoreFolder,
    year: Year,
    organisation: Annotated[
        str, typer.Option("--org", metavar="CODE", help="The organisation that the records belong to.")
    ],
    mapping: MappingOption = None,
    loaded_by: Annotated[
        str | None,
        typer.Option("--by", metavar="WHO", help="Who loads it; the user of this machine if not given."),
    ] = None,
    layer: LayerOption = None,
    crs: CrsOption = None,
    complete: CompleteOption = None,
    corrects: Annotated[
        str | None,
        typer.Option(
            "--corrects", metavar="BATCH", help="The batch whose place the file takes; it stays on file."
        ),
    ] = None,
    errors: ErrorsOption = None,
    as_json: Json = False,
) -> None:
    """Checks a file of records and stores it as an immutable batch. The same file is not stored twice.

    Rows that break a blocking check are stored too, and leave the numerators of metrics. Geometry is stored
    in CGCS2000 (EPSG:4490).

    Exit codes: 0 loaded, 1 loaded with rows that are blocked, 2 nothing was loaded.
    """
    from hengliang.measure.load.run import Loading, Manner
    from hengliang.measure.store import Store

    now = datetime.now(timezone(timedelta(hours=8))).isoformat(timespec="seconds")
    loading = Loading(year, organisation, loaded_by or getuser(), now)
    manner = Manner(layer, crs, complete, corrects)
    _run(ctx, file, name, Store(store), loading, mapping, manner, errors, as_json)


def check(
    ctx: typer.Context,
    file: RecordsFile,
    name: LedgerOption,
    year: Year,
    mapping: MappingOption = None,
    layer: LayerOption = None,
    crs: CrsOption = None,
    complete: CompleteOption = None,
    errors: ErrorsOption = None,
    as_json: Json = False,
) -> None:
    """Checks a file of records and stores nothing.

    Exit codes: 0 nothing blocks a row, 1 some rows are blocked, 2 the file cannot be read.
    """
    from hengliang.measure.load.run import Loading, Manner

    # What a file lacks is told, and stops no check.
    manner = Manner(layer, crs, complete is True)
    _run(ctx, file, name, None, Loading(year, "", "", ""), mapping, manner, errors, as_json)


def _run(
    ctx: typer.Context,
    file: Path,
    name: str,
    store: "Store | None",
    loading: "Loading",
    mapping: Path | None,
    manner: "Manner",
    errors: Path | None,
    as_json: bool,
) -> None:
    from dataclasses import replace

    from hengliang.cli.loading import stages
    from hengliang.measure.load.headings import LoadError
    from hengliang.measure.load.run import load as load_file
    from hengliang.measure.period import fiscal_year
    from hengliang.measure.store import StoreError
    from hengliang.report import ledger_errors, loaded_text
    from hengliang.report.ink import Ink

    refuse_inputs(errors, [str(file)])
    language = language_in(ctx)
    ledger, said = _ledger(name), _mapping(mapping)
    try:
        with stages(language) as watch:
            manner = replace(manner, watch=watch)
            loaded = load_file(file, ledger, store, loading, fiscal_year(loading.year), said, manner)
    except LoadError as error:
        raise Usage(error.said) from error
    except StoreError as error:
        raise Usage(message("the store is damaged: {why}", why=error.said)) from error
    except OSError as error:
        why = error.strerror or str(error)
        raise Usage(message("cannot write {file}: {why}", file=error.filename or file, why=why)) from error
    if errors is not None and loaded.findings:
        with written_whole(errors) as part:
            ledger_errors.write(file, ledger, loaded, part, language, said, manner.layer)
    if as_json:
        write_text(None, [_json(loaded_text.as_data(loaded, language))])
    else:
        ink = Ink(has_colour(sys.stdout))
        write_text(None, [loaded_text.page(loaded, language, columns(sys.stdout), ink)])
    if any(finding.severity == "blocking" for finding in loaded.findings):
        raise typer.Exit(BLOCKED)


def batches(
    ctx: typer.Context,
    store: StoreFolder,
    name: Annotated[
        str | None, typer.Option("--ledger", metavar="LEDGER", help="Of this ledger only.")
    ] = None,
    year: Annotated[int | None, typer.Option(metavar="YEAR", help="Of this fiscal year only.")] = None,
    as_json: Json = False,
) -> None:
    """Lists the batches of a store: what was loaded when, by whom, with how many rows."""
    from hengliang.measure.store import Store, StoreError
    from hengliang.report import loaded_text
    from hengliang.report.ink import Ink

    if not store.is_dir():
        raise Usage(message("there is no store {folder}", folder=str(store)))
    try:
        found = Store(store).batches(_ledger(name).name if name else None, year)
    except StoreError as error:
        raise Usage(message("the store is damaged: {why}", why=error.said)) from error
    if as_json:
        write_text(None, [_json([batch.model_dump(mode="json") for batch in found])])
    else:
        write_text(None, [loaded_text.batches(found, language_in(ctx), Ink(has_colour(sys.stdout)))])


def _ledger(name: str) -> "Ledger":
    from hengliang.measure.catalogue import all_ledgers

    known = {each: ledger for ledger in all_ledgers().values() for each in (ledger.name, ledger.zh)}
    if name not in known:
        hint = near(name, list(known)) or message("see them with `hengliang ledger list`")
        raise Usage(message("there is no ledger {name}; {hint}", name=name, hint=hint))
    return known[name]


def _mapping(path: Path | None) -> dict[str, str] | None:
    """The mapping of foreign headings: a TOML file of `"heading" = "column"`."""
    if path is None:
        return None
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise Usage(message("{file} cannot be read: {why}", file=str(path), why=error.strerror)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Usage(message("{file} is no TOML: {why}", file=str(path), why=str(error))) from error
    wrong = next((heading for heading, column in data.items() if not isinstance(column, str)), None)
    if wrong is not None:
        raise Usage(message("{file}: the column for {heading} is no text", file=str(path), heading=wrong))
    return data


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


for _name, _command in (
    ("list", list_ledgers),
    ("describe", describe),
    ("template", template),
    ("check", check),
    ("load", load),
    ("batches", batches),
    ("test", test),
    ("synthesize", synthesize),
    ("load-folder", load_folder),
    ("reconcile", reconcile),
):
    app.command(_name, cls=Command)(_command)
