"""`hengliang rule`: what a rule checks, why, and on what it rests."""

import sys
from typing import Annotated

import typer

from hengliang.base.message import message
from hengliang.cli.command import language_in, near
from hengliang.cli.output import write_text
from hengliang.cli.terminal import columns, has_colour
from hengliang.cli.usage import Usage

EXAMPLES = """
hengliang rule V06  # What rule V06 checks, why, and what to write instead.
hengliang rule --list  # All rules with their severity and kind of fix.
"""


def run(
    ctx: typer.Context,
    codes: Annotated[
        list[str] | None, typer.Argument(metavar="CODE…", help="Codes of rules: V06, or their English names.")
    ] = None,
    show_list: Annotated[bool, typer.Option("--list", help="List all rules.")] = False,
) -> None:
    """Prints the pages of rules: what they check, why, an example, what to write instead, the basis."""
    from hengliang.report import rule_page
    from hengliang.report.ink import Ink
    from hengliang.review.catalogue import all_rules

    language = language_in(ctx)
    ink, room = Ink(has_colour(sys.stdout)), columns(sys.stdout)
    if show_list:
        write_text(None, [rule_page.table(all_rules(), language, ink)])
        return
    if not codes:
        raise Usage(message("name a rule, or ask for --list"))
    known = {name: rule for rule in all_rules() for name in (rule.code, rule.name)}
    pages: list[str] = []
    for code in codes:
        rule = known.get(code.upper()) or known.get(code.lower())
        if rule is None:
            hint = near(code.upper(), list(known)) or near(code.lower(), list(known))
            hint = hint or message("see them with `hengliang rule --list`")
            raise Usage(message("no rule has the code {code}; {hint}", code=code, hint=hint))
        pages.append(rule_page.page(rule, language, room, ink))
    write_text(None, ["\n".join(pages)])
