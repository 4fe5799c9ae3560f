"""The calls on the how-to page are made with curl, and answer what the page says."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from hengliang.web.accounts.models import Person
from hengliang.web.api.actions import make
from hengliang.web.api.scopes import open_to
from hengliang.web.declarations.models import Declaration

HOME = Path(__file__).parents[3]
PAGE = (HOME / "docs" / "how-to" / "use-the-api.md").read_text(encoding="utf-8")
CALL = re.compile(r"^```curl\n(curl .*)\n(\d+) (\S+) (.*)\n```$", re.M)
RECORDS = HOME / "tests" / "measure" / "vectors" / "I01_green_mine_check.csv"


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
@pytest.mark.django_db(transaction=True)
def test_the_calls_answer_what_the_page_says(
    live_server: LiveServer, example: Declaration, person: Callable[[str], Person], tmp_path: Path
) -> None:
    shutil.copytree(HOME / "examples", tmp_path / "examples")
    shutil.copyfile(RECORDS, tmp_path / "records.csv")
    _, secret = make(person("tianbao"), "how-to", open_to(person("tianbao")), 1)
    environment = {
        "HENGLIANG": f"{live_server.url}/api/v1",
        "TOKEN": secret,
        "FORM": str(example.pk),
        "ROUND": str(example.round.pk),
        "ROW": example.draft.rows[0],
        "PATH": "/usr/bin:/bin:/usr/local/bin",
    }
    calls = CALL.findall(PAGE)
    assert len(calls) == PAGE.count("```curl") == 10
    for call, status, path, wanted in calls:
        # A shell, as whoever copies the line uses one; the line is the page's own.
        done = subprocess.run(
            f"{call} -w '\\n%{{http_code}}'", shell=True, cwd=tmp_path, env=environment, capture_output=True,
            text=True, encoding="utf-8", check=True,
        )  # fmt: skip
        body, _, found = done.stdout.rpartition("\n")
        assert found == status, f"{call}\n{done.stdout}"
        assert str(_at(json.loads(body), path)) == wanted, f"{call}\n{body}"


def _at(data: Any, path: str) -> Any:
    """What stands at `.items[0].state`."""
    for name, index in re.findall(r"\.(\w+)|\[(\d+)\]", path):
        data = data[name] if name else data[int(index)]
    return data
