"""Signing in with the accounts of a city, where it is configured (OpenID Connect, code flow with PKCE).

Authlib carries state, nonce and code verifier in the session and checks the token; here stands what it must
hold: this issuer, this client, a key of the issuer, and a time that has not run out. Nothing that the
provider says gives anybody a right: see `sign_in.by_openid`.
"""

import hashlib
from datetime import UTC, datetime
from functools import cache
from typing import Any, NamedTuple

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.django_client import OAuth
from authlib.oauth2.claims import JWTClaims
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from joserfc.errors import JoseError
from requests import RequestException

ID_TOKEN = "accounts.openid"
"""The key of the session under which the token lies that the provider is shown when somebody signs out."""

SESSION = "accounts.openid_session"
"""The key of the session under which stands the digest of the session at the provider."""

_SECONDS = 10
"""So long the provider may take to answer; and so much may its clock differ from ours."""

_ALGORITHMS = "id_token_signing_alg_values_supported"
_SIGNED_OUT = "http://schemas.openid.net/event/backchannel-logout"

_FAILURES = (
    OAuthError,
    AuthlibBaseError,
    JoseError,
    RequestException,
    ValueError,
    KeyError,
    TypeError,
    RuntimeError,
)


class Unproven(Exception):  # noqa: N818
    """The provider could not be asked, or what it said does not prove who somebody is."""


class Proven(NamedTuple):
    """Who the provider says somebody is. `subject`: a digest of issuer and subject, the same at every
    sign-in; `session`: one of issuer and session there; `name`: the claim that names the account; `token`:
    what proved it."""

    subject: str
    session: str
    name: str
    token: str


class SignedOut(NamedTuple):
    """Who signed out at the provider, as `Proven` names it: all sessions of the subject, or the one session;
    one of both may be empty. `at`: when the provider said so."""

    subject: str
    session: str
    at: datetime


@cache
def _client(issuer: str, client_id: str, secret: str, scopes: str) -> Any:
    return OAuth().register(
        "city",
        client_id=client_id,
        client_secret=secret or None,
        server_metadata_url=f"{issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={
            "scope": scopes,
            "code_challenge_method": "S256",
            "default_timeout": _SECONDS,
            "token_endpoint_auth_method": "client_secret_basic" if secret else "none",
        },
    )


def _configured() -> Any:
    known = settings.OPENID
    return _client(known["issuer"], known["client_id"], known["secret"], known["scopes"])


def is_configured() -> bool:
    """Whether people may sign in this way."""
    return bool(settings.OPENID["issuer"])


def _checking() -> Any:
    """The client, once it takes no signature but one that the provider alone can make: many a provider lists
    `none` among its own."""
    client = _configured()
    metadata = client.load_server_metadata()
    listed = metadata.get(_ALGORITHMS) or ["RS256"]
    metadata[_ALGORITHMS] = [one for one in listed if one[:2] in ("RS", "PS", "ES", "Ed")]
    return client


def begin(request: HttpRequest, back: str) -> HttpResponse:
    """Leads to the provider, which leads back to the address `back`. Raises Unproven."""
    try:
        return _configured().authorize_redirect(request, back)
    except _FAILURES as error:
        raise Unproven(str(error)) from error


def is_awaited(request: HttpRequest) -> bool:
    """Whether somebody comes back with a state that this very browser was sent away with."""
    state = request.GET.get("state", "")
    return bool(state and _configured().framework.get_state_data(request.session, state))


def finish(request: HttpRequest) -> Proven:
    """Who came back from the provider. Raises Unproven for whatever does not prove it: another state, nonce,
    audience or issuer, a foreign or missing signature, a token that ran out, a code that was used."""
    known = settings.OPENID
    must_be = _from_there() | {"sub": {"essential": True}}
    try:
        token = _checking().authorize_access_token(request, claims_options=must_be, leeway=_SECONDS)
        claims = token["userinfo"]
        name = claims[known["claim"]]
        if known["claim"] == "email" and claims.get("email_verified") is not True:
            raise Unproven("the address was not verified")
        session = _digest("sid", claims.get("sid", ""))
        return Proven(_digest(claims["sub"]), session, str(name), str(token["id_token"]))
    except _FAILURES as error:
        raise Unproven(f"{type(error).__name__}: {error}") from error
    finally:
        # A state is good for one answer, also for one that brings an error.
        _configured().framework.clear_state_data(request.session, request.GET.get("state"))


class _LogoutToken(JWTClaims):
    """What OpenID Connect Back-Channel Logout 1.0 section 2.4 asks of a token that signs somebody out."""

    def validate(self, now: int | None = None, leeway: int = 0) -> None:
        """Raises ValueError and JoseError for a token of another kind."""
        super().validate(now, leeway)
        is_event = _SIGNED_OUT in self["events"] and "nonce" not in self
        if not is_event or not (self.get("sub") or self.get("sid")):
            raise ValueError("no logout token")


def signed_out(token: str) -> SignedOut:
    """Who signed out, as the provider tells it in a token that it signed. Raises Unproven."""
    must_be = _from_there() | {name: {"essential": True} for name in ("iat", "exp", "events")}
    try:
        claims = _checking().parse_id_token(
            {"id_token": token}, None, must_be, claims_cls=_LogoutToken, leeway=_SECONDS
        )
        subject, session = claims.get("sub", ""), claims.get("sid", "")
        return SignedOut(
            _digest(subject) if subject else "",
            _digest("sid", session) if session else "",
            datetime.fromtimestamp(claims["iat"] + _SECONDS, UTC),
        )
    except _FAILURES as error:
        raise Unproven(f"{type(error).__name__}: {error}") from error


def _from_there() -> dict[str, Any]:
    known = settings.OPENID
    return {
        "iss": {"essential": True, "value": known["issuer"]},
        "aud": {"essential": True, "value": known["client_id"]},
    }


def _digest(*names: str) -> str:
    """What is kept of a subject of the provider, or of a session there."""
    return hashlib.sha256("\0".join((settings.OPENID["issuer"], *names)).encode()).hexdigest()


def end_address(id_token: str, back: str) -> str:
    """Where somebody signs out at the provider too; empty when it offers no such place."""
    try:
        made = _configured().create_logout_url(post_logout_redirect_uri=back, id_token_hint=id_token)
        return str(made["url"])
    except _FAILURES:
        return ""
