"""`hengliang keys`: a pair of keys to sign published results with."""

import os
from pathlib import Path
from typing import Annotated

import typer

from hengliang.base.message import message
from hengliang.cli.command import language_in
from hengliang.cli.output import write_text
from hengliang.cli.usage import Usage

EXAMPLES = """
hengliang keys bureau  # Writes bureau.pem, to be kept secret, and bureau.pub.pem, to be announced.
"""


def run(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The beginning of the names of both files.")],
) -> None:
    """Makes a pair of Ed25519 keys: the private one signs, the public one tells who did.

    Files that are there are never overwritten.
    """
    from hengliang.report.package.signature import new_pair

    secret, public = Path(f"{name}.pem"), Path(f"{name}.pub.pem")
    private_pem, public_pem = new_pair()
    for path, content, mode in ((secret, private_pem, 0o600), (public, public_pem, 0o644)):
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        except OSError as error:
            why = error.strerror or str(error)
            raise Usage(message("cannot write {file}: {why}", file=str(path), why=why)) from error
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
    language = language_in(ctx)
    said = (
        message("{file}: the private key; keep it secret", file=str(secret)),
        message("{file}: the public key; announce it", file=str(public)),
    )
    write_text(None, [f"{one.say(language)}\n" for one in said])
