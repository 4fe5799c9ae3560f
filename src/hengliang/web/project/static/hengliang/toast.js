// Short words about what was done; said aloud too.

import { say } from "./words.js";

/** Adds a short message; tone is good, watch, bad or plain. Returns its element. */
export function toast(text, tone = "plain") {
  const place = document.getElementById("toasts");
  const shown = [...place.querySelectorAll("p")].find((words) => words.firstChild?.textContent === text);
  if (shown) return shown.parentElement;
  const one = document.createElement("div");
  one.className = `toast toast-${tone}`;
  const words = document.createElement("p");
  words.textContent = text;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "button button-plain";
  close.dataset.dismiss = "";
  close.textContent = say("Close");
  one.append(words, close);
  place.append(one);
  if (tone === "good" || tone === "plain") setTimeout(() => one.remove(), 8000);
  return one;
}
