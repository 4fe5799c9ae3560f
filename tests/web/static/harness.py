"""A small site for the browser: the shared templates and files, strict headers, a form saved in memory.

python harness.py PORT   serves until it is ended; no database, no settings but those written here
"""

import copy
import json
import mimetypes
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import django
from django.conf import settings

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parents[2] / "src" / "hengliang" / "web" / "project"
STATIC = PROJECT / "static"
SAMPLES = HERE / "pages"
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "worker-src 'self' blob:; connect-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)

urlpatterns: list = []
"""No route of the application leads anywhere here; templates leave out what depends on one."""


def configure() -> None:
    """Django as it is needed to render a template."""
    settings.configure(
        USE_I18N=True,
        LANGUAGE_CODE="zh-hans",
        LANGUAGES=[("zh-hans", "中文"), ("en", "English")],
        LOCALE_PATHS=[PROJECT.parent / "locale"],
        STATIC_URL="/static/",
        ROOT_URLCONF=__name__,
        INSTALLED_APPS=["django.contrib.staticfiles"],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "DIRS": [SAMPLES, PROJECT / "templates"],
                "OPTIONS": {
                    "string_if_invalid": "",
                    "libraries": {
                        name: f"hengliang.web.project.templatetags.{name}" for name in ("kept", "scripts")
                    },
                },
            }
        ],
    )
    django.setup()


class Site:
    """What the pages show and what the grid saves."""

    def __init__(self) -> None:
        self.context = json.loads((SAMPLES / "context.json").read_text(encoding="utf-8"))
        self.form = json.loads((SAMPLES / "form.json").read_text(encoding="utf-8"))
        self.reset()

    def reset(self) -> None:
        """The form as it was at first."""
        self.version = 1
        self.rows = copy.deepcopy(self.form["rows"])
        self.saves: list[dict] = []
        self.refuse = 0
        self.others: set[tuple[str, str]] = set()
        self.lose_answers = 0

    def save(self, sent: dict) -> tuple[int, dict]:
        """Takes a save as the application does; 409 when the base is old."""
        if self.refuse:
            return self.refuse, {}
        self.saves.append(sent)
        if sent["base_version"] != self.version:
            clash = [one for one in sent["changes"] if (one["row"], one["key"]) in self.others]
            if clash:
                return 409, {"version": self.version, "conflict": [{**clash[0], "by": "李四"}]}
        for one in sent["changes"]:
            if one["key"] == "points" and not one["value"].isdigit() and one["value"]:
                return 422, {"row": one["row"], "key": "points", "message": "分值应为数字"}
        for order in sent["inserts"]:
            self._place({"id": order["row"], "cells": {}, "marks": {}}, order["before"])
        for order in sent["moves"]:
            row = self._row(order["row"])
            self.rows.remove(row)
            self._place(row, order["before"])
        for order in sent["deletes"]:
            self.rows.remove(self._row(order["row"]))
        for change in sent["changes"]:
            self._row(change["row"])["cells"][change["key"]] = change["value"].replace("％", "%")
        for row in self.rows:
            row["cells"] = {one["key"]: row["cells"].get(one["key"], "") for one in self.form["columns"]}
            row["marks"] = self._marks(row)
        self.others = set()
        self.version += any(sent[part] for part in ("inserts", "moves", "deletes", "changes"))
        if self.lose_answers:
            self.lose_answers -= 1
            return 503, {}
        points = [row["cells"]["points"] for row in self.rows]
        total = sum(int(one) for one in points if one)
        return 200, {
            "version": self.version,
            "rows": self.rows,
            "totals_html": f'<div class="points">分值 <strong>{total}</strong></div>',
        }

    def _row(self, name: str) -> dict:
        return next(row for row in self.rows if row["id"] == name)

    def _place(self, row: dict, before: str | None) -> None:
        at = len(self.rows) if before is None else self.rows.index(self._row(before))
        self.rows.insert(at, row)

    def _marks(self, row: dict) -> dict:
        if "有效" in str(row["cells"].get("target", "")):
            mark = {
                "severity": "watch",
                "code": "V03",
                "words": "有效",
                "message": "有效 无法衡量, 请写出数量",
            }
            return {"target": [mark]}
        return {}


class Handler(BaseHTTPRequestHandler):
    """Pages, files, and the three addresses of the grid."""

    protocol_version = "HTTP/1.1"
    site: Site

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path.startswith("/static/"):
            self._file(STATIC / path.removeprefix("/static/"))
        elif path.startswith("/panel/"):
            row = next((one for one in self.site.rows if one["id"] == path.rsplit("/", 1)[1]), None)
            name = row["cells"].get("name", "") if row else ""
            self._send(200, "text/html", f"<h2>当前行: {name}</h2><p>读法</p>".encode())
        elif path == "/state":
            self._json(200, {"rows": self.site.rows, "version": self.site.version, "saves": self.site.saves})
        elif path == "/progress":
            self._send(200, "text/html", '<div class="progress"><p>完成</p></div>'.encode())
        else:
            self._page(path.strip("/"))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path == "/reset":
            self.site.reset()
            for key, value in json.loads(body or b"{}").items():
                setattr(self.site, key, value)
            self._json(200, {})
        elif self.path == "/save":
            if self.headers.get("X-CSRFToken") != "harness-token":
                self._json(403, {})
            else:
                self._json(*self.site.save(json.loads(body)))
        elif self.path == "/elsewhere":
            # Another person's save.
            for change in json.loads(body):
                row = next(one for one in self.site.rows if one["id"] == change["row"])
                row["cells"][change["key"]] = change["value"]
                self.site.others.add((change["row"], change["key"]))
            self.site.version += 1
            self._json(200, {})
        else:
            self._send(404, "text/plain", b"")

    def _page(self, name: str) -> None:
        from django.template.loader import render_to_string
        from django.utils import translation

        query = urlsplit(self.path).query
        language = "en" if "lang=en" in query else "zh-hans"
        context = {**self.site.context, "csrf_token": "harness-token", "grid_version": self.site.version}
        context |= {"grid_columns": self.site.form["columns"], "grid_rows": self.site.rows}
        if name == "components":
            context["form"] = _form()
        if not any((folder / f"{name}.html").is_file() for folder in (SAMPLES, PROJECT / "templates")):
            self._send(404, "text/plain", name.encode())
            return
        with translation.override(language):
            self._send(200, "text/html", render_to_string(f"{name}.html", context).encode())

    def _file(self, path: Path) -> None:
        if not path.is_file():
            self._send(404, "text/plain", str(path).encode())
            return
        kind = "text/javascript" if path.suffix in {".js", ".mjs"} else mimetypes.guess_type(path.name)[0]
        self._send(200, kind or "application/octet-stream", path.read_bytes())

    def _json(self, code: int, body: object) -> None:
        self._send(code, "application/json", json.dumps(body).encode())

    def _send(self, code: int, kind: str, body: bytes) -> None:
        self.send_response(code)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *told: object) -> None:
        """Says nothing."""


def _form() -> object:
    from django import forms

    class Sample(forms.Form):
        name = forms.CharField(label="单位名称", help_text="与公章一致。")
        code = forms.CharField(label="单位代码", max_length=6)
        kind = forms.ChoiceField(label="类型", choices=[("a", "部门"), ("b", "二级单位")])
        stage = forms.ChoiceField(
            label="阶段", choices=[("x", "事前"), ("y", "事中")], widget=forms.RadioSelect, required=False
        )
        open = forms.BooleanField(label="向社会公开", required=False)
        reason = forms.CharField(label="理由", widget=forms.Textarea, required=False)
        file = forms.FileField(label="附件", required=False)

    return Sample({"name": "衡阳市自然资源和规划局", "code": "", "kind": "a", "stage": "x"})


def main(port: int) -> None:
    """Serves until it is ended."""
    configure()
    Handler.site = Site()
    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    print(server.server_address[1], flush=True)  # noqa: T201
    server.serve_forever()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 0)
