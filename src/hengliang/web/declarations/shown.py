"""How declarations and their states are called on pages."""

from django.utils.translation import gettext as _

from hengliang.web.accounts.reader import language
from hengliang.web.declarations.models import Declaration
from hengliang.web.workflow.states import SHOWN, State


def shown_state(state: str) -> dict[str, str]:
    """A state as a page shows it."""
    shown = SHOWN[State(state)]
    return {"word": shown.word.say(language()), "tone": shown.tone, "shape": shown.shape}


def title_of(declaration: Declaration) -> str:
    """What the form is called: 整体绩效目标, or the name of its project."""
    return declaration.project or _("Performance targets of the whole organisation")
