// A session that ended while somebody was typing: it is said, with the way to sign in elsewhere, and nothing is lost.

import { toast } from "./toast.js";
import { say } from "./words.js";

/** Says that nobody is signed in any more; the page stays as it is. */
export function tellSignedOut() {
  const told = toast(say("You are signed out. Sign in in another window, then go on here: what you typed is still there."), "bad");
  if (told.querySelector("a") || !document.querySelector("a[data-ask]")) return;
  const link = document.createElement("a");
  link.href = document.querySelector("a[data-ask]").href;
  link.target = "_blank";
  link.textContent = say("Sign in");
  told.querySelector("p").append(" ", link);
}
