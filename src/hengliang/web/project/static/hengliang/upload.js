// A large file on its way to the server: how much of it is there. Small ones are there before a bar could be read, and go
// with their form as all forms do.

import { toast } from "./toast.js";
import { say } from "./words.js";

const LARGE = 1_000_000;
const STEP = 25;

/** Whether a form carries so much that its way is shown. */
export function isLarge(form) {
  if (form.enctype !== "multipart/form-data") return false;
  const files = [...form.elements].flatMap((field) => [...(field.files ?? [])]);
  return files.reduce((sum, file) => sum + file.size, 0) > LARGE;
}

/** Sends a form and shows how far it is; then the page goes where the server says, or shows what is wrong. */
export function send(form, submitter) {
  const content = new FormData(form, submitter);
  const shown = new Way(form);
  const request = new XMLHttpRequest();
  const stopped = () => {
    shown.end();
    toast(say("The server cannot be reached. Check the network and try again."), "bad");
  };
  request.upload.addEventListener("progress", ({ loaded, total }) => shown.reached(loaded, total));
  request.upload.addEventListener("load", () => shown.arrived());
  request.addEventListener("error", stopped);
  request.addEventListener("load", () => {
    const next = request.getResponseHeader("Location");
    if (next) goTo(new URL(next, form.action));
    else {
      shown.end();
      showAnswer(request);
    }
  });
  request.open("POST", form.action);
  request.setRequestHeader("X-Shows-Progress", "1");
  request.send(content);
  addEventListener("pagehide", () => shown.end(), { once: true });
}

/** The bar under a form, and what is said aloud at each quarter. */
class Way {
  constructor(form) {
    this.buttons = [...form.querySelectorAll("button:enabled")];
    for (const button of this.buttons) button.disabled = true;
    this.place = document.createElement("div");
    this.place.className = "progress";
    this.place.dataset.upload = "";
    this.head = document.createElement("div");
    this.head.className = "progress-head";
    this.percent = document.createElement("span");
    this.percent.className = "quiet";
    const label = document.createElement("span");
    label.textContent = say("The file is being sent");
    this.bar = document.createElement("progress");
    this.bar.max = 100;
    this.bar.value = 0;
    this.bar.setAttribute("aria-label", label.textContent);
    this.said = document.createElement("p");
    this.said.className = "quiet";
    this.said.setAttribute("role", "status");
    this.said.setAttribute("aria-live", "polite");
    this.step = 0;
    this.head.append(label, this.percent);
    this.place.append(this.head, this.bar, this.said);
    form.append(this.place);
  }

  reached(loaded, total) {
    const percent = total ? Math.floor((100 * loaded) / total) : 0;
    this.bar.value = percent;
    this.percent.textContent = `${percent}%`;
    const step = percent - (percent % STEP);
    if (step > this.step && step < 100) {
      this.step = step;
      this.said.textContent = say("{percent} percent of the file is there.", { percent: step });
    }
  }

  arrived() {
    this.reached(1, 1);
    this.bar.removeAttribute("value");
    this.said.textContent = say("The whole file is there; the server looks at it.");
  }

  end() {
    this.place.remove();
    for (const button of this.buttons) button.disabled = false;
  }
}

function goTo(next) {
  const isHere = next.hash && next.href.split("#")[0] === location.href.split("#")[0];
  location.assign(next);
  if (isHere) location.reload();
}

/** The page that the server answered with, in place of this one's. */
function showAnswer({ response, status }) {
  const found = new DOMParser().parseFromString(response, "text/html").querySelector("main");
  if (!found) {
    toast(say("The server refused this ({code}). Reload the page and try again.", { code: status }), "bad");
    return;
  }
  const main = document.querySelector("main");
  main.replaceChildren(...found.childNodes);
  window.htmx?.process(main);
  (main.querySelector("[aria-invalid=true], [role=alert]") ?? main).focus();
}
