"""What an installation holds after its processes were killed, against what it acknowledged.

Reads what was acknowledged from standard input and prints, as JSON, every fault that it finds.
"""

import hashlib
import json
import sys
from collections import defaultdict
from datetime import timedelta
from itertools import pairwise
from typing import Any

from hengliang.web.project.commands import set_up

set_up()

from django.conf import settings  # noqa: E402

from hengliang.form.field import text_at  # noqa: E402
from hengliang.measure.store import RECORDS, Store  # noqa: E402
from hengliang.web.audit.models import Entry  # noqa: E402
from hengliang.web.audit.queries import verify  # noqa: E402
from hengliang.web.declarations.draft import opened  # noqa: E402
from hengliang.web.declarations.models import Change, Comment, Declaration, Draft, Step, Version  # noqa: E402
from hengliang.web.evidence.models import Load  # noqa: E402
from hengliang.web.evidence.queries import store_folder  # noqa: E402
from hengliang.web.files.models import StoredFile  # noqa: E402
from hengliang.web.files.queries import damaged, place_of  # noqa: E402
from hengliang.web.jobs import actions as jobs  # noqa: E402
from hengliang.web.jobs.models import Job  # noqa: E402
from hengliang.web.project.commands.worker import make_worker  # noqa: E402

Note = dict[str, Any]


def main() -> None:
    noted: list[Note] = json.load(sys.stdin)
    _end_all_work()
    faults = [f"chain {one.number}: {one.reason.say('en')}" for one in verify()]
    faults += [
        *_saves(noted),
        *_lost_updates(noted),
        *_comments(noted),
        *_moves(noted),
        *_loads(noted),
        *_files(),
    ]
    counts = {
        "entries": Entry.objects.count(),
        "changes": Change.objects.count(),
        "begun_again": Job.objects.filter(attempts__gt=1).count(),
        "without_row": _without_row(),
    }
    sys.stdout.write(json.dumps({"faults": faults, "counts": counts}, ensure_ascii=False))


def _end_all_work() -> None:
    """Work whose worker was killed is begun again, without waiting until it counts as lost."""
    jobs.LEASE = timedelta(0)
    for _ in range(jobs.ATTEMPTS + 1):
        jobs.recover()
        make_worker(batch=True).run()


def _saves(noted: list[Note]) -> list[str]:
    """Every acknowledged save stands in the history; draft, history and log agree."""
    faults: list[str] = []
    for one in (one for one in noted if one["kind"] == "save"):
        rows = Change.objects.filter(declaration=one["pk"], counter=one["version"], person=one["person"])
        found = {(row.row, row.key): row.after for row in rows}
        faults += [
            f"lost: {one}"
            for row, key, value in one["cells"]
            if found.get((row, key)) != value
        ]  # fmt: skip
    for draft in Draft.objects.select_related("declaration"):
        changes = list(Change.objects.filter(declaration=draft.declaration).order_by("counter", "pk"))
        counters = sorted({change.counter for change in changes})
        if counters != list(range(2, draft.counter + 1)):
            faults.append(f"draft {draft.pk}: counts {draft.counter}, its history {counters[-3:]}")
        subject = f"declaration:{draft.declaration.pk}"
        logged = Entry.objects.filter(event="declaration.save", subject=subject).count()
        if logged != len(counters):
            faults.append(f"draft {draft.pk}: {len(counters)} saves, {logged} in the log")
        working = opened(draft.content, draft.rows)
        last = {(change.row, change.key): change.after for change in changes}
        for (row, key), after in last.items():
            if (text_at(working.form, working.path(row, key)) or None) != (after or None):
                faults.append(f"draft {draft.pk}: {row}/{key} is not what was saved last")
    return faults


def _lost_updates(noted: list[Note]) -> list[str]:
    """Nobody wrote over a cell that somebody else had changed after the state it was based on."""
    faults: list[str] = []
    for one in (one for one in noted if one["kind"] == "save"):
        for row, key, value in one["cells"]:
            between = Change.objects.filter(
                declaration=one["pk"], row=row, key=key, counter__gt=one["base"], counter__lt=one["version"]
            ).exclude(person=one["person"])
            faults += [f"written over unseen: {change.after} by {value}" for change in between]
    cells: dict[tuple[int, str, str], list[Change]] = defaultdict(list)
    for change in Change.objects.order_by("counter", "pk"):
        cells[change.declaration_id, change.row, change.key].append(change)  # pyright: ignore
    for cell, changes in cells.items():
        faults += [
            f"{cell}: {after.before} is not {before.after}"
            for before, after in pairwise(changes)
            if (after.before or None) != (before.after or None)
        ]
    return faults


def _comments(noted: list[Note]) -> list[str]:
    said = set(Comment.objects.values_list("declaration", "text"))
    faults = [
        f"lost: {one}" for one in noted if one["kind"] == "comment" and (one["pk"], one["text"]) not in said
    ]
    logged = set(Entry.objects.filter(event="comment.ask").values_list("detail__comment", flat=True))
    if logged != set(Comment.objects.filter(parent=None).values_list("pk", flat=True)):
        faults.append("comments and log differ")
    return faults


def _moves(noted: list[Note]) -> list[str]:
    """Steps follow one another without a gap, end in the state, and stand in the log with their versions."""
    faults: list[str] = []
    for declaration in Declaration.objects.all():
        steps = list(Step.objects.filter(declaration=declaration).order_by("pk"))
        acknowledged = [one["move"] for one in noted if one["kind"] == "move" and one["pk"] == declaration.pk]
        rest = iter(step.move for step in steps)
        # `in` goes on where it stopped: the acknowledged moves stand among the made ones, in their order.
        faults += [f"lost: {name} of {declaration.pk}" for name in acknowledged if name not in rest]
        states = ["draft", *(step.target for step in steps)]
        if [step.source for step in steps] != states[:-1] or declaration.state != states[-1]:
            faults.append(f"declaration {declaration.pk}: {states[-3:]} but {declaration.state}")
        logged = Entry.objects.filter(
            subject=f"declaration:{declaration.pk}", event__startswith="declaration."
        )
        logged = logged.exclude(event__in=("declaration.begin", "declaration.save"))
        if [one.detail["target"] for one in logged.order_by("number")] != states[1:]:
            faults.append(f"declaration {declaration.pk}: steps and log differ")
        numbers = list(Version.objects.filter(declaration=declaration).order_by("number"))
        if [one.number for one in numbers] != list(range(1, len(numbers) + 1)):
            faults.append(f"declaration {declaration.pk}: versions {numbers}")
    return faults


def _loads(noted: list[Note]) -> list[str]:
    """Every file that was handed in is kept; its work ended, and the batch that it names is whole."""
    kept = dict(Load.objects.values_list("pk", "file__name"))
    faults = [
        f"lost: {one}" for one in noted if one["kind"] == "load" and kept.get(one["load"]) != one["name"]
    ]
    for load in Load.objects.select_related("job", "organisation"):
        if load.job is None or load.job.state not in ("done", "failed"):
            faults.append(f"load {load.pk}: its work did not end")
        elif load.job.state == "failed":
            if load.job.attempts < jobs.ATTEMPTS:
                faults.append(f"load {load.pk}: {load.job.problem}")
        else:
            store = Store(store_folder(load.organisation))
            batch = {found.id: found for found in store.batches()}.get(load.batch)
            if batch is None:
                faults.append(f"load {load.pk}: no batch {load.batch}")
            elif (
                hashlib.sha256((store.place(batch) / RECORDS).read_bytes()).hexdigest()
                != batch.content_sha256
            ):
                faults.append(f"load {load.pk}: batch {load.batch} is half")
    asked = Entry.objects.filter(event="job.ask").count()
    if asked != Job.objects.count():
        faults.append(f"{Job.objects.count()} jobs, {asked} in the log")
    return faults


def _files() -> list[str]:
    faults = [f"file {name}: lost or damaged" for _, name in damaged()]
    kept = Entry.objects.filter(event="file.keep").count()
    if kept != StoredFile.objects.count():
        faults.append(f"{StoredFile.objects.count()} files, {kept} in the log")
    return faults


def _without_row() -> int:
    """Contents that no row names: of uploads that were killed before they were acknowledged."""
    known = {place_of(digest) for digest in StoredFile.objects.values_list("digest", flat=True)}
    return sum(path.is_file() and path not in known for path in settings.MEDIA_ROOT.rglob("*"))


main()
