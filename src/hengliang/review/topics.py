"""Do duties, goals and indicators meet? Worked out once for a form and asked by the rules of family G.

Held against each other are key nouns (`review.nouns`). A phrase of a goal meets an indicator whose name or
explanation

- holds one of its key nouns, or a word that means the same (its own words), or carries the very number of the
  phrase, unless that is small or a percentage;
- or holds a word of the same topic (`alignment.related` in the profile): 采矿权 and 净矿.

It is covered *directly* when indicators carry its number, or name, by own words, at least half of its key
nouns and among them all that it puts in quotation marks, and when not all of these indicators are funds;
*touched* when anything meets; else *not at all*. Nouns that do not say by themselves what a text is about
(学生, 报告) can touch and no more.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from enum import Enum
from functools import cached_property, lru_cache
from typing import NamedTuple

from hengliang.base.profile import Profile
from hengliang.base.unit import Dimension, convert, convertible, unit_at, unit_of
from hengliang.form.model import Form
from hengliang.form.phrases import Phrase, phrases_of
from hengliang.form.value import NumberValue
from hengliang.review.names import fund_in
from hengliang.review.nouns import Noun, key_nouns, lexicon_of
from hengliang.review.row import Row


class Coverage(Enum):
    """How far indicators measure a phrase of a goal."""

    NONE = "none"
    TOUCHED = "touched"
    DIRECT = "direct"


class Figure(NamedTuple):
    """A number with its unit in a text, and its characters."""

    number: Decimal
    unit: str
    start: int
    end: int


class Task(NamedTuple):
    """A phrase of a goal that promises something of its own: it has strong key nouns, or a number.

    `own` and `related` are the indexes of the indicators that meet it, by own words and by topic only.
    Positions of nouns and figures count from the phrase's beginning.
    """

    goal: int
    phrase: Phrase
    nouns: tuple[Noun, ...]
    figures: tuple[Figure, ...]
    own: tuple[int, ...]
    related: tuple[int, ...]
    coverage: Coverage

    @property
    def label(self) -> str:
        """From its first to its last key noun, as it stands: 国土空间总体规划."""
        if not self.nouns:
            return self.phrase.text
        return self.phrase.text[self.nouns[0].start : self.nouns[-1].end]

    @property
    def has_subject(self) -> bool:
        """Whether it says by itself what it is about."""
        return any(noun.strong for noun in self.nouns)


class Alignment:
    """The meeting of one form's duties, goals and indicators under one profile."""

    def __init__(self, form: Form, rows: Sequence[Row], profile: Profile) -> None:
        self._form = form
        self._rows = rows
        self._profile = profile
        self._lexicon = lexicon_of(profile)
        self._own = own_words(form.organisation)
        self._known: dict[str, tuple[int, ...]] = {}

    def nouns(self, text: str) -> tuple[Noun, ...]:
        """The key nouns of a text of this form."""
        return key_nouns(text, self._lexicon, self._own)

    @cached_property
    def tasks(self) -> tuple[Task, ...]:
        """The phrases of the goals that promise something of their own, in order."""
        return tuple(self._tasks())

    def _tasks(self) -> Iterator[Task]:
        for index, goal in enumerate(self._form.goals):
            for phrase in phrases_of(goal, self._profile):
                nouns, figures = self.nouns(phrase.text), figures_in(phrase.text)
                if figures or any(noun.strong for noun in nouns):
                    yield self._task(index, phrase, nouns, figures)

    def _task(self, index: int, phrase: Phrase, nouns: tuple[Noun, ...], figures: tuple[Figure, ...]) -> Task:
        named = [self.rows_naming(noun.text) for noun in nouns]
        same = self._rows_with(figures)
        own = sorted(same.union(*named))
        related = [number for number in self._rows_on(topics_of(nouns)) if number not in own]
        coverage = Coverage.TOUCHED if own or related else Coverage.NONE
        if own and self._is_direct(nouns, named, same, own):
            coverage = Coverage.DIRECT
        return Task(index, phrase, nouns, figures, tuple(own), tuple(related), coverage)

    def _is_direct(
        self, nouns: Sequence[Noun], named: Sequence[tuple[int, ...]], same: set[int], own: Iterable[int]
    ) -> bool:
        if all(fund_in(self._rows[number].indicator.name, self._profile) for number in own):
            return False
        if same:
            return True
        if any(noun.quoted and not rows for noun, rows in zip(nouns, named, strict=True)):
            return False
        strong = [bool(rows) for noun, rows in zip(nouns, named, strict=True) if noun.strong]
        return 100 * sum(strong) >= self._profile.number("alignment.direct_percent") * len(strong) > 0

    # --- the indicators

    @cached_property
    def _texts(self) -> list[str]:
        return [f"{row.indicator.name}\n{row.indicator.explanation or ''}" for row in self._rows]

    @cached_property
    def _whole(self) -> str:
        return "\n\n".join(self._texts)

    @cached_property
    def _starts(self) -> list[int]:
        starts = [0]
        for text in self._texts:
            starts.append(starts[-1] + len(text) + 2)
        return starts

    def rows_naming(self, noun: str) -> tuple[int, ...]:
        """Indexes of the indicators whose name or explanation holds `noun` or a word that means the same."""
        if (known := self._known.get(noun)) is not None:
            return known
        found: list[int] = []
        for word in self._lexicon.spellings(noun):
            position = self._whole.find(word)
            while position >= 0:
                row = bisect_right(self._starts, position) - 1
                found.append(row)
                position = self._whole.find(word, self._starts[row + 1])
        if not found and self._lexicon.holds(self._whole, noun):
            found = [row for row, text in enumerate(self._texts) if self._lexicon.holds(text, noun)]
        self._known[noun] = answer = tuple(sorted(set(found)))
        return answer

    @cached_property
    def row_nouns(self) -> tuple[tuple[Noun, ...], ...]:
        """The key nouns of each indicator's name."""
        return tuple([self.nouns(row.indicator.name) for row in self._rows])

    @cached_property
    def _row_topics(self) -> list[set[str]]:
        found: list[set[str]] = []
        for row, nouns in zip(self._rows, self.row_nouns, strict=True):
            topics: set[str] = set()
            for noun in (*nouns, *self.nouns(row.indicator.explanation or "")):
                topics.update(noun.topics)
            found.append(topics)
        return found

    def _rows_on(self, topics: frozenset[str]) -> list[int]:
        if not topics:
            return []
        return [row for row, own in enumerate(self._row_topics) if not own.isdisjoint(topics)]

    def _rows_with(self, figures: Sequence[Figure]) -> set[int]:
        telling = [figure for figure in figures if self._is_telling(figure)]
        return {row.index for figure in telling for row in self._rows if carries(row, figure)}

    def _is_telling(self, figure: Figure) -> bool:
        """Whether two texts with this number hardly have it by chance."""
        unit = unit_of(figure.unit)
        ratio = unit is None or unit.dimension is Dimension.RATIO
        return not ratio and figure.number >= self._profile.number("alignment.telling_number")

    def meets(self, text: str) -> bool:
        """Whether any indicator is on a strong key noun of `text`, or on its topic; also when it has none."""
        nouns = [noun for noun in self.nouns(text) if noun.strong]
        if not nouns or any(self.rows_naming(noun.text) for noun in nouns):
            return True
        return bool(self._rows_on(topics_of(nouns)))

    # --- duties, goals, tasks and the project's name: what indicators are there for

    @cached_property
    def _aims(self) -> "Aims":
        form = self._form
        texts = [*form.duties, *form.goals, form.project or ""]
        texts.extend(f"{task.name} {task.content or ''}" for task in form.tasks)
        return Aims([text for text in texts if text], self)

    @cached_property
    def duties(self) -> "Aims":
        """The duties alone."""
        return Aims(self._form.duties, self)

    def is_aimed(self, row: Row) -> bool:
        """Whether the indicator is on a strong key noun of a duty, goal or main task, or on its topic, or
        carries its number; also when it has none. The explanation is asked where the name does not tell.
        """
        nouns = [noun for noun in self.row_nouns[row.index] if noun.strong]
        if not nouns or self._aims.name_any(nouns):
            return True
        if self._aims.name_any(noun for noun in self.nouns(row.indicator.explanation or "") if noun.strong):
            return True
        return row.index in self._rows_of_aims

    @cached_property
    def _rows_of_aims(self) -> set[int]:
        return self._rows_with(self._aims.figures)


class Aims:
    """Texts that nouns are looked for in, together and one by one."""

    def __init__(self, texts: Sequence[str], alignment: Alignment) -> None:
        self._texts = texts
        self._whole = "\n".join(texts)
        self._alignment = alignment
        self._lexicon = alignment._lexicon  # pyright: ignore[reportPrivateUsage]

    @cached_property
    def topics(self) -> frozenset[str]:
        """The topics of all their key nouns."""
        nouns = [noun for text in self._texts for noun in self._alignment.nouns(text)]
        return topics_of(nouns)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """The numbers with units in them."""
        return tuple(figure for text in self._texts for figure in figures_in(text))

    def name(self, noun: Noun) -> bool:
        """Whether any of the texts holds `noun`, a word that means the same, or one of its topic."""
        lexicon = self._lexicon
        if any(word in self._whole for word in lexicon.spellings(noun.text)):
            return True
        if noun.topics and not self.topics.isdisjoint(noun.topics):
            return True
        # Pairs of characters scattered over many texts are no noun, so each text is asked for itself.
        return lexicon.holds(self._whole, noun.text) and any(
            lexicon.holds(text, noun.text) for text in self._texts
        )

    def name_any(self, nouns: Iterable[Noun]) -> bool:
        """Whether any of the nouns is named."""
        return any(self.name(noun) for noun in nouns)


def topics_of(nouns: Iterable[Noun]) -> frozenset[str]:
    """All topics of some nouns."""
    return frozenset[str]().union(*[noun.topics for noun in nouns])


_FIGURE = re.compile(r"(?<![第\d.〔])\d[\d,]*(?:\.\d+)?")
_CALENDAR = frozenset("年月日号")


@lru_cache(maxsize=16384)
def figures_in(text: str) -> tuple[Figure, ...]:
    """The numbers with a unit in `text`; years, dates and numbers of papers are none."""
    found: list[Figure] = []
    for match in _FIGURE.finditer(text):
        unit = unit_at(text, match.end())
        if unit and unit not in _CALENDAR:
            number = Decimal(match[0].replace(",", ""))
            found.append(Figure(number, unit, match.start(), match.end() + len(unit)))
    return tuple(found)


def carries(row: Row, figure: Figure) -> bool:
    """Whether the target of the indicator is this number, in a unit that means the same."""
    value = row.value
    if not isinstance(value, NumberValue):
        return False
    own, asked = value.unit, unit_of(figure.unit)
    if own is None or asked is None:
        return value.number == figure.number and row.indicator.unit is None
    if convertible(asked, own):
        return convert(figure.number, asked, own) == value.number
    # 735名学生 is 735人: counting words are used one for the other.
    return (
        own.dimension is asked.dimension is Dimension.COUNT
        and own.scale == asked.scale
        and (value.number == figure.number)
    )


_PLACE = re.compile(r"[一-龥]{2,7}?(?:省|自治区|自治州|市|州|盟|区|县|旗|镇|乡|街道)")
_OFFICE = re.compile(r"(?:局|厅|委员会|委|部|办公室|中心|大队|支队|总队|站|所|院|处|公司|人民政府|政府)+\Z")


@lru_cache(maxsize=4096)
def own_words(organisation: str | None) -> tuple[str, ...]:
    """The words of an organisation's name that set nothing apart on its form: its place, with and without its
    rank, and its subject (自然资源, 规划), longer ones first.
    """
    if not organisation:
        return ()
    places = _PLACE.findall(organisation)
    found = {*places, *(place[:-1] for place in places if len(place) > 2)}
    subject = organisation[sum(map(len, places)) :] if organisation.startswith("".join(places)) else ""
    found.update(_OFFICE.sub("", word) for word in re.split(r"和|与|、|（|）", subject))
    return tuple(sorted((word for word in found if len(word) > 1), key=lambda word: (-len(word), word)))
