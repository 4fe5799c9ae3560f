"""What words of a condition say: whether they deny, name nothing but the indicator, or are another one's
other case.
"""

import re

from hengliang.criteria.clauses import Clause
from hengliang.criteria.context import Context, name_of

_NEGATIVE = re.compile(
    "未|没有?|不(?!低于|少于|超过|高于|大于|小于|断|同)|无|缺|逾期|超期|延迟|差|低于|否|非"
)


def is_negative(words: str) -> bool:
    """Whether words deny something."""
    return _NEGATIVE.search(words) is not None


def is_complement(words: str, stated: str) -> bool:
    """Whether `words` say no more than that `stated` is not so: 未完成的 after 完成任务的."""
    name = name_of(words)
    if name.startswith("超") and stated.startswith(("不超", "未超", "没有超")):
        return True
    if len(name) > 2 and any(
        f"{no}{name}" in stated or f"{no}{stated}" in name for no in ("不", "未", "没有")
    ):
        return True
    if is_negative(stated) == is_negative(name):
        return False
    core = _NEGATIVE.sub("", name)
    rest = [char for char in core if char not in "的得即则时按及"]
    return len(name) <= 4 or all(char in stated for char in rest) or is_generic(name)


_GENERIC = re.compile(
    "(?:(?:[不未]达标|推迟|逾期|延迟|滞后|超期|超时|延期|延误|拖延|延后|时间|每|该|此|其|实际|未|没有?|不|达不到|达到|达|低于|少于|超过|超出|超额|完成|部分|要求|年度|当年|本年|全年|绩效|计划|预期|既定|总体|时序|比例|比率|完成率|指标值|指标|目标值|目标|任务数|任务|数量|标准|规定|值|数|的|时|者|率|量|以上|每个|,|按|在|基础上|基数|缺口|差额|到位|进度)+)?"
)


def is_generic(name: str) -> bool:
    """Whether words name nothing but the indicator itself: 未完成目标任务的, 比例, 低于要求."""
    return _GENERIC.fullmatch(name) is not None


def words_of(clause: Clause, context: Context) -> str:
    """What the condition of `clause` says in one spelling, without small words around it."""
    return name_of(context.plain([phrase.span for phrase in clause.front]))
