"""What the name of an organisation tells: its place and its subject."""

import re
from functools import lru_cache

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
