"""Firefox as it is installed, driven by Mozilla's Marionette."""

import json
import os
import shutil
import subprocess
import time
import warnings
from collections.abc import Iterator
from typing import Any

import pytest

from tests.web.operation.installation import free_port

FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox")

_COMPLAINTS = """
const told = [];
for (const one of Services.console.getMessageArray()) {
  if (one instanceof Ci.nsIScriptError && !(one.flags & Ci.nsIScriptError.warningFlag)
      && one.sourceName.startsWith(arguments[0])) told.push(one.errorMessage);
}
const kept = Cc["@mozilla.org/consoleAPI-storage;1"].getService(Ci.nsIConsoleAPIStorage);
for (const one of kept.getEvents()) {
  const own = (one.filename || "").startsWith(arguments[0]);
  if (own && one.level === "error") told.push(one.arguments.join(" "));
}
return told;
"""
_CLIPBOARD = """
Cc["@mozilla.org/widget/clipboardhelper;1"].getService(Ci.nsIClipboardHelper).copyString(arguments[0]);
"""


class Firefox:
    """A browser with one window."""

    def __init__(self, driver: Any) -> None:
        from marionette_driver.by import By
        from marionette_driver.keys import Keys

        self.driver, self.keys, self._by = driver, Keys, By.CSS_SELECTOR

    def find(self, selector: str) -> Any:
        """An element, once it is there and can be seen."""
        return self.until(lambda: next(filter(_seen, self.driver.find_elements(self._by, selector)), None))

    def until(self, ask: Any) -> Any:
        """What a question answers, once that is true."""
        for _ in range(300):
            if answer := ask():
                return answer
            time.sleep(0.1)
        raise AssertionError("never")

    def read(self, expression: str) -> Any:
        """The value of an expression in the page."""
        return self.driver.execute_script(f"return {expression}", sandbox=None)

    def press(self, *keys: str) -> None:
        """Types into whatever has the focus; of several keys all but the last are held down."""
        chain = self.driver.actions.sequence("key", "keyboard")
        for key in keys[:-1]:
            chain.key_down(key)
        for letter in keys[-1]:
            chain.key_down(letter).key_up(letter)
        for key in reversed(keys[:-1]):
            chain.key_up(key)
        chain.perform()

    def copy(self, text: str) -> None:
        """Puts a text on the clipboard, as another program does."""
        with self.driver.using_context("chrome"):
            self.driver.execute_script(_CLIPBOARD, [text])

    def complaints(self, url: str) -> list[str]:
        """The errors that pages of an address left in the console."""
        with self.driver.using_context("chrome"):
            return list(self.driver.execute_script(_COMPLAINTS, [url]))


def _seen(element: Any) -> bool:
    return bool(element.is_displayed())


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    """Debian's Firefox, without a window."""
    if FIREFOX is None and not os.environ.get("CI"):
        pytest.skip("Firefox is not installed")
    port, profile = free_port(), tmp_path_factory.mktemp("firefox")
    # It asks nobody outside for news.
    nobody = {"services.settings.server": "data:,", "app.normandy.enabled": False}
    settings = {"marionette.port": port, "app.update.disabledForTesting": True, **nobody}
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in settings.items()]
    (profile / "user.js").write_text("\n".join(lines))
    command = [FIREFOX or "firefox", "--headless", "--marionette", "--remote-allow-system-access"]
    command += ["--no-remote", "--profile", str(profile)]
    browser = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        with warnings.catch_warnings():
            # The driver asks for the name of the system in an old way, and leaves attempts to connect open.
            warnings.simplefilter("ignore")
            from marionette_driver.marionette import Marionette

            driver = Marionette(host="127.0.0.1", port=port, startup_timeout=120)
            driver.start_session(timeout=120)
        driver.set_window_rect(width=1366, height=860)
        yield Firefox(driver)
        driver.delete_session()
    finally:
        browser.terminate()
        browser.wait(30)
