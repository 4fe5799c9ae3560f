"""The life of a declaration: its states and moves as a diagram and a table, from the tables of the web face."""

from collections.abc import Iterator

from hengliang.web.workflow.moves import MOVES
from hengliang.web.workflow.roles import PERMISSIONS, WORDS, Role
from hengliang.web.workflow.states import SHOWN, State
from reference.markdown import CHINESE, ENGLISH, GENERATED, SUFFIX

_HEADS = {
    ENGLISH: ("The life of a declaration", "Move", "From", "To", "Who", "Side", "Told", "Reason", "Roles"),
    CHINESE: ("申报表的生命周期", "操作", "原状态", "新状态", "权限", "一方", "通知", "须说明理由", "角色"),
}
_SIDES = {
    ENGLISH: {"unit": "the unit", "other": "another office"},
    CHINESE: {"unit": "本单位", "other": "其他单位"},
}


def pages() -> dict[str, str]:
    """The page in both languages."""
    return {f"workflow{SUFFIX[language]}": "\n".join(_page(language)) for language in (ENGLISH, CHINESE)}


def _page(language: str) -> Iterator[str]:
    title, move, source, target, who, side, told, reason, roles = _HEADS[language]
    yield from (GENERATED, "", f"# {title}", "", "```mermaid", "stateDiagram-v2")
    yield from (f"    {state.value}: {SHOWN[state].word.say(language)}" for state in State)
    yield f"    [*] --> {State.DRAFT.value}"
    for one in MOVES.values():
        for state in State:
            if state in one.sources:
                yield f"    {state.value} --> {one.target.value}: {one.label.say(language)}"
    yield from (
        "```",
        "",
        f"| {move} | {source} | {target} | {who} | {side} | {told} | {reason} |",
        "| --- " * 7 + "|",
    )
    for one in MOVES.values():
        sources = "、".join(SHOWN[state].word.say(language) for state in State if state in one.sources)
        hear = "、".join(WORDS[role].say(language) for role in one.told)
        yield (
            f"| {one.label.say(language)} | {sources} | {SHOWN[one.target].word.say(language)} | `{one.permission}` "
            f"| {_SIDES[language][one.side]} | {hear} | {'✓' if one.reason else ''} |"
        )
    yield from ("", f"## {roles}", "", f"| {roles} | {who} |", "| --- | --- |")
    for role in Role:
        permitted = "、".join(f"`{one}`" for one in sorted(PERMISSIONS[role]))
        yield f"| {WORDS[role].say(language)} | {permitted} |"
    yield ""
