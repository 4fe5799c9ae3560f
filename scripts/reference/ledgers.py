"""A page for every ledger (台账), in Chinese with the English names, its descriptor, and their index."""

import json
from collections.abc import Iterable, Iterator

from hengliang.measure.catalogue import PACKS, column_groups, ledgers_of, packs
from hengliang.measure.definition import Column, Ledger, Metric
from hengliang.report.ledger_text import descriptor
from reference.markdown import GENERATED, table

PACK_NAMES = {"natural_resources": "自然资源", "general": "通用"}
_NEEDS = {"R": "必填", "C": "按条件", "O": "选填"}
_KINDS = {
    "count": "计数", "share": "占比", "ratio": "金额或面积之比", "sum": "合计", "mean": "均值",
    "latest": "最后日期", "largest": "最大值", "median": "中位数", "months_late": "逾期月数",
    "list": "列表", "coverage": "覆盖率", "change": "变化", "function": "函数",
}  # fmt: skip


def pages() -> dict[str, str]:
    """The pages and descriptors, below `docs/reference/`."""
    made: dict[str, str] = {}
    index = [
        GENERATED,
        (
            "# 台账\n\n每种台账一页：栏目、校核、指标。同名的`.json`是Frictionless表结构（Table Schema）。"
            "各代码的含义和使用见[校核代码](codes.md)。\n"
        ),
    ]
    for pack in packs():
        ledgers = ledgers_of(PACKS / pack)
        rows = [
            [f"[{ledger.zh}]({name}.md)", f"`{name}`", ledger.row.zh, _listed(m.id for m in ledger.metrics)]
            for name, ledger in ledgers.items()
        ]
        index.append(f"\n## {PACK_NAMES.get(pack, pack)}\n\n")
        index.append(table(["台账", "名称", "一行是什么", "指标"], rows))
        for name, ledger in ledgers.items():
            made[f"ledgers/{name}.md"] = "".join(_page(ledger))
            compact = json.dumps(descriptor(ledger), ensure_ascii=False, indent=1)
            made[f"ledgers/{name}.json"] = compact + "\n"
    index.append("\n## 公用栏组\n")
    for letter, columns in column_groups().items():
        index.append(f"\n### {letter}\n\n" + table(_HEADS, [_column(column) for column in columns]))
    return {"ledgers/index.md": "".join(index), **made}


def _page(ledger: Ledger) -> Iterator[str]:
    shared = {column.name for letter in ledger.groups for column in column_groups()[letter]}
    yield f"{GENERATED}# {ledger.zh}\n\n{ledger.en} · `{ledger.name}`\n\n一行：{ledger.row.zh}。\n\n"
    yield f"主键：{_listed(ledger.key)}。"
    yield f"公用栏组：[{' '.join(ledger.groups)}](index.md#公用栏组)。" if ledger.groups else ""
    yield "监测序列，载入时校核。" if ledger.is_series else ""
    yield "\n\n## 栏目\n\n"
    yield table(_HEADS, [_column(column) for column in ledger.columns if column.name not in shared])
    if ledger.rules:
        yield "\n## 栏目之间的条件\n\n"
        yield table(
            ["代码", "条件", "不满足时", "性质"],
            [
                [rule.code, f"`{rule.text}`", rule.zh, "不计入" if rule.blocking else "存疑"]
                for rule in ledger.rules
            ],
        )
    if ledger.checks:
        yield "\n## 多行校核\n\n"
        yield table(
            ["代码", "栏目", "对照台账"],
            [
                [
                    check.code if check.reports in (None, check.code) else f"{check.reports}（{check.code}）",
                    _listed([*([check.key] if check.key else []), *check.columns.values()]),
                    f"`{check.ledger}`" if check.ledger else "",
                ]
                for check in ledger.checks
            ],
        )
    if ledger.metrics:
        yield "\n## 指标\n\n"
        yield table(["代号", "名称", "算法", "单位", "范围与计入条件"], map(_metric, ledger.metrics))
    if ledger.parameters:
        yield "\n## 参数\n\n"
        yield table(
            ["参数", "默认值"], [[f"`{name}`", _shown(value)] for name, value in ledger.parameters.items()]
        )
    if ledger.scoring is not None:
        status = {"determined": "确定", "provisional": "暂定"}[ledger.scoring.status]
        yield f"\n## 计分\n\n{ledger.scoring.rule}，{ledger.scoring.points}分，{status}。"
        yield f"待问：{ledger.scoring.question.zh}。\n" if ledger.scoring.question else "\n"
    if ledger.notes is not None:
        yield f"\n## 说明\n\n{ledger.notes.zh}。\n"
    if ledger.to_be_checked:
        yield "\n## 待核实\n\n" + "".join(f"- {text}\n" for text in ledger.doubts("zh_Hans"))


_HEADS = ["栏目", "名称", "类型", "要求", "取值", "英文"]


def _column(column: Column) -> list[str]:
    kind = column.type if column.unit is None else f"{column.type}，{column.unit}"
    need = _NEEDS[column.need] + ("，不外传" if column.personal else "")
    return [column.zh, f"`{column.name}`", kind, need, _values(column), column.en]


def _values(column: Column) -> str:
    said = [f"{code} {word}" if code != word else code for code, word in column.codes.items()]
    said += [f"编码格式{column.format}"] if column.format else []
    said += [f"≥{column.least}"] if column.least is not None else []
    said += [f"≤{column.most}"] if column.most is not None else []
    return "；".join(said)


def _metric(metric: Metric) -> list[str]:
    conditions = [f"`{each.when.text}`" for each in metric.among]
    counted = [f"`{each.when.text}`" for each in metric.counted]
    said = f"范围：{'，'.join(conditions)}；" if conditions else ""
    said += f"计入：{'，'.join(counted)}" if counted else ""
    kind = _KINDS[metric.kind]
    kind = f"{kind} `{metric.function}`" if metric.function else kind
    return [metric.id, metric.zh, kind, metric.unit, said]


def _shown(value: object) -> str:
    return "、".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _listed(names: Iterable[str]) -> str:
    return "、".join(f"`{name}`" for name in names)
