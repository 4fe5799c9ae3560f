"""What became of a file: read, refused, or lost with its worker. Each is one line, and counted."""

import pytest

from hengliang.base.message import message
from hengliang.cli.gather import checked
from hengliang.cli.pool import Lost
from hengliang.cli.usage import Usage
from hengliang.form.errors import Damaged, TooLarge, UnreadableFile


@pytest.mark.parametrize(
    ("answer", "kind", "said"),
    [
        (Lost(65.0), TooLarge, "form.pdf: it took more than 65.0 seconds; give it more time with --timeout"),
        (Lost(None), Damaged, "form.pdf: it brought the reader down; save it anew"),
        (Damaged("form.pdf", message("broken"), message("mend it")), Damaged, "form.pdf: broken; mend it"),
        (Usage(message("cannot write it")), Damaged, "cannot write it"),
    ],
)
def test_a_failure_is_told_and_counted(
    answer: object, kind: type[UnreadableFile], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    failures: list[UnreadableFile] = []
    assert checked(answer, "form.pdf", failures, "en") is None
    assert [type(failure) for failure in failures] == [kind]
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"error: {said}")


def test_an_answer_is_handed_on() -> None:
    failures: list[UnreadableFile] = []
    assert checked("answer", "form.pdf", failures, "en") == "answer"
    assert failures == []
