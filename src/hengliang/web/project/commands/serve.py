"""`hengliang serve`: the web application with its embedded server and database."""

import os
import secrets
import socket
import sys
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from hengliang.base.message import message
from hengliang.web.project.commands import home_option, language_of, set_up

EXAMPLES = """
hengliang serve --demo form.txt  # An empty installation is filled from a form, with an account for each role.
hengliang serve --demo form.txt --actuals actuals.csv --records records  # And its whole year is played.
hengliang serve --home /srv/hengliang --host 0.0.0.0  # An installation for an office.
"""


def run(
    ctx: typer.Context,
    home: Annotated[Path, home_option()] = Path("hengliang-data"),
    host: Annotated[
        str, typer.Option("--host", metavar="ADDRESS", help="The address to listen on.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", metavar="N", help="The port to listen on.")] = 8000,
    demo: Annotated[
        Path | None,
        typer.Option(
            "--demo",
            metavar="FORM",
            help="Fill an empty installation from this form, with an account for each role.",
        ),
    ] = None,
    actuals: Annotated[
        Path | None,
        typer.Option(
            "--actuals",
            metavar="FILE",
            help="Play the whole year of the form with these values, up to the public site.",
        ),
    ] = None,
    records: Annotated[
        Path | None,
        typer.Option(
            "--records", metavar="DIR", help="Files of records for that year, each named after its ledger."
        ),
    ] = None,
) -> None:
    """Serves the web application; makes the database and the first account when there are none."""
    os.environ.setdefault("HENGLIANG_HOSTS", ",".join(_names(host)))
    set_up(home)
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    from hengliang.web.accounts.models import Person

    if not Person.objects.exists():
        _first(demo, actuals, records)
    from waitress.server import create_server

    from hengliang.web.project.commands.worker import in_a_thread
    from hengliang.web.project.wsgi import application

    try:
        server = create_server(application, host=host, port=port, threads=8, ident=None)
    except OSError as error:
        said = message(
            "it cannot listen on {host}:{port}: {why}; choose another --port",
            host=host,
            port=port,
            why=error.strerror,
        )
        raise typer.BadParameter(said.say(language_of(ctx))) from error
    in_a_thread()
    sys.stdout.write(f"http://{host}:{port}/\n")
    sys.stdout.flush()
    server.run()


def _names(host: str) -> list[str]:
    """The names by which it may be called: this machine's, when it listens on all its addresses."""
    names = ["localhost", "127.0.0.1", "[::1]"]
    # Compared here, not listened on.
    if host not in ("0.0.0.0", "::"):  # nosec B104
        return [*names, host]
    own = socket.gethostname()
    names += [own, socket.getfqdn()]
    with suppress(OSError):
        names += [str(found[4][0]) for found in socket.getaddrinfo(own, None, socket.AF_INET)]
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as outward:
        # Sends nothing: it asks the system from which address it would.
        outward.connect(("10.255.255.255", 1))
        names.append(str(outward.getsockname()[0]))
    return list(dict.fromkeys(names))


def _first(form: Path | None, actuals: Path | None, records: Path | None) -> None:
    """Makes the first accounts of an installation, and shows their passwords once."""
    from hengliang.web.accounts.actions import add_organisation, add_person, give_role
    from hengliang.web.project import demo, demo_year
    from hengliang.web.workflow.roles import Role

    if form is not None:
        declaration, accounts = demo.load(form, secrets.token_urlsafe(9))
        if actuals is not None:
            demo_year.play(declaration, actuals, demo_year.records_in(records) if records else {})
        for account in accounts:
            sys.stdout.write(f"{account.username}\t{account.full_name}\t{account.password}\n")
        return
    root = add_organisation(None, name="本级", code="0", kind="city")
    person, password = add_person(None, username="anquan", full_name="安全管理员", organisation=root)
    give_role(None, person, Role.SECURITY_ADMINISTRATOR, root)
    sys.stdout.write(f"{person.username}\t{password}\n")
