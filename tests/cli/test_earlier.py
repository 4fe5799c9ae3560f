"""Which forms of one call are the earlier ones of the same organisation."""

from hengliang.cli.earlier import earlier_forms
from hengliang.cli.jobs import Earlier, FormKey, ReadDone


def _key(
    year: int | None,
    purpose: str = "declaration",
    organisation: str | None = "甲局",
    project: str | None = None,
) -> FormKey:
    return FormKey(organisation, project, "project" if project else "department", purpose, year)


def _years(keys: list[FormKey]) -> list[list[bytes]]:
    readings = [ReadDone(str(number).encode(), (key,)) for number, key in enumerate(keys)]
    return [[one.reading for one in forms] for (forms,) in earlier_forms(readings)]


def test_years_before_newest_first() -> None:
    assert _years([_key(2023), _key(2025), _key(2024)]) == [[], [b"2", b"0"], [b"0"]]


def test_earlier_stages_of_the_same_year() -> None:
    assert _years([_key(2025, "self_evaluation"), _key(2025), _key(2025, "monitoring")]) == [
        [b"2", b"1"],
        [],
        [b"1"],
    ]


def test_others_and_forms_without_a_year_do_not_count() -> None:
    assert (
        _years([_key(2023), _key(2024, organisation="乙局"), _key(2024, project="项目"), _key(None)])
        == [[]] * 4
    )
    assert _years([_key(2023, organisation=None), _key(2024, organisation=None)]) == [[], []]


def test_forms_of_one_file_count() -> None:
    reading = ReadDone(b"x", (_key(2024), _key(2023)))
    assert earlier_forms([reading]) == [((Earlier(b"x", 1),), ())]
