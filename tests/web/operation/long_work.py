"""Asks an installation for long work (bringing forms in, reading one, writing documents), and looks at what
came of it."""

import hashlib
import json
import sys
import zipfile
from typing import Any

from hengliang.web.project.commands import set_up

set_up()

from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.core.management import call_command  # noqa: E402

from hengliang.form.model import Kind  # noqa: E402
from hengliang.web.accounts.models import Person  # noqa: E402
from hengliang.web.api import bulk  # noqa: E402
from hengliang.web.api.models import Imported  # noqa: E402
from hengliang.web.audit.models import Entry  # noqa: E402
from hengliang.web.audit.queries import verify  # noqa: E402
from hengliang.web.declarations import actions_files, queries  # noqa: E402
from hengliang.web.declarations.bundles import ask_bundle  # noqa: E402
from hengliang.web.declarations.exported import document  # noqa: E402
from hengliang.web.declarations.findings import working_of  # noqa: E402
from hengliang.web.declarations.models import Declaration, Draft, Round, Upload  # noqa: E402
from hengliang.web.files.models import StoredFile  # noqa: E402
from hengliang.web.files.queries import place_of  # noqa: E402
from hengliang.web.jobs.models import Job  # noqa: E402
from hengliang.web.project import demo  # noqa: E402
from tests.web.operation.installation import PASSWORD, ROOT  # noqa: E402


def _seed(count: int) -> int:
    """The worked example, and so many files of projects to be brought in."""
    call_command("migrate", interactive=False, verbosity=0)
    first, _ = demo.load(ROOT / "examples" / "hengyang-2023.txt", PASSWORD)
    form = working_of(first).form
    files = [
        SimpleUploadedFile(
            f"{number}.json",
            document(form.model_copy(update={"kind": Kind.PROJECT, "project": f"项目{number}"}), "json", ""),
        )
        for number in range(count)
    ]
    clerk = Person.objects.get(username="tianbao")
    start = queries.start(clerk, first.round.pk, first.organisation.pk)
    return bulk.ask_import(clerk, start, files, False).pk


def _read(rows: int) -> int:
    """One long document, for the draft of the example."""
    first = Declaration.objects.get(project="")
    form = working_of(first).form
    many = form.model_copy(update={"indicators": (form.indicators * rows)[:rows]})
    file = SimpleUploadedFile("长表.docx", document(many, "docx", ""))
    clerk = Person.objects.get(username="tianbao")
    return actions_files.hand_in(clerk, file, first.round, first.organisation, first).pk


def _bundle() -> int:
    """The documents of all forms."""
    return ask_bundle(
        Person.objects.get(username="tianbao"), Round.objects.get(), "forms", "xlsx", "zh_Hans"
    ).pk


def _after() -> dict[str, Any]:
    """What stands in the database and on the disk."""
    products = []
    for job in Job.objects.filter(file__isnull=False).select_related("file"):
        assert job.file is not None
        content = place_of(job.file.digest)
        with zipfile.ZipFile(content) as archive:
            whole = archive.testzip() is None
            names = archive.namelist()
        is_it = hashlib.sha256(content.read_bytes()).hexdigest() == job.file.digest
        products.append({"whole": whole and is_it, "files": len(set(names))})
    return {
        "jobs": {str(job.pk): [job.state, job.attempts] for job in Job.objects.all()},
        "ends": sorted(Entry.objects.filter(event="job.end").values_list("subject", flat=True)),
        "products": products,
        "zips": StoredFile.objects.filter(kind="zip").count(),
        "imported": sorted(Imported.objects.values_list("outcome", flat=True)),
        "projects": Declaration.objects.exclude(project="").count(),
        "drafts": Draft.objects.exclude(declaration__project="").count(),
        "uploads": Upload.objects.filter(name="长表.docx").count(),
        "faults": [str(one) for one in verify()],
    }


def main() -> None:
    asked = json.load(sys.stdin)
    steps = {"seed": _seed, "read": _read, "bundle": _bundle, "after": _after}
    sys.stdout.write(json.dumps(steps[asked[0]](*asked[1:])))


main()
