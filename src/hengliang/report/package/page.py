"""What people read of a package: a page (`index.html`) and a note (`README.md`), in Chinese and English."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from html import escape

from hengliang.base.message import LANGUAGES, Message, Words, message
from hengliang.form.actual import Origin
from hengliang.measure.compute import State as ValueState
from hengliang.measure.compute import Value
from hengliang.report.measured_text import STATES, shown_text
from hengliang.report.package.compute import Recomputed
from hengliang.report.package.facts import Facts
from hengliang.report.trace_text import points_of
from hengliang.score.sheet import ScoreSheet

_FILES = {
    "manifest.sha256": message("the SHA-256 of every file; what a signature signs"),
    "package.json": message("which year and as-of date, which batches, and the version that wrote it"),
    "form/": message("the form, as data and as a workbook, without names and telephone numbers of staff"),
    "profile.json": message("the rule profile with everything that it inherits"),
    "criteria.json": message("how each scoring sentence was read"),
    "binding.json": message("which metric measures which indicator"),
    "ledgers/": message("the definitions of the ledgers and their metrics"),
    "records/": message("the rows that metrics are computed from, without personal columns and positions"),
    "counted/": message("of every row whether it counted, and why not"),
    "measurements.json": message("the value of every metric, and what it was computed from"),
    "stated.json": message("values that people stated, each with its reason"),
    "trusted.json": message("values that cannot be computed from what is published"),
    "score.json, score.xlsx": message("the score sheet with every step"),
}
_KEPT = message(
    "Columns with persons, devices and answers, positions, names of files and of who loaded them are not "
    "published. Digests of records are keyed: they bind the publisher and tell nothing."
)
_CHECK = (
    message("With Hengliang: `hengliang verify result.zip` computes everything again, without a network."),
    message("Without it: unpack and run `sha256sum -c manifest.sha256`."),
    message(
        "A whole package can be made anew by anybody. Compare its digest with the one that the publisher "
        "announced elsewhere, or check its signature with the publisher's key: `--key`."
    ),
    message("Whoever has the store publishes again: the bytes are the same."),
)
_STYLE = (
    "body{font:16px/1.6 'Noto Sans CJK SC','Microsoft YaHei',sans-serif;max-width:72rem;margin:2rem auto;"
    "padding:0 1rem;color:#1a1a1a;background:#fff}table{border-collapse:collapse;width:100%}"
    "th,td{border:1px solid #767676;padding:.3rem .5rem;text-align:left;vertical-align:top}"
    "th{background:#eef2f5}.en{color:#505050;font-size:.9em;"
    "display:block}code{background:#f2f2f2}"
)


def page(facts: Facts, found: Mapping[str, Recomputed], sheet: ScoreSheet) -> str:
    """The page. Nothing in it is fetched or run."""
    title = _title(facts)
    return "".join(
        (
            "<!doctype html>\n<html lang='zh-CN'>\n<head><meta charset='utf-8'>",
            "<meta name='viewport' content='width=device-width'>",
            f"<title>{escape(title.say(LANGUAGES[0]))}</title>\n<style>{_STYLE}</style></head>\n<body>\n",
            f"<h1>{_both(title)}</h1>\n",
            *(f"<p>{_both(one)}</p>\n" for one in _summary(facts, found, sheet)),
            f"<h2>{_both(message('How to check it'))}</h2>\n<ul>\n",
            *(f"<li>{_both(one)}</li>\n" for one in _CHECK),
            f"</ul>\n<h2>{_both(message('Indicators'))}</h2>\n<table>\n<thead><tr>",
            *(f"<th scope='col'>{_both(one)}</th>" for one in _HEAD),
            "</tr></thead>\n<tbody>\n",
            *_rows(facts, found, sheet),
            "</tbody></table>\n",
            *_phrases(facts, found),
            f"<h2>{_both(message('Files'))}</h2>\n<table>\n<tbody>\n",
            *(_row(f"<code>{name}</code>", _both(said)) for name, said in _FILES.items()),
            f"</tbody></table>\n<p>{_both(_KEPT)}</p>\n</body>\n</html>\n",
        )
    )


def readme(facts: Facts, found: Mapping[str, Recomputed]) -> str:
    """The note."""
    parts: list[str] = []
    for language in LANGUAGES:
        parts += [f"# {_title(facts).say(language)}\n", _basis(found).say(language) + "\n"]
        parts += [f"## {message('How to check it').say(language)}\n"]
        parts += ["".join(f"- {one.say(language)}\n" for one in _CHECK)]
        parts += [f"## {message('Files').say(language)}\n"]
        parts += ["".join(f"- `{name}`: {said.say(language)}\n" for name, said in _FILES.items())]
        parts += [_KEPT.say(language) + "\n"]
    return "\n".join(parts)


_HEAD = (
    message("No."),
    message("Indicator"),
    message("Target"),
    message("Measured"),
    message("Points"),
    message("Computed from"),
)


def _title(facts: Facts) -> Message:
    return message(
        "{organisation}: published performance result of {year}",
        organisation=facts.form.organisation or facts.form.project or "",
        year=facts.about.fiscal_year,
    )


def _summary(facts: Facts, found: Mapping[str, Recomputed], sheet: ScoreSheet) -> Iterator[Message]:
    total = sheet.total
    values = {"low": f"{total.low:f}", "high": f"{total.high:f}", "of": f"{total.of:f}"}
    if total.is_certain:
        yield message("Total: {low} of {of} points", **values)
    else:
        yield message("Total: {low} to {high} of {of} points", **values)
    if sheet.grade is not None:
        yield message("Grade: {grades}", grades=sheet.grade.possible)
    if facts.about.as_of is not None:
        yield message("What was recorded until {day}", day=facts.about.as_of.isoformat())
    yield _basis(found)


def _basis(found: Mapping[str, Recomputed]) -> Message:
    trusted = sum(one.trust is not None for one in found.values())
    return message(
        "{computed} measurements can be computed again from the published rows; {trusted} rest on trust.",
        computed=len(found) - trusted,
        trusted=trusted,
    )


def _rows(facts: Facts, found: Mapping[str, Recomputed], sheet: ScoreSheet) -> Iterator[str]:
    bound = {one.number: one for one in facts.binding.indicators}
    for row in sheet.rows:
        indicator, one = row.indicator, bound.get(row.index + 1)
        metrics = [] if one is None else [one.metric, *(fact.metric for fact in one.facts.values())]
        measured = [found[metric] for metric in dict.fromkeys(metrics)]
        target = f"{indicator.operator or ''} {indicator.target or ''}{indicator.unit or ''}"
        cells = [escape(indicator.name), escape(target.strip())]
        is_measured = row.actual is not None and row.actual.origin is Origin.MEASURED
        stated = None if is_measured else facts.stated.get(row.index)
        value = "<br>".join(_value(each) for each in measured)
        if stated is not None:
            value = escape(stated.text or "")
        cells += [value, _both(points_of(row))]
        origins = "<br>".join(_both(_from(each)) for each in measured)
        if stated is not None:
            origins = _both(message("Stated by the unit: {reason}", reason=stated.note or ""))
        yield _row(str(row.index + 1), *cells, origins or _both(message("nothing is bound")))


def _row(*cells: str) -> str:
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>\n"


def _phrases(facts: Facts, found: Mapping[str, Recomputed]) -> Iterator[str]:
    if not facts.binding.phrases:
        return
    yield f"<h2>{_both(message('Goals and duties without an indicator'))}</h2>\n<table>\n<tbody>\n"
    for phrase in facts.binding.phrases:
        one = found[phrase.metric]
        yield _row(escape(phrase.words), _value(one), _both(_from(one)))
    yield "</tbody></table>\n"


def _value(one: Recomputed) -> str:
    measured = one.measurement
    name = _both(Words(*(f"{measured.metric.id} {text}" for text in measured.metric.words)))
    return f"{name}{_shown(measured.value, measured.metric.unit)}"


def _shown(value: Value, unit: str) -> str:
    if value.state is not ValueState.OK:
        return _both(STATES[value.state])
    return escape(f"{shown_text(value.shown)}{unit if isinstance(value.shown, Decimal) else ''}")


def _from(one: Recomputed) -> Message:
    if one.trust is not None:
        return message("On trust: {why}", why=one.trust)
    if one.rows is None:
        return message("Computed from the rows of {ledgers}", ledgers=tuple(sorted(one.asked)) or "-")
    counted = sum(told.row.counted for told in one.rows)
    return message("{counted} of {rows} rows counted", counted=counted, rows=len(one.rows))


def _both(said: Message | Words) -> str:
    """The text in Chinese, and in English below it."""
    first, second = (escape(said.say(language)) for language in LANGUAGES)
    return first if first == second else f"{first}<span class='en' lang='en'>{second}</span>"
