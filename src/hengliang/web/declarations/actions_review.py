"""Writes of the review: comments and their answers, findings set aside, opinions."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from hengliang.base.message import message
from hengliang.form.field import text_at
from hengliang.web.accounts.actions import tell
from hengliang.web.accounts.models import Person
from hengliang.web.accounts.policies import Refused
from hengliang.web.accounts.queries import people_with
from hengliang.web.audit.actions import record
from hengliang.web.declarations import policies
from hengliang.web.declarations.draft import FORM, TEXT_FIELDS
from hengliang.web.declarations.findings import count_open, findings_of, working_of
from hengliang.web.declarations.models import Comment, Declaration, Opinion, Overruling, Version
from hengliang.web.declarations.versions import locked
from hengliang.web.workflow.opinion import POINTS, grades_in, overall
from hengliang.web.workflow.roles import Role


@transaction.atomic
def comment(actor: Person, declaration: Declaration, row: str, key: str, text: str) -> Comment:
    """A remark on a cell, on a row (empty key) or on the whole form (row `form`). Tells the unit."""
    if not policies.may_ask(actor, declaration):
        raise Refused(message("Only reviewers of other organisations put comments on a form."))
    working = working_of(declaration)
    if row != FORM and (row not in working.rows or key not in ("", *TEXT_FIELDS)):
        raise Refused(message("The form has no such cell any more."))
    made = Comment.objects.create(declaration=declaration, row=row, key=key, text=text.strip(), author=actor)
    _noted(actor, declaration, "ask", made)
    unit = people_with((Role.CLERK, Role.UNIT_HEAD), declaration.organisation)
    said = message(
        "{who} asked about {name}: {text}", who=actor.full_name, name=str(declaration), text=made.text
    )
    tell(unit, "comment.ask", said, f"/declarations/{declaration.pk}/comments/")
    return made


@transaction.atomic
def answer(actor: Person, parent: Comment, text: str) -> Comment:
    """An answer to a comment. Tells whoever asked, or the unit when the one who asked goes on."""
    if not policies.may_answer(actor, parent.declaration):
        raise Refused(message("Only the declaring unit and its reviewers answer comments."))
    declaration = parent.declaration
    made = Comment.objects.create(
        declaration=declaration,
        parent=parent,
        row=parent.row,
        key=parent.key,
        text=text.strip(),
        author=actor,
    )
    _noted(actor, declaration, "answer", made)
    told = (
        people_with((Role.CLERK, Role.UNIT_HEAD), declaration.organisation)
        if actor == parent.author
        else [parent.author]
    )
    said = message(
        "{who} answered on {name}: {text}", who=actor.full_name, name=str(declaration), text=made.text
    )
    tell(told, "comment.answer", said, f"/declarations/{declaration.pk}/comments/")
    return made


@transaction.atomic
def settle(actor: Person, asked: Comment, settled: bool = True) -> None:
    """Marks a comment as settled, or as open again; reviewers do."""
    if not policies.may_ask(actor, asked.declaration):
        raise Refused(message("A comment is settled by a reviewer."))
    now = Comment.objects.select_for_update(of=("self",), no_key=True).get(pk=asked.pk)
    if (now.resolved_at is not None) == settled:
        return
    now.resolved_at = timezone.now() if settled else None
    now.resolved_by = actor.username if settled else ""
    now.save()
    _noted(actor, asked.declaration, "settle" if settled else "reopen", now)


def _noted(actor: Person, declaration: Declaration, what: str, about: Comment) -> None:
    record(
        actor,
        f"comment.{what}",
        f"declaration:{declaration.pk}",
        str(declaration),
        declaration.organisation.code,
        comment=about.pk,
        row=about.row,
        key=about.key,
    )


@transaction.atomic
def set_aside(
    actor: Person, declaration: Declaration, code: str, row: str, key: str, reason: str
) -> Overruling:
    """Sets a finding aside for as long as the text that it is about stands. Raises `Refused`."""
    declaration = locked(declaration).declaration
    if not policies.may_set_aside(actor, declaration):
        raise Refused(message("A finding is set aside by the unit while it writes, or by its reviewers."))
    if not reason.strip():
        raise Refused(message("A reason is needed."))
    working = working_of(declaration)
    found = [
        one
        for one in findings_of(declaration, working)
        if (one.finding.code, one.row, one.key) == (code, row, key)
    ]
    if not found:
        raise Refused(message("This finding is not there any more."))
    made, _ = Overruling.objects.update_or_create(
        declaration=declaration,
        code=code,
        row=row,
        path=key,
        defaults={
            "text": text_at(working.form, found[0].finding.spots[0].path) or "",
            "reason": reason.strip(),
            "person": actor,
        },
    )
    count_open(declaration)
    record(
        actor,
        "finding.set_aside",
        f"declaration:{declaration.pk}",
        str(declaration),
        declaration.organisation.code,
        code=code,
        row=row,
        key=key,
        reason=reason.strip(),
    )
    return made


@transaction.atomic
def take_up(actor: Person, overruling: Overruling) -> None:
    """Takes a finding up again that was set aside. Raises `Refused`."""
    declaration = locked(overruling.declaration).declaration
    if not policies.may_set_aside(actor, declaration):
        raise Refused(message("A finding is set aside by the unit while it writes, or by its reviewers."))
    gone, _ = Overruling.objects.filter(pk=overruling.pk).delete()
    if not gone:
        raise Refused(message("This finding is not there any more."))
    count_open(declaration)
    record(
        actor,
        "finding.take_up",
        f"declaration:{declaration.pk}",
        str(declaration),
        declaration.organisation.code,
        code=overruling.code,
        row=overruling.row,
        key=overruling.path,
    )


class Overtaken(Exception):  # noqa: N818
    """Somebody wrote the same opinion since the page was loaded; nothing was changed. `by`: who."""

    def __init__(self, by: str) -> None:
        super().__init__("the opinion was written in the meantime")
        self.by = by


def state_of(opinion: Opinion | None) -> str:
    """What tells one writing of an opinion from another; empty while there is none."""
    return opinion.at.isoformat() if opinion else ""


@transaction.atomic
def write_opinion(
    actor: Person,
    declaration: Declaration,
    grades: Mapping[str, str],
    remarks: Mapping[str, str],
    text: str,
    amendments: str,
    base: str | None = None,
) -> Opinion:
    """The opinion of the side that the actor writes for, on the newest version.

    The overall grade follows from the eight by the rule; it is empty while one of them has no grade. `base`
    is what `state_of` said of the opinion that the page showed: when a colleague wrote in between, nothing is
    changed and `Overtaken` is raised. None writes over whatever stands.
    """
    declaration = locked(declaration).declaration
    side = policies.opinion_side(actor, declaration)
    version = Version.objects.filter(declaration=declaration).order_by("-number").first()
    if side is None or version is None:
        raise Refused(message("You do not write an opinion on this form now."))
    before = Opinion.objects.filter(version=version, side=side).select_related("author").first()
    if base is not None and base != state_of(before):
        raise Overtaken(before.author.full_name if before else "")
    given = grades_in(grades)
    said = {point.key: remarks[point.key].strip() for point in POINTS if remarks.get(point.key, "").strip()}
    opinion, _ = Opinion.objects.update_or_create(
        version=version,
        side=side,
        defaults={
            "grades": given,
            "remarks": said,
            "grade": overall(given) or "",
            "text": text.strip(),
            "amendments": amendments.strip(),
            "author": actor,
        },
    )
    record(
        actor,
        "opinion.write",
        f"declaration:{declaration.pk}",
        str(declaration),
        declaration.organisation.code,
        side=side,
        version=version.number,
        grades=given,
        grade=opinion.grade,
    )
    return opinion
