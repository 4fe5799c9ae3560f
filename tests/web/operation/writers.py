"""People who write at random, note what was acknowledged, and go on after the server was killed."""

import http.client
import random
import time
from collections.abc import Callable
from threading import Event, Lock, Thread
from typing import Any

from tests.web.operation.client import Answer, Client
from tests.web.operation.installation import PASSWORD

FIELDS = ("target", "unit", "explanation", "remark")

Note = dict[str, Any]


class Work:
    """So many writes, shared by the writers; what was acknowledged, and how many ended without an answer."""

    def __init__(self, writes: int) -> None:
        self.left, self.noted, self.unanswered, self.conflicts = writes, list[Note](), 0, 0
        self.refused: list[str] = []
        self.stopped, self.lock = Event(), Lock()

    def take(self) -> bool:
        """Takes one write; False when all are taken."""
        with self.lock:
            if self.left <= 0 or self.stopped.is_set():
                return False
            self.left -= 1
            return True

    def note(self, **acknowledged: Any) -> None:
        """Notes a write that the server acknowledged."""
        with self.lock:
            self.noted.append(acknowledged)


class Writer(Thread):
    """One person who writes until all is written."""

    def __init__(self, work: Work, port: int, username: str, seed: int) -> None:
        super().__init__(name=f"{username}-{seed}", daemon=True)
        self.work, self.username = work, username
        self.client, self.chance = Client(port), random.Random(seed)

    def run(self) -> None:
        """Signs in and writes."""
        self.until_answered(lambda: self.client.sign_in(self.username, PASSWORD))
        while self.work.take():
            try:
                self.write()
            except (OSError, http.client.HTTPException) as broken:
                with self.work.lock:
                    self.work.unanswered += not isinstance(broken, ConnectionRefusedError)
                    # What nobody answered is not counted: so many writes are to be acknowledged.
                    self.work.left += 1
                time.sleep(0.1)
        self.client.close()

    def until_answered(self, act: Callable[[], Any]) -> Any:
        """Does what may be done twice until the server answers."""
        while not self.work.stopped.is_set():
            try:
                return act()
            except (OSError, http.client.HTTPException):
                time.sleep(0.1)
        return None

    def write(self) -> None:
        """One write."""
        raise NotImplementedError

    def odd(self, answer: Answer) -> None:
        """Notes an answer that was not to be expected."""
        with self.work.lock:
            self.work.refused.append(f"{self.name}: {answer.status} {answer.body[:300]!r}")


class Editor(Writer):
    """Types into few cells of a form, as the grid does: on what it saw last, and again after a conflict."""

    def __init__(self, work: Work, port: int, username: str, seed: int, form: Note, rows: int) -> None:
        super().__init__(work, port, username, seed)
        self.pk, self.rows, self.seen = form["pk"], form["rows"][:rows], 1

    def write(self) -> None:
        cells = {
            (self.chance.choice(self.rows), self.chance.choice(FIELDS))
            for _ in range(self.chance.randint(1, 3))
        }
        values = {cell: f"{self.name}-{self.chance.randrange(10**9)}" for cell in cells}
        for _ in range(20):
            base = self.seen
            changes = [{"row": row, "key": key, "value": value} for (row, key), value in values.items()]
            answer = self.client.send(
                f"/declarations/{self.pk}/save/", {"base_version": base, "changes": changes}
            )
            if answer.status == 200:
                self.seen = answer.json()["version"]
                self.work.note(
                    kind="save", pk=self.pk, person=self.username, base=base, version=self.seen,
                    cells=[[row, key, value] for (row, key), value in values.items()],
                )  # fmt: skip
                return
            if answer.status != 409:
                self.odd(answer)
                return
            # What the other wrote was shown; the person writes over it, knowing it.
            self.seen = answer.json()["version"]
            with self.work.lock:
                self.work.conflicts += 1


class Commenter(Writer):
    """A reviewer who asks about cells."""

    def __init__(self, work: Work, port: int, username: str, seed: int, form: Note) -> None:
        super().__init__(work, port, username, seed)
        self.pk, self.rows = form["pk"], form["rows"]

    def write(self) -> None:
        text = f"问{self.chance.randrange(10**9)}"
        answer = self.client.post(
            f"/declarations/{self.pk}/comments/ask/",
            row=self.chance.choice(self.rows), key="target", text=text,
        )  # fmt: skip
        if answer.status == 302:
            self.work.note(kind="comment", pk=self.pk, text=text)
        else:
            self.odd(answer)


class Uploader(Writer):
    """A clerk who hands in records."""

    def write(self) -> None:
        number = self.chance.randrange(10**9)
        lines = ["事项编号,数量,计划完成日期"]
        lines += [f"W{number}-{row},{row % 7},2023-06-{row % 28 + 1:02}" for row in range(40)]
        content = "\n".join(lines).encode()
        answer = self.client.upload("/evidence/ledgers/work_item/?year=2023", f"{number}.csv", content)
        if answer.status == 302:
            self.work.note(
                kind="load", load=int(answer.place.strip("/").split("/")[-1]), name=f"{number}.csv"
            )
        else:
            self.odd(answer)


class Mover(Writer):
    """Hands a form on and gets it back, again and again; three people take turns."""

    TURNS = (
        ("tianbao", "prepare", ""),
        ("fuze", "submit", ""),
        ("zhuguan", "return_by_department", "再改。"),
    )

    def __init__(self, work: Work, port: int, seed: int, form: Note) -> None:
        super().__init__(work, port, "tianbao", seed)
        self.pk, self.turn = form["pk"], 0
        self.clients = {username: Client(port) for username, _, _ in self.TURNS}
        self.clients["tianbao"] = self.client

    def run(self) -> None:
        for username in ("fuze", "zhuguan"):
            client = self.clients[username]
            self.until_answered(lambda client=client, username=username: client.sign_in(username, PASSWORD))
        super().run()
        for client in self.clients.values():
            client.close()

    def write(self) -> None:
        username, name, reason = self.TURNS[self.turn % 3]
        client = self.clients[username]
        client.cookies.pop("messages", None)
        answer = client.post(f"/declarations/{self.pk}/moves/{name}/", reason=reason)
        if answer.status == 302:
            self.turn += 1
            self.work.note(kind="move", pk=self.pk, move=name)
        elif answer.status == 403:
            # An answer was lost on the way: the move was made, and the turn is the next one's.
            self.turn += 1
        else:
            self.odd(answer)
