"""What went wrong, as `application/problem+json` (RFC 9457), in the language that was asked for."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from hengliang.base.message import Message, message
from hengliang.base.profile import ProfileError
from hengliang.criteria.question import QuestionError
from hengliang.form.errors import UnreadableFile
from hengliang.form.exchange import ExchangeError
from hengliang.form.writers.errors import UnwritableForm
from hengliang.measure.store import StoreError
from hengliang.web.accounts.policies import Refused
from hengliang.web.api.language import accepted
from hengliang.web.declarations.actions import Conflicts
from hengliang.web.declarations.actions_moves import Missing
from hengliang.web.declarations.draft import BadEdit
from hengliang.web.evidence.damage import logged
from hengliang.web.files.actions import BadFile

MEDIA_TYPE = "application/problem+json"
BEARER = 'Bearer realm="hengliang"'

TITLES: dict[int, Message] = {
    400: message("The request cannot be understood"),
    401: message("A valid token is needed"),
    403: message("This is not permitted"),
    404: message("There is nothing at this address"),
    405: message("This address does not take this method"),
    409: message("This does not go with the state of things"),
    412: message("It was changed in the meantime"),
    413: message("Too much was sent"),
    415: message("This kind of content is not taken here"),
    422: message("What was sent does not fit"),
    428: message("Say which state the change is based on"),
    429: message("Too many calls"),
    500: message("The server failed"),
}

DETAILS: dict[int, Message] = {
    404: message("Nothing is found here, or it was taken away. Look the address up in the documentation."),
    405: message("Look up in the header Allow which methods are taken."),
    413: message("Send less at a time."),
    500: message("The fault stands in the log of the server. Nothing was changed."),
}
"""What is said where nothing more is known."""


class Problem(Exception):  # noqa: N818
    """An answer that is a problem; the one way in which routes say no."""

    def __init__(
        self,
        status: int,
        detail: Message,
        kind: str = "",
        errors: Sequence[Mapping[str, Any]] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail.say("en"))
        self.status, self.detail, self.kind = status, detail, kind
        self.errors, self.headers = errors, dict(headers or {})


def answer(request: HttpRequest, problem: Problem) -> HttpResponse:
    """A problem as it is sent."""
    language = "en" if accepted(request) == "en" else "zh_Hans"
    said: dict[str, Any] = {
        "type": f"urn:hengliang:problem:{problem.kind}" if problem.kind else "about:blank",
        "title": TITLES.get(problem.status, TITLES[500 if problem.status >= 500 else 400]).say(language),
        "status": problem.status,
        "detail": problem.detail.say(language),
        "instance": request.path,
    }
    if problem.errors:
        said["errors"] = [
            {
                name: value.say(language) if isinstance(value, Message) else value
                for name, value in one.items()
            }
            for one in problem.errors
        ]
    return HttpResponse(
        json.dumps(said, ensure_ascii=False),
        status=problem.status,
        content_type=MEDIA_TYPE,
        headers=problem.headers,
    )


def plain(request: HttpRequest, status: int) -> HttpResponse:
    """A problem of which no more is known than its status."""
    return answer(request, Problem(status, DETAILS.get(status, TITLES.get(status, TITLES[400]))))


def unsigned(reason: Message | None = None, kind: str = "") -> Problem:
    """Nobody is known by what was shown."""
    said = reason or message("Send a personal token in the header: Authorization: Bearer hl_…")
    error = ', error="invalid_token"' if reason else ""
    return Problem(401, said, kind, headers={"WWW-Authenticate": BEARER + error})


def _pointer(path: str) -> str:
    return "".join(f"/{part}" for part in path.split("/") if part)


def _of(error: Exception) -> Problem:
    """The problem that an exception of the core or of another app is."""
    match error:
        case Problem():
            return error
        case AuthenticationError():
            return unsigned()
        case Refused():
            return Problem(403, error.reason)
        case Http404():
            return Problem(404, DETAILS[404])
        case ValidationError():
            return Problem(
                422,
                message("Fields are missing or do not fit; they are named in `errors`."),
                "fields",
                [_field(one) for one in error.errors],
            )
        case ExchangeError():
            return Problem(
                422,
                message("The form cannot be read."),
                "form",
                [{"pointer": _pointer(error.path), "detail": error.reason}],
            )
        case UnreadableFile():
            return Problem(
                422, message("{reason} {remedy}", reason=error.reason, remedy=error.remedy), "file"
            )
        case StoreError():
            return Problem(500, logged(error), "records")
        case BadFile() | QuestionError():
            return Problem(422, error.reason)
        case BadEdit():
            return Problem(422, error.reason, "cell", [{"row": error.row, "key": error.key}])
        case ProfileError():
            return Problem(422, message("{fault}", fault=str(error)))
        case UnwritableForm():
            return Problem(422, message("The form cannot be written in this format."))
        case Missing():
            return Problem(409, error.needs[0], errors=[{"detail": need} for need in error.needs])
        case Conflicts():
            return changed(error)
        case RequestDataTooBig() | TooManyFilesSent() | TooManyFieldsSent():
            return Problem(413, DETAILS[413])
        case HttpError(__cause__=Problem() as cause):
            # What the parser of bodies refused.
            return cause
        case HttpError():
            return Problem(error.status_code, message("The body is no JSON that can be read."))
        case _:
            raise error


def changed(error: Conflicts) -> Problem:
    """Somebody else saved in the meantime."""
    return Problem(
        412,
        message("The draft stands at {counter} now. Read it again, and send your change for that.",
                counter=error.counter),
        "changed",
        [
            {"row": one.row, "key": one.key, "yours": one.mine, "theirs": one.theirs}
            for one in error.conflicts
        ],
    )  # fmt: skip


_SAID: dict[str, Message] = {
    "missing": message("this is missing"),
    "int_parsing": message("a whole number is asked for"),
    "int_type": message("a whole number is asked for"),
    "int_from_float": message("a whole number is asked for"),
    "string_type": message("a text is asked for"),
    "string_too_long": message("the text is too long"),
    "string_too_short": message("the text is too short"),
    "string_pattern_mismatch": message("the text does not have the form that is asked for"),
    "greater_than_equal": message("the number is too small"),
    "less_than_equal": message("the number is too large"),
    "bool_parsing": message("true or false is asked for"),
    "bool_type": message("true or false is asked for"),
    "list_type": message("a list is asked for"),
    "dict_type": message("an object is asked for"),
    "too_long": message("there are too many"),
    "too_short": message("there are too few"),
    "enum": message("this is none of the words that are taken"),
    "literal_error": message("this is none of the words that are taken"),
    "date_from_datetime_parsing": message("a date is written 2024-01-31"),
    "date_parsing": message("a date is written 2024-01-31"),
    "extra_forbidden": message("there is no such field"),
}


def _field(error: Mapping[str, Any]) -> dict[str, Any]:
    """A field that does not fit: a pointer into the body, or the name of a parameter."""
    where, *path = error["loc"]
    said = _SAID.get(error["type"], message("this does not fit: {why}", why=error["msg"]))
    if where == "body":
        # The first step is the name that the route gives to the body as a whole.
        return {"pointer": "".join(f"/{part}" for part in path[1:]), "detail": said}
    return {"parameter": "/".join(map(str, path)), "in": where, "detail": said}


def take_over(api: NinjaAPI) -> None:
    """Lets an interface answer all that it knows as problems; what it does not know stays an exception, so
    that it is logged."""
    known = (
        Problem, HttpError, Refused, Http404, ValidationError, ExchangeError, UnreadableFile, BadFile,
        QuestionError, StoreError, BadEdit, ProfileError, UnwritableForm, Missing, Conflicts,
        RequestDataTooBig, TooManyFilesSent, TooManyFieldsSent,
    )  # fmt: skip
    for kind in known:
        api.add_exception_handler(kind, _known)
    api.add_exception_handler(Exception, _unknown)


def _known(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    assert isinstance(error, Exception)
    return answer(request, _of(error))


def _unknown(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    del request
    assert isinstance(error, Exception)
    raise error
