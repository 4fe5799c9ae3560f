"""The files of `deploy/`, put into a folder and run as they are: nginx, gunicorn, the worker, on PostgreSQL.

Only places, ports and the number of workers are others than in an office; no root is needed.
"""

import datetime
import ipaddress
import os
import re
import shlex
import shutil
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.web.operation.client import Client
from tests.web.operation.installation import ROOT, Installation, free_port, installation

DEPLOY = ROOT / "deploy"
NAME = "hengliang.example.gov.cn"
NGINX = shutil.which("nginx", path=os.environ.get("PATH", "") + os.pathsep + "/usr/sbin")
_MAIN = """daemon off;
{user}
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/nginx-error.log;
events {{ worker_connections 256; }}
http {{
    include /etc/nginx/mime.types;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/hengliang.conf;
}}
"""


class Production:
    """An installation behind nginx, with the ways in."""

    def __init__(self, place: Installation, folder: Path) -> None:
        self.place, self.folder = place, folder
        self.plain, self.tls = free_port(), free_port()
        self.socket = folder / "web.sock"
        self.changes = {
            "/opt/hengliang/bin/": f"{Path(sys.executable).parent}/",
            "/etc/hengliang/": f"{folder}/",
            "/run/hengliang/web.sock": str(self.socket),
            "/var/lib/hengliang": str(place.home),
            "/var/backups/hengliang": str(folder),
            "/var/log/nginx": str(folder),
            "/var/lib/nginx/hengliang": f"{folder}/cache",
        }

    def put(self, name: str, to: str = "") -> Path:
        """Puts a file of `deploy/` into the folder, with the places of this installation."""
        text = (DEPLOY / name).read_text(encoding="utf-8")
        for before, after in self.changes.items():
            text = text.replace(before, after)
        text = text.replace("listen 80;", f"listen 127.0.0.1:{self.plain};")
        text = text.replace("listen 443 ", f"listen 127.0.0.1:{self.tls} ")
        place = self.folder / (to or name)
        place.write_text(text, encoding="utf-8")
        return place

    def settings(self) -> dict[str, str]:
        """What the file of the environment says, for this port."""
        lines = self.put("environment.example", "environment").read_text(encoding="utf-8").splitlines()
        told = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
        told["HENGLIANG_ORIGINS"] += f":{self.tls}"
        return told

    def command(self, unit: str, key: str = "ExecStart") -> list[list[str]]:
        """The command lines of a unit, as systemd reads them."""
        text = self.put(unit).read_text(encoding="utf-8")
        told = self.settings() | dict(re.findall(r"^Environment=(\w+)=(.*)$", text, re.MULTILINE))
        lines = [shlex.split(line) for line in re.findall(rf"^{key}=(.*)$", text, re.MULTILINE)]
        return [
            [re.sub(r"\$\{(\w+)\}", lambda hole: told[hole[1]], word).replace("%%", "%") for word in line]
            for line in lines
        ]

    def client(self) -> Client:
        """A person's program on the way through nginx."""
        trust = ssl.create_default_context(cafile=str(self.folder / "tls" / "fullchain.pem"))
        trust.check_hostname = False
        return Client(self.tls, trust, NAME)

    def run(self, unit: str, key: str = "ExecStart") -> None:
        """Runs the commands of a unit to their end."""
        text = self.put(unit).read_text(encoding="utf-8")
        told = dict(re.findall(r"^Environment=(\w+)=(.*)$", text, re.MULTILINE))
        for line in self.command(unit, key):
            environment = self.place.environment(**self.settings() | told)
            done = subprocess.run(line, env=environment, capture_output=True, text=True, check=False)
            assert done.returncode == 0, f"{line}: {done.stdout} {done.stderr}"


@contextmanager
def production(folder: Path) -> Iterator[Production]:
    """nginx, gunicorn and the worker by the files of `deploy/`, with the worked example."""
    with installation(folder) as place:
        made = Production(place, folder)
        _certificate(folder / "tls")
        (folder / "database-url").write_text(place.database_url)
        (folder / "secret-key").write_text("a key for tests " * 4)
        place.looked_at("seed")
        settings = made.settings()
        made.put("gunicorn.conf.py")
        made.put("nginx.conf", "hengliang.conf")
        place.database_url = ""
        (folder / "main.conf").write_text(
            _MAIN.format(folder=folder, user="" if os.getuid() else "user root;")
        )
        made.run("hengliang-web.service", "ExecStartPre")
        place.start(made.command("hengliang-web.service")[0], **settings)
        place.start(made.command("hengliang-worker.service")[0], **settings)
        assert NGINX is not None
        started = place.start([NGINX, "-p", str(folder), "-c", str(folder / "main.conf")])
        _wait(made.client(), started)
        yield made


def _wait(client: Client, process: subprocess.Popen[bytes]) -> None:
    try:
        for _ in range(600):
            assert process.poll() is None, "nginx ended"
            with suppress(OSError):
                if client.get("/health/").body == b"ok":
                    return
            time.sleep(0.1)
        raise AssertionError("nothing answers behind nginx")
    finally:
        client.close()


def _certificate(folder: Path) -> None:
    """A certificate that signs itself."""
    folder.mkdir()
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, NAME)])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName(
                [x509.DNSName(NAME), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
            ),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    (folder / "fullchain.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
