"""Which forms of one call are earlier ones of the same organisation: by year, then by stage."""

from collections.abc import Sequence

from hengliang.cli.jobs import Earlier, FormKey, ReadDone

_STAGES = ("declaration", "monitoring", "self_evaluation")


def earlier_forms(readings: Sequence[ReadDone]) -> list[tuple[tuple[Earlier, ...], ...]]:
    """For each reading and each form in it, the earlier forms of the same organisation, newest first."""
    known: dict[tuple[str | None, str | None, str], list[tuple[FormKey, Earlier]]] = {}
    for reading in readings:
        for index, key in enumerate(reading.keys):
            if key.organisation and key.year is not None:
                known.setdefault(_whose(key), []).append((key, Earlier(reading.reading, index)))
    return [
        tuple(
            tuple(
                earlier
                for other, earlier in sorted(
                    known.get(_whose(key), []), key=lambda one: _when(one[0]), reverse=True
                )
                if key.year is not None and _when(other) < _when(key)
            )
            for key in reading.keys
        )
        for reading in readings
    ]


def _whose(key: FormKey) -> tuple[str | None, str | None, str]:
    return key.organisation, key.project, key.kind


def _when(key: FormKey) -> tuple[int, int]:
    return key.year or 0, _STAGES.index(key.purpose)
