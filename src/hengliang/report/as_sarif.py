"""A review as SARIF 2.1.0 (Static Analysis Results Interchange Format, OASIS), for code scanning tools.

Texts have lines and columns as their region; cells of spreadsheets and tables stand as logical locations
beside the file. Checks that could not be decided are results of the kind `open`.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath
from urllib.parse import quote

from hengliang import __version__
from hengliang.base.finding import Finding, Severity, Undecidable
from hengliang.base.place import Place, Spot
from hengliang.form.source import Source
from hengliang.report.labels import place_label
from hengliang.report.records import Record, Rest
from hengliang.review.baseline import fingerprint
from hengliang.review.rule import Rule
from hengliang.review.verdict import Verdict

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "note"}


def piece(verdict: Verdict, rules: Sequence[Rule], language: str, has_baseline: bool = False) -> str:
    """The results of one form, as JSON objects with commas between them; "" when there are none."""
    index = {rule.code: number for number, rule in enumerate(rules)}
    state = {"baselineState": "new"} if has_baseline else {}
    old = {"baselineState": "unchanged"}
    results = [
        *({**_result(verdict, finding, index, language), **state} for finding in verdict.findings),
        *({**_result(verdict, finding, index, language), **old} for finding in verdict.known),
        *(
            {
                **_result(verdict, one.finding, index, language),
                **state,
                "suppressions": [
                    {
                        "kind": "external",
                        "justification": f"{one.suppression.by}: {one.suppression.reason}",
                    }
                ],
            }
            for one in verdict.suppressed
        ),
        *(_open(verdict, one, index, language) for one in verdict.undecidable),
    ]
    return ",\n".join(json.dumps(result, ensure_ascii=False) for result in results)


def whole(
    pieces: Iterable[str], rules: Sequence[Rule], language: str, rest: Callable[[], Rest]
) -> Iterator[str]:
    """The log in parts. `rest` is asked at the end."""
    driver = {
        "name": "Hengliang",
        "semanticVersion": __version__,
        "language": "en" if language == "en" else "zh-Hans",
        "rules": [_rule(rule, language) for rule in rules],
    }
    yield f'{{"$schema": "{SCHEMA}", "version": "2.1.0", "runs": [{{'
    yield f'"tool": {{"driver": {json.dumps(driver, ensure_ascii=False)}}},\n'
    yield '"columnKind": "unicodeCodePoints",\n"results": ['
    written = False
    for text in pieces:
        if text:
            yield (",\n" if written else "\n") + text
            written = True
    notifications = [
        {
            "level": "error",
            "message": {"text": f"{error.reason.say(language)}; {error.remedy.say(language)}"},
            "locations": [{"physicalLocation": _artifact(error.file)}],
        }
        for error in rest().unreadable
    ]
    invocation = {
        "executionSuccessful": not notifications,
        "toolExecutionNotifications": notifications,
    }
    yield f'\n],\n"invocations": [{json.dumps(invocation, ensure_ascii=False)}]}}]}}\n'


def _rule(rule: Rule, language: str) -> Record:
    title = rule.en if language == "en" else rule.zh
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": title},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"basis": list(rule.basis), "fix": rule.fix, "since": rule.since},
    }


def _result(verdict: Verdict, finding: Finding, index: Mapping[str, int], language: str) -> Record:
    text = finding.message.say(language)
    if finding.expected:
        text = f"{text} ({finding.expected.say(language)})"
    first, *others = [_location(verdict, spot, language) for spot in finding.spots]
    result: Record = {
        **_of_rule(finding.code, index),
        "level": _LEVELS[finding.severity],
        "kind": "fail",
        "message": {"text": text},
        "locations": [first],
        "partialFingerprints": {"hengliang/v1": fingerprint(verdict.form, finding)},
    }
    if others:
        result["relatedLocations"] = [{"id": number, **place} for number, place in enumerate(others, 1)]
    if finding.fix:
        result["properties"] = {
            "remedy": finding.fix.say.say(language),
            "fixSafety": "safe" if finding.fix.safe else "proposal",
        }
    return result


def _open(verdict: Verdict, one: Undecidable, index: Mapping[str, int], language: str) -> Record:
    return {
        **_of_rule(one.code, index),
        "level": "none",
        "kind": "open",
        "message": {"text": one.reason.say(language)},
        "locations": [_location(verdict, spot, language) for spot in one.spots[:1]],
    }


def _of_rule(code: str, index: Mapping[str, int]) -> Record:
    return {"ruleId": code, "ruleIndex": index[code]} if code in index else {"ruleId": code}


def _location(verdict: Verdict, spot: Spot, language: str) -> Record:
    place = verdict.source.place_of(spot.path)
    physical = _artifact(verdict.file)
    if place and place.line is not None:
        physical["region"] = _region(verdict.source, place, spot)
    name = f"{verdict.number}:{spot.path}" if spot.path else str(verdict.number)
    logical: list[Record] = [
        {
            "name": place_label(verdict.form, spot.path, language),
            "fullyQualifiedName": name,
            "kind": "member",
        }
    ]
    if place and place.within and place.line is None:
        logical.insert(0, {"name": place.within, "fullyQualifiedName": place.within, "kind": "element"})
    return {"physicalLocation": physical, "logicalLocations": logical}


def _region(source: Source, place: Place, spot: Spot) -> Record:
    """The characters meant; only the beginning of the field where it is not written as it was printed."""
    column = place.column or 1
    region: Record = {"startLine": place.line, "startColumn": column}
    as_printed = source.places.get(spot.path) == place and not (
        spot.path in source.printed or spot.path in source.joins
    )
    if as_printed and spot.start is not None and spot.end is not None:
        region |= {"startColumn": column + spot.start, "endColumn": column + spot.end}
    return region


def _artifact(file: str) -> Record:
    path = PurePath(file)
    uri = path.as_uri() if path.is_absolute() else quote(path.as_posix())
    return {"artifactLocation": {"uri": uri}}
