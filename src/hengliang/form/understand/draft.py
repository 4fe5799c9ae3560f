"""A form while it is being read: fields arrive one by one, with their places."""

from typing import Any

from hengliang.base.place import Place
from hengliang.form.model import Form, Indicator, MoneyRow, Task
from hengliang.form.source import ReadForm, Source
from hengliang.form.understand.columns import Columns


class Draft:
    """What has been read of one form so far."""

    def __init__(self) -> None:
        self.fields: dict[str, Any] = {}
        self.codes: dict[str, str] = {}
        self.signoff: dict[str, str] = {}
        self.organisation_rank = -1
        self.title_rank = -1
        self.lists: dict[str, list[str]] = {"duties": [], "goals": [], "midterm_goals": []}
        self.marks: dict[str, list[str]] = {"duties": [], "goals": []}
        self.money_unit: str | None = None
        self.money_rows: list[MoneyRow] = []
        self.money_points: Any = None
        self.tasks: list[Task] = []
        self.indicators: list[Indicator] = []
        self.midterm_only: list[Any] = []
        self.totals: dict[str, Any] = {}
        self.truncated: list[str] = []
        self.places: dict[str, Place] = {}
        self.printed: dict[str, str] = {}
        self.joins: dict[str, tuple[int, ...]] = {}
        self.columns: Columns | None = None
        """The head of the indicator table that was read last; a row of sums may follow it at a distance."""
        self.level1: str | None = None
        self.level2: str | None = None
        self.whole_term = False
        """Whether the label above the table said that it is one of the whole term (中期绩效指标)."""
        self.heads: set[str] = set()
        """Kinds of columns and labels seen, by which a form is told from a document that is none."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing but perhaps a title has been read."""
        return not (self.indicators or self.heads or self.money_rows or any(self.lists.values()))

    def set(self, path: str, value: Any, place: Place | None = None) -> bool:
        """Set a field outside the lists, unless it is set already."""
        group, _, name = path.rpartition("/")
        holder = {"": self.fields, "codes": self.codes, "signoff": self.signoff}[group]
        if holder.get(name) is not None:
            return False
        holder[name] = value
        if place is not None:
            self.places.setdefault(path, place)
        return True

    def finish(self, kind: str, purpose: str) -> ReadForm:
        """The form. Pydantic checks it once more."""
        fields = dict(self.fields)
        for name in ("duties", "goals"):
            marks = self.marks[name]
            fields[name] = tuple(self.lists[name])
            fields["duty_marks" if name == "duties" else "goal_marks"] = tuple(marks) if any(marks) else ()
        fields["midterm_goals"] = tuple(self.lists["midterm_goals"])
        if self.codes:
            fields["codes"] = self.codes
        if self.signoff:
            fields["signoff"] = self.signoff
        if self.money_rows:
            fields["money"] = {"unit": self.money_unit, "rows": tuple(self.money_rows)}
        if self.totals:
            fields["totals"] = self.totals
        form = Form.model_validate(
            {
                **fields,
                "kind": kind,
                "purpose": purpose,
                "tasks": tuple(self.tasks),
                "indicators": tuple(self.indicators),
                "truncated": tuple(self.truncated),
            }
        )
        return ReadForm(form, Source(self.places, self.printed, self.joins))
