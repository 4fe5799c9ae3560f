"""What a label announces becomes a field of the draft: names and codes, years, lists of goals and duties."""

import re

from hengliang.base.text import is_cut, narrow
from hengliang.form.document import Cell
from hengliang.form.understand.draft import Draft
from hengliang.form.understand.items import split_items
from hengliang.form.understand.rows import Row, clean
from hengliang.form.understand.words import Label

# A bare number before a name is a code when it is long or set off; 2023年 and 12345热线 belong to the name.
_CODE_BEFORE = re.compile(
    r"^(?:[\[［【(（](\d[\dA-Za-z]{2,20})[\]］】)）][-－—_、\s]*|(\d[\dA-Za-z]{2,20})[-－—_、\s]+|(\d{6,21}))"
    r"(?=[^\d\s年])"
)
_CODE_BEHIND = re.compile(r"[\[［【(（]\s*([A-Za-z]?\d[\dA-Za-z]{2,20})\s*[\]］】)）]$|[-－—_](\d{3,21})$")
_YEAR = re.compile(r"(?<!\d)(20\d\d|19\d\d)(?!\d)")
_BLANK_VALUE = re.compile(r"[/／_＿—\-－\s]*")
_SEAL = re.compile(r"[（(](?:盖章|公章|签章|签字|签名)[)）]")
# Who fills the form in comes before who stands above it, the doing unit before the naming department.
_RANKS = (("实施", 3), ("项目单位", 3), ("承担", 3), ("执行单位", 3), ("填报", 2), ("单位", 2), ("部门", 1))
LIST_LABELS = {
    Label.DUTIES: "duties",
    Label.GOALS: "goals",
    Label.EXPECTED: "goals",
    Label.MIDTERM_GOALS: "midterm_goals",
    Label.ACHIEVED: "achieved",
}


def set_field(draft: Draft, label: Label, word: str, value: str, row: Row, cell: Cell) -> bool:
    """Put the value of a label into the draft. False when the model has no field for it."""
    place = row.place(cell)
    draft.heads.add(label.value)
    text = clean(_SEAL.sub("", value))
    if not text or _BLANK_VALUE.fullmatch(text):
        return True
    if label is Label.ORGANISATION:
        return _set_organisation(draft, word, text, row, cell)
    if label is Label.SUPERVISOR:
        name, code = split_code(text)
        if code is not None and "代码" in word:
            draft.set("codes/department", code, place)
        return draft.set("supervisor", name or None, place)
    if label is Label.PROJECT:
        name, code = split_code(text)
        if code is not None:
            draft.set("codes/project", code, place)
        return draft.set("project", name, place)
    if label is Label.YEAR:
        year = _YEAR.search(narrow(text))
        return year is not None and draft.set("fiscal_year", int(year[1]), place)
    if label is Label.MONEY_UNIT:
        draft.money_unit = draft.money_unit or text
        return True
    if label in LIST_LABELS:
        add_list(draft, label, value, row, cell)
        return True
    if label.value.startswith(("codes/", "signoff/")):
        return draft.set(label.value, text, place)
    return False


def _set_organisation(draft: Draft, word: str, text: str, row: Row, cell: Cell) -> bool:
    if re.fullmatch(r"(?:人民币)?[百千万亿]*元", text):
        draft.money_unit = draft.money_unit or text
        return True
    rank = next((rank for sign, rank in _RANKS if sign in word), 2)
    if rank <= draft.organisation_rank:
        return draft.fields.get("organisation") == split_code(text)[0]
    name, code = split_code(text)
    draft.organisation_rank = rank
    draft.fields["organisation"] = name
    draft.places["organisation"] = row.place(cell)
    if code is not None:
        draft.set("codes/department", code, row.place(cell))
    return True


def split_code(text: str) -> tuple[str, str | None]:
    """A name without the code before or behind it, and the code."""
    if (found := _CODE_BEHIND.search(text)) and found.start():
        return text[: found.start()].strip(), found[1] or found[2]
    if found := _CODE_BEFORE.match(text):
        return text[found.end() :].strip(), next(code for code in found.groups() if code)
    return text, None


def add_list(draft: Draft, label: Label, value: str, row: Row, cell: Cell) -> None:
    """Put the text of goals, duties or results into the draft, split at its numbers."""
    field = LIST_LABELS[label]
    place = row.place(cell)
    if field == "achieved":
        old = draft.fields.get("achieved")
        draft.fields["achieved"] = clean(value) if old is None else f"{old}{clean(value)}"
        draft.places.setdefault("achieved", place)
        return
    for item in split_items(value):
        add_item(draft, field, item.mark, item.text, row, cell)


def add_item(draft: Draft, field: str, mark: str, text: str, row: Row, cell: Cell) -> None:
    """Add one duty or goal."""
    body = clean(text)
    if not body or _BLANK_VALUE.fullmatch(body) or body in ("无", "……", "…"):
        return
    index = len(draft.lists[field])
    draft.lists[field].append(body)
    if field in draft.marks:
        draft.marks[field].append(clean(mark))
    path = f"{field}/{index}"
    draft.places[path] = row.place(cell)
    if is_cut(body):
        draft.truncated.append(path)


def mark_cut_end(draft: Draft, field: str) -> None:
    """The last of several goals that breaks off without a full stop, where all others have one, was cut."""
    texts = draft.lists.get(field, [])
    ended = [text.endswith(("。", "！", "；", ".", ";", "”", "）")) for text in texts]
    if len(texts) > 1 and not ended[-1] and all(ended[:-1]):
        path = f"{field}/{len(texts) - 1}"
        if path not in draft.truncated:
            draft.truncated.append(path)
