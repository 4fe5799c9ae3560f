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
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from functools import cached_property
from itertools import groupby, islice
from typing import NamedTuple

from hengliang.base.profile import Profile
from hengliang.form.model import Form
from hengliang.form.phrases import Phrase, phrases_of
from hengliang.review.aims import Aims
from hengliang.review.figures import Figure, figures_in
from hengliang.review.lexicon import lexicon_of
from hengliang.review.names import fund_in
from hengliang.review.nouns import Noun, key_nouns, strong
from hengliang.review.office import own_words
from hengliang.review.row import Row
from hengliang.review.row_index import RowIndex


class Coverage(Enum):
    """How far indicators measure a phrase of a goal."""

    NONE = "none"
    TOUCHED = "touched"
    DIRECT = "direct"


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


class Alignment:
    """The meeting of one form's duties, goals and indicators under one profile."""

    def __init__(self, form: Form, rows: Sequence[Row], profile: Profile) -> None:
        self._form = form
        self._rows = rows
        self._profile = profile
        self._lexicon = lexicon_of(profile)
        self._own = own_words(form.organisation)

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
        """All texts but the explanations: the names in one go, and in one go the texts of the frame, which
        often stay when indicators change.
        """
        form = self._form
        phrases = [phrase.text for _, phrase in self._phrases]
        first = {index: phrase.start for index, phrase in reversed(self._phrases)}
        openings = [goal[: first.get(index, 0)] for index, goal in enumerate(form.goals)]
        frame = (phrases, openings, form.duties, self._others)
        nouns = iter(self.nouns(*[text for part in frame for text in part]))
        return _Read(
            self.nouns(*[row.name for row in self._rows]), *[list(islice(nouns, len(part))) for part in frame]
        )

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
                rest = _MARKS.sub("", row.name[nouns[-1].end :])
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
        named = [self._index.naming(noun.text) for noun in nouns]
        same = self._index.at_telling(figures) if figures else set[int]()
        own = sorted(same.union(*named)) if same or any(named) else ()
        related = tuple([row for row in self._index.on_topic(nouns) if row not in own])
        coverage = Coverage.TOUCHED if own or related else Coverage.NONE
        if own and self._is_direct(nouns, named, same, own):
            coverage = Coverage.DIRECT
        return Task(goal, phrase, nouns, figures, tuple(own), related, coverage)

    def _is_direct(
        self, nouns: Sequence[Noun], named: Sequence[tuple[int, ...]], same: set[int], own: Iterable[int]
    ) -> bool:
        if all(fund_in(self._rows[row].name, self._profile) for row in own):
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
        return any(not set(self._index.at(figure)).isdisjoint(task.own) for figure in task.figures)

    def _is_result(self, task: Task) -> bool:
        """Whether the task says what will be reached: …率达到90%."""
        reached = self._profile.words("alignment.reached")
        return any(task.phrase.text[: figure.start].endswith(reached) for figure in task.figures)

    # --- the indicators asked

    @cached_property
    def _index(self) -> RowIndex:
        return RowIndex(self._rows, self._read.names, self._lexicon, self._profile)

    def carries_figure(self, task: Task, figure: Figure) -> bool:
        """Whether an indicator on the task has its number as target, or in its text. A telling number may
        stand on any row, and so may that of a task that does not say what it is about.
        """
        anywhere = self._index.is_telling(figure) or not task.has_subject
        rows = range(len(self._rows)) if anywhere else (*task.own, *task.related)
        if not set(self._index.at(figure)).isdisjoint(rows):
            return True
        printed = task.phrase.text[figure.start : figure.end]
        return any(printed in self._index.texts[row] for row in rows)

    def is_met(self, nouns: Sequence[Noun]) -> bool:
        """Whether any indicator is on one of the strong nouns `nouns`, or on a topic of theirs; also when
        there are none.
        """
        return (
            not nouns
            or any(self._index.naming(noun.text) for noun in nouns)
            or bool(self._index.on_topic(nouns))
        )

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
        carried = self._index.at_telling(figures)
        doubtful = [
            row
            for row, own in zip(self._rows, self.row_nouns, strict=True)
            if own and not aims.name_any(own) and row.index not in carried
        ]
        explained = self.strong_nouns(*[row.explanation or "" for row in doubtful])
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


_MARKS = re.compile(r"[\W_]+")
_SCRAP = 2
"""Fewer characters than this at the end of a cut name begin a noun that is not seen."""
_STOP = re.compile(r"[。；;！!？?\n]")
_DIGIT = re.compile(r"\d")
