"""A page for each family of rules, and their index, in English and Chinese."""

from hengliang.base.finding import Severity
from hengliang.review.catalogue import FAMILIES, all_rules
from hengliang.review.page import page_of
from hengliang.review.rule import Rule
from reference.markdown import CHINESE, ENGLISH, GENERATED, SUFFIX, anchor, both, table

TITLES = {
    "F": ("Completeness of the form", "填报完整性"),
    "T": ("Wording", "文字质量"),
    "I": ("Design of indicators", "指标设计"),
    "V": ("Values, signs, units", "指标值、符号、单位"),
    "S": ("Scoring standards", "评（扣）分标准"),
    "W": ("Points and weights", "分值权重"),
    "G": ("Duties, goals and indicators", "职责、目标与指标的衔接"),
    "M": ("Money", "资金"),
    "H": ("History and feasibility", "历史与可行性"),
    "R": ("Monitoring and self-evaluation", "监控与自评"),
    "P": ("Procedure", "程序"),
}
SEVERITIES = {
    Severity.ERROR: ("error", "错误"),
    Severity.WARNING: ("warning", "警告"),
    Severity.ADVICE: ("advice", "提示"),
}
FIXES = {
    "safe": ("safe: applied by `--fix`", "安全：可用 `--fix` 直接修改"),
    "proposal": ("proposal: shown by `--propose`, the unit decides", "建议：用 `--propose` 列出，由单位决定"),
    "none": ("none", "无"),
}

_ENGLISH = """\
{rules} rules in {families} families. An error blocks submission unless a reviewer overrules it with a
reason; a warning needs a remark; advice may be followed. A rule finds something, passes, cannot decide
(the text it needs is cut off), or does not apply.
"""
_CHINESE = """\
共{rules}条规则，分{families}类。错误：不得提交，审核人写明理由可以放行；警告：须作说明；提示：供参考。
每条规则的结果为发现问题、通过、无法判断（所需文字被截断）或不适用。
"""


def pages() -> dict[str, str]:
    """The pages by path."""
    found: dict[str, str] = {}
    for language in (ENGLISH, CHINESE):
        found[f"rules/index{SUFFIX[language]}.md"] = _index(language)
        for family in FAMILIES:
            rules = _rules_of(family)
            if rules:
                found[f"rules/{_file(rules[0], language)}"] = _family(family, rules, language)
    return found


def _rules_of(family: str) -> list[Rule]:
    return [rule for rule in all_rules() if rule.code[0] == family]


def _file(rule: Rule, language: str) -> str:
    return f"{rule.run.__module__.split('.')[-2]}{SUFFIX[language]}.md"


def _heading(rule: Rule, language: str) -> str:
    return f"{rule.code} {both(rule.name, rule.zh, language)}"


def link(rule: Rule, language: str) -> str:
    """The code of a rule with a link to its paragraph, from `docs/reference/`."""
    return f"[{rule.code}](rules/{_file(rule, language)}#{anchor(_heading(rule, language))})"


def _index(language: str) -> str:
    rules = all_rules()
    families = {rule.code[0] for rule in rules}
    lines = [
        GENERATED,
        both("# Rules\n\n", "# 规则目录\n\n", language),
        both(_ENGLISH, _CHINESE, language).format(rules=len(rules), families=len(families)),
    ]
    for family in FAMILIES:
        members = _rules_of(family)
        if not members:
            continue
        title = both(*TITLES[family], language)
        lines.append(f"\n## {family} · [{title}]({_file(members[0], language)})\n\n")
        heads = both("Code,Name,名称,Severity,Fix", "编码,名称,英文名,程度,修改", language).split(",")
        lines.append(
            table(
                heads,
                (
                    [
                        f"[{rule.code}]({_file(rule, language)}#{anchor(_heading(rule, language))})",
                        both(f"{rule.name}", rule.zh, language),
                        both(rule.zh, rule.name, language),
                        both(*SEVERITIES[rule.severity], language),
                        both(*FIXES[rule.fix], language).partition(":")[0].partition("：")[0],
                    ]
                    for rule in members
                ),
            )
        )
    return "".join(lines)


def _family(family: str, rules: list[Rule], language: str) -> str:
    title = both(*TITLES[family], language)
    back = both("All rules", "规则目录", language)
    lines = [GENERATED, f"# {family} · {title}\n\n[{back}](index{SUFFIX[language]}.md)\n"]
    for rule in rules:
        lines.append(f"\n## {_heading(rule, language)}\n\n{_facts(rule, language)}")
        lines += [f"\n### {part.heading}\n\n{part.text}\n" for part in page_of(rule, language)]
    return "".join(lines)


def _facts(rule: Rule, language: str) -> str:
    comma = both(", ", "、", language)
    status = both(
        rule.status, {"preview": "试用", "stable": "正式", "deprecated": "停用"}[rule.status], language
    )
    facts = [
        (
            both("Fault", "问题", language),
            both(f"{rule.en} ({rule.zh})", f"{rule.zh}（{rule.name}）", language),
        ),
        (both("Severity", "程度", language), both(*SEVERITIES[rule.severity], language)),
        (both("Fix", "修改", language), both(*FIXES[rule.fix], language)),
        (both("Reads", "所查栏目", language), comma.join(f"`{field}`" for field in rule.reads)),
        (both("Duties", "对应义务", language), comma.join(rule.basis)),
        (
            both("Since", "自版本", language),
            both(f"{rule.since}, {status}", f"{rule.since}，{status}", language),
        ),
    ]
    colon = both(": ", "：", language)
    return "".join(f"- {name}{colon}{value}\n" for name, value in facts)
