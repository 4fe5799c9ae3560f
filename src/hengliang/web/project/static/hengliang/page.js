// What every page does: menus that close, dialogs, keys, toasts, and the token that posts carry.

import { csrfToken } from "./csrf.js";
import { watchForms } from "./forms.js";
import { tellSignedOut } from "./session.js";
import { toast } from "./toast.js";
import { say } from "./words.js";

function typing(target) {
  return target.closest("input, textarea, select, [contenteditable], [role=grid]") !== null;
}

function openDialog(id) {
  const dialog = document.getElementById(id);
  if (dialog && !dialog.open) dialog.showModal();
}

document.addEventListener("click", (event) => {
  const target = event.target;
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(target)) menu.open = false;
  }
  const opener = target.closest("[data-dialog]");
  if (opener) openDialog(opener.dataset.dialog);
  const closer = target.closest("[data-close]");
  if (closer) closer.closest("dialog")?.close();
  const dismissed = target.closest("[data-dismiss]");
  if (dismissed) dismissed.closest(".toast")?.remove();
  if (target.closest("[data-print]")) window.print();
});

// On paper nothing can be opened: what belongs to a document is opened for it.
const opened = [];
addEventListener("beforeprint", () => {
  opened.push(...document.querySelectorAll("details[data-print]:not([open])"));
  for (const part of opened) part.open = true;
});
addEventListener("afterprint", () => {
  for (const part of opened.splice(0)) part.open = false;
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    const menu = document.querySelector("details[data-menu][open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
    return;
  }
  if (event.ctrlKey && !event.altKey && event.key === "s") {
    const save = document.querySelector("[data-save]");
    if (save) {
      event.preventDefault();
      save.click();
    }
    return;
  }
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (event.key === "?" && !event.target.closest("input, textarea, select, [contenteditable]")) {
    event.preventDefault();
    openDialog("keys");
  } else if (event.key === "/" && !typing(event.target)) {
    const search = document.querySelector("[data-search], input[type=search]");
    if (search) {
      event.preventDefault();
      search.focus();
    }
  }
});

document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRFToken"] = csrfToken();
});

document.addEventListener("htmx:sendError", () => {
  toast(say("The server cannot be reached. Check the network and try again."), "bad");
});

document.addEventListener("htmx:responseError", (event) => {
  const code = event.detail.xhr.status;
  if (code === 401) tellSignedOut();
  else toast(say("The server refused this ({code}). Reload the page and try again.", { code }), "bad");
});

// On a phone each row of such a table is a card, whose cells say their heads.
for (const table of document.querySelectorAll("table.table-cards")) {
  const heads = [...table.tHead.rows[0].cells].map((head) => head.textContent.trim());
  for (const cell of table.querySelectorAll("tbody td:not([data-label], [colspan])")) {
    cell.dataset.label = heads[cell.cellIndex];
  }
}

// A view may say something without a page of its own: the header HX-Trigger {"toast": {"text": …, "tone": …}}.
document.addEventListener("toast", (event) => toast(event.detail.text, event.detail.tone));

watchForms();
