"""Who may do what with the library."""

from hengliang.base.message import message
from hengliang.web.accounts.models import Organisation, Person
from hengliang.web.accounts.policies import Refused, assignments_of, may
from hengliang.web.library.models import Entry
from hengliang.web.workflow.roles import PERMISSIONS, Permission

PROPOSERS = (Permission.EDIT, Permission.REVIEW_DEPARTMENT, Permission.REVIEW_FINANCE, Permission.APPROVE)


def keeper_of(person: Person) -> Organisation | None:
    """The organisation for which a person keeps the library: the highest one whose finance the person
    reviews."""
    paths = [path for role, path in assignments_of(person) if Permission.REVIEW_FINANCE in PERMISSIONS[role]]
    return Organisation.objects.filter(path__in=paths).order_by("path").first()


def may_keep(person: Person, entry: Entry) -> bool:
    """Whether a person decides on an entry: a finance reviewer of the organisation that keeps it or of one
    above; any finance reviewer for what came with the application."""
    return may(person, Permission.REVIEW_FINANCE, entry.keeper)


def require_keep(person: Person, entry: Entry) -> None:
    """Raises `Refused` unless `may_keep`."""
    if not may_keep(person, entry):
        raise Refused(message("Only the finance side that keeps this entry decides on it."))
