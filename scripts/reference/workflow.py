"""The life of a declaration: its states and moves as a diagram and a table."""

from collections.abc import Iterator

from hengliang.web.workflow.moves import MOVES
from hengliang.web.workflow.roles import PERMISSIONS, WORDS, Role
from hengliang.web.workflow.states import SHOWN, State
from reference.markdown import CHINESE, ENGLISH, GENERATED, SUFFIX, table

_TITLES = {ENGLISH: ("The life of a declaration", "Roles"), CHINESE: ("申报表的生命周期", "角色")}
_HEADS = {
    ENGLISH: ("Move", "From", "To", "Permission", "Side", "Told", "Needs a reason"),
    CHINESE: ("操作", "原状态", "新状态", "权限", "一方", "通知", "须说明理由"),
}
_SIDES = {
    ENGLISH: {"unit": "the unit", "other": "another office"},
    CHINESE: {"unit": "本单位", "other": "其他单位"},
}


def pages() -> dict[str, str]:
    """The page in both languages."""
    return {f"workflow{SUFFIX[language]}.md": _page(language) for language in (ENGLISH, CHINESE)}


def _page(language: str) -> str:
    title, roles = _TITLES[language]
    diagram = "\n".join(_diagram(language))
    return (
        f"{GENERATED}# {title}\n\n```mermaid\n{diagram}\n```\n\n"
        f"{table(_HEADS[language], _moves(language))}\n## {roles}\n\n"
        f"{table((roles, _HEADS[language][3]), _roles(language))}"
    )


def _diagram(language: str) -> Iterator[str]:
    yield "stateDiagram-v2"
    yield from (f"    {state.value}: {SHOWN[state].word.say(language)}" for state in State)
    yield f"    [*] --> {State.DRAFT.value}"
    for move in MOVES.values():
        for state in State:
            if state in move.sources:
                yield f"    {state.value} --> {move.target.value}: {move.label.say(language)}"


def _moves(language: str) -> Iterator[tuple[str, ...]]:
    for move in MOVES.values():
        yield (
            move.label.say(language),
            "、".join(SHOWN[state].word.say(language) for state in State if state in move.sources),
            SHOWN[move.target].word.say(language),
            f"`{move.permission}`",
            _SIDES[language][move.side],
            "、".join(WORDS[role].say(language) for role in move.told),
            "✓" if move.reason else "",
        )


def _roles(language: str) -> Iterator[tuple[str, str]]:
    for role in Role:
        yield WORDS[role].say(language), "、".join(f"`{one}`" for one in sorted(PERMISSIONS[role]))
