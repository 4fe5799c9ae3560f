"""Who calls, by which token, and whether the token and the person's roles reach so far."""

from typing import cast

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from hengliang.base.message import message
from hengliang.web.accounts.models import Person
from hengliang.web.accounts.policies import may
from hengliang.web.accounts.sign_in import is_held_up
from hengliang.web.api import queries
from hengliang.web.api.actions import count_call
from hengliang.web.api.models import Token
from hengliang.web.api.problems import BEARER, Problem, unsigned
from hengliang.web.api.scopes import PERMISSIONS, Scope
from hengliang.web.audit.actions import set_through


class TokenRequest(HttpRequest):
    """A request that came with a token."""

    auth: Token


def caller(request: HttpRequest) -> Person:
    """The person for whom a program calls."""
    return cast("TokenRequest", request).auth.person


class ByToken(HttpBearer):
    """Lets in who shows a token with a scope. Cookies are not looked at, so no page of another site can use
    the session of a browser."""

    def __init__(self, scope: Scope | None) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Token:
        """The token that was shown. Raises `Problem`."""
        found = queries.token_of(token)
        if found is None:
            raise unsigned(message("There is no such token."), "token")
        if found.ended_at is not None or found.expires_at <= timezone.now():
            raise unsigned(message("The token has expired or was revoked."), "token")
        person, now = found.person, timezone.now()
        if not person.is_active or (person.locked_until is not None and person.locked_until > now):
            raise unsigned(message("The account of the token is closed or locked."), "account")
        if is_held_up(person):
            raise unsigned(
                message("The password must be changed on the page before the token works."), "account"
            )
        if (wait := count_call(found)) is not None:
            raise Problem(
                429,
                message("This minute's calls are used up. Wait {seconds} seconds.", seconds=wait),
                "rate",
                headers={"Retry-After": str(wait)},
            )
        if self.scope is not None:
            self._check(found, self.scope)
        set_through(str(found))
        return found

    def _check(self, token: Token, scope: Scope) -> None:
        if scope not in token.scopes:
            raise Problem(
                403,
                message("The token lacks the scope {scope}.", scope=scope.value),
                "scope",
                headers={"WWW-Authenticate": f'{BEARER}, error="insufficient_scope", scope="{scope.value}"'},
            )
        if not any(may(token.person, permission) for permission in PERMISSIONS[scope]):
            raise Problem(403, message("Your roles do not permit this here."))
