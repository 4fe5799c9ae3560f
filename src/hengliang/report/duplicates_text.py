"""Indicators that stand on several forms, for people and as records."""

from collections.abc import Iterator, Sequence

from hengliang.base.message import message
from hengliang.report.ink import Ink
from hengliang.report.records import Record
from hengliang.report.width import fit, visible
from hengliang.review.duplicates import Group, Member

_GROUPS = 10
_MEMBERS = 3
"""So many groups, and so many indicators of each, are shown unless all are asked for."""


def render(groups: Sequence[Group], language: str, columns: int, ink: Ink, verbose: bool = False) -> str:
    """The groups, the largest first; "" when there is none."""
    if not groups:
        return ""
    title = message("Indicators that stand on several forms: {count}", count=len(groups)).say(language)
    lines = [ink.bold(title)]
    for group in groups if verbose else groups[:_GROUPS]:
        lines += _group(group, language, columns, ink, verbose)
    if not verbose and len(groups) > _GROUPS:
        said = message("and {count} more (--verbose shows them)", count=len(groups) - _GROUPS)
        lines.append(f"  {ink.dim(said.say(language))}")
    return "".join(f"{line}\n" for line in lines)


def record(group: Group) -> Record:
    """A group as a record."""
    return {
        "name": group.name,
        "same": group.is_same,
        "members": [
            {
                "form": member.form,
                "path": member.path,
                "name": member.name,
                "likeness": member.likeness,
                "cut": member.cut,
            }
            for member in group.members
        ],
    }


def _group(group: Group, language: str, columns: int, ink: Ink, verbose: bool) -> Iterator[str]:
    how = message("the same name") if group.is_same else message("nearly the same name")
    said = message("{forms} forms, {how}", forms=group.forms, how=how).say(language)
    yield f"  {visible(group.name)}  {ink.dim(said)}"
    shown: Sequence[Member] = group.members if verbose else group.members[:_MEMBERS]
    for member in shown:
        name = "" if group.is_same else f"  {visible(member.name)} ({member.likeness}%)"
        yield fit(f"    {visible(member.form)} #{member.row + 1}{name}", columns)[0]
    if len(shown) < len(group.members):
        rest = message("and {count} more", count=len(group.members) - len(shown))
        yield f"    {ink.dim(rest.say(language))}"
