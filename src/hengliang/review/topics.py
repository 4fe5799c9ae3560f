"""Do duties, goals and indicators meet? Worked out once for a form and asked by the rules of family G.

Held against each other are key nouns (`review.nouns`). A phrase of a goal meets an indicator whose name or
explanation

- holds one of its key nouns, or a word that means the same (its own words), or carries the very number of the
  phrase, unless that is small or a percentage;
- or, in the name, holds a word of the same topic (`alignment.related` in the profile): 采矿权 and 净矿.

It is covered *directly* when indicators carry its number, or name, by own words, at least half of its key
nouns and among them all that it puts in quotation marks, and when not all of these indicators are funds;
*touched* when anything meets; else *not at all*. What stands in one sentence before a result that an
indicator carries (县域内就诊率达到90%) is covered directly as well, and what stands beside any other number
that is carried is touched. Nouns that do not say by themselves what a text is about (学生, 报告) can touch
and no more.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import accumulate, groupby, islice
from typing import NamedTuple

from hengliang.base.profile import Profile
from hengliang.base.text import remembered
from hengliang.base.unit import Dimension, Unit, unit_at, unit_of
from hengliang.form.model import Form
from hengliang.form.phrases import Phrase, phrases_of
from hengliang.form.value import NumberValue
from hengliang.review.names import fund_in
from hengliang.review.nouns import Lexicon, Noun, key_nouns, lexicon_of
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
        """From its first to its last key noun: 国土空间总体规划. Quotation marks are made inner ones."""
        if not self.nouns:
            return self.phrase.text
        first, last = self.nouns[0], self.nouns[-1]
        text = self.phrase.text[first.start - first.quoted : last.end + last.quoted]
        return text.replace("“", "‘").replace("”", "’")

    @property
    def has_subject(self) -> bool:
        """Whether it says by itself what it is about."""
        return bool(strong(self.nouns))


class _Read(NamedTuple):
    """The key nouns of the texts of a form."""

    names: list[tuple[Noun, ...]]
    phrases: list[tuple[Noun, ...]]
    openings: list[tuple[Noun, ...]]
    duties: list[tuple[Noun, ...]]
    others: list[tuple[Noun, ...]]


_Amount = tuple[Decimal | Fraction, str | None]
"""An amount in its base unit, and that unit; any counting word is one."""


def _amount(number: Decimal, unit: Unit) -> _Amount:
    amount = number * unit.factor if unit.divisor == 1 else Fraction(number) * unit.scale
    return amount, "个" if unit.dimension is Dimension.COUNT else unit.base


class Alignment:
    """The meeting of one form's duties, goals and indicators under one profile."""

    def __init__(self, form: Form, rows: Sequence[Row], profile: Profile) -> None:
        self._form = form
        self._rows = rows
        self._profile = profile
        self._lexicon = lexicon_of(profile)
        self._own = own_words(form.organisation)
        self._known: dict[str, tuple[int, ...]] = {}

    # --- the texts read

    @cached_property
    def _phrases(self) -> list[tuple[int, Phrase]]:
        return [
            (index, phrase)
            for index, goal in enumerate(self._form.goals)
            for phrase in phrases_of(goal, self._profile)
        ]

    @cached_property
    def _others(self) -> list[str]:
        """What the indicators are there for beside duties and goals: the project and the main tasks."""
        tasks = [f"{task.name} {task.content or ''}" for task in self._form.tasks]
        return [self._form.project, *tasks] if self._form.project else tasks

    @cached_property
    def _read(self) -> _Read:
        """All texts but the explanations, read in one go, which is faster than one by one."""
        form = self._form
        names = [row.name for row in form.indicators]
        phrases = [phrase.text for _, phrase in self._phrases]
        first = {index: phrase.start for index, phrase in reversed(self._phrases)}
        openings = [goal[: first.get(index, 0)] for index, goal in enumerate(form.goals)]
        parts = (names, phrases, openings, form.duties, self._others)
        nouns = iter(self.nouns(*[text for part in parts for text in part]))
        return _Read(*[list(islice(nouns, len(part))) for part in parts])

    def nouns(self, *texts: str) -> list[tuple[Noun, ...]]:
        """The key nouns of texts of this form."""
        return key_nouns(texts, self._lexicon, self._own)

    def strong_nouns(self, *texts: str) -> list[list[Noun]]:
        """The strong key nouns of texts of this form."""
        return [strong(nouns) for nouns in self.nouns(*texts)]

    @cached_property
    def row_nouns(self) -> list[list[Noun]]:
        """The strong key nouns of each indicator's name."""
        return [strong(nouns) for nouns in self._read.names]

    @cached_property
    def duty_nouns(self) -> list[list[Noun]]:
        """The strong key nouns of each duty."""
        return [strong(nouns) for nouns in self._read.duties]

    @cached_property
    def objects(self) -> list[str]:
        """What each indicator is about: its strong key nouns joined. A cut name may end in the beginning of
        one more (违… of 违法建设), which is taken in.
        """
        found: list[str] = []
        for row, nouns in zip(self._rows, self.row_nouns, strict=True):
            own = "".join([noun.text for noun in nouns])
            if nouns and row.is_cut("name"):
                rest = _MARKS.sub("", row.indicator.name[nouns[-1].end :])
                own += rest if len(rest) < _SCRAP else ""
            found.append(own)
        return found

    # --- the tasks of the goals

    @cached_property
    def tasks(self) -> tuple[Task, ...]:
        """The phrases of the goals that promise something of their own, in order."""
        found: list[Task] = []
        promising = [_DIGIT.search(goal) is not None for goal in self._form.goals]
        for (goal, phrase), nouns in zip(self._phrases, self._read.phrases, strict=True):
            figures = figures_in(phrase.text) if promising[goal] else ()
            if figures or strong(nouns):
                found.append(self._task(goal, phrase, nouns, figures))
        return tuple(self._with_sentences(found) if any(promising) else found)

    def _task(self, goal: int, phrase: Phrase, nouns: tuple[Noun, ...], figures: tuple[Figure, ...]) -> Task:
        named = [self.rows_naming(noun.text) for noun in nouns]
        same = self._rows_with(figures) if figures else set[int]()
        own = sorted(same.union(*named)) if same or any(named) else ()
        related = tuple([row for row in self._rows_on(nouns) if row not in own])
        coverage = Coverage.TOUCHED if own or related else Coverage.NONE
        if own and self._is_direct(nouns, named, same, own):
            coverage = Coverage.DIRECT
        return Task(goal, phrase, nouns, figures, tuple(own), related, coverage)

    def _is_direct(
        self, nouns: Sequence[Noun], named: Sequence[tuple[int, ...]], same: set[int], own: Iterable[int]
    ) -> bool:
        if all(fund_in(self._rows[row].indicator.name, self._profile) for row in own):
            return False
        if same:
            return True
        if any(noun.quoted and not rows for noun, rows in zip(nouns, named, strict=True)):
            return False
        met = [bool(rows) for noun, rows in zip(nouns, named, strict=True) if noun.strong]
        return 100 * sum(met) >= self._profile.number("alignment.direct_percent") * len(met) > 0

    def _with_sentences(self, tasks: list[Task]) -> Iterator[Task]:
        """Tasks without a number of their own, judged by numbers of their sentence that indicators carry.

        What stands before a result is measured by it (深化医共体建设，县域内就诊率达到90%); beside any other
        number it is touched (推进智慧警务，新增探头2000个).
        """
        for _, group in groupby(tasks, self._sentence):
            sentence = list(group)
            carried = [task for task in sentence if self._is_carried(task)]
            yield from self._judged(sentence, carried) if carried else sentence

    def _judged(self, sentence: list[Task], carried: list[Task]) -> Iterator[Task]:
        rows = tuple(sorted({row for task in carried for row in task.own}))
        judged: list[Task] = []
        result: Task | None = None
        for task in reversed(sentence):
            if task.figures:
                result = task if self._is_result(task) and self._is_carried(task) else result
            elif result and task.coverage is not Coverage.DIRECT:
                task = task._replace(own=result.own, coverage=Coverage.DIRECT)
            elif task.coverage is Coverage.NONE:
                task = task._replace(related=rows, coverage=Coverage.TOUCHED)
            judged.append(task)
        return reversed(judged)

    def _sentence(self, task: Task) -> tuple[int, int]:
        """The goal of a task, and how many sentences end before it."""
        return task.goal, bisect_left(self._stops[task.goal], task.phrase.start)

    @cached_property
    def _stops(self) -> list[list[int]]:
        """Where the sentences of each goal end."""
        return [[stop.start() for stop in _STOP.finditer(goal)] for goal in self._form.goals]

    def _is_carried(self, task: Task) -> bool:
        """Whether an indicator on the task has its number."""
        return any(not set(self._rows_at(figure)).isdisjoint(task.own) for figure in task.figures)

    def _is_result(self, task: Task) -> bool:
        """Whether the task says what will be reached: …率达到90%."""
        reached = self._profile.words("alignment.reached")
        return any(task.phrase.text[: figure.start].endswith(reached) for figure in task.figures)

    # --- the indicators asked

    @cached_property
    def _texts(self) -> list[str]:
        return [f"{row.name}\n{row.explanation or ''}" for row in self._form.indicators]

    @cached_property
    def _whole(self) -> str:
        return "\n".join(self._texts)

    @cached_property
    def _starts(self) -> list[int]:
        return list(accumulate([len(text) + 1 for text in self._texts], initial=0))

    @cached_property
    def _topics(self) -> dict[str, list[int]]:
        """The indicators on each topic, by their names."""
        found: dict[str, list[int]] = {}
        for row, nouns in enumerate(self._read.names):
            for topic in topics_of(nouns):
                found.setdefault(topic, []).append(row)
        return found

    def rows_naming(self, noun: str) -> tuple[int, ...]:
        """Indexes of the indicators whose name or explanation holds `noun` or a word that means the same."""
        if (known := self._known.get(noun)) is not None:
            return known
        lexicon, whole = self._lexicon, self._whole
        found: list[int] = []
        if noun[-1] in whole and noun[-2:] in whole:
            found = self._rows_with_word(noun)
            if not found and lexicon.holds(whole, noun):
                found = [row for row, text in enumerate(self._texts) if lexicon.holds(text, noun)]
        for word in lexicon.same.get(noun, ()):
            found += self._rows_with_word(word)
        self._known[noun] = answer = tuple(sorted(set(found))) if found else ()
        return answer

    def _rows_with_word(self, word: str) -> list[int]:
        found: list[int] = []
        position = self._whole.find(word)
        while position >= 0:
            row = bisect_right(self._starts, position) - 1
            found.append(row)
            position = self._whole.find(word, self._starts[row + 1])
        return found

    def _rows_on(self, nouns: Iterable[Noun]) -> list[int]:
        """Indexes of the indicators on a topic of one of `nouns`."""
        topics = topics_of(nouns)
        return sorted({row for topic in topics for row in self._topics.get(topic, ())}) if topics else []

    def _rows_with(self, figures: Sequence[Figure]) -> set[int]:
        """The indicators with one of the telling figures."""
        telling = [figure for figure in figures if self._is_telling(figure)]
        return {row for figure in telling for row in self._rows_at(figure)} if telling else set()

    def _rows_at(self, figure: Figure) -> list[int]:
        """The indicators whose target is this number, in a unit that means the same, or in none."""
        unit = unit_of(figure.unit)
        bare = self._values.get((figure.number, None), [])
        return bare if unit is None else [*self._values.get(_amount(figure.number, unit), []), *bare]

    @cached_property
    def _values(self) -> dict[_Amount, list[int]]:
        """The indicators with each amount as target."""
        found: dict[_Amount, list[int]] = {}
        for row in self._rows:
            if isinstance(value := row.value, NumberValue):
                if value.unit is not None:
                    found.setdefault(_amount(value.number, value.unit), []).append(row.index)
                elif row.indicator.unit is None:
                    found.setdefault((value.number, None), []).append(row.index)
        return found

    def _is_telling(self, figure: Figure) -> bool:
        """Whether two texts with this number hardly have it by chance."""
        unit = unit_of(figure.unit)
        if unit is None or unit.dimension is Dimension.RATIO:
            return False
        return figure.number * unit.factor >= self._profile.number("alignment.telling_number") * unit.divisor

    def carries_figure(self, task: Task, figure: Figure) -> bool:
        """Whether an indicator on the task has its number as target, or in its text. A telling number may
        stand on any row, and so may that of a task that does not say what it is about.
        """
        anywhere = self._is_telling(figure) or not task.has_subject
        rows = range(len(self._rows)) if anywhere else (*task.own, *task.related)
        if not set(self._rows_at(figure)).isdisjoint(rows):
            return True
        printed = task.phrase.text[figure.start : figure.end]
        return any(printed in self._texts[row] for row in rows)

    def is_met(self, nouns: Sequence[Noun]) -> bool:
        """Whether any indicator is on one of the strong nouns `nouns`, or on a topic of theirs; also when
        there are none.
        """
        return not nouns or any(self.rows_naming(noun.text) for noun in nouns) or bool(self._rows_on(nouns))

    # --- duties and goals asked

    @cached_property
    def aimless(self) -> tuple[Row, ...]:
        """The indicators that are on no strong key noun of a duty, goal or main task, on no topic of theirs,
        and carry none of their numbers. One without a strong noun is not among them. The explanation is asked
        where the name does not tell.
        """
        read, form = self._read, self._form
        nouns = (*read.duties, *read.openings, *read.phrases, *read.others)
        aims = Aims((*form.duties, *form.goals, *self._others), nouns, self._lexicon)
        figures = [figure for task in self.tasks for figure in task.figures]
        for text in self._others:
            figures += figures_in(text)
        carried = self._rows_with(figures)
        doubtful = [
            row
            for row, own in zip(self._rows, self.row_nouns, strict=True)
            if own and not aims.name_any(own) and row.index not in carried
        ]
        explained = self.strong_nouns(*[row.indicator.explanation or "" for row in doubtful])
        return tuple([row for row, own in zip(doubtful, explained, strict=True) if not aims.name_any(own)])

    @cached_property
    def foreign_goals(self) -> tuple[tuple[int, tuple[Task, ...]], ...]:
        """The goals that no indicator meets and none of whose nouns, those of the opening clause included,
        stand in a duty, with their tasks. A goal without a strong noun is not among them.
        """
        duties = Aims(self._form.duties, self._read.duties, self._lexicon)
        found: dict[int, list[Task]] = {}
        met = {task.goal for task in self.tasks if task.coverage is not Coverage.NONE}
        for task in self.tasks:
            if task.has_subject and task.goal not in met:
                found.setdefault(task.goal, []).append(task)
        return tuple(
            (goal, tuple(tasks))
            for goal, tasks in found.items()
            if not duties.name_any([noun for task in tasks for noun in task.nouns])
            and not duties.name_any(strong(self._read.openings[goal]))
        )


class Aims:
    """Texts that nouns are looked for in, together and one by one."""

    def __init__(self, texts: Sequence[str], nouns: Iterable[Iterable[Noun]], lexicon: Lexicon) -> None:
        self.texts = texts
        self._whole = "\n".join(texts)
        self._topics = topics_of([noun for own in nouns for noun in own])
        self._lexicon = lexicon

    def name(self, noun: Noun) -> bool:
        """Whether any of the texts holds `noun`, a word that means the same, or one of its topic."""
        lexicon, whole = self._lexicon, self._whole
        word = noun.text
        if word[-1] in whole and word in whole:
            return True
        if noun.topics and not noun.topics.isdisjoint(self._topics):
            return True
        # Pairs of characters scattered over many texts are no noun, so each text is asked for itself.
        if lexicon.holds(whole, word) and any(lexicon.holds(text, word) for text in self.texts):
            return True
        return any(same in whole for same in lexicon.same[word]) if word in lexicon.same else False

    def name_any(self, nouns: Iterable[Noun]) -> bool:
        """Whether any of the nouns is named."""
        for noun in nouns:  # noqa: SIM110 - asked for every indicator; the loop is twice as fast
            if self.name(noun):
                return True
        return False


def strong(nouns: Iterable[Noun]) -> list[Noun]:
    """Those of `nouns` that say by themselves what a text is about."""
    return [noun for noun in nouns if noun.strong]


def topics_of(nouns: Iterable[Noun]) -> frozenset[str]:
    """All topics of some nouns."""
    topics = [noun.topics for noun in nouns if noun.topics]
    return frozenset[str]().union(*topics) if topics else _NONE


_NONE: frozenset[str] = frozenset()


_MARKS = re.compile(r"[\W_]+")
_SCRAP = 2
"""Fewer characters than this at the end of a cut name begin a noun that is not seen."""
_STOP = re.compile(r"[。；;！!？?\n]")
_DIGIT = re.compile(r"\d")
_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")
_CALENDAR = frozenset("年月日号")
_NO_FIGURE = frozenset("第〔.")


@remembered(size=16384)
def figures_in(text: str) -> tuple[Figure, ...]:
    """The numbers with a unit in `text`; years, dates and numbers of papers are none."""
    found: list[Figure] = []
    for match in _FIGURE.finditer(text):
        if text[match.start() - 1 : match.start()] in _NO_FIGURE:
            continue
        unit = unit_at(text, match.end())
        if unit and unit not in _CALENDAR:
            number = Decimal(match[0].replace(",", ""))
            found.append(Figure(number, unit, match.start(), match.end() + len(unit)))
    return tuple(found)


_PLACE = re.compile(r"[一-龥]{2,7}?(?:省|自治区|自治州|市|州|盟|区|县|旗|镇|乡|街道)")
_OFFICE = re.compile(r"(?:局|厅|委员会|委|部|办公室|中心|大队|支队|总队|站|所|院|处|公司|人民政府|政府)+\Z")


def own_words(organisation: str | None) -> tuple[str, ...]:
    """The words of an organisation's name that set nothing apart on its form: its place, with and without its
    rank, and its subject (自然资源, 规划), longer ones first.
    """
    return _own_words(organisation[:_LONGEST_NAME]) if organisation else ()


_LONGEST_NAME = 80


@lru_cache(maxsize=4096)
def _own_words(organisation: str) -> tuple[str, ...]:
    places = _PLACE.findall(organisation)
    found = {*places, *(place[:-1] for place in places if len(place) > 2)}
    subject = organisation[sum(map(len, places)) :] if organisation.startswith("".join(places)) else ""
    found.update(_OFFICE.sub("", word) for word in re.split(r"和|与|、|（|）", subject))
    return tuple(sorted((word for word in found if len(word) > 1), key=lambda word: (-len(word), word)))
