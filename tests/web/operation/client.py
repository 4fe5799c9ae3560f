"""A person's program for the pages: cookies, the token against forged posts, what came back."""

import http.client
import json
import secrets
import ssl
from http.cookies import SimpleCookie
from typing import Any, NamedTuple
from urllib.parse import urlencode


class Answer(NamedTuple):
    """What a server answered."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def place(self) -> str:
        """Where it leads to."""
        return self.headers.get("location", "")

    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


class Client:
    """One signed-in person. Raises OSError or http.client.HTTPException when no answer came."""

    def __init__(self, port: int, tls: ssl.SSLContext | None = None, host: str = "127.0.0.1") -> None:
        self.port, self.tls, self.host = port, tls, host
        self.cookies: dict[str, str] = {}
        self.set_cookies: list[str] = []
        self._connection: http.client.HTTPConnection | None = None

    def _open(self) -> http.client.HTTPConnection:
        if self._connection is None:
            if self.tls is not None:
                self._connection = http.client.HTTPSConnection(
                    "127.0.0.1", self.port, timeout=60, context=self.tls
                )
            else:
                self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        return self._connection

    def close(self) -> None:
        """Closes the connection; the next request opens one."""
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    def ask(
        self, method: str, path: str, body: bytes | None = None, kind: str = "", **headers: str
    ) -> Answer:
        """One request."""
        sent = {"Host": f"{self.host}:{self.port}", "Cookie": _joined(self.cookies)} | headers
        if method == "POST":
            sent["X-CSRFToken"] = self.cookies.get("csrftoken", "")
            sent["Referer"] = f"{'https' if self.tls else 'http'}://{self.host}:{self.port}/"
        if kind:
            sent["Content-Type"] = kind
        try:
            connection = self._open()
            connection.request(method, path, body, sent)
            answer = connection.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException):
            self.close()
            raise
        self.set_cookies = answer.headers.get_all("Set-Cookie") or []
        for line in self.set_cookies:
            for name, value in SimpleCookie(line).items():
                self.cookies[name] = value.value
        told = {name.lower(): value for name, value in answer.getheaders()}
        if told.get("connection", "").lower() == "close":
            self.close()
        return Answer(answer.status, told, content)

    def get(self, path: str, **headers: str) -> Answer:
        """Reads a page."""
        return self.ask("GET", path, None, "", **headers)

    def post(self, path: str, **fields: str) -> Answer:
        """Sends a form."""
        return self.ask("POST", path, urlencode(fields).encode(), "application/x-www-form-urlencoded")

    def send(self, path: str, data: object) -> Answer:
        """Sends JSON."""
        return self.ask("POST", path, json.dumps(data).encode(), "application/json")

    def upload(self, path: str, name: str, content: bytes, **fields: str) -> Answer:
        """Sends a file in the field `file`."""
        mark = secrets.token_hex(8)
        parts = [
            f'--{mark}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
            for key, value in fields.items()
        ]
        head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        body = b"".join((*parts, head.encode(), content, f"\r\n--{mark}--\r\n".encode()))
        return self.ask("POST", path, body, f"multipart/form-data; boundary={mark}")

    def sign_in(self, username: str, password: str) -> None:
        """Signs in by the page."""
        self.get("/account/sign-in/")
        answer = self.post("/account/sign-in/", username=username, password=password)
        assert answer.status == 302, answer.status


def _joined(cookies: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())
