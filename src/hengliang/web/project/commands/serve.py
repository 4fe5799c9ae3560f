"""`hengliang serve`: the web application with its embedded server and database."""

import os
import socket
import sys
import webbrowser
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hengliang.base.message import message
from hengliang.web.project.commands import complaining, home_option, language_of, running, set_up

if TYPE_CHECKING:
    from hengliang.web.project.commands.filling import Demo

EXAMPLES = """
hengliang serve --demo form.txt  # An empty installation is filled from a form, with an account for each role.
hengliang serve --demo form.txt --actuals actuals.csv --records records  # And its whole year is played.
hengliang serve --background --open  # The terminal is free again, and the browser shows the page.
hengliang serve --stop  # Ends the one in the background.
hengliang serve --home /srv/hengliang --host 0.0.0.0  # An installation for an office.
"""


def run(
    ctx: typer.Context,
    home: Annotated[Path, home_option()] = Path("hengliang-data"),
    host: Annotated[
        str, typer.Option("--host", metavar="ADDRESS", help="The address to listen on.")
    ] = "127.0.0.1",
    port: Annotated[
        int | None,
        typer.Option(
            "--port",
            metavar="N",
            min=1,
            max=65535,
            help="The port to listen on; 8000, or a free one when it is taken, if not given.",
        ),
    ] = None,
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
    background: Annotated[
        bool, typer.Option("--background", help="Go on in the background once it answers.")
    ] = False,
    browse: Annotated[
        bool, typer.Option("--open", help="Show the first page in the browser, where there is a screen.")
    ] = False,
    stop: Annotated[bool, typer.Option("--stop", help="End what serves this folder.")] = False,
) -> None:
    """Serves the web application; makes the database and the first account when there are none."""
    from hengliang.web.project.commands.filling import Demo

    with complaining(ctx):
        if stop:
            ended = running.end(home)
            said = message("it was stopped") if ended else message("nothing serves this folder")
            sys.stdout.write(said.say(language_of(ctx)) + "\n")
        elif background:
            _begin(ctx, home, browse)
        else:
            with running.held(home):
                _serve(ctx, home, host, port, Demo(demo, actuals, records) if demo else None, browse)


def _begin(ctx: typer.Context, home: Path, browse: bool) -> None:
    """Starts this same command in the background, and tells what it told."""
    from hengliang.web.project.commands.filling import told

    if running.is_held(home):
        now = running.begin(home, [])
        sys.stdout.write(told(home, now, language_of(ctx)))
    else:
        rest = [one for one in sys.argv[1:] if one not in ("--background", "--open")]
        now = running.begin(home, rest)
        sys.stdout.write((home / running.LOG).read_text(encoding="utf-8"))
    if browse:
        _show(now.page)


def _serve(
    ctx: typer.Context, home: Path, host: str, port: int | None, demo: "Demo | None", browse: bool
) -> None:
    os.environ.setdefault("HENGLIANG_HOSTS", ",".join(_names(host)))
    set_up(home)
    from hengliang.web.project.commands import filling
    from hengliang.web.project.commands.migrate import bring_up_to_date
    from hengliang.web.project.commands.worker import in_a_thread

    bring_up_to_date()
    filling.fill(home, demo)
    server = _listening(host, port)
    in_a_thread()
    # Who listens on all addresses is reached on this machine by these.
    near = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)  # nosec B104
    # A name of several addresses is listened to by several servers.
    opened = server.effective_listen[0][1] if hasattr(server, "effective_listen") else server.effective_port
    url = f"http://{near}:{opened}"
    now = running.Served(os.getpid(), f"{url}/", url + filling.front_page())
    sys.stdout.write(filling.told(home, now, language_of(ctx)))
    sys.stdout.flush()
    running.note(home, now.url, now.page)
    if browse:
        _show(now.page)
    server.run()


def _listening(host: str, port: int | None) -> Any:
    """The server, listening. Raises `running.Failed` when it cannot."""
    from waitress.server import create_server

    from hengliang.web.project.wsgi import application

    def at(wanted: int) -> Any:
        return create_server(application, host=host, port=wanted, threads=8, ident=None)

    if port is None:
        with suppress(OSError):
            return at(8000)
    try:
        return at(port or 0)
    except OSError as error:
        said = message(
            "it cannot listen on {host}:{port}: {why}; choose another --port",
            host=host,
            port=port or 8000,
            why=error.strerror or error,
        )
        raise running.Failed(said) from error


def _show(page: str) -> None:
    """Opens a page in the browser, where there is a screen: without one some would take the terminal."""
    if sys.platform in ("darwin", "win32") or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        webbrowser.open(page)


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
