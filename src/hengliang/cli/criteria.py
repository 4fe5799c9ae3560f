"""`hengliang criteria`: what a scoring sentence says, and the points it gives."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hengliang.base.message import message
from hengliang.cli.command import USAGE, language_in
from hengliang.cli.criteria_run import answer_lines
from hengliang.cli.options import Jobs, Profile, look_of
from hengliang.cli.output import write_text, written_whole
from hengliang.cli.usage import Usage

if TYPE_CHECKING:
    from hengliang.criteria.read import CriterionReading

_PICTURES = (".svg", ".png")
UNREAD = 1
"""The exit code when nothing of a single sentence could be read."""

EXAMPLES = """
hengliang criteria "每少1家扣0.5分" --points 3 --target ≥60 --unit 家 --given 57  # A reading, and a score.
hengliang criteria "发生安全事故不得分" --points 5 --given 是 --json  # The same for programs.
hengliang criteria "每少1家扣0.5分" --points 3 --target ≥60 --picture curve.png  # Its curve as a picture.
hengliang criteria --file sentences.jsonl --json  # One sentence and one result a line.
"""


def run(
    ctx: typer.Context,
    sentence: Annotated[
        str | None, typer.Argument(metavar="SENTENCE", help="The scoring sentence, as the form prints it.")
    ] = None,
    points: Annotated[
        str | None, typer.Option(metavar="P", help="The points of the indicator: full marks.")
    ] = None,
    operator: Annotated[
        str | None, typer.Option(metavar="O", help="The sign of its target: ≥ > = < ≤ or 定性.")
    ] = None,
    target: Annotated[
        str | None, typer.Option(metavar="T", help="The target: 60, 95%, or ≥95% with its sign.")
    ] = None,
    unit: Annotated[str | None, typer.Option(metavar="U", help="The unit of the target: 家, %, 个.")] = None,
    given: Annotated[
        list[str] | None,
        typer.Option(
            metavar="X",
            help="What is to be scored, as the sentence asks for it: 95, 是, 蓝灯, a=1,b=2 or an "
            "object in JSON; two dates are 应完成=2023-12-31,完成=2024-02-10. May be given again.",
        ),
    ] = None,
    file: Annotated[
        str | None,
        typer.Option(
            metavar="SENTENCES",
            help="Many sentences, one JSON object a line: id, text, points, operator, target, unit, "
            "given; - is standard input.",
        ),
    ] = None,
    profile: Profile = "national-2015",
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON: one object, or one a line with --file.")
    ] = False,
    picture: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Draw the score curve, or bars where words are asked, as .svg or .png, with what is given.",
        ),
    ] = None,
    dark: Annotated[bool, typer.Option("--dark", help="Draw for a dark screen.")] = False,
    jobs: Jobs = None,
) -> None:
    """Reads a scoring sentence (评分标准, 评扣分标准) into its score curve, and scores what is given.

    Tells what the sentence asks for, what had to be assumed, what it leaves open and what must be asked of
    its owner. What cannot be read is left unread and never guessed.

    Exit codes: 0 read, in whole or in part; 1 nothing of the sentence could be read; 2 wrong usage, a fact
    that does not answer what the sentence asks, or a line of the file that is no question; the other lines
    are answered all the same.
    """
    from hengliang.base.profile import load_profile

    language = language_in(ctx)
    if picture is not None and picture.suffix.lower() not in _PICTURES:
        raise Usage(message("a picture is .svg or .png, not {file}", file=str(picture)))
    known = load_profile(profile)
    if (sentence is None) == (file is None):
        raise Usage(message("give one sentence, or --file with many"))
    if file is not None:
        alone = {"--points": points, "--operator": operator, "--target": target, "--unit": unit}
        alone |= {"--given": given, "--picture": picture}
        for name, value in alone.items():
            if value is not None:
                raise Usage(message("{name} goes with one sentence; --file names it in each line", name=name))
        if code := answer_lines(file, profile, look_of(language), as_json, jobs):
            raise typer.Exit(code)
        return

    from hengliang.criteria.as_json import as_json as as_data
    from hengliang.criteria.question import QuestionError, question_of
    from hengliang.criteria.read import Status
    from hengliang.criteria.scored import NoScore, scored
    from hengliang.report import criterion_text
    from hengliang.report.ink import Ink

    asked = {
        "text": sentence, "points": points, "operator": operator, "target": target, "unit": unit,
        "given": [_fact(each) for each in given or []],
    }  # fmt: skip
    try:
        question = question_of(asked)
    except QuestionError as error:
        raise Usage(error.reason) from error
    reading = question.read(known)
    if as_json:
        data = as_data(reading, question.given, language)
        write_text(None, [json.dumps(data, ensure_ascii=False, indent=1), "\n"])
    else:
        look = look_of(language)
        dressed = criterion_text.Look(look.columns, Ink(look.colour))
        write_text(None, [criterion_text.render(reading, question.given, language, dressed)])
    if picture is not None:
        _draw(reading, question.given, language, picture, dark)
    if reading.status is Status.UNREAD:
        raise typer.Exit(UNREAD)
    if any(isinstance(scored(reading, fact), NoScore) for fact in question.given):
        raise typer.Exit(USAGE)


def _draw(reading: "CriterionReading", given: tuple[Any, ...], language: str, out: Path, dark: bool) -> None:
    from hengliang.report.curve_picture import picture
    from hengliang.report.fonts import NoChineseFontError
    from hengliang.report.png import png_of

    svg = picture(reading, given, language, dark=dark)
    if out.suffix.lower() == ".svg":
        write_text(out, [svg])
        return
    try:
        png = png_of(svg)
    except NoChineseFontError as error:
        raise Usage(
            message(
                "there is no Chinese font on this machine to draw {file} with: install one "
                "(Debian: fonts-noto-cjk; Python: pip install 'hengliang[fonts]'), or write .svg",
                file=str(out),
            )
        ) from error
    with written_whole(out) as part:
        part.write_bytes(png)


def _fact(text: str) -> Any:
    """A fact from the command line: an object in JSON or as a=1,b=2, or the text itself.

    A comma inside a name is no separator: only what has a sign of equality behind it begins a new name.
    """
    plain = text.strip()
    if plain.startswith("{"):
        try:
            return json.loads(plain)
        except ValueError as error:
            raise Usage(message("--given {given} is no JSON: {why}", given=text, why=str(error))) from error
    if "=" not in plain[1:]:
        return text
    return _named(plain)


def _named(text: str) -> dict[str, str]:
    facts: dict[str, str] = {}
    name = ""
    for part in text.replace("，", ",").split(","):
        key, equals, value = part.partition("=")
        if equals and key.strip():
            name = key.strip()
            facts[name] = value.strip()
        elif name:
            facts[name] += f",{part}"
        else:
            raise Usage(message("--given {given}: facts with names are written a=1,b=2", given=text))
    return facts
