"""Taking an entry into a form: a row put in beside its like, with where it came from kept in its history."""

from collections.abc import Callable

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from hengliang.base.message import message
from hengliang.form.levels import level1_of, level2_of
from hengliang.form.model import Indicator
from hengliang.web.accounts.models import Person
from hengliang.web.accounts.policies import Refused
from hengliang.web.audit.actions import record
from hengliang.web.declarations import actions as declarations
from hengliang.web.declarations.draft import Edit, Reorder, Working, new_row, opened
from hengliang.web.declarations.models import Declaration, Draft
from hengliang.web.declarations.origins import Shown, origin
from hengliang.web.library.models import Edition, Entry

KIND = "library"


@transaction.atomic
def adopt(actor: Person, entry: Entry, declaration: Declaration) -> str:
    """Puts a row with what an accepted entry says into the draft of a declaration; gives the id of the row.

    It stands after the last row of its level 2, else of its level 1, else at the end, and takes the spelling
    of the levels from its neighbour. Raises `Refused` when the entry is not accepted or the form is locked.
    """
    edition = entry.edition
    if entry.state != Entry.State.ACCEPTED or edition is None:
        raise Refused(message("Only accepted entries are taken into forms."))
    draft = Draft.objects.select_for_update(no_key=True).get(declaration=declaration)
    working = opened(draft.content, draft.rows)
    like, before = _place(working, edition)
    row = new_row()
    texts = {
        "level1": like.level1 if like and like.level1 else edition.level1,
        "level2": like.level2 if like and _same_level2(like, edition) else edition.level2,
        "name": edition.name,
        "operator": edition.operator,
        "target": edition.target,
        "unit": edition.unit,
        "explanation": edition.definition,
        "criterion": edition.criterion,
        "basis": edition.basis,
    }
    declarations.save(
        actor,
        declaration,
        draft.counter,
        [Edit(row, key, text) for key, text in texts.items() if text],
        [Reorder("insert", row, before, f"{KIND}:{entry.pk}.{edition.number}")],
    )
    record(
        actor,
        "library.adopt",
        f"entry:{entry.pk}",
        edition.name,
        declaration.organisation.code,
        edition=edition.number,
        declaration=declaration.pk,
        row=row,
    )
    return row


def _place(working: Working, edition: Edition) -> tuple[Indicator | None, str | None]:
    """The row after which an entry belongs, and the id of the row before which it is put."""
    rows = working.form.indicators
    level1 = ""
    found = None
    in_level1 = None
    for index, one in enumerate(rows):
        level1 = one.level1 or level1
        if _same(level1_of, level1, edition.level1):
            in_level1 = index
            if _same_level2(one, edition):
                found = index
    last = in_level1 if found is None else found
    if last is None:
        return None, None
    return rows[last], working.rows[last + 1] if last + 1 < len(rows) else None


def _same_level2(row: Indicator, edition: Edition) -> bool:
    """Whether a row stands under the level 2 of an entry."""
    return _same(level2_of, row.level2 or "", edition.level2)


def _same(meant: Callable[[str], object], mine: str, theirs: str) -> bool:
    """Whether two spellings mean the same level; those that mean none that is known are compared as texts."""
    known = meant(mine)
    return mine == theirs if known is None else known is meant(theirs)


@origin(KIND)
def _shown(reference: str) -> Shown:
    """`12.3`: entry 12 in its third edition."""
    entry, _dot, number = reference.partition(".")
    text = _("From the indicator library: entry {entry}, edition {number}").format(entry=entry, number=number)
    return Shown(text, reverse("library-entry", args=[int(entry)]))
