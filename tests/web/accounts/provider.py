"""A small OpenID provider in a process of its own, strict where a real one is; it prints its port. It signs
in whoever it was told to, asking first or not, tells of who signed out, and can be told to answer wrongly."""

import base64
import hashlib
import json
import secrets
import time
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import urlopen

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "hengliang", "a secret of the test"
told: dict[str, Any] = {"sub": "s-1", "preferred_username": "tianbao"}
manner: dict[str, Any] = {"fault": "", "asks": False}
codes: dict[str, dict[str, str]] = {}
keys = [RSAKey.generate_key(2048, {"kid": "first", "use": "sig", "alg": "RS256"})]
seen: list[str] = []


class Provider(BaseHTTPRequestHandler):
    """The endpoints."""

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path == "/.well-known/openid-configuration":
            self.answer(
                {
                    "issuer": self.issuer,
                    "authorization_endpoint": f"{self.issuer}/authorize",
                    "token_endpoint": f"{self.issuer}/token",
                    "jwks_uri": f"{self.issuer}/keys",
                    "end_session_endpoint": f"{self.issuer}/leave",
                    "backchannel_logout_supported": True,
                    "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
                    "code_challenge_methods_supported": ["S256"],
                }
            )
        elif parts.path == "/keys":
            seen.append("keys")
            self.answer({"keys": [key.as_dict(private=False) for key in keys]})
        elif parts.path == "/leave":
            self.page('<p id="left">signed out</p>')
        elif parts.path == "/seen":
            self.answer({"keys": seen.count("keys")})
        elif parts.path == "/authorize":
            self.authorize(asked)
        else:
            self.answer({"error": "not_found"}, 404)

    def authorize(self, asked: dict[str, str]) -> None:
        wanted = ("client_id", "redirect_uri", "state", "nonce", "code_challenge")
        is_asked = all(asked.get(name) for name in wanted) and asked["client_id"] == CLIENT
        if not is_asked or asked.get("code_challenge_method") != "S256" or asked["response_type"] != "code":
            self.answer({"error": "invalid_request"}, 400)
            return
        back = {"state": asked["state"]}
        if manner["fault"] == "denied":
            back["error"] = "access_denied"
        else:
            back["code"] = secrets.token_urlsafe()
            codes[back["code"]] = asked
        there = f"{asked['redirect_uri']}?{urlencode(back)}"
        if manner["asks"]:
            self.page(
                f'<a id="allow" href="{escape(there)}">sign in as {escape(told["preferred_username"])}</a>'
            )
            return
        self.send_response(302)
        self.send_header("Location", there)
        self.end_headers()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self.path == "/tell":
            news = json.loads(body)
            manner.update({name: news.pop(name) for name in manner.keys() & news.keys()})
            if news.pop("rotate", False):
                keys[:] = [
                    RSAKey.generate_key(2048, {"kid": secrets.token_hex(4), "use": "sig", "alg": "RS256"})
                ]
            told.update(news)
            self.answer({})
        elif self.path == "/sign-out":
            told_to = json.loads(body)
            sent = urlencode({"logout_token": self.logout_token(told_to["whom"])}).encode()
            with urlopen(f"{told_to['site']}/account/openid/ended/", sent) as answer:
                self.answer({"status": answer.status})
        elif self.path == "/logout-token":
            self.answer({"logout_token": self.logout_token(json.loads(body))})
        elif self.path == "/token":
            self.token({name: values[0] for name, values in parse_qs(body).items()})
        else:
            self.answer({"error": "not_found"}, 404)

    def token(self, sent: dict[str, str]) -> None:
        basic = base64.b64decode(self.headers.get("Authorization", "Basic ")[6:]).decode()
        asked = codes.pop(sent.get("code", ""), None)
        proof = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(proof).decode().rstrip("=")
        if basic != f"{CLIENT}:{SECRET}":
            self.answer({"error": "invalid_client"}, 401)
        elif (
            asked is None
            or challenge != asked["code_challenge"]
            or sent["redirect_uri"] != asked["redirect_uri"]
        ):
            self.answer({"error": "invalid_grant"}, 400)
        else:
            token = {"access_token": secrets.token_urlsafe(), "token_type": "Bearer", "expires_in": 300}
            if manner["fault"] != "no token":
                token["id_token"] = self.id_token(asked)
            self.answer(token)

    def id_token(self, asked: dict[str, str]) -> str:
        now = int(time.time())
        claims: dict[str, Any] = {
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
        }
        return self.signed(claims | told)

    def logout_token(self, whom: dict[str, Any]) -> str:
        now = int(time.time())
        return self.signed(
            {
                "iss": self.issuer,
                "aud": CLIENT,
                "iat": now,
                "exp": now + 120,
                "jti": secrets.token_hex(8),
                "events": {"http://schemas.openid.net/event/backchannel-logout": {}},
            }
            | whom
        )

    def signed(self, claims: dict[str, Any]) -> str:
        now = claims["iat"]
        key = keys[0]
        match manner["fault"]:
            case "nonce":
                claims["nonce"] = "another"
            case "no nonce":
                del claims["nonce"]
            case "audience":
                # Authorized for us, but meant for somebody else.
                claims |= {"aud": "another", "azp": CLIENT}
            case "issuer":
                claims["iss"] = "https://elsewhere.example"
            case "expired":
                claims |= {"iat": now - 900, "exp": now - 600}
            case "no subject":
                claims.pop("sub", None)
                claims.pop("sid", None)
            case "no event":
                claims["events"] = {}
            case "no events":
                del claims["events"]
            case "signature":
                key = RSAKey.generate_key(2048, {"kid": key.kid, "use": "sig", "alg": "RS256"})
        token = jwt.encode({"alg": "RS256", "kid": key.kid}, claims, key)
        if manner["fault"] == "unsigned":
            head = base64.urlsafe_b64encode(b'{"alg":"none"}').decode().rstrip("=")
            return f"{head}.{token.split('.')[1]}."
        return token

    def page(self, content: str) -> None:
        body = f"<!doctype html><title>accounts of the city</title>{content}".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def answer(self, data: dict[str, Any], status: int = 200) -> None:
        body = json.dumps(data).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Says nothing."""


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    print(server.server_address[1], flush=True)  # noqa: T201
    server.serve_forever()
