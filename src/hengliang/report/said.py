"""What documents say about one scored row: how its sentence was read, what it asks, steps and notes."""

from collections.abc import Iterator

from hengliang.base.message import Message, message
from hengliang.criteria.canonical import chinese, english
from hengliang.criteria.nodes import Criterion
from hengliang.criteria.read import Status
from hengliang.score.sheet import RowScore

_STATUS = {
    Status.EXACT: message("read in full"),
    Status.ASSUMED: message("read with conventions"),
    Status.BOUNDED: message("leaves room"),
    Status.UNREAD: message("not read"),
}


def status_text(row: RowScore, language: str) -> str:
    """How far the sentence of a row was read."""
    if row.reading is None:
        return message("no scoring sentence").say(language)
    return _STATUS[row.reading.status].say(language)


def sentence_text(tree: Criterion, language: str) -> str:
    """A tree as a plain sentence."""
    return english(tree) if language == "en" else chinese(tree)


def reading_text(row: RowScore, language: str) -> str:
    """What was read, as a plain sentence; the method of the profile where no sentence is printed."""
    if row.tree is None:
        return status_text(row, language)
    said = sentence_text(row.tree, language)
    if row.method is not None:
        return message("method {code} of the profile: {said}", code=row.method, said=said).say(language)
    return said


def step_texts(row: RowScore, language: str) -> list[str]:
    """The steps that led to the points."""
    return [step.text.say(language) for step in row.steps]


def note_texts(row: RowScore, language: str) -> list[str]:
    """Assumptions, remarks, offers and questions, each with a word in front that says what it is."""
    return [f"{kind.say(language)}{_COLON[language]}{text}" for kind, text in _notes(row, language)]


_COLON = {"zh_Hans": "：", "en": ": "}


def _notes(row: RowScore, language: str) -> Iterator[tuple[Message, str]]:
    for text in row.assumptions:
        yield message("assumed"), text.say(language)
    for text in row.questions:
        yield message("to be asked"), text.say(language)
    for text in row.remarks:
        yield message("to be looked at"), text.say(language)
    if row.offer is not None:
        yield message("for comparison"), offer_text(row, language)


def offer_text(row: RowScore, language: str) -> str:
    """What a method of the profile would give where the sentence leaves the points open."""
    offer = row.offer
    if offer is None:
        return ""
    points = f"{offer.low:f}" if offer.low == offer.high else f"{offer.low:f} – {offer.high:f}"
    return message(
        "method {code} ({name}) would give {points} points", code=offer.method, name=offer.name, points=points
    ).say(language)
