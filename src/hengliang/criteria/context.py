"""What is known around a sentence, and what its reading had to assume or could not read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from hengliang.base.message import Message
from hengliang.base.profile import Profile
from hengliang.criteria.nodes import Whole
from hengliang.criteria.printed import Printed, Span


class UnreadError(ValueError):
    """Words whose meaning is not certain; nothing is guessed."""

    def __init__(self, reason: Message, span: Span) -> None:
        super().__init__(str(reason))
        self.reason = reason
        self.span = span


@dataclass(slots=True)
class Context:
    """The indicator around the sentence, and the notes taken while reading."""

    sentence: Printed
    profile: Profile
    points: Fraction | None
    operator: str | None
    target: Fraction | None
    unit: str
    assumptions: list[Message] = field(default_factory=list[Message])
    verdicts: list[tuple[str, Span]] = field(default_factory=list[tuple[str, Span]])
    whole: Whole | None = None
    """What the sentence itself says of part steps."""
    both_in: bool = False
    """The sentence says that 以上 and 以下 both take in the number itself."""
    open: list[tuple[Message, Span]] = field(default_factory=list[tuple[Message, Span]])
    """What was left open by the source or to a person."""

    def assume(self, said: Message) -> None:
        """Notes an assumption, each once."""
        if said not in self.assumptions:
            self.assumptions.append(said)

    def text(self, span: Span) -> str:
        """The printed words at `span`."""
        return self.sentence.text[span.start : span.end]

    def plain(self, spans: Sequence[Span]) -> str:
        """The words in one spelling between the first and the last of `spans`, without blanks."""
        if not spans:
            return ""
        places = self.sentence.places
        start, end = min(span.start for span in spans), max(span.end for span in spans)
        return "".join(
            char for char, place in zip(self.sentence.plain, places, strict=False) if start <= place < end
        )

    def unread(self, span: Span, reason: Message) -> UnreadError:
        """The error that these words cannot be read, and why."""
        return UnreadError(reason, span)


_LEAD = re.compile(
    "^(?:的|如果?|若|当(?![年期地日月天])|凡|其中|且|但|并且|对于?|在(?![职建册线岗校编位])|则|,|:|;|"
    "以[^,]{0,12}为(?:标准|基准|基数|依据),?)+"
)
_TAIL = re.compile("(?:的|(?<![及按准适工小学])时|者|,|:|在|之间|则|是|率?任务的?)+$")
_BRACKET = re.compile(r"\([^()]*\)")


def name_of(words: str) -> str:
    """What a condition speaks of, without the small words around it."""
    name = _BRACKET.sub("", words)
    name = _LEAD.sub("", name)
    return _TAIL.sub("", name).strip("()《》") if not name.startswith("《") else _TAIL.sub("", name)
