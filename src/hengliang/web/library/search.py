"""Entries found by words, the best first."""

from collections import Counter
from collections.abc import Iterable
from math import log

from hengliang.web.library.models import Edition, Entry, Term
from hengliang.web.library.words import asked, words

_WEIGHTS = {"name": 8, "names": 6, "sector": 3, "level2": 2, "level1": 1, "definition": 2, "criterion": 1,
            "unit": 1, "basis": 1}  # fmt: skip
"""How much a word of each field tells about an entry."""

_HALF = 4
"""The weight at which a word tells half of what it can tell: more of it adds less and less."""

_ENOUGH = 0.25
"""What is found with less than this share of the best one's score is left out."""


def terms_of(edition: Edition) -> Counter[str]:
    """The words that an edition is found by, with their weights."""
    found: Counter[str] = Counter()
    for field, weight in _WEIGHTS.items():
        value = getattr(edition, field)
        for word in set(words(" ".join(value) if isinstance(value, list) else value)):
            found[word] += weight
    return found


def index(editions: Iterable[Edition]) -> None:
    """Writes the words of editions anew; part of the transaction that makes them."""
    made = list(editions)
    Term.objects.filter(entry__in=[one.entry.pk for one in made]).delete()
    Term.objects.bulk_create(
        Term(entry=one.entry, word=word, weight=weight)
        for one in made
        for word, weight in terms_of(one).items()
    )


def ranked(query: str) -> list[int]:
    """The numbers of the entries that a query finds, the best first: rare words count for more, those of the
    name for most. Of equal ones the older first."""
    parts = asked(query)
    wanted = {word for part in parts for word in part}
    rows = list(Term.objects.filter(word__in=wanted).values_list("entry", "word", "weight"))
    known = Counter(word for _, word, _ in rows)
    total = Entry.objects.count()
    worth: dict[str, dict[int, float]] = {}
    for entry, word, weight in rows:
        rarity = log(1 + total / known[word])
        worth.setdefault(word, {})[entry] = rarity * weight / (weight + _HALF)
    scores: dict[int, float] = {}
    for part in parts:
        best: dict[int, float] = {}
        for word, factor in part.items():
            for entry, value in worth.get(word, {}).items():
                best[entry] = max(best.get(entry, 0.0), factor * value)
        for entry, value in best.items():
            scores[entry] = scores.get(entry, 0.0) + value
    enough = _ENOUGH * max(scores.values(), default=0.0)
    kept = [entry for entry, score in scores.items() if score >= enough]
    return sorted(kept, key=lambda entry: (-scores[entry], entry))
