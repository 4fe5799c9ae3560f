"""The indicators of one form, looked up by nouns, topics and amounts."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import accumulate

from hengliang.base.profile import Profile
from hengliang.base.unit import Dimension, unit_of
from hengliang.form.value import NumberValue
from hengliang.review.figures import Amount, Figure, amount_of
from hengliang.review.lexicon import Lexicon
from hengliang.review.nouns import Noun, topics_of
from hengliang.review.row import Row


class RowIndex:
    """Answers are the indexes of indicators, in order. `names` are the key nouns of their names."""

    def __init__(
        self, rows: Sequence[Row], names: Sequence[Sequence[Noun]], lexicon: Lexicon, profile: Profile
    ) -> None:
        self.texts = [f"{row.name}\n{row.explanation or ''}" for row in rows]
        self._rows = rows
        self._names = names
        self._lexicon = lexicon
        self._telling = profile.number("alignment.telling_number")
        self._whole = "\n".join(self.texts)
        self._starts = list(accumulate([len(text) + 1 for text in self.texts], initial=0))
        self._known: dict[str, tuple[int, ...]] = {}

    def naming(self, noun: str) -> tuple[int, ...]:
        """The indicators whose name or explanation holds `noun` or a word that means the same."""
        if (known := self._known.get(noun)) is not None:
            return known
        lexicon, whole = self._lexicon, self._whole
        found: list[int] = []
        if noun[-1] in whole and noun[-2:] in whole:
            found = self._with_word(noun)
            if not found and lexicon.holds(whole, noun):
                found = [row for row, text in enumerate(self.texts) if lexicon.holds(text, noun)]
        for word in lexicon.same.get(noun, ()):
            found += self._with_word(word)
        self._known[noun] = answer = tuple(sorted(set(found))) if found else ()
        return answer

    def _with_word(self, word: str) -> list[int]:
        found: list[int] = []
        position = self._whole.find(word)
        while position >= 0:
            row = bisect_right(self._starts, position) - 1
            found.append(row)
            position = self._whole.find(word, self._starts[row + 1])
        return found

    def on_topic(self, nouns: Iterable[Noun]) -> list[int]:
        """The indicators on a topic of one of `nouns`, by their names."""
        topics = topics_of(nouns)
        return sorted({row for topic in topics for row in self._topics.get(topic, ())}) if topics else []

    @cached_property
    def _topics(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for row, nouns in enumerate(self._names):
            for topic in topics_of(nouns):
                found.setdefault(topic, []).append(row)
        return found

    def at(self, figure: Figure) -> list[int]:
        """The indicators whose target is this number, in a unit that means the same, or in none."""
        unit = unit_of(figure.unit)
        bare = self._values.get((figure.number, None), [])
        return bare if unit is None else [*self._values.get(amount_of(figure.number, unit), []), *bare]

    def at_telling(self, figures: Sequence[Figure]) -> set[int]:
        """The indicators with one of those numbers that two texts hardly have by chance."""
        telling = [figure for figure in figures if self.is_telling(figure)]
        return {row for figure in telling for row in self.at(figure)} if telling else set()

    def is_telling(self, figure: Figure) -> bool:
        """Whether two texts with this number hardly have it by chance."""
        unit = unit_of(figure.unit)
        if unit is None or unit.dimension is Dimension.RATIO:
            return False
        return figure.number * unit.factor >= self._telling * unit.divisor

    @cached_property
    def _values(self) -> dict[Amount, list[int]]:
        found: dict[Amount, list[int]] = {}
        for row in self._rows:
            if isinstance(value := row.value, NumberValue):
                if value.unit is not None:
                    found.setdefault(amount_of(value.number, value.unit), []).append(row.index)
                elif row.unit_text is None:
                    found.setdefault((value.number, None), []).append(row.index)
        return found
