"""Lines that are known by their words: sums, notes, the title of a form, lines of money."""

import re
from functools import lru_cache

from hengliang.form.understand.words import key

_TOTAL = re.compile(
    r"(?:自评|绩效|评价|总评|单位|[一-龥]{0,10}指标)?(?:总分|合计|总计|小计|总得分|得分合计|分值合计|合计得分|总分值|自评总分|自评得分|总评分|合计分|综合得分)(?:值|数)?"
)


@lru_cache(maxsize=16384)
def is_total(text: str) -> bool:
    """Whether `text` heads a row of sums (总分, 合计)."""
    return bool(_TOTAL.fullmatch(key(text)))


_NOTE = re.compile(
    r"^(?:[*※]\s*)?(?:注|备注|说明|填表说明|填报说明|附注|注释|备 注|注意事项)\s*[:：]|"
    r"^(?:注|备注|填表说明|填报说明)\s*\d?\s*[、.．1]"
)


def is_note(text: str) -> bool:
    """Whether `text` opens notes below a table."""
    return bool(_NOTE.match(text.strip()))


_TITLE = re.compile(
    r"(?:绩效|目标申报|目标自评).{0,24}(?:表|申报书)$|(?:自评|监控)(?:情况|结果)?表$|(?:绩效目标|绩效自评|绩效监控|整体绩效)$|绩效.{0,16}(?:自评|评价)报?告?附?表$"
)
_OF_TITLES = re.compile("[表书效]")
"""Every title has one of these characters."""
_YEAR_BEHIND = re.compile(r"20\d\d年度?$")
_NO_TITLE = re.compile(
    r"[。；;]|考核|员工|个人|绩效工资|汇总|目录|一览|清单|体系$|公示|公告|通知|^关于|报告$"
)


@lru_cache(maxsize=4096)
def is_title(text: str) -> bool:
    """Whether `text` is the title of a form: 部门（单位）整体绩效目标申报表, 项目支出绩效自评表 …"""
    if len(text) > 120 or not _OF_TITLES.search(text):
        return False
    title = _YEAR_BEHIND.sub("", key(text))
    return 4 <= len(title) <= 60 and bool(_TITLE.search(title)) and not _NO_TITLE.search(title)


MONEY_NAME = re.compile(
    r"(?:其中)?[:：]?(?:(?:年度|当年|本年|全年|中期|实施期|项目)?(?:财政|预算|资金|项目)*(?:资金)?(?:总?金额|总额|合计|总计|总额度|总投资|总预算)|"
    r".{0,14}(?:拨款|结转|结余|资金|收入|预算|基金|支出|经费|专户|债券|自筹|补助|配套|贷款|投入|专款|国有资本经营.{0,4}|财政专户.{0,6})(?:[一-龥]{0,4})|其他|其它)"
)
"""A line of the money block: 年度资金总额, 其中：财政拨款, 上年结转, 一般公共预算, 项目支出 …"""
_NO_MONEY_NAME = re.compile(
    "(?:情况|管理|合规性?|科学性?|规范性?|及时性?|有效性?|率|单位|部门|名称|代码|年度|方式|办法)$"
)


@lru_cache(maxsize=4096)
def is_money_name(text: str) -> bool:
    """Whether `text` names a line of the money block."""
    word = key(text)
    return len(word) <= 24 and bool(MONEY_NAME.fullmatch(word)) and not _NO_MONEY_NAME.search(word)
