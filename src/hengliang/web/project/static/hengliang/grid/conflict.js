// Two people changed the same cell: both values are shown, and one is chosen for each.

import { say } from "../words.js";
import { text } from "./sheet.js";

/**
 * Asks for each conflict; gives the choices [{conflict, mine: true | false}]. Leaving the question keeps one's own.
 * nameRow(id) and nameColumn(key) say where it is; show(key, value) how a value is read.
 */
export function askConflicts(conflicts, who, { nameRow, nameColumn, titleKey }) {
  return new Promise((resolve) => {
    const dialog = document.createElement("dialog");
    dialog.className = "grid-conflict";
    dialog.setAttribute("aria-labelledby", "grid-conflict-title");
    const form = document.createElement("form");
    form.method = "dialog";
    const head = element("div", "dialog-head");
    const title = element("h2", "", say("Somebody changed the same cells"));
    title.id = "grid-conflict-title";
    head.append(title);
    const body = element("div", "dialog-body");
    body.append(
      element("p", "", who ? say("{who} saved first. Choose what is to stand.", { who }) : say("Another person saved first. Choose what is to stand.")),
    );
    conflicts.forEach((conflict, index) => body.append(question(conflict, index, nameRow, nameColumn, titleKey)));
    const foot = element("div", "dialog-foot");
    foot.append(element("button", "button button-main", say("Keep what is chosen")));
    form.append(head, body, foot);
    dialog.append(form);
    document.body.append(dialog);
    dialog.addEventListener("close", () => {
      const chosen = new FormData(form);
      dialog.remove();
      resolve(conflicts.map((conflict, index) => ({ conflict, mine: chosen.get(`c${index}`) !== "theirs" })));
    });
    dialog.showModal();
  });
}

function question(conflict, index, nameRow, nameColumn, titleKey) {
  const group = element("fieldset", "grid-conflict-cell");
  const where = conflict.deleted
    ? say("Row “{name}”", { name: text({ cells: conflict.cells }, titleKey) })
    : `${nameRow(conflict.row)} · ${nameColumn(conflict.key)}`;
  group.append(element("legend", "", where));
  const deleted = say("(row deleted)");
  const changed = say("(row changed)");
  const mine = conflict.deleted ? (conflict.deleted === "mine" ? deleted : changed) : conflict.mine;
  const theirs = conflict.deleted ? (conflict.deleted === "theirs" ? deleted : changed) : conflict.theirs;
  group.append(choice(index, "mine", say("Mine"), mine, true), choice(index, "theirs", say("Theirs"), theirs, false));
  return group;
}

function choice(index, value, name, said, checked) {
  const label = element("label", "");
  const field = document.createElement("input");
  field.type = "radio";
  field.name = `c${index}`;
  field.value = value;
  field.checked = checked;
  const words = element("span", "grid-conflict-value", said || say("(empty)"));
  label.append(field, element("span", "quiet", `${name}: `), words);
  return label;
}

function element(tag, name, words = "") {
  const made = document.createElement(tag);
  if (name) made.className = name;
  if (words) made.textContent = words;
  return made;
}
