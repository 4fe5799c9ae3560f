// The library in the editor: Ctrl+Shift+L or the button opens the search; what is chosen is put into the form by the
// server, which keeps where it came from, and the grid then asks for its rows.

import { csrfToken } from "./csrf.js";
import { toast } from "./toast.js";
import { say } from "./words.js";

const dialog = document.getElementById("library");
const root = document.querySelector("[data-grid]");

async function putIn(button) {
  button.disabled = true;
  try {
    const response = await fetch(button.dataset.putIn, {
      method: "POST",
      credentials: "same-origin",
      headers: { "X-CSRFToken": csrfToken() },
    });
    if (!response.ok) {
      toast(say("The server refused this ({code}). Reload the page and try again.", { code: response.status }), "bad");
      return;
    }
    const id = await response.text();
    dialog.close();
    await root.grid.saver.renew();
    const y = root.grid.rows.findIndex((row) => row.id === id);
    if (y >= 0) root.grid.go(y, root.grid.columns.findIndex((column) => column.key === "points"));
  } catch {
    toast(say("The server cannot be reached. Check the network and try again."), "bad");
  } finally {
    button.disabled = false;
  }
}

if (dialog && root) {
  const opener = document.querySelector("[data-dialog=library]");
  document.addEventListener("keydown", (event) => {
    if (!event.ctrlKey || !event.shiftKey || event.key.toLowerCase() !== "l") return;
    event.preventDefault();
    opener.click();
  });
  opener.addEventListener("click", () => {
    const field = dialog.querySelector("input[type=search]");
    field.select();
    window.htmx?.trigger(field, "library");
  });
  dialog.addEventListener("click", (event) => {
    const button = event.target.closest("[data-put-in]");
    if (button) putIn(button);
  });
}
