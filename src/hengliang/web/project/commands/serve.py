"""`hengliang serve`: the web application with its embedded server and database."""

import os
import secrets
import sys
from pathlib import Path
from typing import Annotated

import typer

from hengliang.web.project.commands import home_option, set_up

EXAMPLES = """
hengliang serve --demo form.txt  # An empty installation is filled from a form, with an account for each role.
hengliang serve --demo form.txt --actuals actuals.csv --records records  # And its whole year is played.
hengliang serve --home /srv/hengliang --host 0.0.0.0  # An installation for an office.
"""


def run(
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
    os.environ.setdefault("HENGLIANG_HOSTS", f"localhost,127.0.0.1,[::1],{host}")
    set_up(home)
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    from hengliang.web.accounts.models import Person

    if not Person.objects.exists():
        _first(demo, actuals, records)
    from hengliang.web.project.commands.worker import in_a_thread

    in_a_thread()
    from waitress import serve

    from hengliang.web.project.wsgi import application

    sys.stdout.write(f"http://{host}:{port}/\n")
    sys.stdout.flush()
    serve(application, host=host, port=port, threads=8, ident=None)


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
