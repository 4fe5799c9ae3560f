"""The monitoring table (绩效目标执行监控表) of a form, from a file of actual values."""

from decimal import Decimal

from hengliang.base.message import message
from hengliang.base.profile import load_profile
from hengliang.cli.jobs import MonitoringOrder
from hengliang.cli.usage import Usage
from hengliang.form.actuals import read_actuals
from hengliang.form.containers.limits import Limits
from hengliang.form.model import Form
from hengliang.form.monitored import Execution, Progress, monitoring_table
from hengliang.score.execution import total_line
from hengliang.score.match import match
from hengliang.score.policy import policy_of
from hengliang.score.row import Scorer


def monitored(form: Form, order: MonitoringOrder, profile_name: str) -> tuple[Form, int]:
    """The table, and how many rows of actual values were not used. Raises UnreadableFile, Usage.

    What is expected of the year and how likely the target is stay blank, for the unit to fill in.
    """
    progress, lost = ({}, 0) if order.actuals is None else _progress(form, order, order.actuals, profile_name)
    execution = None if order.spent is None else _execution(form, order.spent)
    return monitoring_table(form, order.month, progress, execution), lost


def _progress(
    form: Form, order: MonitoringOrder, actuals: str, profile_name: str
) -> tuple[dict[int, Progress], int]:
    profile = load_profile(profile_name)
    stated = read_actuals(actuals, Limits(seconds=order.seconds))
    matched = match(form, stated, Scorer(profile, policy_of(profile), form.fiscal_year))
    rows = {at: Progress(one.text, reason=one.noted("zh_Hans")) for at, one in matched.actuals.items()}
    return rows, len(matched.lost)


def _execution(form: Form, spent: Decimal) -> Execution:
    line = total_line(form.money)
    if form.money is None or line is None or line.budget is None:
        raise Usage(message("the form states no budget, so --spent cannot be held against it"))
    if form.money.unit != "万元":
        raise Usage(message("--spent is in 万元, and the form states its money in another unit"))
    return Execution(line.budget, spent)
