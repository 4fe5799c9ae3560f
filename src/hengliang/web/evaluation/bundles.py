"""The documents of the evaluation of many forms in one file."""

from collections.abc import Iterable

from hengliang.base.message import message
from hengliang.web.declarations.bundles import Document, bundle
from hengliang.web.declarations.models import Declaration
from hengliang.web.evaluation import documents, queries
from hengliang.web.workflow.states import IN_FORCE, State


@bundle("evaluation", message("Self-evaluations and evaluation reports"), ("docx", "xlsx", "pdf"))
def _evaluation(declaration: Declaration, wanted: str, language: str) -> Iterable[Document]:
    """What there is of the table, the explanation of scores and the reports, for a form in force."""
    if not _in_force(declaration):
        return
    for what in documents.KINDS:
        try:
            made = documents.document(declaration, what, wanted, language)
        except KeyError:
            # It is not written in this format, or there is none yet.
            continue
        yield Document(f"{made.name}.{wanted}", made.content)


@bundle("monitoring", message("Monitoring tables"), ("docx", "xlsx"))
def _monitoring(declaration: Declaration, wanted: str, language: str) -> Iterable[Document]:
    """The table of each stage that was begun."""
    if not _in_force(declaration):
        return
    for stage in queries.stages(declaration):
        made = documents.monitoring(declaration, stage.month, wanted)
        yield Document(f"{made.name}.{wanted}", made.content)


def _in_force(declaration: Declaration) -> bool:
    return State(declaration.state) in IN_FORCE and declaration.approved is not None
