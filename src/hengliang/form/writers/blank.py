"""Empty forms to fill in: the official table with its indicator tree and nothing else."""

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from hengliang.base.profile import Profile
from hengliang.form.model import Form, Indicator, Kind, Money, MoneyRow, Purpose, Task
from hengliang.form.writers.compose import TITLES


def blank_form(kind: Kind, purpose: Purpose, profile: Profile, fiscal_year: int | None = None) -> Form:
    """A form with the level words of the profile's tree, empty rows under them, and empty money lines.

    Any writer writes it. What is left blank in it reads back as nothing.
    """
    names = cast("Mapping[str, Sequence[str]]", profile.table("template.money"))[kind.value]
    tasks = 0
    if (kind, purpose) == (Kind.DEPARTMENT, Purpose.DECLARATION):
        tasks = int(profile.number("template.tasks"))
    return Form(
        title=TITLES[kind, purpose],
        kind=kind,
        purpose=purpose,
        fiscal_year=fiscal_year,
        tasks=(Task(name=""),) * tasks,
        money=Money(
            unit=profile.text("template.money_unit"), rows=tuple(MoneyRow(name=name) for name in names)
        ),
        indicators=tuple(
            Indicator(level1=level1, level2=level2, name="")
            for level1, level2, rows in level_words(profile)
            for _ in range(rows)
        ),
    )


def level_words(profile: Profile) -> Iterator[tuple[str, str, int]]:
    """The tree as forms print it: level 1, level 2, and the rows that a blank form keeps for them."""
    seconds = cast("Mapping[str, Sequence[str]]", profile.table("tree.level2"))
    for level1 in profile.words("tree.level1"):
        for level2 in seconds[level1]:
            yield (
                profile.text(f"tree.words.level1.{level1}"),
                profile.text(f"tree.words.level2.{level2}"),
                int(profile.number(f"template.rows.{level2}")),
            )
