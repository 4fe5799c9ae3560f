"""How a job is shown: its name, its state in words, how far it is, what may be done about it."""

from typing import Any

from django.utils.translation import gettext as _

from hengliang.web.accounts.reader import language
from hengliang.web.accounts.said import from_data
from hengliang.web.jobs.models import Job
from hengliang.web.jobs.work import KINDS

_TONES = {"queued": "plain", "running": "plain", "done": "good", "failed": "bad", "cancelled": "watch"}


def _word(state: str) -> str:
    return {
        "queued": _("Waiting for its turn"),
        "running": _("Under way"),
        "done": _("Finished"),
        "failed": _("Failed"),
        "cancelled": _("Cancelled"),
    }[state]


def shown(job: Job) -> dict[str, Any]:
    """A job for `jobs/_progress.html`, `_state.html` and `_actions.html`."""
    kind = KINDS.get(job.kind)
    is_done = job.state == Job.State.DONE
    return {
        "pk": job.pk,
        "label": kind.label.say(language()) if kind else job.kind,
        "name": job.name,
        "state": job.state,
        "word": _word(job.state),
        "tone": _TONES[job.state],
        "done": job.done,
        "reached": f"{job.done + job.share / 100:.2f}",
        "total": job.total,
        "note": from_data(job.note).say(language()) if job.note else "",
        "problem": from_data(job.problem).say(language()) if job.problem else "",
        "has_ended": job.ended_at is not None,
        "is_again": job.deaths > 0 and job.state == Job.State.RUNNING,
        "may_retry": kind is not None and job.state in (Job.State.FAILED, Job.State.CANCELLED),
        "url": kind.url(job.result) if kind and kind.url and is_done else "",
        "file": job.file,
        "kept_until": job.kept_until,
        "is_gone": is_done and job.file is None and job.kept_until is not None,
        "asked_at": job.asked_at,
        "ended_at": job.ended_at,
    }
