"""`hengliang ledger synthesize` and `load-folder`: a synthetic year of all ledgers, a folder of files."""

from datetime import datetime, timedelta, timezone
from enum import StrEnum
from getpass import getuser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hengliang.base.message import message
from hengliang.cli.command import language_in
from hengliang.cli.options import StoreFolder
from hengliang.cli.output import write_text
from hengliang.cli.usage import Usage

if TYPE_CHECKING:
    from hengliang.measure.definition import Ledger


class Size(StrEnum):
    """How much is made."""

    small = "small"
    city = "city"
    province = "province"


def synthesize(
    ctx: typer.Context,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help="The folder to write to.")],
    size: Annotated[
        Size, typer.Option("--size", help="How much: for tests, a city, a province.")
    ] = Size.small,
    year: Annotated[int, typer.Option("--year", metavar="YEAR", help="The fiscal year.")] = 2023,
    seed: Annotated[
        int, typer.Option("--seed", metavar="NUMBER", help="The same seed gives the same records.")
    ] = 1,
    faults: Annotated[
        bool, typer.Option("--faults/--no-faults", help="Plant faults, and list them in truth.csv.")
    ] = True,
) -> None:
    """Writes a synthetic year of all ledgers (合成数据), with planted faults, to try everything on.

    Every file and every record says that it is synthetic. City and province have the readings of a year too.
    """
    from hengliang.measure.catalogue import all_ledgers
    from hengliang.measure.synthetic.bulk import write_bulk
    from hengliang.measure.synthetic.year import planted, told, write_year

    try:
        city = told(all_ledgers(), size.value, year, seed)
        output.mkdir(parents=True, exist_ok=True)
        series = write_bulk(output, city) if size is not Size.small else {}
        field = planted(city) if faults else None
        write_year(output, city, field.planted if field is not None else ())
    except OSError as error:
        raise Usage(message("cannot write {file}: {why}", file=str(output), why=str(error))) from error
    rows = sum(len(city.rows(name)) for name in city.ledgers) + sum(series.values())
    count = len({each.fault for each in field.planted}) if field is not None else 0
    said = message(
        "{rows} synthetic records of {ledgers} ledgers with {faults} planted faults in {folder}",
        rows=rows, ledgers=len(city.ledgers), faults=count, folder=str(output),
    )  # fmt: skip
    write_text(None, [said.say(language_in(ctx)), "\n"])


def load_folder(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Files that are called after their ledgers.")],
    store: StoreFolder,
    year: Annotated[int, typer.Option("--year", metavar="YEAR", help="The fiscal year.")],
    organisation: Annotated[
        str, typer.Option("--org", metavar="CODE", help="The organisation that the records belong to.")
    ],
) -> None:
    """Loads all files of a folder whose names begin with the name of a ledger: green_mine_check-2023.csv.

    Exit codes: 0 loaded, 2 a file could not be loaded; the files before it are.
    """
    from hengliang.form.errors import UnreadableFile
    from hengliang.measure.catalogue import all_ledgers
    from hengliang.measure.load.headings import LoadError
    from hengliang.measure.load.run import Loading, load
    from hengliang.measure.period import fiscal_year
    from hengliang.measure.store import Store

    if not folder.is_dir():
        raise Usage(message("there is no folder {folder}", folder=str(folder)))
    now = datetime.now(timezone(timedelta(hours=8))).isoformat(timespec="seconds")
    loading = Loading(year, organisation, getuser(), now)
    files = [(path, ledger) for path in sorted(folder.glob("*.*")) if (ledger := _named(path, all_ledgers()))]
    if not files:
        raise Usage(message("{folder} has no file that is called after a ledger", folder=str(folder)))
    rows = blocked = 0
    for path, ledger in files:
        try:
            loaded = load(path, ledger, Store(store), loading, fiscal_year(year))
        except LoadError as error:
            raise Usage(error.said) from error
        except UnreadableFile as error:
            raise Usage(
                message("{file} cannot be loaded: {why}", file=str(path), why=error.reason)
            ) from error
        rows += loaded.rows
        blocked += loaded.batch.blocked if loaded.batch is not None else 0
    said = message(
        "{files} files with {rows} records stored, {blocked} of them blocked",
        files=len(files), rows=rows, blocked=blocked,
    )  # fmt: skip
    write_text(None, [said.say(language_in(ctx)), "\n"])


def _named(path: Path, ledgers: "dict[str, Ledger]") -> "Ledger | None":
    """The ledger that a file is called after."""
    return ledgers.get(path.name.partition(".")[0].partition("-")[0])
