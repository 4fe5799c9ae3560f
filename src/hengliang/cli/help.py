"""The help of a command in the language of the reader, aligned by width on the screen."""

from collections.abc import Iterator, Sequence
from typing import Any

from hengliang.base.message import translate
from hengliang.report.ink import Ink
from hengliang.report.width import width, wrap

_FIRST_COLUMN = 28
_GAP = 2


_OF_HELP_ITSELF = "Show this message and exit."
"""What typer says of the option that shows the help."""


def texts_of(command: Any) -> Iterator[str]:
    """Every sentence that the help of `command` and its subcommands says, in English."""
    yield _OF_HELP_ITSELF
    yield from [*_paragraphs(command), *_sections(command)]
    for _, said in _examples(command):
        yield said
    for parameter in command.params:
        if parameter.help:
            yield parameter.help
        if parameter.metavar:
            yield parameter.metavar
    for subcommand in getattr(command, "commands", {}).values():
        yield from texts_of(subcommand)


def help_page(command: Any, ctx: Any, language: str, columns: int, ink: Ink) -> str:
    """The help of `command`, called in the context `ctx`."""
    path = ctx.command_path
    parameters = command.get_params(ctx)
    lines = [ink.bold(translate("Usage: ", language)) + " ".join([path, *_usage(command, language)]), ""]
    for paragraph in _paragraphs(command):
        lines += [*wrap(translate(paragraph, language), columns), ""]
    for title, rows in _tables(command, parameters, language):
        lines.append(ink.bold(translate(title, language)))
        lines += _table(rows, columns, ink)
        lines.append("")
    if examples := _examples(command):
        lines.append(ink.bold(translate("Examples:", language)))
        for call, said in examples:
            lines += [f"  {ink.paint(call, 'advice')}", f"      {translate(said, language)}"]
        lines.append("")
    return "\n".join(lines)


def short_help(command: Any, language: str) -> str:
    """The first paragraph of a command's help."""
    return translate(_paragraphs(command)[0], language)


def _paragraphs(command: Any) -> list[str]:
    """The help of a command, one line a paragraph."""
    return [" ".join(paragraph.split()) for paragraph in (command.help or "").split("\n\n")]


def _sections(command: Any) -> list[str]:
    return ["Usage: ", *(title for title, _ in _tables(command, command.params, "en")), "Examples:"]


def _usage(command: Any, language: str) -> Iterator[str]:
    if any(parameter.param_type_name == "option" for parameter in command.params):
        yield translate("[OPTIONS]", language)
    for parameter in command.params:
        if parameter.param_type_name == "argument":
            yield translate(parameter.metavar, language)
    if getattr(command, "commands", None):
        yield translate("COMMAND …", language)


def _tables(
    command: Any, parameters: Sequence[Any], language: str
) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    commands = getattr(command, "commands", {})
    tables = {
        "Commands:": [(name, short_help(one, language)) for name, one in commands.items()],
        "Arguments:": [_row(one, language) for one in parameters if one.param_type_name == "argument"],
        "Options:": [_row(one, language) for one in parameters if one.param_type_name == "option"],
    }
    yield from ((title, rows) for title, rows in tables.items() if rows)


def _row(parameter: Any, language: str) -> tuple[str, str]:
    metavar = translate(parameter.metavar or "", language)
    said = translate(parameter.help or "", language)
    if parameter.param_type_name == "argument":
        return metavar, said
    names = ", ".join(sorted(parameter.opts, key=len))
    return f"{names} {metavar}".rstrip(), said


def _table(rows: list[tuple[str, str]], columns: int, ink: Ink) -> Iterator[str]:
    first = min(max(width(name) for name, _ in rows), _FIRST_COLUMN)
    for name, said in rows:
        lines = wrap(said, columns - first - _GAP - 2)
        painted = ink.paint(name, "advice") + " " * max(first - width(name), 0)
        if width(name) > first:
            yield f"  {painted}"
        else:
            yield f"  {painted}{' ' * _GAP}{lines.pop(0)}"
        yield from (" " * (2 + first + _GAP) + line for line in lines)


def _examples(command: Any) -> list[tuple[str, str]]:
    """The epilog of a command: one example a line, a call with a comment."""
    lines = (line.partition("  # ") for line in (command.epilog or "").strip().splitlines())
    return [(call.strip(), said.strip()) for call, _, said in lines]
