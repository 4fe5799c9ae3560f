"""Fills an empty installation with the worked example and forms of projects, and prints where they are."""

import json
import sys
from pathlib import Path

from hengliang.web.project.commands import set_up

set_up()

from django.core.management import call_command  # noqa: E402

from hengliang import api  # noqa: E402
from hengliang.web.accounts.models import Person  # noqa: E402
from hengliang.web.declarations import actions, actions_review  # noqa: E402
from hengliang.web.declarations.findings import open_findings  # noqa: E402
from hengliang.web.declarations.models import Declaration, Draft  # noqa: E402
from hengliang.web.project import demo  # noqa: E402
from tests.web.operation.installation import PASSWORD, ROOT  # noqa: E402

EXAMPLE: Path = ROOT / "examples" / "hengyang-2023.txt"


def main() -> None:
    call_command("migrate", interactive=False, verbosity=0)
    first, _ = demo.load(EXAMPLE, PASSWORD)
    form = api.read(EXAMPLE).forms[0].form
    names = ("甲项目", "乙项目", "丙项目")
    projects = [
        actions.begin(None, first.round, first.organisation, project=name, form=form) for name in names
    ]
    forms = [first, *projects]
    _without_errors(forms[3])
    sys.stdout.write(
        json.dumps([{"pk": one.pk, "rows": Draft.objects.get(declaration=one).rows} for one in forms])
    )


def _without_errors(declaration: Declaration) -> None:
    """Sets all errors aside, so that the form can be handed in again and again."""
    head = Person.objects.get(username="fuze")
    for placed in open_findings(declaration):
        if placed.finding.severity == "error":
            actions_review.set_aside(head, declaration, placed.finding.code, placed.row, placed.key, "留。")


main()
