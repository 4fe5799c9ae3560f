"""The provider of accounts as the tests drive it, and the way of a browser there and back."""

import json
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from hengliang.web.audit.models import Entry

FORGED = ("nonce", "audience", "issuer", "expired", "no subject", "signature", "unsigned")
"""What may be wrong with any token of the provider."""


class Provider:
    """The provider as the tests drive it."""

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self.port = port

    def ask(self, method: str, path: str, body: str | None = None) -> tuple[int, str, bytes]:
        line = HTTPConnection("127.0.0.1", self.port, timeout=20)
        line.request(method, path, body)
        answer = line.getresponse()
        content = answer.read()
        line.close()
        return answer.status, answer.getheader("Location") or "", content

    def tell(self, **what: Any) -> None:
        self.ask("POST", "/tell", json.dumps(what))

    def signs_out(self, **whom: str) -> str:
        """The token with which it tells that somebody signed out there."""
        return json.loads(self.ask("POST", "/logout-token", json.dumps(whom))[2])["logout_token"]

    def tells(self, site: str, **whom: str) -> int:
        """Has it tell a site by the back channel that somebody signed out; the status of the answer."""
        return json.loads(self.ask("POST", "/sign-out", json.dumps({"site": site, "whom": whom}))[2])[
            "status"
        ]


@pytest.fixture(scope="module")
def started() -> Iterator[Provider]:
    process = subprocess.Popen(
        [sys.executable, str(Path(__file__).parent / "provider.py")], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    yield Provider(int(process.stdout.readline()))
    process.terminate()
    process.wait()
    process.stdout.close()


@pytest.fixture
def provider(started: Provider, settings: Any) -> Provider:
    settings.OPENID = {
        "issuer": started.address,
        "client_id": "hengliang",
        "secret": "a secret of the test",
        "scopes": "openid profile",
        "claim": "preferred_username",
    }
    started.tell(sub="s-1", sid="v-1", preferred_username="tianbao", fault="", asks=False)
    return started


def there(client: Client, provider: Provider, following: str = "/declarations/") -> str:
    """The address with which the provider leads back."""
    begun = client.get("/account/openid/", {"next": following})
    assert begun.status_code == 302
    parts = urlsplit(begun.headers["Location"])
    status, back, _ = provider.ask("GET", f"{parts.path}?{parts.query}")
    assert status == 302
    return back


def enter(client: Client, provider: Provider) -> Any:
    """What a browser gets that comes back from the provider."""
    back = urlsplit(there(client, provider))
    return client.get(f"{back.path}?{back.query}")


def last() -> Entry:
    """The newest entry of the log."""
    return Entry.objects.order_by("-number")[0]
