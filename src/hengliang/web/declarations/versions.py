"""The draft under a lock, and the versions that are made of it and brought back into it. Each is part of the
transaction of an act."""

from hengliang.base.canonical import digest_of
from hengliang.web.accounts.models import Person
from hengliang.web.declarations.draft import opened
from hengliang.web.declarations.findings import save_counted
from hengliang.web.declarations.models import Change, Declaration, Draft, Version


def locked(declaration: Declaration) -> Draft:
    """The draft, held against other writers until the end of the transaction."""
    draft = Draft.objects.select_for_update(of=("self",), no_key=True).get(declaration=declaration.pk)
    draft.declaration = Declaration.objects.select_related("organisation", "round").get(pk=declaration.pk)
    return draft


def keep(actor: Person, draft: Draft, why: str) -> Version:
    """The newest version, after one was made of the draft if that says something else."""
    declaration = draft.declaration
    latest = Version.objects.filter(declaration=declaration).order_by("-number").first()
    now = digest_of(draft.content)
    if latest is not None and latest.digest == now:
        return latest
    since = Change.objects.filter(declaration=declaration)
    if latest is not None:
        since = since.filter(at__gt=latest.made_at)
    return Version.objects.create(
        declaration=declaration,
        number=latest.number + 1 if latest else 1,
        content=draft.content,
        rows=draft.rows,
        digest=now,
        why=why,
        made_by=actor.username,
        writers=sorted(set(since.values_list("person", flat=True))),
    )


def restore(draft: Draft, version: Version, actor: Person) -> None:
    """Puts the version in force back into the draft that is held."""
    working = opened(version.content, version.rows or None)
    draft.content, draft.rows = version.content, list(working.rows)
    draft.counter += 1
    draft.saved_by = actor.username
    save_counted(draft, working)
    Change.objects.create(
        declaration=draft.declaration,
        counter=draft.counter,
        row="form",
        key="*",
        after=version.digest,
        person=actor.username,
    )
