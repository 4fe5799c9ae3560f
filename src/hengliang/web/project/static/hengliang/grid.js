// The grid of a form: what a spreadsheet does, saved as one types, with the findings of the review in the cells.
//
// <div data-grid> has these attributes:
//   data-columns-id, data-rows-id   the ids of JSON scripts: columns [{key, label, kind: text | number | mixed | choice,
//                   (mixed: numbers stand to the right), width, choices: [value | {value, label}], readonly, merge}], rows [{id, cells: {key: value},
//                   marks: {key: [{severity: error | warning | advice, code, message,
//                   words: the words it is about, or [start, end] in the cell}]}}]
//   data-version    the version that was loaded
//   data-save-url   where changes are posted; without it nothing can be edited
//   data-label      the name of the grid
//   data-title-key  the column that names a row; the first one that is not merged when it is left out
//   data-panel-url  the address of the panel of a row, with __row__ for its id; loaded into data-panel ("#panel")
//   data-person     who is signed in, so that drafts of two people on one computer stay apart
//
// Saving posts {base_version, inserts: [{row, before}], moves: [{row, before}], deletes: [{row}],
// changes: [{row, key, value}]}, to be applied in this order; `before` is the id of the row that follows, null at the
// end; new rows are empty and have ids of letters and digits that are made here. The answers:
//   200 {version, rows: [{id, cells, marks}], totals_html?}   saved: all rows as they are now, with what others did;
//       totals_html goes into the element that data-totals selects ("#sums")
//   409 {conflict: [{by}]}   somebody else changed the same cells after base_version, nothing was saved. An empty save
//       then asks for the rows as they are, and the person chooses
//   422 {row, key, message}  this cell cannot be kept as it is; the others are sent again without it
//   401                      signed out meanwhile: said with the way to sign in, tried again on coming back
//   4xx {message}            not accepted, and why; 5xx and no answer: tried again later
//
// Events that bubble from the element: hengliang:row {row}, when another row is chosen; hengliang:saved {version}.
// A click on an element with data-apply='[{"row": …, "key": …, "value": …}]' anywhere makes these changes, undoable.

import { readBlock, writeBlock } from "./grid/clipboard.js";
import { askConflicts } from "./grid/conflict.js";
import { Editor } from "./grid/editor.js";
import { History } from "./grid/history.js";
import { command } from "./grid/keys.js";
import { Saver } from "./grid/saver.js";
import { deleteRows, insertRow, mergeThree, moveRows, setCells, text } from "./grid/sheet.js";
import { View, heaviestFirst, toneOf } from "./grid/view.js";
import { tellSignedOut } from "./session.js";
import { toast } from "./toast.js";
import { say } from "./words.js";

const STATES = {
  saved: ["Saved", "good"],
  unsaved: ["Not saved yet", "plain"],
  saving: ["Saving…", "plain"],
  offline: ["Not saved: the server cannot be reached", "bad"],
  refused: ["Not saved: the server refused ({code})", "bad"],
  signedOut: ["Not saved: you are signed out", "bad"],
  conflict: ["Not saved: somebody changed the same cells", "watch"],
};

export class Grid {
  constructor(root) {
    this.root = root;
    const read = (id) => JSON.parse(document.getElementById(id).textContent);
    this.columns = read(root.dataset.columnsId);
    const loaded = read(root.dataset.rowsId);
    this.marks = new Map(loaded.map((row) => [row.id, row.marks ?? {}]));
    const rows = loaded.map(({ id, cells }) => ({ id, cells }));
    this.history = new History(rows);
    this.readonly = !root.dataset.saveUrl;
    this.titleKey = root.dataset.titleKey ?? this.columns.find((column) => !column.merge)?.key;
    this.at = { y: 0, x: Math.max(0, this.columns.findIndex((column) => !column.merge)) };
    this.anchor = { ...this.at };
    this.box = root.querySelector("[data-grid-box]") ?? root.appendChild(document.createElement("div"));
    this.box.classList.add("grid-box");
    this.line = root.querySelector("[data-grid-line]");
    this.said = root.querySelector("[data-grid-said]");
    this.view = new View(this.box, this.columns, root.dataset.label ?? "", this.readonly);
    this.editor = new Editor(this.box, {
      done: (value, move, save) => this.edited(value, move, save),
      undone: () => {
        this.draw();
        this.focus();
      },
      typed: (value) => this.live(value),
    });
    if (!this.readonly) {
      this.saver = new Saver({
        url: root.dataset.saveUrl,
        version: Number(root.dataset.version ?? 0),
        rows,
        draftKey: `hengliang:draft:${root.dataset.person ?? ""}:${root.dataset.saveUrl}`,
        now: () => this.rows,
        onState: (state, holes) => this.showState(state, holes),
        onRows: (rewrite, answer, foreign) => this.learned(rewrite, answer, foreign),
        onRefused: (answer) => this.refused(answer),
        onConflicts: (conflicts, who) => this.ask(conflicts, who),
      });
    }
    this.listen();
    this.draw();
    if (this.saver) this.offerDraft();
  }

  get rows() {
    return this.history.rows;
  }

  get block() {
    const whole = this.at.x === -1 || this.anchor.x === -1;
    const clamp = (x) => Math.max(0, Math.min(this.columns.length - 1, x));
    return {
      top: Math.min(this.at.y, this.anchor.y),
      bottom: Math.min(Math.max(this.at.y, this.anchor.y), this.rows.length - 1),
      left: whole ? 0 : Math.min(clamp(this.at.x), clamp(this.anchor.x)),
      right: whole ? this.columns.length - 1 : Math.max(clamp(this.at.x), clamp(this.anchor.x)),
    };
  }

  // What is seen

  draw() {
    this.view.draw(this.rows, this.marks);
    this.at.y = Math.max(0, Math.min(this.at.y, this.rows.length - 1));
    this.anchor.y = Math.max(0, Math.min(this.anchor.y, this.rows.length - 1));
    this.view.select(this.at, this.block, this.rows.length);
    this.tellCell();
    this.tellRow();
    for (const button of this.root.querySelectorAll("[data-command]")) {
      const name = button.dataset.command;
      button.disabled =
        this.readonly || (name === "undo" && !this.history.canUndo) || (name === "redo" && !this.history.canRedo);
    }
  }

  focus() {
    if (this.rows.length) this.view.at(this.at.y, this.at.x).focus({ preventScroll: false });
  }

  /** Goes to a cell; `extend` keeps the other corner of the block. */
  go(y, x, extend = false) {
    if (!this.rows.length) return;
    this.at = { y: Math.max(0, Math.min(y, this.rows.length - 1)), x: Math.max(-1, Math.min(x, this.columns.length)) };
    if (!extend) this.anchor = { ...this.at };
    this.view.select(this.at, this.block, this.rows.length);
    this.focus();
    this.tellCell();
    this.tellRow();
  }

  /** The line under the grid: the whole of the cell, and what was found in it. */
  tellCell() {
    if (!this.line) return;
    const [row, column] = [this.rows[this.at.y], this.columns[this.at.x]];
    const parts = [];
    if (row && column) {
      const words = document.createElement("span");
      words.className = "grid-line-text";
      words.textContent = text(row, column.key);
      parts.push(words);
      for (const mark of heaviestFirst(this.marks.get(row.id)?.[column.key] ?? [])) {
        const told = document.createElement("span");
        told.className = `tone-${toneOf(mark)}`;
        told.textContent = `${mark.code} ${mark.message}`.trim();
        parts.push(told);
      }
    }
    this.line.replaceChildren(...parts);
  }

  tellRow() {
    const row = this.rows[this.at.y];
    if (!row || row.id === this.told) return;
    this.told = row.id;
    this.root.dispatchEvent(new CustomEvent("hengliang:row", { bubbles: true, detail: { row: row.id } }));
    this.loadPanel();
  }

  /** Loads the panel of the row; while a cell is typed in, with its key and value. */
  loadPanel(values = {}) {
    const row = this.rows[this.at.y];
    if (!this.root.dataset.panelUrl || !row || !this.known(row.id)) return;
    const url = this.root.dataset.panelUrl.replace("__row__", encodeURIComponent(row.id));
    const target = this.root.dataset.panel ?? "#panel";
    clearTimeout(this.panelTimer);
    const load = () => window.htmx?.ajax("GET", url, { target, swap: "innerHTML", values }).catch(() => {});
    // That the server cannot be reached is said by the page.
    this.panelTimer = setTimeout(load, 150);
  }

  /** Whether the server knows the row already. */
  known(id) {
    return this.readonly || this.saver.base.some((row) => row.id === id);
  }

  live(value) {
    clearTimeout(this.liveTimer);
    this.liveTimer = setTimeout(() => this.loadPanel({ key: this.columns[this.at.x].key, value }), 300);
  }

  showState(state, holes = {}) {
    const place = this.root.querySelector("[data-save-state]");
    if (!place) return;
    const [sentence, tone] = STATES[state];
    const words = state === "refused" && holes.message ? say("Not saved: {message}", holes) : say(sentence, holes);
    place.className = `grid-state tone-${tone}`;
    if (place.textContent !== words) place.textContent = words;
    this.root.dataset.state = state;
    if (state === "signedOut") tellSignedOut();
  }

  say(sentence, holes) {
    if (this.said) this.said.textContent = say(sentence, holes);
  }

  // What is done

  /** Takes a step that can be undone. */
  take(rows) {
    if (this.readonly) return;
    this.history.push(rows);
    this.settle();
  }

  settle() {
    const kept = this.root.contains(document.activeElement);
    this.draw();
    if (kept && !this.editor.open) this.focus();
    this.saver.changed();
  }

  /**
   * Changes cells, leaving out those that may not be edited and those that already say it. A cell needs no column: long
   * texts are edited beside the grid.
   */
  change(changes) {
    const shut = new Set(this.columns.filter((column) => column.readonly).map((column) => column.key));
    const old = new Map(this.rows.map((row) => [row.id, row]));
    const real = changes.filter(
      ({ row, key, value }) => !shut.has(key) && old.has(row) && text(old.get(row), key) !== String(value),
    );
    if (real.length) this.take(setCells(this.rows, real));
  }

  /** Opens the editor over the cell; alone: only this row, even in a merged cell. */
  edit(typing = false, alone = false) {
    const column = this.columns[this.at.x];
    if (this.readonly || !column || column.readonly || !this.rows.length) return;
    const cell = this.view.at(this.at.y, this.at.x);
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
    this.editing = { row: this.rows[this.at.y].id, key: column.key, alone };
    this.editor.start(cell, column, text(this.rows[this.at.y], column.key), typing);
  }

  edited(value, move, save) {
    const { row, key, alone } = this.editing;
    const y = this.rows.findIndex((one) => one.id === row);
    if (y >= 0) this.change(this.group(y, key, alone).map((id) => ({ row: id, key, value })));
    this.draw();
    if (move) this.step(move);
    if (save) this.saver.save();
  }

  /** The rows that a cell stands for: all that its merged cell covers, or it alone. */
  group(y, key, alone) {
    const x = this.columns.findIndex((column) => column.key === key);
    if (alone || !this.columns[x].merge) return [this.rows[y].id];
    const cell = this.view.at(y, x);
    return this.rows.filter((_, other) => this.view.at(other, x) === cell).map((row) => row.id);
  }

  /** One cell on, into the next or the last row at the end of one; false at the ends of the grid. */
  step({ y, x }) {
    let [row, column] = [this.at.y + y, this.at.x + x];
    if (column >= this.columns.length) [row, column] = [row + 1, 0];
    if (column < 0) [row, column] = [row - 1, this.columns.length - 1];
    if (row < 0 || row >= this.rows.length) {
      this.focus();
      return false;
    }
    this.go(row, column);
    return true;
  }

  undo() {
    this.history.undo();
    this.say("Undone");
    this.settle();
  }

  redo() {
    this.history.redo();
    this.say("Redone");
    this.settle();
  }

  insert() {
    const before = this.rows[this.at.y];
    const cells = Object.fromEntries(
      this.columns.map(({ key, merge }) => [key, merge && before ? text(before, key) : ""]),
    );
    const place = before ? this.at.y + 1 : 0;
    const id = newId();
    const first = Math.max(0, this.columns.findIndex((column) => !column.merge && !column.readonly));
    this.take(insertRow(this.rows, place, { id, cells }));
    this.go(place, first);
    this.say("A row was inserted");
  }

  delete() {
    const { top, bottom } = this.block;
    this.take(deleteRows(this.rows, this.rows.slice(top, bottom + 1).map((row) => row.id)));
    this.go(Math.min(top, this.rows.length - 1), this.at.x);
    this.say("{count} rows were deleted", { count: bottom - top + 1 });
  }

  move(step) {
    const { top, bottom } = this.block;
    const moved = moveRows(this.rows, top, bottom, step, this.view.mergedKeys);
    if (!moved || this.readonly) return;
    this.at.y += moved.by;
    this.anchor.y += moved.by;
    this.take(moved.rows);
  }

  empty() {
    this.write(() => "");
  }

  fill() {
    const { top, bottom, left, right } = this.block;
    const from = top === bottom ? Math.max(0, top - 1) : top;
    this.write((y, x) => text(this.rows[from], this.columns[x].key), { top, bottom, left, right });
  }

  /** Writes into every cell of a block. */
  write(value, { top, bottom, left, right } = this.block) {
    const changes = [];
    for (let y = top; y <= bottom; y += 1) {
      for (let x = left; x <= right; x += 1) {
        const { key } = this.columns[x];
        for (const row of this.group(y, key, top !== bottom)) changes.push({ row, key, value: value(y, x) });
      }
    }
    this.change(changes);
  }

  copied() {
    const { top, bottom, left, right } = this.block;
    return this.rows
      .slice(top, bottom + 1)
      .map((row) => this.columns.slice(left, right + 1).map(({ key }) => text(row, key)));
  }

  /** Writes a block from the upper left corner; one cell fills the whole selection; rows that are missing are added. */
  paste(block) {
    if (!block.length || this.readonly) return;
    const { top, left, bottom, right } = this.block;
    if (block.length === 1 && block[0].length === 1) {
      this.write(() => block[0][0].trim());
      return;
    }
    let rows = this.rows;
    const last = rows[rows.length - 1];
    for (let y = rows.length; y < top + block.length; y += 1) {
      const cells = Object.fromEntries(this.columns.map(({ key, merge }) => [key, merge && last ? text(last, key) : ""]));
      rows = insertRow(rows, y, { id: newId(), cells });
    }
    const changes = block.flatMap((line, down) =>
      line.flatMap((value, over) => {
        const column = this.columns[left + over];
        return column && !column.readonly ? [{ row: rows[top + down].id, key: column.key, value: value.trim() }] : [];
      }),
    );
    this.take(setCells(rows, changes));
    const width = Math.min(block[0].length, this.columns.length - left);
    this.anchor = { y: top, x: left };
    this.go(top + block.length - 1, left + width - 1, true);
    this.say("{rows} rows and {columns} columns were pasted", { rows: block.length, columns: width });
    const lost = block[0].length - width;
    if (lost) toast(say("{count} columns of the clipboard found no place here. Take in a whole table under “Files”.", { count: lost }), "watch");
  }

  // What the server and others did

  learned(rewrite, answer, foreign) {
    const chosen = this.rows[this.at.y]?.id;
    this.history.rewrite(rewrite);
    this.marks = new Map(answer.rows.map((row) => [row.id, row.marks ?? {}]));
    const totals = answer.totals_html && document.querySelector(this.root.dataset.totals ?? "#sums");
    if (totals) {
      totals.innerHTML = answer.totals_html;
      window.htmx?.process(totals);
    }
    this.refresh(chosen);
    this.root.dispatchEvent(new CustomEvent("hengliang:saved", { bubbles: true, detail: { version: answer.version } }));
    if (foreign) toast(say("What another person changed was put together with yours"));
    if (!this.editor.open) this.loadPanel();
  }

  /** A cell that the server cannot keep says why, until it is changed. */
  refused({ row, key, message }) {
    const marks = this.marks.get(row) ?? {};
    this.marks.set(row, { ...marks, [key]: [{ severity: "error", code: "", words: "", message }] });
    this.refresh(this.rows[this.at.y]?.id);
  }

  /** Draws anew with the same row chosen; nothing is drawn under an open editor, it does so when it is left. */
  refresh(chosen) {
    const y = this.rows.findIndex((row) => row.id === chosen);
    if (y >= 0 && y !== this.at.y) {
      this.at.y = y;
      this.anchor = { ...this.at };
    }
    this.told = this.rows[this.at.y]?.id;
    if (this.editor.open) return;
    const kept = this.box.contains(document.activeElement);
    this.draw();
    if (kept) this.focus();
  }

  async ask(conflicts, who) {
    if (this.editor.open) this.editor.commit(null);
    const choices = await askConflicts(conflicts, who, {
      nameRow: (id) => {
        const y = this.rows.findIndex((row) => row.id === id);
        return say("Row {number} {name}", { number: y + 1, name: text(this.rows[y], this.titleKey) });
      },
      nameColumn: (key) => this.columns.find((column) => column.key === key)?.label ?? key,
      titleKey: this.titleKey,
    });
    let rows = this.rows;
    for (const { conflict, mine } of choices) {
      if (conflict.deleted === (mine ? "mine" : "theirs")) rows = deleteRows(rows, [conflict.row]);
      else if (!conflict.deleted && !mine) rows = setCells(rows, [{ ...conflict, value: conflict.theirs }]);
    }
    this.history.push(rows);
    this.draw();
    this.focus();
  }

  offerDraft() {
    const draft = this.saver.draft();
    const offer = this.root.querySelector("[data-grid-draft]");
    if (!draft || !offer) return;
    const when = new Date(draft.when);
    const two = (number) => String(number).padStart(2, "0");
    const day = `${when.getFullYear()}-${two(when.getMonth() + 1)}-${two(when.getDate())} ${two(when.getHours())}:${two(when.getMinutes())}`;
    offer.querySelector("[data-draft-text]").textContent = say("Typed here on {when} and not saved.", { when: day });
    offer.hidden = false;
    offer.querySelector("[data-draft-take]").addEventListener("click", async () => {
      offer.hidden = true;
      const { rows, conflicts } = mergeThree(draft.base, draft.rows, this.rows);
      this.saver.forget(":old");
      this.take(rows);
      if (conflicts.length) await this.ask(conflicts);
      this.saver.save();
    });
    offer.querySelector("[data-draft-drop]").addEventListener("click", () => {
      offer.hidden = true;
      this.saver.forget(":old");
    });
  }

  // What comes from the person

  listen() {
    const table = this.view.table;
    table.addEventListener("keydown", (event) => command(this, event));
    table.addEventListener("pointerdown", (event) => {
      const place = this.view.place(event.target);
      if (!place || event.button !== 0) return;
      if (this.editor.open) this.editor.commit(null);
      event.preventDefault();
      const again = event.pointerType !== "mouse" && this.view.at(place.y, place.x) === document.activeElement;
      this.go(place.y, place.x, event.shiftKey);
      if (again) this.edit();
      this.dragging = event.pointerType === "mouse";
    });
    table.addEventListener("pointerover", (event) => {
      const place = this.dragging && this.view.place(event.target);
      if (place) this.go(place.y, place.x, true);
    });
    document.addEventListener("pointerup", () => {
      this.dragging = false;
    });
    table.addEventListener("dblclick", () => this.edit());
    // Firefox tells these where a text is marked, not where the focus is: they are heard wherever they are told.
    const heard = (name, act) =>
      document.addEventListener(name, (event) => {
        if (table.contains(document.activeElement)) act(event);
      });
    heard("copy", (event) => this.clip(event));
    heard("cut", (event) => {
      this.clip(event);
      this.empty();
    });
    heard("paste", (event) => {
      event.preventDefault();
      this.paste(readBlock(event.clipboardData));
    });
    this.root.addEventListener("click", (event) => {
      const button = event.target.closest("[data-command]");
      if (!button) return;
      const does = { undo: "undo", redo: "redo", insert: "insert", delete: "delete", fill: "fill" }[button.dataset.command];
      if (does) this[does]();
      else if (button.dataset.command === "up") this.move(-1);
      else if (button.dataset.command === "down") this.move(1);
      else if (button.dataset.command === "save") this.saver.save();
    });
    document.addEventListener("click", (event) => {
      const fix = event.target.closest("[data-apply]");
      if (fix) this.change(JSON.parse(fix.dataset.apply));
    });
  }

  clip(event) {
    event.preventDefault();
    writeBlock(event.clipboardData, this.copied());
  }
}

/** An id for a row that the server does not know yet. */
function newId() {
  return [...crypto.getRandomValues(new Uint8Array(8))].map((part) => part.toString(16).padStart(2, "0")).join("");
}

for (const root of document.querySelectorAll("[data-grid]")) root.grid = new Grid(root);
