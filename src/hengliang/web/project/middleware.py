"""What every request and every answer passes through."""

import time
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseRedirectBase
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _

from hengliang.measure.store import StoreError
from hengliang.web.accounts.reader import language, person_of
from hengliang.web.api.language import speak
from hengliang.web.evidence.damage import logged, place_in_store
from hengliang.web.evidence.ground import servers

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "worker-src 'self' blob:",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)

_TOUCHED = "project.touched"
"""The key of the session under which stands when it was last written."""


def with_tiles(policy: str, tiles: str) -> str:
    """The policy with the servers of map tiles added to those that a page may ask. Raises `NoTiles`."""
    own = "connect-src 'self'"
    return policy.replace(own, " ".join([own, *servers(tiles)]))


Handler = Callable[[HttpRequest], HttpResponse]


def security_headers(get_response: Handler) -> Handler:
    """Adds the headers that tell a browser to run nothing but what this server sent."""
    # An address of tiles that cannot be asked is found when the server starts.
    with_tiles(CONTENT_SECURITY_POLICY, settings.MAP_TILES)

    def handle(request: HttpRequest) -> HttpResponse:
        policy = with_tiles(CONTENT_SECURITY_POLICY, settings.MAP_TILES)
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return handle


def address_behind_proxy(get_response: Handler) -> Handler:
    """Takes the address of the one who asks from the server in front, where there is one: from the last entry
    of X-Forwarded-For, which that server wrote itself."""

    def handle(request: HttpRequest) -> HttpResponse:
        if settings.BEHIND_TLS:
            request.META["REMOTE_ADDR"] = request.headers.get("X-Forwarded-For", "").split(",")[-1].strip()
        return get_response(request)

    return handle


def no_nul(get_response: Handler) -> Handler:
    """Refuses what no database can look for: NUL in the address, in a field or in a cookie. JSON is looked
    through by those who read it."""

    def handle(request: HttpRequest) -> HttpResponse:
        texts = [request.path, *request.COOKIES.values()]
        # Programs send JSON alone; of other bodies nothing is to be read before they are known.
        is_program = request.path.startswith("/api/")
        for fields in (request.GET,) if is_program else (request.GET, request.POST):
            texts += (text for name, values in fields.lists() for text in (name, *values))
        if any("\0" in text for text in texts):
            raise BadRequest("NUL")
        return get_response(request)

    return handle


def page_of_wrong_method(get_response: Handler) -> Handler:
    """Shows a page with a way back to whoever opens an address that only takes forms."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not isinstance(response, HttpResponseNotAllowed) or request.path.startswith("/api/"):
            return response
        page = render(request, "405.html", status=405)
        page["Allow"] = response["Allow"]
        return page

    return handle


class PageOfDamage:
    """Shows what is damaged and what the administrator does, where a page needs records that are lost."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answers a damaged store; all else is not for here."""
        if not isinstance(error, StoreError):
            return None
        context = {
            "page_title": _("Records are damaged"),
            "reason": logged(error).say(language()),
            "file": place_in_store(error),
        }
        page = render(request, "damaged.html", context, status=500)
        # It stands in the log already, in one line.
        vars(page)["_has_been_logged"] = True
        return page


def way_on_told(get_response: Handler) -> Handler:
    """Tells the script that sends a large file where the page goes on, in Location. Of a redirect the browser
    would fetch the next page unseen, and what that page says once would be lost."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if "X-Shows-Progress" in request.headers and isinstance(response, HttpResponseRedirectBase):
            response.status_code = 200
        return response

    return handle


def keep_session_alive(get_response: Handler) -> Handler:
    """Writes the session of whoever is signed in, so that it lasts as long as it is used; now and then only,
    since readers would else wait for the one writer of an embedded database."""

    def handle(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(time.time())
            if now - request.session.get(_TOUCHED, 0) >= settings.SESSION_TOUCH_SECONDS:
                request.session[_TOUCHED] = now
        return get_response(request)

    return handle


def _switched(request: HttpRequest) -> str | None:
    """The language that was chosen by the switch on a page."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    return chosen if chosen in dict(settings.LANGUAGES) else None


def first_language(get_response: Handler) -> Handler:
    """Speaks the language of the browser's switch, else Chinese, until it is known who reads: a request that
    is refused before then would else be answered in the language of whom the thread served last."""

    def handle(request: HttpRequest) -> HttpResponse:
        translation.activate(_switched(request) or settings.LANGUAGE_CODE)
        return get_response(request)

    return handle


def own_language(get_response: Handler) -> Handler:
    """Speaks Chinese unless the reader chose a language: by the switch on the page, else in the own account.

    A browser's own list of languages is not asked: office machines carry foreign ones by accident. Programs
    say what they want.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        if speak(request):
            return get_response(request)
        chosen = _switched(request)
        if chosen is None and request.user.is_authenticated:
            chosen = person_of(request).language
        translation.activate(chosen or settings.LANGUAGE_CODE)
        return get_response(request)

    return handle
