"""The year that the texts of a form speak of, for a form that does not say its year."""

import re
from collections import Counter
from functools import lru_cache

from hengliang.form.model import Form
from hengliang.review.texts import Texts

# Not the year in the name of a document (〔2023〕, 2020年版) and not a beginning (2018年以来).
_YEAR = re.compile(r"年(?<=(?<![0-9])20[0-9]{2}年)(?!以来|起|版|修)")
_COLUMNS = ("goals", "name", "target", "explanation", "criterion")


@lru_cache(maxsize=8)
def year_of_texts(texts: Texts) -> int | None:
    """The year that more than half of the mentions in goals and indicators name; None when there is none."""
    found = Counter(
        int(texts.whole[match.start() - 4 : match.start()])
        for column in _COLUMNS
        for match in texts.search(_YEAR, column)
    )
    if not found:
        return None
    year, count = found.most_common(1)[0]
    return year if count * 2 > found.total() else None


def year_of(form: Form, texts: Texts) -> int | None:
    """The year of a form, as it says itself or, where it does not, as its texts say."""
    return form.fiscal_year if form.fiscal_year is not None else year_of_texts(texts)
