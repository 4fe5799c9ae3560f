"""The page of what stands outside the table: organisation, duties, goals, money, tasks."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hengliang.web.accounts.policies import requires
from hengliang.web.accounts.reader import language, whole
from hengliang.web.declarations import actions, fields, policies, queries
from hengliang.web.declarations.draft import BadEdit
from hengliang.web.declarations.views.page import Opened
from hengliang.web.workflow.roles import Permission


@requires(Permission.VIEW, Permission.EVALUATE)
@require_http_methods(["GET", "POST"])
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows and takes the fields outside the table."""
    opened = Opened(request, pk)
    if request.method == "GET":
        return _page(request, opened, 200)
    policies.require_edit(opened.person, opened.declaration)
    base = request.POST.get("base", "")
    sent = {key: value for key, value in request.POST.items() if isinstance(value, str)}
    try:
        edits = fields.edits(opened.working.form, sent)
        actions.save(opened.person, opened.declaration, whole(base) or 0, edits)
    except BadEdit as bad:
        messages.error(request, bad.reason.say(language()))
        return _page(request, opened, 422, sent, bad.key)
    except actions.Conflicts as clash:
        who = queries.names_of(one.by for one in clash.conflicts)
        said = _("{who} changed the same fields in the meantime. Yours stand below; compare and save again.")
        messages.warning(request, said.format(who="、".join(who.values()) or _("Somebody")))
        return _page(request, opened, 409, sent)
    messages.success(request, _("Saved"))
    return redirect("declaration-fields", pk=pk)


def _page(
    request: HttpRequest, opened: Opened, status: int, sent: dict[str, str] | None = None, bad: str = ""
) -> HttpResponse:
    form, spoken = opened.working.form, language()

    def kept(field: fields.Field) -> dict[str, object]:
        text = (sent or {}).get(field.name, field.text)
        theirs = field.text if sent is not None and text != field.text else ""
        return {
            "name": field.name,
            "label": field.label,
            "text": text,
            "theirs": theirs,
            "bad": field.name == bad,
        }

    context = opened.context(
        "declaration-fields",
        counter=opened.counter,
        single=[kept(field) for field in fields.single(form, spoken)],
        lists=[kept(field) for field in fields.lists(form, spoken)],
        blocks=[
            {
                "name": block.name,
                "label": block.label,
                "heads": block.heads,
                "lines": [[kept(field) for field in line] for line in block.lines],
                "bad": block.name == bad,
            }
            for block in fields.blocks(form, spoken)
        ],
        money_unit=kept(
            fields.Field("money/unit", _("Unit of money"), (form.money and form.money.unit) or "")
        ),
    )
    return render(request, "declarations/fields.html", context, status=status)
