"""Texts that nouns are looked for in: what the indicators of a form are there for."""

from collections.abc import Iterable, Sequence

from hengliang.review.lexicon import Lexicon
from hengliang.review.nouns import Noun, topics_of


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
