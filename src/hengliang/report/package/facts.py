"""What a package is made from: everything that is not computed, as data and as files in the package.

Whoever has these files computes all the others (`contents.py`): that is what verifying means.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import PurePosixPath
from typing import Any, NoReturn

from pydantic import BaseModel, ConfigDict, ValidationError

from hengliang.base.message import message
from hengliang.base.profile import Profile
from hengliang.form.actual import Actual
from hengliang.form.exchange import ExchangeError, form_from_json, form_to_json
from hengliang.form.model import Form
from hengliang.measure.binding import Binding
from hengliang.measure.compute import Value
from hengliang.measure.definition import DefinitionError, Ledger, groups_of, ledger_of
from hengliang.measure.period import Period, fiscal_year
from hengliang.report.package.rows import Broken
from hengliang.report.package.values import value_data, value_from

FORMAT = 2
"""The format of the package; a version of the program reads this one and all before."""
ABOUT, FORM, PROFILE, BINDING, TRUSTED, STATED = (
    "package.json",
    "form/form.json",
    "profile.json",
    "binding.json",
    "trusted.json",
    "stated.json",
)
DEFINITIONS, RECORDS, RESTATED, SIGNER = "ledgers", "records", "records-restated", "signer.pem"
GROUPS = "groups"


class SourceBatch(BaseModel):
    """A batch that was read. Names of files and of who loaded them stay in the house; digests are keyed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    label: str
    rows: int
    blocked: int
    questioned: int
    loaded_on: str
    records: str
    file: str


class About(BaseModel):
    """The file that says what the package is."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: int
    hengliang: str
    fiscal_year: int
    as_of: date | None
    form_document: str
    """The keyed digest of the document that the form was read from."""
    live_records: Mapping[str, str]
    """Keyed digests of the live records, by ledger."""
    batches: Mapping[str, tuple[SourceBatch, ...]]


@dataclass(frozen=True, slots=True)
class Trusted:
    """The values of a metric that cannot be computed from what is published."""

    value: Value
    without_questioned: Value
    restated: Value | None
    questioned: int


@dataclass(frozen=True, slots=True)
class Facts:
    """All of them. Definitions and rows are the contents of files, by ledger."""

    about: About
    form: Form
    profile: Profile
    binding: Binding
    definitions: Mapping[str, str]
    records: Mapping[str, bytes]
    restated: Mapping[str, bytes] = field(default_factory=dict[str, bytes])
    trusted: Mapping[str, Trusted] = field(default_factory=dict[str, Trusted])
    stated: Mapping[int, Actual] = field(default_factory=dict[int, Actual])
    """Actual values that people stated, by the place of the indicator from 0; a measured one goes before."""
    signer: bytes | None = None
    """The public key of whoever signs."""

    @property
    def period(self) -> Period:
        """The period that was measured."""
        return fiscal_year(self.about.fiscal_year, as_of=self.about.as_of)

    def only(self, trusted: Collection[str], ledgers: Collection[str]) -> "Facts":
        """The facts with the values of these metrics and the rows of these ledgers only."""
        return replace(
            self,
            trusted={name: one for name, one in self.trusted.items() if name in trusted},
            records={name: rows for name, rows in self.records.items() if name in ledgers},
            restated={name: rows for name, rows in self.restated.items() if name in ledgers},
        )

    def ledgers(self) -> dict[str, Ledger]:
        """The ledgers as the package defines them. Raises Broken."""
        try:
            groups = groups_of(self.definitions.get(GROUPS, ""))
            found = {
                name: ledger_of(text, f"{name}.toml", groups)
                for name, text in self.definitions.items()
                if name != GROUPS
            }
        except DefinitionError as error:
            _broken(DEFINITIONS, str(error))
        for name, ledger in found.items():
            if ledger.name != name:
                _broken(f"{DEFINITIONS}/{name}.toml", ledger.name)
        return found


def json_bytes(data: Any) -> bytes:
    """JSON in one way: keys in order, one blank for each level."""
    return (json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def fact_files(facts: Facts) -> dict[str, bytes]:
    """The facts as files of the package."""
    files = {
        ABOUT: json_bytes(facts.about.model_dump(mode="json")),
        FORM: json_bytes(form_to_json(facts.form)),
        PROFILE: json_bytes({"name": facts.profile.name, "values": facts.profile.data}),
        BINDING: json_bytes(facts.binding.model_dump(mode="json")),
        TRUSTED: json_bytes({metric: _trusted_data(one) for metric, one in facts.trusted.items()}),
    }
    if facts.stated:
        files[STATED] = json_bytes(
            {str(index + 1): _stated_data(one) for index, one in sorted(facts.stated.items())}
        )
    files |= {f"{DEFINITIONS}/{name}.toml": text.encode() for name, text in facts.definitions.items()}
    files |= {f"{RECORDS}/{name}.csv": rows for name, rows in facts.records.items()}
    files |= {f"{RESTATED}/{name}.csv": rows for name, rows in facts.restated.items()}
    if facts.signer is not None:
        files[SIGNER] = facts.signer
    return files


def facts_from(files: Mapping[str, bytes]) -> Facts:
    """The facts in the files of a package. Raises Broken, naming the file."""
    stated = _json(files, ABOUT)
    if isinstance(stated, dict) and isinstance(number := stated.get("format"), int) and number > FORMAT:
        raise Broken(
            message(
                "the package has format {format}, and this version of Hengliang reads {known}",
                format=number,
                known=FORMAT,
            )
        )
    profile, trusted = _json(files, PROFILE), _json(files, TRUSTED)
    where = ABOUT
    try:
        about = About.model_validate(stated)
        where = BINDING
        binding = Binding.model_validate(_json(files, BINDING))
        where = PROFILE
        name, values = profile["name"], profile["values"]
        if not isinstance(name, str) or not all(isinstance(table, dict) for table in values.values()):
            _broken(PROFILE, "values")
        where = TRUSTED
        taken = {metric: _trusted_from(data) for metric, data in trusted.items()}
        where = STATED
        said = _json(files, STATED) if STATED in files else {}
        values_stated = {int(number) - 1: _stated_from(data) for number, data in said.items()}
    except (ValidationError, KeyError, TypeError, ValueError, ArithmeticError, AttributeError) as error:
        if isinstance(error, Broken):
            raise
        _broken(where, str(error))
    return Facts(
        about, _form(files), Profile(name, values), binding,
        {name: _text(files, path) for name, path in _in(files, DEFINITIONS, ".toml")},
        {name: files[path] for name, path in _in(files, RECORDS, ".csv")},
        {name: files[path] for name, path in _in(files, RESTATED, ".csv")},
        taken, values_stated, files.get(SIGNER),
    )  # fmt: skip


def _form(files: Mapping[str, bytes]) -> Form:
    try:
        return form_from_json(_json(files, FORM), FORM)
    except ExchangeError as error:
        _broken(FORM, str(error))


def _in(files: Mapping[str, bytes], folder: str, ending: str) -> list[tuple[str, str]]:
    paths = [PurePosixPath(name) for name in files]
    return [(path.stem, str(path)) for path in paths if str(path.parent) == folder and path.suffix == ending]


def _text(files: Mapping[str, bytes], name: str) -> str:
    if name not in files:
        _broken(name, "it is missing")
    try:
        return files[name].decode("utf-8")
    except UnicodeDecodeError as error:
        _broken(name, str(error))


def _json(files: Mapping[str, bytes], name: str) -> Any:
    try:
        return json.loads(_text(files, name))
    except (ValueError, RecursionError) as error:
        if isinstance(error, Broken):
            raise
        _broken(name, str(error))


def _broken(name: str, why: str) -> NoReturn:
    raise Broken(message("{file} in the package cannot be used: {why}", file=name, why=why))


def _trusted_data(one: Trusted) -> dict[str, Any]:
    return {
        "value": value_data(one.value),
        "without_questioned": value_data(one.without_questioned),
        "restated": None if one.restated is None else value_data(one.restated),
        "questioned": one.questioned,
    }


def _stated_data(one: Actual) -> dict[str, Any]:
    return {
        "text": one.text,
        "facts": dict(one.facts),
        "applicable": one.applicable,
        "reason": one.note,
    }


def _stated_from(data: Any) -> Actual:
    facts = {str(name): str(value) for name, value in data["facts"].items()}
    return Actual(data["text"], facts, applicable=bool(data["applicable"]), note=data["reason"])


def _trusted_from(data: Any) -> Trusted:
    restated = data["restated"]
    return Trusted(
        value_from(data["value"]),
        value_from(data["without_questioned"]),
        None if restated is None else value_from(restated),
        int(data["questioned"]),
    )
