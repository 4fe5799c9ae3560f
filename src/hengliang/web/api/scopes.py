"""What a token may be used for. A scope adds nothing to what its person may do: both are asked each time."""

from enum import StrEnum

from hengliang.base.message import Message, message
from hengliang.web.accounts.models import Person
from hengliang.web.accounts.policies import permissions_of
from hengliang.web.workflow.roles import Permission


class Scope(StrEnum):
    """One kind of use."""

    FORMS_READ = "forms:read"
    FORMS_WRITE = "forms:write"
    RECORDS_READ = "records:read"
    RECORDS_WRITE = "records:write"
    SCORES_READ = "scores:read"
    SCORES_WRITE = "scores:write"
    TOOLS_USE = "tools:use"


P = Permission
PERMISSIONS: dict[Scope, frozenset[Permission]] = {
    Scope.FORMS_READ: frozenset((P.VIEW, P.EVALUATE)),
    Scope.FORMS_WRITE: frozenset((P.EDIT,)),
    Scope.RECORDS_READ: frozenset((P.VIEW, P.LOAD)),
    Scope.RECORDS_WRITE: frozenset((P.LOAD,)),
    Scope.SCORES_READ: frozenset((P.VIEW, P.EVALUATE)),
    Scope.SCORES_WRITE: frozenset((P.EDIT,)),
    Scope.TOOLS_USE: frozenset((P.VIEW, P.EVALUATE)),
}
"""One of these the person must hold somewhere; objects are asked for apart, by the policies of their apps.
None of them is held by one of the three administrators."""

WORDS: dict[Scope, Message] = {
    Scope.FORMS_READ: message("Read rounds, forms, their versions, findings and readings"),
    Scope.FORMS_WRITE: message("Begin, change and import forms"),
    Scope.RECORDS_READ: message("Read ledgers, loads and batches"),
    Scope.RECORDS_WRITE: message("Hand in records of ledgers"),
    Scope.SCORES_READ: message("Read measurements and scores"),
    Scope.SCORES_WRITE: message("Have indicators measured"),
    Scope.TOOLS_USE: message("Review and read what is sent along, without keeping it"),
}


def open_to(person: Person) -> list[Scope]:
    """The scopes that a person's roles leave a use for, in their order."""
    held = permissions_of(person)
    return [scope for scope in Scope if PERMISSIONS[scope] & held]
