"""Old and rare office formats (.doc, .wps, .rtf, .odt, .ods, .xlsb …): LibreOffice turns them into new ones.

Each conversion has a profile folder of its own, since two office programs on one profile lose each other's
work, and a process group of its own, so that nothing is left running when it takes too long.
"""

import os
import shutil
import signal
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from hengliang.form.containers import refusal
from hengliang.form.containers.limits import Limits

_PROGRAMS = ("soffice", "libreoffice")
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""
"""No macros run and nothing is fetched while a stranger's file is converted."""
_FILTERS = {"docx": "docx:MS Word 2007 XML", "xlsx": "xlsx:Calc MS Excel 2007 XML"}


def converted(data: bytes, file: str, suffix: str, target: Literal["docx", "xlsx"], limits: Limits) -> bytes:
    """The document in `data` as a `target` file. `suffix` (`.doc`) is the format it has now.

    Raises `NeedsConverter` where no LibreOffice is installed, `TooLarge` when it takes too long, and
    `Damaged` when nothing comes out.
    """
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise refusal.needs_converter(file, suffix, f".{target}")
    with TemporaryDirectory(prefix="hengliang-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source = folder / f"document{suffix}"
        source.write_bytes(data)
        settings = folder / "profile" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(_SETTINGS, encoding="utf-8")
        _run(
            [
                program,
                f"-env:UserInstallation={(folder / 'profile').as_uri()}",
                "--headless",
                "--norestore",
                "--nolockcheck",
                "--nodefault",
                "--convert-to",
                _FILTERS[target],
                "--outdir",
                str(folder / "out"),
                str(source),
            ],
            file,
            limits,
        )
        result = folder / "out" / f"document.{target}"
        if not result.is_file():
            raise refusal.broken(file, suffix.removeprefix("."))
        if result.stat().st_size > limits.file_bytes:
            raise refusal.unpacks_to(file, limits.file_bytes)
        return result.read_bytes()


def _run(command: list[str], file: str, limits: Limits) -> None:
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(limits.seconds)
    except subprocess.TimeoutExpired as error:
        raise refusal.too_slow(file, limits.seconds) from error
    finally:
        # The program starts helpers of its own; they end with their group, also after an interruption.
        if process.poll() is None:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    if os.name == "posix":
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
