"""The worked example's whole year, made by the actions that people's clicks call: reviewed, approved,
measured, self-evaluated, checked, evaluated and published. Values, records and opinions are invented.

The printed form of 2023 has findings that are errors; in the demonstration they are set aside with that
reason, since the form is shown as it was printed.
"""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from hengliang.base.finding import Severity
from hengliang.form.actuals import read_actuals
from hengliang.measure.catalogue import all_ledgers
from hengliang.web.accounts.models import Person
from hengliang.web.accounts.policies import Refused
from hengliang.web.declarations.actions_moves import move
from hengliang.web.declarations.actions_review import set_aside, write_opinion
from hengliang.web.declarations.actions_rounds import open_round, set_deadlines
from hengliang.web.declarations.findings import open_findings
from hengliang.web.declarations.models import Declaration
from hengliang.web.evaluation import actions as evaluation
from hengliang.web.evaluation import actions_remedies
from hengliang.web.evaluation.scoring import form_in_force, score_of
from hengliang.web.evaluation.short import falls_short, is_known
from hengliang.web.evidence.actions import hand_in
from hengliang.web.jobs.actions import carry_out
from hengliang.web.project import demo
from hengliang.web.publication import actions as publication
from hengliang.web.workflow.opinion import POINTS

INVENTED = "虚构，仅供演示"


def records_in(folder: Path) -> dict[str, Path]:
    """The files of a folder that are named after a ledger (`green_mine_check-合成数据.csv`), by ledger."""
    named = {path.stem.partition("-")[0]: path for path in sorted(folder.glob("*.csv"))}
    return {name: path for name, path in named.items() if name in all_ledgers()}


def play(declaration: Declaration, actuals: Path, records: dict[str, Path]) -> Declaration:
    """Plays the year of a declaration that `demo.load` made, and opens the round of the next; `records` are
    files by ledger.

    Raises form.errors.UnreadableFile for the values.
    """
    round_, today = declaration.round, timezone.localdate()
    clerk, head, department, finance, approver, evaluator = (
        Person.objects.get(username=name)
        for name in ("tianbao", "fuze", "zhuguan", "shenhe", "pifu", "pingjia")
    )
    set_deadlines(approver, round_, **demo.past_deadlines(round_.fiscal_year))
    _approve(declaration, clerk, head, department, finance, approver)
    declaration.refresh_from_db()
    _measure(declaration, clerk, records)
    stated = {row.number: row.actual for row in read_actuals(actuals).rows if row.number and row.actual}
    _monitor(declaration, clerk, head, stated)
    _evaluate_self(declaration, clerk, head, stated)
    declaration.refresh_from_db()
    for one in evaluation.draw(finance, declaration):
        evaluation.recheck(finance, declaration, one.number, "agrees", "", INVENTED)
    move(finance, declaration, "check")
    declaration.refresh_from_db()
    evaluation.give_evaluation(approver, declaration, evaluator)
    evaluation.report(
        evaluator,
        declaration,
        f"目标完成情况总体较好。（{INVENTED}）",
        "补全被截断的评分标准。",
        Decimal("85.5"),
        "良",
    )
    move(evaluator, declaration, "evaluate")
    declaration.refresh_from_db()
    copy = publication.prepare(finance, declaration, "随年度决算公开")
    assert copy.job is not None
    carry_out(copy.job.pk)
    copy.refresh_from_db()
    publication.review(approver, copy)
    move(approver, declaration, "publish")
    open_round(
        approver,
        round_.organisation,
        name=demo.round_name(round_.fiscal_year + 1),
        fiscal_year=round_.fiscal_year + 1,
        profile=round_.profile,
        **demo.near_deadlines(today),
    )
    declaration.refresh_from_db()
    return declaration


def _approve(
    declaration: Declaration,
    clerk: Person,
    head: Person,
    department: Person,
    finance: Person,
    approver: Person,
) -> None:
    seen: set[tuple[str, str, str]] = set()
    for placed in open_findings(declaration):
        place = (placed.finding.code, placed.row, placed.key)
        if placed.finding.severity is Severity.ERROR and place not in seen:
            seen.add(place)
            set_aside(clerk, declaration, *place, "按2023年原表展示，不作改动")
    move(clerk, declaration, "prepare")
    move(head, declaration, "submit")
    move(department, declaration, "approve_by_department")
    declaration.refresh_from_db()
    grades = {point.key: "优" if at < 6 else "良" for at, point in enumerate(POINTS)}
    write_opinion(finance, declaration, grades, {}, f"同意。（{INVENTED}）", "")
    move(approver, declaration, "approve")


def _measure(declaration: Declaration, clerk: Person, records: dict[str, Path]) -> None:
    for ledger, path in records.items():
        upload = SimpleUploadedFile(path.name, path.read_bytes())
        load = hand_in(clerk, declaration.organisation, ledger, declaration.round.fiscal_year, upload)
        if load.job is not None:
            carry_out(load.job.pk)
    carry_out(evaluation.ask_measuring(clerk, declaration, None).pk)


def _monitor(declaration: Declaration, clerk: Person, head: Person, stated: dict[int, str]) -> None:
    count = len(form_in_force(declaration).indicators)
    rows = {
        number: {"value": stated.get(number, "按计划推进"), "likelihood": "有可能"}
        for number in range(1, count + 1)
    }
    evaluation.fill_stage(clerk, declaration, 7, rows)
    move(head, declaration, "monitor")
    declaration.refresh_from_db()


def _evaluate_self(declaration: Declaration, clerk: Person, head: Person, stated: dict[int, str]) -> None:
    for row in score_of(declaration).rows:
        number = row.index + 1
        if is_known(row):
            continue
        paper = SimpleUploadedFile(f"第{number}项佐证.txt", INVENTED.encode())
        try:
            evaluation.state(
                clerk, declaration, number, stated.get(number, "达成"), f"尚无台账（{INVENTED}）", paper
            )
        except Refused:
            continue
    evaluation.spend(clerk, declaration, 12, Decimal("12345.67"), Decimal("12001.23"))
    for row in score_of(declaration).rows:
        if falls_short(row):
            evaluation.explain(
                clerk, declaration, row.index + 1, f"工作滞后（{INVENTED}）", "下一年度加快推进"
            )
    move(head, declaration, "self_evaluate")
    finance, due = Person.objects.get(username="shenhe"), timezone.localdate() + timedelta(days=30)
    asked = f"补全被截断的评（扣）分标准（{INVENTED}）"
    actions_remedies.ask_remedy(finance, declaration, "self", asked, due)
