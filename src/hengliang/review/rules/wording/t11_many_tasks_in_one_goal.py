"""
## What it checks

One paragraph of the goals holds at most two tasks. A task is a clause that begins with a verb of its own
(推进, 完成, 打造 …), adverbs and 以更高的标准… before it not counted. Clauses on the result (确保, 达到,
力争) are no tasks of their own. A paragraph that was cut off is not decided unless it holds more than two
already.

## Why

When one goal holds four tasks and one of them fails, nobody can say whether the goal was reached; and
indicators cannot be linked.

## Example

抓紧实施一批地质找矿项目，有序投放一批采矿权，推进铁塔监测，开展城市设计。

## Instead

One task and its result in each paragraph: 新建绿色矿山5家，新建矿山全部达标。

## Basis

财预〔2015〕88号, review point 明确清晰性 (recalled, to be checked against the official text). The number is
a choice of this project.

---

## 查什么

总体目标每段最多写两项任务。以自己的动词开头的分句（推进、完成、打造等，前面的状语和“以更高的标准”之类不计）
算一项；写结果的分句（确保、达到、力争）不单独算。被截断的段落，除非已超过两项，判为“无法判定”。

## 为什么

一段写四项任务，其中一项没有完成，这个目标算完成还是没完成？指标也无法与之一一对应。

## 示例

抓紧实施一批地质找矿项目，有序投放一批采矿权，推进铁塔监测，开展城市设计。

## 应改为

一段一项任务及其结果：新建绿色矿山5家，新建矿山全部达标。

## 依据

财预〔2015〕88号“明确清晰性”审核要点（凭记忆转述，待与正式文本核对）。项数为本项目选定。
"""

import re
from collections.abc import Iterator
from functools import cache

from hengliang.base.finding import Severity
from hengliang.base.message import message
from hengliang.base.profile import Profile
from hengliang.base.remember import remembered_by_profile
from hengliang.base.text import is_cut
from hengliang.review.rule import Context, Outcome, Rule
from hengliang.review.texts import Found, found_in

rule = Rule(
    code="T11",
    name="many-tasks-in-one-goal",
    zh="一段多任务",
    en="many tasks in one paragraph",
    severity=Severity.ADVICE,
    basis=("88:明确清晰性",),
    reads=("goals", "truncated"),
)

_EXPECTED = message("one goal for one or two tasks and what comes of them")


@rule.check
def check(context: Context) -> Iterator[Outcome]:
    form = context.form
    if not form.goals:
        yield rule.not_applicable(message("the form tells no goals"))
        return
    most = int(context.profile.number("wording.most_tasks"))
    crowded: set[str] = set()
    for index, goal in enumerate(form.goals):
        places = _verbs(goal, context.profile)
        if len(places) > most:
            found = Found(f"goals/{index}", goal.replace("\n", " "), places)
            crowded.add(found.path)
            yield rule.finds(
                found.spots,
                message(
                    "one goal holds {count} tasks: {verbs}",
                    count=len(found.places),
                    verbs=" ".join(found.words),
                ),
                observed=found.text,
                expected=_EXPECTED,
            )
    for index, goal in enumerate(form.goals):
        path = f"goals/{index}"
        if (path in form.truncated or is_cut(goal)) and path not in crowded:
            yield rule.undecidable(path, message("the goal is cut off, more tasks may follow"))


@remembered_by_profile(size=4096, longest=4096)
def _verbs(goal: str, profile: Profile) -> tuple[tuple[int, int], ...]:
    return found_in(goal, _tasks(profile), "verb")


@cache
def _tasks(profile: Profile) -> re.Pattern[str]:
    """The verb of a clause that is a task."""

    def one_of(key: str) -> str:
        return "|".join(map(re.escape, sorted(profile.words(key), key=len, reverse=True)))

    adverb = one_of("wording.task_adverbs")
    manner = r"以[^，。；！\n]{1,10}?的[^，。；！\n的]{1,4}?"
    heads = profile.words("wording.noun_heads")
    long_heads = "|".join(re.escape(head) for head in heads if len(head) > 1)
    short_heads = "".join(head for head in heads if len(head) == 1)
    noun = rf"(?!{long_heads}|[{short_heads}][达不为在较比稳提增大小保超0-9，。；])"
    sure, after_adverb = one_of("wording.task_verbs"), one_of("wording.task_nouns")
    return re.compile(
        rf"[\n，。；！：](?P<how>(?:{adverb})+(?:{manner})?(?:{adverb})*|{manner}(?:{adverb})*)?"
        rf"(?P<verb>(?(how)(?:{sure}|{after_adverb})|(?:{sure}))){noun}"
    )
