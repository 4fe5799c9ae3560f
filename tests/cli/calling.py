"""Calling the command as its users do, in this process; files are still read by worker processes."""

from pathlib import Path
from typing import NamedTuple

from typer.testing import CliRunner

from hengliang import api
from hengliang.cli.main import app
from hengliang.form.model import Form

EXAMPLE = Path(__file__).parents[2] / "examples" / "hengyang-2023.txt"


class Called(NamedTuple):
    """What came out."""

    code: int
    out: str
    err: str


def call(*arguments: object, given: bytes = b"", **environment: str) -> Called:
    """Calls `hengliang` with `arguments`; in English unless the environment says otherwise."""
    variables = {
        "LC_ALL": "",
        "LC_MESSAGES": "",
        "LANG": "",
        "HENGLIANG_LANG": "",
        "FORCE_COLOR": "",
    } | environment
    result = CliRunner().invoke(app, [str(one) for one in arguments], input=given, env=variables)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Called(result.exit_code, result.stdout, result.stderr)


def written(form: Form, path: Path) -> Path:
    """The form as a file of the kind that the path's ending names."""
    api.export(form, path)
    return path
