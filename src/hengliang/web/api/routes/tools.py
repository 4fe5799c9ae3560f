"""Reading and reviewing what is sent along. Nothing of it is kept."""

from typing import Any, Literal

from django.http import HttpRequest
from ninja import Field, File, Schema
from ninja.files import UploadedFile

from hengliang import api
from hengliang.base.message import message
from hengliang.base.profile import load_profile
from hengliang.criteria.as_json import answer
from hengliang.criteria.question import question_of
from hengliang.form.errors import TooLarge
from hengliang.form.exchange import from_exchange, to_exchange
from hengliang.report.records import form_record
from hengliang.review.verdict import judge
from hengliang.web.accounts.reader import language
from hengliang.web.api.fields import CriterionJson, FormJson, Profile, ReadingJson, ReviewJson
from hengliang.web.api.operations import Routes
from hengliang.web.api.scopes import Scope
from hengliang.web.declarations.actions_files import MOST_BYTES, read_as

routes = Routes("tools", message("Tools that keep nothing"))
USE = Scope.TOOLS_USE
Fact = str | int | bool | dict[str, str] | list[str]


class Sentence(Schema):
    """A scoring sentence with the indicator around it."""

    text: str = Field(min_length=1, max_length=5000)
    points: str | None = Field(None, max_length=40, description=message("Full marks, as 5").text)
    operator: Literal["≥", ">", "=", "<", "≤", "定性"] | None = None
    target: str | None = Field(None, max_length=300)
    unit: str | None = Field(None, max_length=60)
    given: list[Fact] = Field(
        default_factory=list, max_length=100, description=message("Facts to score").text
    )
    profile: Profile = api.DEFAULT_PROFILE


class ToReview(Schema):
    """A form to review."""

    form: FormJson
    profile: Profile = api.DEFAULT_PROFILE


@routes.post(
    "/tools/criterion",
    USE,
    message("Read a scoring sentence, and score facts by it"),
    CriterionJson,
    about=message("The answer of `hengliang criteria --json`."),
)
def read_criterion(request: HttpRequest, data: Sentence) -> Any:
    question = question_of(data.dict(exclude={"profile"}))
    return answer(question, load_profile(data.profile), language())


@routes.post(
    "/tools/read",
    USE,
    message("Read a document: its forms, and what was not understood"),
    ReadingJson,
    about=message("Any file that the product reads, up to 20 MB; the answer of `hengliang read --json`."),
)
def read_document(request: HttpRequest, file: File[UploadedFile]) -> Any:
    name = file.name or "file"
    if (file.size or 0) > MOST_BYTES:
        raise TooLarge(
            name,
            message("the file is larger than {most} MB", most=MOST_BYTES // 1_000_000),
            message("hand in the form alone, without pictures and annexes"),
        )
    return to_exchange(read_as(name, file.read()), language=language())


@routes.post(
    "/tools/review",
    USE,
    message("Review a form"),
    ReviewJson,
    about=message("One of the `forms` that `hengliang review --format json` prints."),
)
def review_form(request: HttpRequest, data: ToReview) -> Any:
    read = from_exchange(data.form, "").forms[0]
    found = api.review(read.form, data.profile, read.source)
    return form_record(judge("", 1, read.form, read.source, data.profile, found), language())
