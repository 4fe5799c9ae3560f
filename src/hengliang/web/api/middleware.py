"""What everything under /api passes through: problems for all faults, and the end of acting by a token."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from hengliang.web.api import problems
from hengliang.web.api.language import PREFIX, accepted
from hengliang.web.audit.actions import through

Handler = Callable[[HttpRequest], HttpResponse]
_KEPT = ("Allow", "Retry-After", "WWW-Authenticate")


def answers_of_the_interface(get_response: Handler) -> Handler:
    """Answers faults of every kind as problems, whoever found them: the router, a middleware, the server."""

    def handle(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith("/api/"):
            return get_response(request)
        is_head = request.method == "HEAD"
        if is_head and request.path.startswith(PREFIX):
            # What can be got can be asked for by its head; the server leaves the body out.
            request.method = "GET"
        with through(""):
            response = get_response(request)
        if response.status_code >= 400 and response.headers.get("Content-Type") != problems.MEDIA_TYPE:
            plain = problems.plain(request, response.status_code)
            for name in _KEPT:
                if name in response.headers:
                    plain[name] = response[name]
            response = plain
        if request.path.startswith(PREFIX):
            response["Content-Language"] = "en" if accepted(request) == "en" else "zh-Hans"
            response["Vary"] = "Accept-Language, Authorization"
        if is_head and not response.streaming:
            response["Content-Length"] = str(len(response.content))
            response.content = b""  # pyright: ignore[reportAttributeAccessIssue]
        return response

    return handle
