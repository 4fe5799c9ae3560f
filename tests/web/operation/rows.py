"""Prints the ids of the rows of a draft: which one, and the settings of the office, are given to it."""

import json
import os
import sys

from hengliang.web.project.commands import set_up

asked = json.load(sys.stdin)
os.environ.update({name: value for name, value in asked.items() if name != "pk"})
set_up()

from hengliang.web.declarations.models import Draft  # noqa: E402

sys.stdout.write(json.dumps(Draft.objects.get(declaration=asked["pk"]).rows))
