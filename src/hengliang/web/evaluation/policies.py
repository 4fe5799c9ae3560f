"""Who may do what in evaluation, and what the moves of the year need of it."""

from hengliang.base.message import Message, message
from hengliang.web.accounts.models import Person
from hengliang.web.accounts.policies import Refused, belongs_to, may, require
from hengliang.web.declarations.models import Declaration
from hengliang.web.declarations.policies import given_by, need
from hengliang.web.evaluation.models import Deviation, Evaluator, Recheck, Report, Stage, StageRow
from hengliang.web.evaluation.scoring import REPORTING, score_of, sealed_of
from hengliang.web.evaluation.short import falls_short, is_known
from hengliang.web.workflow.roles import Permission
from hengliang.web.workflow.states import State


def is_given(person: Person, declaration: Declaration) -> bool:
    """Whether the evaluation of a declaration was given to a person."""
    return Evaluator.objects.filter(declaration=declaration, person=person).exists()


given_by(is_given)


def may_report(person: Person, declaration: Declaration) -> bool:
    """Whether a person may enter values, causes, stages of a declaration now."""
    return State(declaration.state) in REPORTING and may(person, Permission.EDIT, declaration.organisation)


def require_report(person: Person, declaration: Declaration) -> None:
    """Raises `Refused` with the reason unless `may_report`."""
    require(person, Permission.EDIT, declaration.organisation)
    if State(declaration.state) not in REPORTING:
        raise Refused(message("Values are reported while the targets are in force and not yet handed in."))


def hold_for_report(person: Person, declaration: Declaration) -> Declaration:
    """The declaration as it is stored now, held until the end of the transaction, so that nothing is handed
    in between this check and the write. Raises `Refused` unless `may_report`."""
    stored = Declaration.objects.select_for_update(of=("self",), no_key=True)
    now = stored.select_related("organisation", "round").get(pk=declaration.pk)
    require_report(person, now)
    return now


def require_check(person: Person, declaration: Declaration) -> None:
    """Raises `Refused` unless a person may check the self-evaluation of a declaration now."""
    require(person, Permission.REVIEW_FINANCE, declaration.organisation)
    if belongs_to(person, declaration.organisation):
        raise Refused(message("Nobody reviews or approves the form of their own unit."))
    if declaration.state != State.SELF_EVALUATED:
        raise Refused(message("There is no self-evaluation that waits for a check."))


def require_evaluation(person: Person, declaration: Declaration) -> None:
    """Raises `Refused` unless a person may write the evaluation of a declaration now."""
    if not may(person, Permission.EVALUATE) or not is_given(person, declaration):
        raise Refused(message("This evaluation was not given to you."))
    if declaration.state != State.CHECKED:
        raise Refused(message("An evaluation is written once the self-evaluation was checked."))


def require_office(person: Person, declaration: Declaration) -> None:
    """Raises `Refused` unless a person may ask the unit to put something right, or accept what it did."""
    allowed = (Permission.REVIEW_FINANCE, Permission.REVIEW_DEPARTMENT, Permission.APPROVE)
    if belongs_to(person, declaration.organisation) or not any(
        may(person, one, declaration.organisation) for one in allowed
    ):
        raise Refused(message("Your roles do not permit this here."))


@need("stage")
def _stage(declaration: Declaration) -> Message | None:
    stage = Stage.objects.filter(declaration=declaration, submitted_at=None).order_by("-month").first()
    if stage is None:
        return message("There is no open stage of monitoring.")
    rows = set(StageRow.objects.filter(stage=stage).values_list("number", flat=True))
    wanted = len(score_of(declaration).rows)
    missing = wanted - len(rows)
    return message("{count} indicators have no value in this stage.", count=missing) if missing else None


@need("self_evaluation")
def _self_evaluation(declaration: Declaration) -> Message | None:
    sheet = score_of(declaration)
    missing = sum(1 for row in sheet.rows if not is_known(row))
    if missing:
        return message("{count} indicators have no actual value.", count=missing)
    explained = set(Deviation.objects.filter(declaration=declaration).values_list("number", flat=True))
    short = [row.index + 1 for row in sheet.rows if falls_short(row) and row.index + 1 not in explained]
    if short:
        return message(
            "Indicators {numbers} fall short; say why, and what is done about it.",
            numbers=tuple(short),
        )
    return None


@need("check")
def _check(declaration: Declaration) -> Message | None:
    rows = Recheck.objects.filter(sheet=sealed_of(declaration))
    if not rows.exists():
        return message("No indicators were drawn for the check.")
    left = rows.filter(verdict="").count()
    return (
        message("{count} indicators that were drawn have not been looked at.", count=left) if left else None
    )


@need("evaluation")
def _evaluation(declaration: Declaration) -> Message | None:
    if Report.objects.filter(declaration=declaration).exists():
        return None
    return message("The evaluation report has not been written.")
