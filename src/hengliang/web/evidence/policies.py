"""Who sees what of records."""

from hengliang.base.message import message
from hengliang.web.accounts.models import Organisation, Person
from hengliang.web.accounts.policies import Refused, may
from hengliang.web.workflow.roles import Permission


def may_hand_in(person: Person, organisation: Organisation) -> bool:
    """Whether a person may hand in records for an organisation."""
    return may(person, Permission.LOAD, organisation)


def may_see_persons(person: Person, organisation: Organisation) -> bool:
    """Whether a person sees the columns with persons, devices and answers: only the unit whose records they
    are (个人信息保护法 art. 6: no more than the purpose needs)."""
    return may_hand_in(person, organisation)


def require_persons(person: Person, organisation: Organisation) -> None:
    """Raises `Refused` unless `may_see_persons`."""
    if not may_see_persons(person, organisation):
        raise Refused(message("Only the unit whose records they are sees the persons in them."))
