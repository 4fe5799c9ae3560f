"""Documents of many forms in one file: what there is to have, and the work that makes it.

Apps above add theirs. A bundle is asked for by a person, holds what that person may read, and is given out
only as long as all of it is within reach.
"""

import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.utils.translation import override

from hengliang.base.message import Message, message
from hengliang.form.writers.errors import UnwritableForm
from hengliang.web.accounts.models import Person
from hengliang.web.accounts.policies import Refused
from hengliang.web.declarations import exported, opinion_docx, queries, queries_review
from hengliang.web.declarations.models import Declaration, Round
from hengliang.web.files.actions import keep_part
from hengliang.web.files.kinds import PRODUCTS
from hengliang.web.jobs.actions import ask
from hengliang.web.jobs.models import Job
from hengliang.web.jobs.work import Failure, Last, Made, Progress, work

MOST_FORMS = 2000


class Document(NamedTuple):
    """One document: what it is called beside its form, and its content."""

    name: str
    content: bytes


Writer = Callable[[Declaration, str, str], Iterable[Document]]
"""Writes what there is of a form, in a format and a language. May raise UnwritableForm."""


class Bundle(NamedTuple):
    """One kind of documents: what it is called, the formats that there are, what writes it."""

    label: Message
    formats: Sequence[str]
    write: Writer


BUNDLES: dict[str, Bundle] = {}


def bundle(name: str, label: Message, formats: Sequence[str]) -> Callable[[Writer], Writer]:
    """Registers what writes documents of a form."""

    def add(write: Writer) -> Writer:
        BUNDLES[name] = Bundle(label, formats, write)
        return write

    return add


@bundle("forms", message("Declaration forms"), ("xlsx", "docx", "json", "mof"))
def _forms(declaration: Declaration, wanted: str, language: str) -> Iterable[Document]:
    """The form in force; the draft where none is."""
    form = exported.form_of(declaration.approved or queries.draft(declaration))
    name = message("declaration form").say(language) + ("-mof" if wanted == "mof" else "")
    yield Document(
        f"{name}.{exported.FORMATS[wanted]}", exported.document(form, wanted, declaration.round.profile)
    )


@bundle("opinions", message("Review opinions"), ("docx",))
def _opinions(declaration: Declaration, wanted: str, language: str) -> Iterable[Document]:
    """The opinions on all versions, of the department and of finance."""
    for one in queries_review.opinions(declaration):
        side = message("Department") if one.side == "department" else message("Finance")
        name = message("review opinion, {side}, version {number}", side=side, number=one.version.number)
        yield Document(f"{name.say(language)}.{wanted}", opinion_docx.made(declaration, one, language))


def ask_bundle(person: Person, round_: Round, what: str, wanted: str, language: str) -> Job:
    """Asks for the documents of all forms of a round that the person may read. Raises KeyError, `Refused`."""
    if wanted not in BUNDLES[what].formats:
        raise KeyError(wanted)
    found = queries.declarations_in_reach(person).filter(round=round_).order_by("organisation__path", "pk")
    ids = list(found.values_list("pk", flat=True)[: MOST_FORMS + 1])
    if not ids or len(ids) > MOST_FORMS:
        raise Refused(message("From 1 to {most} forms are written at a time.", most=MOST_FORMS))
    given = {"round": round_.pk, "what": what, "format": wanted, "language": language, "forms": ids}
    label = BUNDLES[what].label.say(language)
    return ask(person, "declarations.bundle", given, f"round:{round_.pk}", f"{round_} · {label} · {wanted}")


def allowed(person: Person, given: Mapping[str, Any]) -> None:
    """Raises `Refused` unless all forms of a bundle are within reach now."""
    ids = given["forms"]
    if queries.declarations_in_reach(person).filter(pk__in=ids).count() != len(ids):
        raise Refused(message("A form of this export is no longer within your reach."))


@work("declarations.bundle", message("Making documents of many forms"), allowed=allowed)
def make(person: Person, given: dict[str, Any], progress: Progress) -> Last:
    """Writes the documents into one ZIP file, with a list of the forms that gave none. The file is kept with
    the end of the job or not at all, so that work that is begun again leaves no second one."""
    language, wanted = given["language"], given["format"]
    part, missing, files = progress.part(), list[str](), 0
    found = queries.declarations_in_reach(person).filter(pk__in=given["forms"]).select_related("approved")
    found = found.order_by("organisation__path", "pk")
    with (
        override("en" if language == "en" else "zh-hans"),
        zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as out,
    ):
        for done, one in enumerate(found.iterator(chunk_size=50)):
            progress(done, len(given["forms"]), message("writing {name}", name=str(one)))
            try:
                written = list(BUNDLES[given["what"]].write(one, wanted, language))
            except UnwritableForm:
                written = []
            for document in written:
                out.writestr(f"{_plain(one)}-{_safe(document.name)}", document.content)
            files += len(written)
            if not written:
                missing.append(_plain(one))
        if missing:
            name = message("without documents").say(language)
            out.writestr(f"{name}.txt", "\n".join([*missing, ""]))
    if not files:
        raise Failure(message("None of these forms has such a document."))
    name = f"{Round.objects.get(pk=given['round'])}-{BUNDLES[given['what']].label.say(language)}.zip"
    result = {"files": files, "without": len(missing)}
    return Last(lambda: Made(keep_part(person, _safe(name), part, PRODUCTS), result))


def _plain(declaration: Declaration) -> str:
    """How the files of a form begin: no two forms alike."""
    return _safe(f"{declaration.organisation.code}-{declaration}-{declaration.pk}")


def _safe(name: str) -> str:
    """A name that every system takes as one file."""
    return "".join("_" if char in '\\/:*?"<>|' or ord(char) < 32 else char for char in name)[-120:]
