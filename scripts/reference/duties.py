"""The obligations table, in English and Chinese."""

from itertools import groupby

from hengliang.review.catalogue import all_rules, rule_by_code
from hengliang.review.obligations import Obligation, obligations, unwritten
from reference.markdown import CHINESE, ENGLISH, GENERATED, SUFFIX, both, table
from reference.rules import link

_ENGLISH = """\
{all} duties of regulations, forms and standards; {checked} are checked by rules, {open} by none, with
the reason. Duties are restated, not quoted. *Read* means that the wording was read in the source named;
*recalled* that it has to be compared with the official text before anyone relies on it.
"""
_CHINESE = """\
规定、样表和标准中的{all}项义务，{checked}项由规则检查，{open}项不由规则检查并注明原因。
义务为转述，不是引文。“已核实”指在所注来源中读过原文；“待核对”指凭记忆转述，使用前须与正式文本核对。
"""


def pages() -> dict[str, str]:
    """The pages by path."""
    return {f"obligations{SUFFIX[language]}.md": _page(language) for language in (ENGLISH, CHINESE)}


def _page(language: str) -> str:
    found = obligations(all_rules())
    checked = sum(1 for one in found if one.rules)
    lines = [
        GENERATED,
        both("# Duties and the rules that check them\n\n", "# 义务与规则对照表\n\n", language),
        both(_ENGLISH, _CHINESE, language).format(all=len(found), checked=checked, open=len(found) - checked),
    ]
    for document, group in groupby(found, key=lambda one: one.duty.document):
        name = both(f"{document.zh} ({document.en})", document.zh, language)
        heads = both(
            "Duty,Clause,What is asked,Wording,Checked by", "编号,条款,内容,核对情况,检查规则", language
        )
        lines.append(f"\n## {name}\n\n")
        lines.append(table(heads.split(","), (_row(one, language) for one in group)))
    lines.append(
        both("\n## Checks that no form can carry out\n\n", "\n## 表中数据不足以检查的事项\n\n", language)
    )
    heads = both("Code,Check,Duty,Why there is no rule", "编码,名称,义务,不设规则的原因", language)
    lines.append(
        table(
            heads.split(","),
            (
                [
                    one.code,
                    both(one.name.en, one.name.zh, language),
                    one.duty,
                    both(one.reason.en, one.reason.zh, language),
                ]
                for one in unwritten()
            ),
        )
    )
    return "".join(lines)


def _row(one: Obligation, language: str) -> list[str]:
    duty = one.duty
    if duty.confirmed:
        wording = both(f"read: {duty.source}", f"已核实：{duty.source}", language)
    else:
        wording = both("recalled", "待核对", language)
    if one.rules:
        checked = " ".join(link(rule_by_code()[code], language) for code in one.rules)
    else:
        reason = both(duty.unchecked.en, duty.unchecked.zh, language) if duty.unchecked else ""
        checked = both(f"none: {reason}", f"无：{reason}", language)
    return [f"`{duty.id}`", duty.clause, both(duty.text.en, duty.text.zh, language), wording, checked]
