// Forms that are sent as a whole: what is typed in them is not lost by leaving the page, nor by a session that ended.

import { csrfToken } from "./csrf.js";
import { tellSignedOut } from "./session.js";
import { toast } from "./toast.js";
import { isLarge, send } from "./upload.js";
import { say } from "./words.js";

const RESTED = 300_000;

let heard = Date.now();
const typed = new Set();

export function watchForms() {
  document.addEventListener("input", (event) => {
    const { form, type } = event.target;
    if (form?.method === "post" && type !== "file" && !form.querySelector("[type=password]")) typed.add(form);
  });
  document.addEventListener("reset", (event) => typed.delete(event.target));
  document.addEventListener("submit", ({ target: form }) => renew(form.elements.csrfmiddlewaretoken), true);
  document.addEventListener("submit", submitted);
  window.addEventListener("beforeunload", (event) => {
    const open = (form) => form.isConnected && !form.closest("dialog:not([open])");
    if ([...typed].some(open)) event.preventDefault();
  });
}

/** Whoever signed in again in another window has another token. */
function renew(token) {
  if (token) token.value = csrfToken() || token.value;
}

/** After a rest the server is asked before a form goes: the page of signing in would take the place of the typing. */
async function submitted(event) {
  const { target: form, submitter } = event;
  const asked = document.querySelector("a[data-ask]")?.href;
  if (event.defaultPrevented || form.method !== "post" || !asked || Date.now() - heard < RESTED) {
    typed.delete(form);
    if (!event.defaultPrevented && form.method === "post" && isLarge(form)) {
      event.preventDefault();
      send(form, submitter);
    }
    return;
  }
  event.preventDefault();
  try {
    const { status } = await fetch(asked, { credentials: "same-origin", headers: { Accept: "application/json" } });
    if (status === 401) tellSignedOut();
    else {
      heard = Date.now();
      form.requestSubmit(submitter);
    }
  } catch {
    toast(say("The server cannot be reached. Check the network and try again."), "bad");
  }
}
