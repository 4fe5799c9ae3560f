"""What a terminal can show."""

import io

import pytest

from hengliang.cli.terminal import columns, has_colour, is_watched


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("environment", "on_terminal", "in_pipe"),
    [
        ({}, True, False),
        ({"TERM": "xterm-256color"}, True, False),
        ({"TERM": "dumb"}, False, False),
        ({"NO_COLOR": "1"}, False, False),
        ({"FORCE_COLOR": "1"}, True, True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, False),
        ({"NO_COLOR": ""}, True, False),
    ],
)
def test_colour(environment: dict[str, str], on_terminal: bool, in_pipe: bool) -> None:
    assert has_colour(_Terminal(), environment) is on_terminal
    assert has_colour(io.StringIO(), environment) is in_pipe


@pytest.mark.parametrize(("reported", "used"), [("30", 60), ("100", 100), ("140", 140), ("400", 160)])
def test_width_is_that_of_the_terminal_within_bounds(
    monkeypatch: pytest.MonkeyPatch, reported: str, used: int
) -> None:
    monkeypatch.setenv("COLUMNS", reported)
    assert columns(_Terminal()) == used
    assert columns(io.StringIO()) == 100


def test_a_closed_stream_is_not_watched() -> None:
    stream = io.StringIO()
    stream.close()
    assert not is_watched(stream)
