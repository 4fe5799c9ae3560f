"""Which indicators are reported, and which fell short and so need a cause and a remedy."""

from hengliang.score.sheet import RowScore, State


def falls_short(row: RowScore) -> bool:
    """Whether an indicator lost points for certain."""
    return row.state in (State.SCORED, State.BOUNDED) and row.loss is not None and row.loss > 0


def is_known(row: RowScore) -> bool:
    """Whether an indicator has an actual value, or does not apply."""
    return row.actual is not None and (row.actual.is_reported or not row.actual.applicable)
