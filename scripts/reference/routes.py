"""Every address of the web application, and which role gets past its policy."""

from collections.abc import Iterator

from hengliang.web.workflow.roles import WORDS, Role
from reference.markdown import CHINESE, ENGLISH, GENERATED, SUFFIX, both, table
from reference.web import set_up

_TITLES = {ENGLISH: "Addresses and roles", CHINESE: "地址与角色"}
_ABOUT = {
    ENGLISH: (
        "✓: the role gets past the policy of the address; whether it reaches the object asked for, its "
        "organisation decides. `public` is open to everybody, `signed in` to everybody who is signed in, "
        "`token` to programs with the token of a person, for what that person may do. A test walks all of "
        "them with all roles."
    ),
    CHINESE: (
        "✓：该角色可通过此地址的权限检查；能否看到所请求的对象，再由其单位范围决定。"
        "`public`对所有人开放，`signed in`对所有已登录人员开放，"
        "`token`对持有个人令牌的程序开放，权限不超过令牌所有者本人。"
        "测试用全部角色逐一访问全部地址。"
    ),
}


def pages() -> dict[str, str]:
    """The page in both languages."""
    set_up()
    return {f"routes{SUFFIX[language]}.md": _page(language) for language in (ENGLISH, CHINESE)}


def _page(language: str) -> str:
    heads = (both("Address", "地址", language), *(WORDS[role].say(language) for role in Role))
    return f"{GENERATED}# {_TITLES[language]}\n\n{_ABOUT[language]}\n\n{table(heads, _rows())}"


def _rows() -> Iterator[tuple[str, ...]]:
    from hengliang.web.project.routes import routes

    for route in sorted(routes(), key=lambda route: route.pattern.lstrip("^")):
        address = f"`/{route.pattern.strip('^$')}`"
        if isinstance(route.policy, str):
            yield (address, *[f"`{route.policy}`"] * len(Role))
        else:
            yield (address, *("✓" if route.is_open_to(role) else "" for role in Role))
