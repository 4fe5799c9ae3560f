"""`hengliang verify`: whether a published result comes out again."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from hengliang.base.message import message
from hengliang.cli.command import language_in
from hengliang.cli.options import Json
from hengliang.cli.output import write_text
from hengliang.cli.terminal import columns, has_colour
from hengliang.cli.usage import Usage

DIFFERENT = 1
"""The exit code when something differs."""

EXAMPLES = """
hengliang verify result.zip  # Computes everything again: equal, or where not.
hengliang verify result.zip --key bureau.pub.pem  # And whether the bureau signed it.
"""


def run(
    ctx: typer.Context,
    package: Annotated[Path, typer.Argument(metavar="PACKAGE", help="What `hengliang publish` wrote.")],
    key: Annotated[
        Path | None,
        typer.Option("--key", metavar="KEYFILE", help="The public key of whoever should have signed it."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Computes a published result again from what is in the package, without a network and the store.

    Exit codes: 0 equal, 1 something differs, 2 the file is no package.
    """
    from hengliang.report.ink import Ink
    from hengliang.report.package import verified_text
    from hengliang.report.package.archive import LARGEST, Refused
    from hengliang.report.package.signature import UnusableKeyError, public_key_of
    from hengliang.report.package.verify import verify

    language = language_in(ctx)
    try:
        if package.stat().st_size > LARGEST:
            raise Refused(message("it is larger than any package"))
        found = verify(package.read_bytes(), public_key_of(key) if key is not None else None)
    except Refused as error:
        raise Usage(message("{file}: {why}", file=str(package), why=error.said)) from error
    except UnusableKeyError as error:
        raise Usage(error.said) from error
    except OSError as error:
        why = error.strerror or str(error)
        file = str(error.filename or package)
        raise Usage(message("{file} cannot be read: {why}", file=file, why=why)) from error
    if as_json:
        data = verified_text.as_data(found, language)
        write_text(None, [json.dumps(data, ensure_ascii=False, indent=2) + "\n"])
    else:
        ink = Ink(has_colour(sys.stdout))
        write_text(None, [verified_text.page(found, str(package), language, columns(sys.stdout), ink)])
    if not found.equal:
        raise typer.Exit(DIFFERENT)
