"""What all pages of one declaration show: its name and state, the tabs, the moves with what they lack."""

from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hengliang.web.accounts.models import Person
from hengliang.web.accounts.reader import language, person_of
from hengliang.web.declarations import policies, queries, queries_review
from hengliang.web.declarations.draft import Working
from hengliang.web.declarations.findings import Placed, findings_of, working_and_counter
from hengliang.web.declarations.models import Comment, Declaration
from hengliang.web.declarations.shown import shown_state, title_of
from hengliang.web.workflow.moves import Move
from hengliang.web.workflow.states import State

_ADJUSTING = (State.ADJUSTING.value, State.ADJUSTMENT_SUBMITTED.value)


class Opened:
    """A declaration that a reader opened, with its draft and the findings on it."""

    def __init__(self, request: HttpRequest, pk: int) -> None:
        self.request = request
        self.person: Person = person_of(request)
        self.declaration: Declaration = queries.declaration(self.person, pk)
        self.working: Working
        self.counter: int
        self.working, self.counter = working_and_counter(self.declaration)
        self.placed: list[Placed] = findings_of(self.declaration, self.working)
        self.asked: list[Comment] = queries_review.open_comments(self.declaration)

    def context(self, tab: str, **more: Any) -> dict[str, Any]:
        """The context of a page of this declaration."""
        declaration = self.declaration
        latest = queries.latest_number(declaration)
        open_now = [one for one in self.placed if one.overruled is None]
        moves = [self._move(move) for move in policies.open_moves(self.person, declaration)]
        return {
            "declaration": declaration,
            "page_title": title_of(declaration),
            "page_state": shown_state(declaration.state),
            "page_note": _("Version {number}").format(number=latest) if latest else "",
            "year": declaration.round.fiscal_year,
            "organisation": declaration.organisation.name,
            "breadcrumbs": [
                {"label": _("Declarations"), "url": reverse("declarations")},
                {
                    "label": declaration.organisation.name,
                    "url": reverse("declaration", args=[declaration.pk]),
                },
                {"label": title_of(declaration)},
            ],
            "tabs": _tabs(declaration.pk, tab, len(open_now), len(self.asked)),
            "moves": moves,
            "main_move": next((one["name"] for one in moves if not one["reason"] and not one["danger"]), ""),
            "lacking": [one for one in moves if one["lacking"] and not one["danger"]],
            "may_edit": policies.may_edit(self.person, declaration),
            "may_ask": policies.may_ask(self.person, declaration),
            "is_adjusting": declaration.state in _ADJUSTING,
            "round": declaration.round,
            "placed": self.placed,
        } | more

    def _move(self, move: Move) -> dict[str, Any]:
        lacking = [
            {"text": one.says.say(language()), "url": _page(one.page, self.declaration.pk)}
            for one in policies.lacking(self.declaration, move)
        ]
        return {
            "name": move.name,
            "label": move.label.say(language()),
            "reason": move.reason,
            "lacking": lacking,
            "danger": move.name.startswith(("reject", "refuse", "give_up")),
            "target": shown_state(move.target.value)["word"],
            "comments_note": self._open_comments_note(move),
        }

    def _open_comments_note(self, move: Move) -> str:
        if move.name not in ("prepare", "submit"):
            return ""
        count = len(self.asked)
        if not count:
            return ""
        said = ngettext("{count} comment is not settled yet.", "{count} comments are not settled yet.", count)
        return said.format(count=count)


def _page(route: str | None, pk: int) -> str:
    """Where a need can be met; empty when nothing serves that page."""
    try:
        return reverse(route, args=[pk]) if route else ""
    except NoReverseMatch:
        return ""


def _tabs(pk: int, current: str, findings: int, comments: int) -> list[dict[str, Any]]:
    tabs = (
        ("declaration", _("Indicators"), None),
        ("declaration-fields", _("Goals and money"), None),
        ("declaration-findings", _("Findings"), findings),
        ("declaration-comments", _("Comments"), comments),
        ("declaration-opinion", _("Review opinion"), None),
        ("declaration-history", _("Versions and history"), None),
        ("declaration-files", _("Files"), None),
    )
    return [
        {"label": label, "url": reverse(route, args=[pk]), "current": route == current, "count": count}
        for route, label, count in tabs
    ]
