"""One reviewed form with a finding of every kind, for all reports."""

from hengliang.base.finding import Finding, Severity, Undecidable
from hengliang.base.message import message
from hengliang.base.place import Place, Spot
from hengliang.form.model import Form
from hengliang.review.baseline import fingerprint
from hengliang.review.suppress import Suppression
from hengliang.review.verdict import Verdict
from tests.factories import finding, form, indicator, proposal, safe, verdict

FORM: Form = form(
    indicator("绿色矿山核查数量", explanation="完成现场核查并出具报告的露天矿山家数"),
    indicator("界桩定位核查", level2="质量指标", operator="定性", target="100", unit="%"),
    indicator(
        "国土空间规划城市体检评估", level1="效益指标", level2="经济效益指标", operator="定性", target="100"
    ),
    indicator(
        "公众满意度", level1="满意度指标", level2="服务对象满意度指标", target="100", unit="%", remark="3分"
    ),
    goals=("以更大的作为服务经济社会发展大局。。", "以更实的举措增进民生"),
    goal_marks=("（一）", "（二）"),
    truncated=("goals/1",),
)
PLACES = {
    f"indicators/{number}/{field}": Place("form.xlsx", sheet="申报表", row=8 + number, column=column)
    for number in range(4)
    for column, field in enumerate(("level1", "level2", "name", "operator", "target", "unit"), 1)
}


def _text_with_number(row: int) -> Finding:
    said = message("the value is text, but {value} is a number", value=FORM.indicators[row].target)
    spots = (f"indicators/{row}/target", f"indicators/{row}/operator")
    return finding("V98", *spots, said=said, observed="定性 100", fix=proposal(spots[1], "定性", "="))


FINDINGS: tuple[Finding, ...] = (
    finding(
        "F98",
        "fiscal_year",
        said=message("the form has no year"),
        expected=message("the budget year, four digits"),
    ),
    _text_with_number(1),
    _text_with_number(2),
    finding(
        "T98",
        Spot("goals/0", 16, 18),
        severity=Severity.WARNING,
        said=message("punctuation is doubled"),
        observed="。。",
        fix=safe("goals/0", FORM.goals[0], FORM.goals[0][:-1]),
    ),
    finding(
        "I98",
        Spot("indicators/0/explanation", 2, 6),
        Spot("indicators/0/name", 4, 6),
        severity=Severity.WARNING,
        said=message("name and explanation speak of different things"),
    ),
    finding(
        "W98",
        *(f"indicators/{row}/points" for row in range(4)),
        severity=Severity.WARNING,
        said=message("the points add up to {sum}", sum="12"),
        observed="12",
        expected=message("{sum} points", sum="90"),
    ),
    finding("V97", "indicators/3/target", severity=Severity.ADVICE, said=message("satisfaction of 100 %")),
    finding("T97", "goals/0", severity=Severity.ADVICE, said=message("empty words: {words}", words="更大的")),
    finding("T97", "goals/1", severity=Severity.ADVICE, said=message("empty words: {words}", words="更实的")),
)
UNDECIDABLE = (
    Undecidable("G98", (Spot("goals/1"),), message("the goal is cut off")),
    Undecidable("I97", (Spot("indicators/2/name"),), message("the name is cut off")),
    Undecidable("I97", (Spot("indicators/3/name"),), message("the name is cut off")),
)
_KNOWN = finding(
    "W97", "indicators/3/remark", severity=Severity.WARNING, said=message("points in the remark")
)


def reviewed(places: dict[str, Place] | None = None, file: str = "form.txt") -> Verdict:
    """The verdict: one finding is suppressed, one suppression is unused, one finding is in the baseline."""
    suppressed = finding("F97", "organisation", said=message("the name is odd"))
    return verdict(
        FORM,
        [*FINDINGS, suppressed, _KNOWN],
        UNDECIDABLE,
        suppressions=[
            Suppression("F97", "organisation", "名称无误", "张三"),
            Suppression("T96", "公众满意度", "无", "张三"),
        ],
        baseline=frozenset({fingerprint(FORM, _KNOWN)}),
        file=file,
        places=places,
    )
