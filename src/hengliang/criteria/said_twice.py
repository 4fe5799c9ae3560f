"""What clauses say in words and others count: nothing new, or not certain, but never counted twice."""

import re

from hengliang.base.message import message
from hengliang.criteria.clauses import Clause
from hengliang.criteria.context import Context, name_of
from hengliang.criteria.elements import Mark
from hengliang.criteria.groups import Group
from hengliang.criteria.variable import Kind, is_percent
from hengliang.criteria.wording import is_generic


def without_idle_states(groups: list[Group], words: list[Clause], context: Context) -> list[Clause]:
    """未完成不得分 beside a proportion or steps is either nothing new (all, part, none) or cannot be told."""
    kept: list[Clause] = []
    counted = [group for group in groups if group.share is not None or (group.steps and not group.is_gap)]
    for clause in words:
        name = name_of(context.plain([phrase.span for phrase in clause.front])) if clause.front else ""
        zero = isinstance(clause.outcome, Mark) and clause.outcome.kind == "no_points"
        if not (counted and zero and is_generic(name) and not clause.is_otherwise):
            kept.append(clause)
        elif any(group.share is not None and "部分" in context.text(group.share) for group in counted):
            context.assume(message("“{words}” means that nothing is done", words=context.text(clause.span)))
        else:
            raise context.unread(
                clause.span, message("it is not certain how this goes together with the points for a part")
            )
    return kept


def check_late(groups: list[Group], words: list[Clause], context: Context) -> None:
    """提前得5分，按期得4分，延期每天扣0.1分: what the days are taken from is not said. Raises UnreadError."""
    late = [group for group in groups if group.variable.kind is Kind.DELAY and group.steps]
    earned = {
        (outcome.kind if isinstance(outcome, Mark) else outcome.amounts)
        for clause in words
        if (outcome := clause.outcome) is not None and _IN_TIME.search(clause.words)
    }
    if late and len(earned) > 1:
        span = late[0].spans[0]
        raise context.unread(span, message("it is not certain which number the steps begin at"))


_IN_TIME = re.compile("按[期时]|如期|准时|提前|及时")
_RATE_OF = re.compile("(?:(..)|(.))率$")


def without_complements(groups: list[Group], context: Context) -> list[Group]:
    """合格率100%得满分，每发现一处不合格扣2分: what is missing from 100 % is what is counted."""
    lost = [
        group.variable.name
        for group in groups
        if group.is_gap and not group.lines and all((step.amounts or (0,))[0] < 0 for step in group.steps)
    ]
    kept: list[Group] = []
    for group in groups:
        name = group.variable.name or "完成率"
        core = _RATE_OF.search(name)
        said = core is not None and any(
            re.search(f"[未不没漏缺]{re.escape(core[1] or core[2])}", each) for each in lost
        )
        if said and _is_all_of_it(group):
            context.assume(message("what {rate} lacks of 100% is what is counted and deducted", rate=name))
        else:
            kept.append(group)
    return kept


def _is_all_of_it(group: Group) -> bool:
    """Whether nothing is said of a rate but that 100 % earns full marks."""
    if not is_percent(group.variable.unit) or group.steps or group.share or group.otherwise:
        return False
    line = group.lines[0] if len(group.lines) == 1 else None
    return line is not None and line.then in ("points", "full") and line.interval.low == 100
