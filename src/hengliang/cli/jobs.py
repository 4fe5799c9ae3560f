"""What the command line asks of its workers, and what they answer: plain data, cheap to import and send."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from hengliang import api
from hengliang.base.message import Message, message
from hengliang.cli.files import STANDARD_INPUT

if TYPE_CHECKING:
    from hengliang.review.suppress import Suppression

Format = Literal["text", "json", "sarif", "csv", "xlsx", "docx"]
FORMATS: tuple[Format, ...] = get_args(Format)
Mode = Literal["review", "fix", "diff", "propose"]


class ReadJob(NamedTuple):
    """Read one file, or what came from standard input."""

    name: str
    seconds: float
    data: bytes | None = None
    ending: str = ".txt"
    """For `data`: the ending that tells the format where the content does not."""

    @property
    def path(self) -> Path | None:
        """The file on disk; None for standard input."""
        return None if self.name == STANDARD_INPUT else Path(self.name)


class FormKey(NamedTuple):
    """By what the forms of one organisation are found among many."""

    organisation: str | None
    project: str | None
    kind: str
    purpose: str
    year: int | None


class ReadDone(NamedTuple):
    """The reading of one file, packed, with the keys of its forms."""

    reading: bytes
    keys: tuple[FormKey, ...]


class Look(NamedTuple):
    """How results are dressed."""

    language: str
    columns: int
    colour: bool
    verbose: bool = False
    quiet: bool = False


class DescribeJob(NamedTuple):
    """Tell what one file holds."""

    name: str
    reading: bytes
    look: Look
    as_json: bool


class Described(NamedTuple):
    """What one file holds: a text, or exchange JSON as a whole and in parts."""

    whole: str
    document: str = ""
    forms: tuple[str, ...] = ()
    not_understood: tuple[str, ...] = ()
    used: int = 0


class MonitoringOrder(NamedTuple):
    """January to `month`; the file of actual values, and what was spent by then, where they are given."""

    month: int
    actuals: str | None
    spent: Decimal | None
    seconds: float


class ExportJob(NamedTuple):
    """Write one form of a file, counted from 0, in another format."""

    name: str
    reading: bytes
    number: int
    form_as: api.Format
    out: Path
    profile: str
    monitoring: MonitoringOrder | None = None
    """Write the monitoring table of the form in its place."""


class ExportDone(NamedTuple):
    """Notices of the ministry's records, and rows of actual values that were not used."""

    notices: int = 0
    left_out: int = 0


class Earlier(NamedTuple):
    """A form of an earlier year: a packed reading and the form's number in it, from 0."""

    reading: bytes
    number: int


class ReviewPlan(NamedTuple):
    """What is asked of every form."""

    look: Look
    profile: str
    format: Format
    mode: Mode
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    today: date
    suppressions: "tuple[Suppression, ...] | None"
    """Those for all forms; None: each form's own, where there are some beside it."""
    baseline: frozenset[str] | None


class ReviewJob(NamedTuple):
    """Review the forms of one file. `earlier` holds those of earlier years for each."""

    name: str
    reading: bytes
    earlier: tuple[tuple[Earlier, ...], ...]
    plan: ReviewPlan
    out: tuple[Path, ...] = ()
    """Where this file's own results go: one marked workbook or opinion, or a mended form for each form."""


class RecordsJob(NamedTuple):
    """Where actual values are measured from: a store, the year, what was known when, and the bindings."""

    store: Path
    year: int
    as_of: str | None = None
    bindings: Path | None = None


class ScoreJob(NamedTuple):
    """Score one form of a file, counted from 0. `format` is text, json, template, or a document's ending."""

    name: str
    reading: bytes
    number: int
    actuals: str | None
    profiles: tuple[str, ...]
    format: str
    out: Path | None
    need: str | None
    look: Look
    seconds: float
    layout: str | None = None
    """The layout of a self-evaluation table; the profile's own when None."""
    explain: Path | None = None
    """Where to write the explanation of scores, besides."""
    records: RecordsJob | None = None
    """Records to measure the actual values from, in place of a file of actual values."""
    report: Path | None = None
    """Where to write the report in words, besides."""
    findings: Path | None = None
    """What an evaluator from outside found; the report is that of the unit itself when None."""


class ScoreDone(NamedTuple):
    """A scored form: the text to print, rows of actual values that were not used, and the files written."""

    text: str
    left_out: int
    written: tuple[str, ...] = ()


class AuditJob(NamedTuple):
    """Recompute the self-evaluations of one file."""

    name: str
    reading: bytes
    profile: str
    look: Look
    as_json: bool


class AuditDone(NamedTuple):
    """The self-evaluations of one file, each dressed as asked, and the number of figures of each verdict."""

    pieces: tuple[str, ...]
    counts: dict[str, int]


class DuplicatesJob(NamedTuple):
    """Look for indicators that stand on several forms. `files` are names with packed readings."""

    files: tuple[tuple[str, bytes], ...]
    profile: str
    look: Look
    name: str = ""


class DuplicatesDone(NamedTuple):
    """The groups found, as text for people and as records."""

    text: str = ""
    records: tuple[dict[str, object], ...] = ()


class ReviewDone(NamedTuple):
    """What came out for one file: text in the format asked for, and figures."""

    piece: str
    counts: tuple[int, ...]
    codes: dict[str, int]
    baseline: dict[str, dict[str, object]]
    """The findings by fingerprint, as a baseline holds them."""
    unused: tuple[tuple[str, str], ...] = ()
    """Code and place of suppressions for all forms that overrule nothing in this file."""
    written: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    """Lines for people, whatever the format."""


def overrules_nothing(code: str, place: str) -> Message:
    """The remark on a suppression without use."""
    return message(
        "the suppression of {code} at {place} overrules nothing: take it out", code=code, place=place
    )


def has_run_out(code: str, place: str, until: date | None) -> Message:
    """The remark on a suppression that holds no longer."""
    return message(
        "the suppression of {code} at {place} ran out on {until}", code=code, place=place, until=str(until)
    )
