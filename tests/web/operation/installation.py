"""An installation of its own with real processes: served, killed, begun again, and looked at afterwards."""

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

ROOT = Path(__file__).parents[3]
PASSWORD = "One password for all 7"
_OURS = "HENGLIANG_"


class Installation:
    """A folder, a database, and the processes that serve it."""

    def __init__(self, home: Path, database_url: str = "") -> None:
        self.home, self.database_url = home, database_url
        self.port = free_port()
        self.log = home.parent / f"{home.name}.log"
        self.running: list[subprocess.Popen[bytes]] = []

    def environment(self, **more: str) -> dict[str, str]:
        """The environment of its processes: nothing of the settings of the test that starts them."""
        plain = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
        plain.pop("DJANGO_SETTINGS_MODULE", None)
        paths = [str(ROOT / "src"), str(ROOT)]
        own = {"HENGLIANG_HOME": str(self.home), "PYTHONPATH": os.pathsep.join(paths)}
        if self.database_url:
            own["HENGLIANG_DATABASE_URL"] = self.database_url
        return plain | own | more

    def call(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Runs `hengliang ARGUMENTS` on it."""
        return self.python("-m", "hengliang", *arguments, "--home", str(self.home))

    def python(self, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
        """Runs Python in its environment."""
        return subprocess.run(
            [sys.executable, *arguments],
            env=self.environment(),
            input=given,
            capture_output=True,
            text=True,
            check=False,
            cwd=ROOT,
        )

    def looked_at(self, name: str, given: object = None) -> Any:
        """What one of our modules prints about it, as JSON."""
        done = self.python("-m", f"tests.web.operation.{name}", given=json.dumps(given))
        assert done.returncode == 0, done.stderr[-4000:]
        return json.loads(done.stdout)

    def start(self, command: list[str], **environment: str) -> subprocess.Popen[bytes]:
        """Starts a process of it, in a group of its own."""
        with self.log.open("ab") as log:
            started = subprocess.Popen(
                command,
                env=self.environment(**environment),
                stdout=log,
                stderr=log,
                cwd=ROOT,
                start_new_session=True,
            )
        self.running.append(started)
        return started

    def serve(self) -> subprocess.Popen[bytes]:
        """Starts the embedded server, and waits until it answers."""
        started = self.start(
            [sys.executable, "-m", "hengliang", "serve", "--home", str(self.home), "--port", str(self.port)]
        )
        answers(f"http://127.0.0.1:{self.port}/health/", started)
        return started

    def gunicorn(self, **environment: str) -> subprocess.Popen[bytes]:
        """Starts gunicorn as an office does, and waits until it answers."""
        binary = shutil.which("gunicorn", path=str(Path(sys.executable).parent)) or "gunicorn"
        given = {"HENGLIANG_BIND": f"127.0.0.1:{self.port}", "HENGLIANG_WORKERS": "2"} | environment
        started = self.start([binary, "--config", str(ROOT / "deploy" / "gunicorn.conf.py")], **given)
        if given["HENGLIANG_BIND"].startswith("127."):
            answers(f"http://{given['HENGLIANG_BIND']}/health/", started)
        return started

    def worker(self) -> subprocess.Popen[bytes]:
        """Starts the worker of the long work."""
        return self.start([sys.executable, "-m", "hengliang", "worker", "--home", str(self.home)])

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """Ends a process and all that it started, at once and without a word."""
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        self.running.remove(process)

    def stop(self) -> None:
        """Ends all that runs."""
        for process in list(self.running):
            if process.poll() is None:
                self.kill(process)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def answers(url: str, process: subprocess.Popen[bytes], seconds: float = 60) -> None:
    """Waits until a server answers. Raises AssertionError when its process ends or the time is over."""
    until = time.monotonic() + seconds
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while time.monotonic() < until:
        assert process.poll() is None, "the server ended"
        try:
            with opener.open(url, timeout=5):
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"{url} does not answer")


@contextmanager
def own_database(url: str) -> Iterator[str]:
    """A new database on the server of `url`, dropped afterwards; nothing for an empty `url`."""
    if not url:
        yield ""
        return
    name = f"hengliang_operation_{secrets.token_hex(4)}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
    try:
        yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
    finally:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


@contextmanager
def installation(folder: Path, environment: Mapping[str, str] = os.environ) -> Iterator[Installation]:
    """An installation in an empty folder, on the database of the suite; all its processes end with it."""
    with own_database(environment.get("HENGLIANG_DATABASE_URL", "")) as url:
        made = Installation(folder / "home", url)
        try:
            yield made
        finally:
            made.stop()
